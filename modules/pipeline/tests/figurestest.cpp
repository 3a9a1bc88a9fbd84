// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/figures.h"
#include "logic/forecast.h"
#include "logic/funnel.h"
#include "tests/support/catch.h"

using namespace tz;
using namespace tz::pipeline;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 unit = 10'000;

/// A cohort in which so many deals came so far.
std::vector<Course> cohort(std::initializer_list<std::pair<QString, int>> furthest, const QStringList &stages)
{
    std::vector<Course> courses;
    for (const auto &[stage, count] : furthest) {
        for (int i = 0; i < count; ++i) {
            Course course;
            for (qsizetype k = 0; k <= stages.indexOf(stage); ++k)
                course.moves.push_back({stages[k], k * 1000});
            courses.push_back(course);
        }
    }
    return courses;
}

} // namespace

TEST_CASE("the forecast weighs open deals by month of expected close", "[pipeline][forecast]")
{
    const QDate june(2026, 6, 10);
    std::vector<ForecastDeal> deals(4);
    for (ForecastDeal &deal : deals)
        deal.amount = 100'000 * unit;
    deals[0].probability = 50 * unit;
    deals[0].close = june;
    deals[1].probability = 50 * unit;
    deals[1].close = QDate(2026, 7, 1);
    deals[2].probability = 100 * unit;
    deals[2].close = QDate(2026, 8, 31);
    // Lost at its full value once: it counts nothing.
    deals[3].outcome = ForecastDeal::Outcome::Lost;
    deals[3].close = june;
    const auto months = forecast(deals, {{QDate(2026, 6, 1), 80'000 * unit}}, june, 3, QDate(2026, 6, 2));
    REQUIRE(months.size() == 3);
    CHECK(months[0].weighted == 50'000 * unit);
    CHECK(months[1].weighted == 50'000 * unit);
    CHECK(months[2].weighted == 100'000 * unit);
    CHECK(months[0].target == 80'000 * unit);
    CHECK(months[0].coverage() == 125 * unit);
    CHECK_FALSE(months[1].coverage().has_value());
}

TEST_CASE("a deal whose date has passed slips into the current month", "[pipeline][forecast]")
{
    ForecastDeal deal;
    deal.amount = 10 * unit;
    deal.probability = 25 * unit;
    deal.close = QDate(2026, 4, 30);
    ForecastDeal omitted = deal;
    omitted.omitted = true;
    ForecastDeal dateless = deal;
    dateless.close = {};
    const auto months = forecast({deal, omitted, dateless}, {}, QDate(2026, 6, 1), 1, QDate(2026, 6, 15));
    CHECK(months[0].open == 10 * unit);
    CHECK(months[0].weighted == 25'000);
}

TEST_CASE("the funnel counts each deal once per step, with conversion from step to step", "[pipeline][funnel]")
{
    const QStringList stages{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    const auto steps =
        funnelOf(cohort({{u"a"_s, 80}, {u"b"_s, 48}, {u"c"_s, 36}, {u"d"_s, 18}, {u"e"_s, 18}}, stages), stages);
    REQUIRE(steps.size() == 5);
    const std::array<qint64, 5> reached{200, 120, 72, 36, 18};
    for (size_t i = 0; i < reached.size(); ++i)
        CHECK(steps[i].reached == reached[i]);
    CHECK(steps[0].conversion == 60 * unit);
    CHECK(steps[1].conversion == 60 * unit);
    CHECK(steps[2].conversion == 50 * unit);
    CHECK(steps[3].conversion == 50 * unit);
    CHECK_FALSE(steps[4].conversion.has_value());
    CHECK(overallConversion(steps) == 9 * unit);
}

TEST_CASE("a deal that bounces back counts once, and a lost one up to where it came", "[pipeline][funnel]")
{
    const QStringList stages{u"a"_s, u"b"_s, u"won"_s};
    Course bounced;
    bounced.moves = {{u"a"_s, 0}, {u"b"_s, 10}, {u"a"_s, 30}, {u"b"_s, 70}, {u"won"_s, 100}};
    Course lost;
    lost.moves = {{u"a"_s, 0}, {u"b"_s, 40}, {u"lost"_s, 90}};
    const auto steps = funnelOf({bounced, lost}, stages);
    CHECK(steps[0].reached == 2);
    CHECK(steps[1].reached == 2);
    CHECK(steps[2].reached == 1);
    // Stays in a: 10, 40 and 40; in b: 20, 30 and 50.
    CHECK(steps[0].medianMs == 40);
    CHECK(steps[1].medianMs == 30);
}

TEST_CASE("velocity, win rate and the test of two shares give the published figures", "[pipeline][figures]")
{
    CHECK(velocityPerDay(40, 25'000 * unit, 25 * unit, 90) == 27'777'778);
    CHECK_FALSE(velocityPerDay(40, 25'000 * unit, 25 * unit, 0).has_value());
    CHECK(winRate(1, 2) == 333'333);
    CHECK_FALSE(winRate(0, 0).has_value());
    const double score = shareDifference(30, 100, 120, 300);
    CHECK(score == Approx(-1.789).margin(0.001));
    CHECK(chanceOf(score) == Approx(0.0736).margin(0.0001));
    CHECK(shareDifference(0, 0, 1, 2) == 0);
}

TEST_CASE("medians and percentiles take the nearest rank", "[pipeline][figures]")
{
    CHECK_FALSE(median({}).has_value());
    CHECK(median({5}) == 5);
    CHECK(median({4, 1, 3, 2}) == 2);
    CHECK(percentile({10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 80) == 80);
}

TEST_CASE("foreign amounts count with the rate of their currency", "[pipeline][figures]")
{
    CHECK(inHomeCurrency(100 * unit, Value(qint64(710'000'000))) == 710 * unit);
    CHECK(inHomeCurrency(100 * unit, {}) == 100 * unit);
}
