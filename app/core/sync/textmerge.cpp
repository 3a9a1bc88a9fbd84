// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/textmerge.h"

#include "core/locale/normalize.h"

#include <QStringList>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace tz::textmerge {

namespace {

using Parts = std::span<const QStringView>;

/// Beyond so many differences two texts are not versions of each other; the memory grows with their square.
constexpr int mostDifferences = 2000;
/// The time grows with differences times length: whoever sends texts made for it must not hold up all others.
constexpr int mostSteps = 20'000'000;

/// A stretch of the base that one side replaced: [base, baseEnd) by its [own, ownEnd).
struct Hunk {
    size_t base, baseEnd, own, ownEnd;
};

/// The shortest script from `base` to `other`: Myers, An O(ND) Difference Algorithm and Its Variations (1986), greedy.
std::optional<std::vector<Hunk>> differences(Parts base, Parts other)
{
    size_t head = 0;
    while (head < base.size() && head < other.size() && base[head] == other[head])
        ++head;
    size_t tail = 0;
    while (tail < base.size() - head && tail < other.size() - head &&
           base[base.size() - 1 - tail] == other[other.size() - 1 - tail])
        ++tail;
    const int n = int(base.size() - head - tail);
    const int m = int(other.size() - head - tail);
    const auto same = [&](int x, int y) { return base[head + size_t(x)] == other[head + size_t(y)]; };

    // furthest[d][k + d]: how far along the base one gets on diagonal k with d differences.
    std::vector<std::vector<int>> furthest;
    const int most = std::min({n + m, mostDifferences, mostSteps / std::max(1, n + m)});
    for (int d = 0; d <= most; ++d) {
        std::vector<int> reached(size_t(2 * d + 1));
        const auto before = [&](int k) { return furthest.back()[size_t(k + d - 1)]; };
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0)
                x = k == -d || (k != d && before(k - 1) < before(k + 1)) ? before(k + 1) : before(k - 1) + 1;
            while (x < n && x - k < m && same(x, x - k))
                ++x;
            reached[size_t(k + d)] = x;
        }
        const int end = n - m;
        const bool arrived = std::abs(end) <= d && (end - d) % 2 == 0 && reached[size_t(end + d)] >= n;
        furthest.push_back(std::move(reached));
        if (!arrived)
            continue;

        std::vector<Hunk> hunks;
        int x = n, y = m;
        for (int step = d; step > 0; --step) {
            const int k = x - y;
            const std::vector<int> &was = furthest[size_t(step - 1)];
            const auto at = [&](int diagonal) { return was[size_t(diagonal + step - 1)]; };
            const bool down = k == -step || (k != step && at(k - 1) < at(k + 1));
            const int fromX = down ? at(k + 1) : at(k - 1);
            const int fromY = fromX - (down ? k + 1 : k - 1);
            const Hunk one{head + size_t(fromX), head + size_t(fromX + !down), head + size_t(fromY),
                           head + size_t(fromY + down)};
            if (!hunks.empty() && hunks.back().base == one.baseEnd && hunks.back().own == one.ownEnd)
                hunks.back() = {one.base, hunks.back().baseEnd, one.own, hunks.back().ownEnd};
            else
                hunks.push_back(one);
            x = fromX;
            y = fromY;
        }
        std::ranges::reverse(hunks);
        return hunks;
    }
    return std::nullopt;
}

std::vector<QStringView> linesOf(QStringView text)
{
    std::vector<QStringView> lines;
    // Into an empty text both wrote their first lines.
    if (text.isEmpty())
        return lines;
    for (const QStringView line : text.split(u'\n'))
        lines.push_back(line);
    return lines;
}

/// Runs of letters and digits; everything else, Han characters too, stands alone.
std::vector<QStringView> wordsOf(QStringView text)
{
    std::vector<QStringView> words;
    bool inWord = false;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const qsizetype length = pair ? 2 : 1;
        const bool letter = (QChar::isLetterOrNumber(c) || QChar::isMark(c)) && !normalize::isIdeograph(c);
        if (letter && inWord)
            words.back() = QStringView(words.back().data(), words.back().size() + length);
        else
            words.push_back(text.mid(i, length));
        inWord = letter;
        i += length;
    }
    return words;
}

template <class Range>
QString joined(const Range &parts, QStringView separator)
{
    QString text;
    bool first = true;
    for (const auto &part : parts) {
        if (!std::exchange(first, false))
            text += separator;
        text += part;
    }
    return text;
}

std::optional<QString> mergedWords(QStringView base, QStringView first, QStringView second);

/// `separator` stands between two parts of the result. Of lines, what both changed is merged word by word.
std::optional<QString> mergedParts(Parts base, Parts first, Parts second, QStringView separator)
{
    const auto left = differences(base, first);
    const auto right = differences(base, second);
    if (!left || !right)
        return std::nullopt;
    const bool lines = !separator.isEmpty();
    std::vector<QString> result;
    const auto take = [&](Parts parts) {
        if (!parts.empty())
            result.push_back(joined(parts, separator));
    };
    const auto part = [](Parts of, size_t from, size_t to) { return of.subspan(from, to - from); };
    size_t done = 0;
    for (auto l = left->begin(), r = right->begin(); l != left->end() || r != right->end();) {
        // All that touches what one of the sides changed, from the first of them on.
        const bool leftFirst = r == right->end() || (l != left->end() && l->base <= r->base);
        const size_t start = leftFirst ? l->base : r->base;
        size_t end = start;
        const auto lFrom = l, rFrom = r;
        for (bool more = true; more;) {
            more = false;
            for (auto *const side : {&l, &r}) {
                const auto last = side == &l ? left->end() : right->end();
                while (*side != last && (*side)->base <= end) {
                    end = std::max(end, (*side)->baseEnd);
                    ++*side;
                    more = true;
                }
            }
        }
        take(part(base, done, start));
        done = end;
        // The same stretch on both sides.
        const auto stretch = [&](const std::vector<Hunk> &hunks, auto from, auto to) {
            if (from == to) {
                const ptrdiff_t shift =
                    from == hunks.begin() ? 0 : ptrdiff_t((from - 1)->ownEnd) - ptrdiff_t((from - 1)->baseEnd);
                return std::pair(size_t(ptrdiff_t(start) + shift), size_t(ptrdiff_t(end) + shift));
            }
            const Hunk &a = *from;
            const Hunk &z = *(to - 1);
            return std::pair(a.own - (a.base - start), z.ownEnd + (end - z.baseEnd));
        };
        const auto [l0, l1] = stretch(*left, lFrom, l);
        const auto [r0, r1] = stretch(*right, rFrom, r);
        const Parts was = part(base, start, end), mine = part(first, l0, l1), theirs = part(second, r0, r1);
        if (rFrom == r || std::ranges::equal(mine, theirs)) {
            take(mine);
        } else if (lFrom == l) {
            take(theirs);
        } else if (lines && was.empty()) {
            take(mine);
            take(theirs);
        } else if (lines) {
            auto words = mergedWords(joined(was, separator), joined(mine, separator), joined(theirs, separator));
            if (!words)
                return std::nullopt;
            result.push_back(std::move(*words));
        } else {
            return std::nullopt;
        }
    }
    take(part(base, done, base.size()));
    return joined(result, separator);
}

std::optional<QString> mergedWords(QStringView base, QStringView first, QStringView second)
{
    return mergedParts(wordsOf(base), wordsOf(first), wordsOf(second), {});
}

} // namespace

std::optional<QString> merged(const QString &base, const QString &first, const QString &second)
{
    return mergedParts(linesOf(base), linesOf(first), linesOf(second), u"\n");
}

} // namespace tz::textmerge
