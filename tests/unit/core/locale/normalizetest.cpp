// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/normalize.h"
#include "tests/support/catch.h"

using namespace tz;

TEST_CASE("width, case and compatibility forms make no difference", "[normalize]")
{
    CHECK(normalize::folded(u"ＡＢＣ１２３") == QLatin1String("abc123"));
    CHECK(normalize::folded(u"Straße") == QLatin1String("strasse"));
    CHECK(normalize::folded(u"①") == QLatin1String("1"));
    CHECK(normalize::folded(u"⾦额") == QStringLiteral("金额"));
    CHECK(normalize::folded(u"") == QString());
}

TEST_CASE("every ideograph becomes a word of its own", "[normalize]")
{
    CHECK(normalize::spaced(u"张三Huawei有限") == QStringLiteral("张 三 huawei 有 限"));
    CHECK(normalize::spaced(u"plain text") == QLatin1String("plain text"));
    CHECK(normalize::spaced(u" Crème “Brûlée”，(a-b)。") == QLatin1String("creme brulee a b"));
    CHECK(normalize::spaced(u"e\u0301\u0323tude ẤŁ") == QStringLiteral("etude ał"));
    CHECK(normalize::spaced(u"“——”") == QString());
    CHECK(normalize::spaced(QString::fromUcs4(U"\U00020BB7野家", 3)) == QString::fromUcs4(U"\U00020BB7 野 家", 5));
}

TEST_CASE("what is typed is cut at blanks and between scripts, and signs alone are nothing", "[normalize]")
{
    CHECK(normalize::words(u"张三 Huawei") == QStringList{QStringLiteral("张三"), QStringLiteral("huawei")});
    CHECK(normalize::words(u"华为Mate60") == QStringList{QStringLiteral("华为"), QStringLiteral("mate60")});
    CHECK(normalize::words(u"O'Brien \"a-b\"") == QStringList{QStringLiteral("o'brien"), QStringLiteral("\"a-b\"")});
    CHECK(normalize::words(u" ** \" ' - ").isEmpty());
    CHECK(normalize::words(u"\U0001F600").isEmpty());
}
