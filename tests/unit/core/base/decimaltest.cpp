// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"
#include "tests/support/catch.h"

#include <rapidcheck/catch.h>

using namespace tz;

TEST_CASE("a shortened product is rounded half to even", "[decimal]")
{
    CHECK(decimal::multiply(25, 1, 1) == 2);
    CHECK(decimal::multiply(35, 1, 1) == 4);
    CHECK(decimal::multiply(-25, 1, 1) == -2);
    CHECK(decimal::multiply(25, 1, 1, decimal::Rounding::HalfUp) == 3);
    CHECK(decimal::multiply(-25, 1, 1, decimal::Rounding::HalfUp) == -3);
    CHECK(decimal::multiply(29, 1, 1, decimal::Rounding::Down) == 2);
}

TEST_CASE("overflow and division by zero give no number", "[decimal]")
{
    CHECK_FALSE(decimal::multiply(9'000'000'000'000'000'000, 10, 0));
    CHECK_FALSE(decimal::add(std::numeric_limits<qint64>::max(), 1));
    CHECK_FALSE(decimal::divide(1, 0, 4));
    CHECK_FALSE(decimal::fromText(u"99999999999999999999", 0));
}

TEST_CASE("a percentage of an amount is exact", "[decimal]")
{
    // 1,000.00 at 13 % included: net 884.96 (rounded to cents), tax 115.04.
    const qint64 gross = *decimal::fromText(u"1000", 4);
    const qint64 net = *decimal::rescale(*decimal::divide(gross, 113, 2), 4, 2);
    CHECK(decimal::toText(net, 2) == QLatin1String("884.96"));
}

TEST_CASE("every number survives its text", "[decimal]")
{
    rc::prop("toText and fromText are inverse", [] {
        const auto value = *rc::gen::arbitrary<qint64>();
        const int scale = *rc::gen::inRange(0, 9);
        RC_ASSERT(decimal::fromText(decimal::toText(value, scale), scale) == decimal::Number(value));
    });
}

TEST_CASE("text that is no number of that scale is refused", "[decimal]")
{
    CHECK_FALSE(decimal::fromText(u"", 2));
    CHECK_FALSE(decimal::fromText(u"1.234", 2));
    CHECK(decimal::fromText(u"1.2300", 2) == 123);
    CHECK_FALSE(decimal::fromText(u"1,5", 2));
    CHECK_FALSE(decimal::fromText(u"1.2.3", 4));
    CHECK(decimal::fromText(u"-.5", 2) == -50);
}
