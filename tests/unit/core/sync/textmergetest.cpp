// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/textmerge.h"
#include "tests/support/catch.h"

#include <QStringList>

#include <rapidcheck/catch.h>

using namespace Qt::StringLiterals;
using tz::textmerge::merged;

namespace {
/// Texts of few different lines, so that they repeat and meet.
QStringList someLines()
{
    QStringList lines;
    for (const int line : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6)))
        lines << u"line %1 says %2"_s.arg(line).arg(line % 2);
    return lines;
}

/// `lines` with some taken out and some, of `who`, put in.
QStringList edited(QStringList lines, const QString &who)
{
    const int edits = *rc::gen::inRange(0, 5);
    for (int i = 0; i < edits; ++i) {
        const auto at = *rc::gen::inRange<qsizetype>(0, lines.size() + 1);
        if (at < lines.size() && *rc::gen::arbitrary<bool>())
            lines.removeAt(at);
        else
            lines.insert(at, u"%1 adds %2"_s.arg(who).arg(*rc::gen::inRange(0, 100)));
    }
    return lines;
}
} // namespace

TEST_CASE("what two people wrote in different lines both stands", "[sync][textmerge]")
{
    CHECK(merged(u"a\nb\nc"_s, u"a1\nb\nc"_s, u"a\nb\nc2"_s) == u"a1\nb\nc2"_s);
    CHECK(merged(u"a\nb\nc"_s, u"a\nc"_s, u"a\nb\nc\nd"_s) == u"a\nc\nd"_s);
    CHECK(merged(u"a\nb"_s, u"0\na\nb"_s, u"a\nb\nc\n"_s) == u"0\na\nb\nc\n"_s);
    // Neighbouring lines.
    CHECK(merged(u"price 10\nsize 2"_s, u"price 11\nsize 2"_s, u"price 10\nsize 3"_s) == u"price 11\nsize 3"_s);
}

TEST_CASE("what both added at the same place stands one after the other", "[sync][textmerge]")
{
    CHECK(merged(u"Called."_s, u"Called.\nWrote."_s, u"Called.\nMet."_s) == u"Called.\nWrote.\nMet."_s);
    CHECK(merged(u"a\n\nb"_s, u"a\nx\n\nb"_s, u"a\ny\n\nb"_s) == u"a\nx\ny\n\nb"_s);
    CHECK(merged(u"a"_s, u"a\nb"_s, u"a\nb"_s) == u"a\nb"_s);
    // Nobody had written anything yet.
    CHECK(merged(u""_s, u"Called."_s, u"Met.\nWrote."_s) == u"Called.\nMet.\nWrote."_s);
    CHECK(merged(u""_s, u"Called."_s, u"Called."_s) == u"Called."_s);
}

TEST_CASE("in one line it is the words that count, in Chinese the characters", "[sync][textmerge]")
{
    CHECK(merged(u"the quick brown fox"_s, u"the slow brown fox"_s, u"the quick brown dog"_s) ==
          u"the slow brown dog"_s);
    CHECK(merged(u"客户对价格比较敏感，需要跟进。"_s, u"客户对价格非常敏感，需要跟进。"_s,
                 u"客户对价格比较敏感，下周跟进。"_s) == u"客户对价格非常敏感，下周跟进。"_s);
    CHECK(merged(u"call 𠮷野家 today"_s, u"visit 𠮷野家 today"_s, u"call 𠮷野家 tomorrow"_s) ==
          u"visit 𠮷野家 tomorrow"_s);
}

TEST_CASE("the same words changed in two ways cannot be merged", "[sync][textmerge]")
{
    CHECK_FALSE(merged(u"the quick fox"_s, u"the slow fox"_s, u"the lazy fox"_s));
    // One throws away what the other goes on writing in.
    CHECK_FALSE(merged(u"a long story"_s, u""_s, u"a very long story"_s));
    CHECK_FALSE(merged(u"a\nb\nc"_s, u"a\nc"_s, u"a\nb changed\nc"_s));
    // Two characters that stood next to each other: 售价 and 价钱 made into one would be a word of neither.
    CHECK_FALSE(merged(u"价格"_s, u"标格"_s, u"价钱"_s));
}

TEST_CASE("a text merged with itself or with one that nobody else changed", "[sync][textmerge]")
{
    rc::prop("is what was written", [] {
        const QStringList lines = someLines();
        const QString base = lines.join(u'\n');
        const QString mine = edited(lines, u"me"_s).join(u'\n');
        RC_ASSERT(merged(base, mine, base) == mine);
        RC_ASSERT(merged(base, base, mine) == mine);
        RC_ASSERT(merged(base, mine, mine) == mine);
    });
}

TEST_CASE("a merged text", "[sync][textmerge]")
{
    rc::prop("has every line that somebody added and none that somebody took away", [] {
        QStringList lines = someLines();
        // Lines of their own, so that it is certain which was taken away.
        for (qsizetype i = 0; i < lines.size(); ++i)
            lines[i] += u" (%1)"_s.arg(i);
        const QStringList mine = edited(lines, u"me"_s), theirs = edited(lines, u"they"_s);
        const auto both = merged(lines.join(u'\n'), mine.join(u'\n'), theirs.join(u'\n'));
        RC_PRE(both.has_value());
        const QStringList result = both->split(u'\n');
        for (const QString &line : mine + theirs)
            if (!lines.contains(line) && !line.isEmpty())
                RC_ASSERT(result.contains(line));
        for (const QString &line : lines)
            RC_ASSERT(result.contains(line) == (mine.contains(line) && theirs.contains(line)));
        for (const QString &line : result)
            RC_ASSERT(lines.contains(line) || mine.contains(line) || theirs.contains(line) || line.isEmpty());
    });
}

TEST_CASE("texts made to be slow are not compared for long", "[sync][textmerge]")
{
    QString base, first, second;
    for (int i = 0; i < 60'000; ++i) {
        base += i % 3 ? u"a\n"_s : u"b\n"_s;
        first += i % 5 ? u"a\n"_s : u"b\n"_s;
        second += i % 7 ? u"b\n"_s : u"a\n"_s;
    }
    // All others wait meanwhile. Without the bound it takes minutes.
    CHECK_FALSE(merged(base, first, second));
}
