// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/palette/paletteitem.h"

#include "core/locale/normalize.h"
#include "core/locale/pinyin.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

// The same word in the same place: exact 100, beginning of the text 80, beginning of a word 60, inside 30.
int scoreOf(const QString &term, const QString &word)
{
    const qsizetype at = term.indexOf(word);
    if (at < 0)
        return 0;
    if (at == 0)
        return term.size() == word.size() ? 100 : 80;
    if (term.at(at - 1).isSpace() || term.at(at - 1).unicode() > 0x2e80)
        return 60;
    // Pinyin and Latin inside a word ("ale" in "sales") are accidents more often than not; two letters always are.
    return word.size() > 2 || word.at(0).unicode() > 0x2e80 ? 30 : 0;
}

} // namespace

QStringList paletteTerms(const QStringList &texts)
{
    QStringList terms;
    for (const QString &text : texts) {
        if (text.isEmpty())
            continue;
        const QString folded = normalize::folded(text);
        if (!terms.contains(folded))
            terms << folded;
        const bool han = std::any_of(text.begin(), text.end(),
                                     [](QChar c) { return normalize::isIdeograph(char32_t(c.unicode())); });
        if (!han)
            continue;
        const pinyin::SearchKeys keys = pinyin::searchKeys(text);
        for (const QByteArray &key : {keys.full, keys.initials}) {
            const QStringList words = QString::fromLatin1(key).split(u' ', Qt::SkipEmptyParts);
            for (const QString &word : words) {
                // From a later syllable on: found like a later word, behind what begins so.
                const bool later = std::any_of(words.begin(), words.end(), [&](const QString &longer) {
                    return longer.size() > word.size() && longer.endsWith(word);
                });
                const QString term = later ? u' ' + word : word;
                if (!terms.contains(term))
                    terms << term;
            }
        }
    }
    return terms;
}

int paletteScore(const PaletteItem &item, const QString &typed)
{
    const QString folded = normalize::folded(typed).trimmed();
    if (folded.isEmpty())
        return 1;
    int whole = 0;
    for (const QString &term : item.terms)
        whole = qMax(whole, scoreOf(term, folded));
    if (whole > 0)
        return whole + 10;
    int worst = 100;
    const QStringList words = folded.split(u' ', Qt::SkipEmptyParts);
    if (words.size() < 2)
        return 0;
    for (const QString &word : words) {
        int best = 0;
        for (const QString &term : item.terms)
            best = qMax(best, scoreOf(term, word));
        worst = qMin(worst, best);
    }
    return worst;
}

QList<int> paletteOrder(const QList<PaletteItem> &items, const QString &typed, const QStringList &recent)
{
    QHash<QString, int> age;
    for (int i = 0; i < recent.size(); ++i)
        age.insert(recent.at(i), i);
    struct Entry {
        int index, score, age;
    };
    std::vector<Entry> entries;
    for (int i = 0; i < items.size(); ++i) {
        const int score = items[i].isHit ? 20 : paletteScore(items[i], typed);
        if (score > 0)
            entries.push_back({i, score, age.value(items[i].id, 1000)});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        return a.score != b.score ? a.score > b.score : a.age < b.age;
    });
    QList<int> order;
    for (const Entry &entry : entries)
        order << entry.index;
    return order;
}

} // namespace tz
