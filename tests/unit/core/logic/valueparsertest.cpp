// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/valueparser.h"
#include "tests/support/shop.h"

using namespace tz;
using namespace Qt::StringLiterals;
using valueparser::DateOrder;

namespace {

std::optional<qint64> number(QStringView text, int scale = 4, bool comma = false)
{
    const auto found = valueparser::number(text, scale, comma);
    return found ? std::optional(*found) : std::nullopt;
}

bool decimalComma(std::initializer_list<QStringView> column)
{
    valueparser::StyleFinder finder;
    for (const QStringView text : column)
        finder.seeNumber(text);
    return finder.decimalComma();
}

QList<DateOrder> orders(std::initializer_list<QStringView> column)
{
    valueparser::StyleFinder finder;
    for (const QStringView text : column)
        finder.seeDate(text);
    return finder.orders();
}

} // namespace

TEST_CASE("numbers are read as people write them", "[import][values]")
{
    CHECK(number(u"1,234.56") == 12'345'600);
    CHECK(number(u"1.234,56", 4, true) == 12'345'600);
    CHECK(number(u"1 234 567.5") == 12'345'675'000);
    CHECK(number(u"1'234.5") == 12'345'000);
    CHECK(number(u"¥1,100.04") == 11'000'400);
    CHECK(number(u"￥ 12") == 120'000);
    CHECK(number(u"$4,821") == 48'210'000);
    CHECK(number(u"12 EUR") == 120'000);
    CHECK(number(u"12元") == 120'000);
    CHECK(number(u"(15.5)") == -155'000);
    CHECK(number(u"-15.5") == -155'000);
    CHECK(number(u"15.5-") == -155'000);
    CHECK(number(u"−3") == -30'000);
    CHECK(number(u"-$3") == -30'000);
    CHECK(number(u"10%") == 100'000);
    CHECK(number(u"3.5万") == 350'000'000);
    CHECK(number(u"1.23456亿") == 1'234'560'000'000);
    CHECK(number(u"１２３") == 1'230'000);
    CHECK(number(u"2822.0", 0) == 2822);
    CHECK(number(u".5") == 5'000);
    CHECK(number(u"0.50000000") == 5'000);
}

TEST_CASE("what is no number is not made one", "[import][values]")
{
    for (const QStringView text :
         {u"abc", u"", u"1,23", u"1.2.3", u"12a", u"--1", u"1e5", u"1,2345", u".", u"12,34,567"})
        CHECK_FALSE(number(text).has_value());
    CHECK_FALSE(number(QString(200, u'9')).has_value());
    CHECK_FALSE(number(u"9223372036854775807").has_value());
    const auto precise = valueparser::number(u"1.23456", 4, false);
    REQUIRE_ERROR(precise, "import.too_precise");
}

TEST_CASE("a column shows its decimal sign", "[import][values]")
{
    CHECK(decimalComma({u"1.234,56", u"1.000"}));
    CHECK(decimalComma({u"1,5", u"2,25"}));
    CHECK(decimalComma({u"1.234.567"}));
    CHECK_FALSE(decimalComma({u"1,234", u"5,678"}));
    CHECK_FALSE(decimalComma({u"1,234.5"}));
    CHECK_FALSE(decimalComma({u"12.5", u"1,000"}));
}

TEST_CASE("dates are read in the order of their column", "[import][values]")
{
    CHECK(valueparser::date(u"20-10-2016", DateOrder::DayMonthYear) == QDate(2016, 10, 20));
    CHECK(valueparser::date(u"03/04/2016", DateOrder::DayMonthYear) == QDate(2016, 4, 3));
    CHECK(valueparser::date(u"03/04/2016", DateOrder::MonthDayYear) == QDate(2016, 3, 4));
    CHECK(valueparser::date(u"3.4.16", DateOrder::DayMonthYear) == QDate(2016, 4, 3));
    CHECK(valueparser::date(u"1.1.99", DateOrder::DayMonthYear) == QDate(1999, 1, 1));
    for (const DateOrder order : {DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay}) {
        CHECK(valueparser::date(u"2016-10-20", order) == QDate(2016, 10, 20));
        CHECK(valueparser::date(u"2016年10月20日", order) == QDate(2016, 10, 20));
        CHECK(valueparser::date(u"2016/1/2", order) == QDate(2016, 1, 2));
        CHECK(valueparser::date(u"20161020", order) == QDate(2016, 10, 20));
        CHECK(valueparser::date(u"20 Oct 2016", order) == QDate(2016, 10, 20));
        CHECK(valueparser::date(u"October 20, 2016", order) == QDate(2016, 10, 20));
        CHECK(valueparser::date(u"2016-10-20 00:00:00", order) == QDate(2016, 10, 20));
        CHECK_FALSE(valueparser::date(u"2016-02-30", order).has_value());
        CHECK_FALSE(valueparser::date(u"yesterday", order).has_value());
        CHECK_FALSE(valueparser::date(u"5", order).has_value());
    }
    CHECK_FALSE(valueparser::date(u"31-12-2016", DateOrder::MonthDayYear).has_value());
}

TEST_CASE("a column shows the order of its dates, or that it does not", "[import][values]")
{
    CHECK(orders({u"01-03-2017", u"20-10-2016"}) == QList{DateOrder::DayMonthYear});
    CHECK(orders({u"10/20/2016", u"01/02/2016"}) == QList{DateOrder::MonthDayYear});
    CHECK(orders({u"01/02/2016", u"03/04/2016"}).size() == 2);
    CHECK(orders({u"20/10/2016", u"10/20/2016"}).isEmpty());
    // What is no date says nothing.
    CHECK(orders({u"n/a", u"20-10-2016"}) == QList{DateOrder::DayMonthYear});
    CHECK(valueparser::orderFromText(u"dd-MM-yyyy") == DateOrder::DayMonthYear);
    CHECK(valueparser::orderFromText(u"%m/%d/%Y") == DateOrder::MonthDayYear);
    CHECK(valueparser::orderFromText(u"ymd") == DateOrder::YearMonthDay);
    CHECK_FALSE(valueparser::orderFromText(u"sometimes").has_value());
}

TEST_CASE("times of day are local unless they say otherwise", "[import][values]")
{
    valueparser::Style style;
    style.utcOffsetSeconds = 8 * 3600;
    const auto utc = [&](QStringView text) {
        const auto ms = valueparser::dateTime(text, style);
        return ms ? QDateTime::fromMSecsSinceEpoch(*ms, Qt::UTC).toString(Qt::ISODateWithMs) : QString();
    };
    CHECK(utc(u"2016-10-20 10:30") == u"2016-10-20T02:30:00.000Z"_s);
    CHECK(utc(u"2016-10-20T10:30:05.25Z") == u"2016-10-20T10:30:05.250Z"_s);
    CHECK(utc(u"2016-10-20T10:30:00+02:00") == u"2016-10-20T08:30:00.000Z"_s);
    CHECK(utc(u"2016-10-20 11:30 PM") == u"2016-10-20T15:30:00.000Z"_s);
    CHECK(utc(u"2016-10-20") == u"2016-10-19T16:00:00.000Z"_s);
    CHECK(utc(u"2016-10-20 25:00") == QString());
}

TEST_CASE("choices are found by name and label in any case", "[import][values]")
{
    const Entity &customer = *shop::catalog()->entity(u"shop.customer");
    valueparser::Style style;
    style.choiceNames = [](const Entity &, const Field &, const Choice &choice) {
        return choice.name == u"a" ? QStringList{u"重点客户"_s} : QStringList();
    };
    const auto level = [&](QStringView text) {
        return valueparser::value(customer, *customer.field(u"level"), text, style).value_or(Value()).toText();
    };
    CHECK(level(u"A") == u"a"_s);
    CHECK(level(u"key ACCOUNT ") == u"a"_s);
    CHECK(level(u"重点客户") == u"a"_s);
    CHECK(level(u"none") == QString());
    const auto flag = [&](QStringView text) {
        return valueparser::value(customer, *customer.field(u"active"), text, style).value_or(Value());
    };
    CHECK(flag(u"Yes") == Value(1));
    CHECK(flag(u"否") == Value(0));
    CHECK(flag(u"perhaps").isNull());
}
