// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/suggest.h"

namespace tz {

namespace {
/// Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.
int editDistance(QStringView a, QStringView b)
{
    const auto width = size_t(b.size()) + 1;
    std::vector<int> twoBefore(width), before(width), current(width);
    for (size_t j = 0; j < width; ++j)
        before[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = int(i);
        for (size_t j = 1; j < width; ++j) {
            const QChar left = a[i - 1];
            const QChar right = b[qsizetype(j) - 1];
            current[j] = std::min({before[j] + 1, current[j - 1] + 1, before[j - 1] + (left == right ? 0 : 1)});
            if (i > 1 && j > 1 && left == b[qsizetype(j) - 2] && a[i - 2] == right)
                current[j] = std::min(current[j], twoBefore[j - 2] + 1);
        }
        std::swap(twoBefore, before);
        std::swap(before, current);
    }
    return before[width - 1];
}
} // namespace

QString closestName(QStringView name, const QStringList &candidates)
{
    const QString folded = name.toString().toCaseFolded();
    QString best;
    int bestDistance = std::max(1, int(name.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        const int distance = editDistance(folded, candidate.toCaseFolded());
        if (distance < bestDistance || (distance == bestDistance && !best.isEmpty() && candidate < best)) {
            best = candidate;
            bestDistance = distance;
        }
    }
    // "close" for "close_date", "customers.acount" for the short form "account" and the like.
    if (best.isEmpty() && folded.size() >= 3) {
        for (const QString &candidate : candidates) {
            if (candidate.contains(folded) || candidate.endsWith(u'.' + folded))
                return candidate;
        }
    }
    return best;
}

} // namespace tz
