// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"
#include "tests/support/catch.h"
#include "workbench/records/formatting.h"

#include <rapidcheck/catch.h>

using namespace tz;

namespace {

Field fieldOf(FieldType type, int scale = 0)
{
    Field field;
    field.name = QStringLiteral("x");
    field.type = type;
    field.scale = scale;
    return field;
}

struct InLocale {
    explicit InLocale(const char *name) { QLocale::setDefault(QLocale(QString::fromLatin1(name))); }
    ~InLocale() { QLocale::setDefault(QLocale::c()); }
};

} // namespace

TEST_CASE("figures are written with grouping and their sign, in the language's units", "[gui][format]")
{
    const InLocale chinese("zh_CN");
    CHECK(formatting::money(14'095'000, QStringLiteral("CNY")) == QStringLiteral("¥1,409.50"));
    CHECK(formatting::money(-14'095'000, QStringLiteral("USD")) == QStringLiteral("-US$1,409.50"));
    CHECK(formatting::compact(12'345'678.0) == QStringLiteral("1235万"));
    CHECK(formatting::compact(340'000'000.0) == QStringLiteral("3.4亿"));
    CHECK(formatting::date(QDate(2026, 11, 23)) == QStringLiteral("2026/11/23"));
    const InLocale english("en_US");
    CHECK(formatting::compact(12'345'678.0) == QStringLiteral("12.3M"));
    CHECK(formatting::date(QDate(2026, 11, 23)) == QStringLiteral("11/23/2026"));
    CHECK(formatting::percent(125'000) == QStringLiteral("12.5%"));
}

TEST_CASE("what people type is read, or refused with a reason", "[gui][format]")
{
    const QDate today(2026, 11, 23);
    const Field money = fieldOf(FieldType::Money, 4);
    const auto number = [&money](const char *text) { return formatting::parse(money, QString::fromUtf8(text)); };
    CHECK(*number("1,409.5") == Value(qint64(14'095'000)));
    CHECK(*number("¥ 1409.50") == Value(qint64(14'095'000)));
    CHECK(*number("１２．５") == Value(qint64(125'000)));
    CHECK(*number("1.2万") == Value(qint64(120'000'000)));
    CHECK(*number("2亿") == Value(qint64(2'000'000'000'000)));
    CHECK(number("")->isNull());
    REQUIRE_ERROR(number("12a"), "input.not_a_number");
    REQUIRE_ERROR(number("1.23456"), "input.too_many_digits");

    const Field date = fieldOf(FieldType::Date);
    const auto day = [&](const char *text) { return formatting::parse(date, QString::fromUtf8(text), today); };
    for (const char *text : {"2024-02-29", "2024/2/29", "20240229", "2024年2月29日", "2024.2.29"})
        CHECK(day(text)->toDate() == QDate(2024, 2, 29));
    CHECK(day("明天")->toDate() == today.addDays(1));
    CHECK(day("+2w")->toDate() == today.addDays(14));
    CHECK(day("3月5日")->toDate() == QDate(2026, 3, 5));
    REQUIRE_ERROR(day("2023-02-29"), "input.not_a_date");
    REQUIRE_ERROR(day("soon"), "input.not_a_date");

    const Field duration = fieldOf(FieldType::Duration);
    CHECK(*formatting::parse(duration, QStringLiteral("1:30")) == Value(qint64(5400)));
    CHECK(*formatting::parse(duration, QStringLiteral("1h 30m")) == Value(qint64(5400)));
    CHECK(*formatting::parse(duration, QStringLiteral("90分钟")) == Value(qint64(5400)));
    REQUIRE_ERROR(formatting::parse(duration, QStringLiteral("long")), "input.not_a_duration");
}

TEST_CASE("what is shown can be typed back", "[gui][format]")
{
    for (const char *name : {"zh_CN", "en_US", "de_DE"}) {
        const InLocale locale(name);
        rc::prop("numbers", [](qint64 value) {
            value %= 1'000'000'000'000'000;
            const Field money = fieldOf(FieldType::Money, 4);
            const auto exact = formatting::parse(money, formatting::editText(money, Value(value)));
            RC_ASSERT(exact.has_value());
            RC_ASSERT(*exact == Value(value));
            const auto shown = formatting::parse(money, formatting::money(value, QStringLiteral("CNY")));
            RC_ASSERT(shown.has_value());
            RC_ASSERT(*shown == Value(value));
        });
        rc::prop("dates", [] {
            const QDate day = QDate(1970, 1, 1).addDays(*rc::gen::inRange(0, 40'000));
            const Field date = fieldOf(FieldType::Date);
            const auto back = formatting::parse(date, formatting::date(day));
            RC_ASSERT(back.has_value());
            RC_ASSERT(back->toDate() == day);
        });
    }
}
