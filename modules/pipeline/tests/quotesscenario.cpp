// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/pipeline.h"
#include "tests/support/recordworld.h"

using namespace tz;
using namespace tz::test;

namespace {

const QString quotes = u"pipeline.quote"_s;
const QString lines = u"pipeline.quote_line"_s;

struct Offers : RecordWorld {
    static Programs programs()
    {
        Programs all;
        all.emplace_back(u"pipeline"_s, std::make_unique<pipeline::Pipeline>());
        return all;
    }
    Offers()
        : RecordWorld(programs())
    {
        boss = person(u"boss"_s, u"sales_manager"_s, u"North"_s);
        be(boss);
        const auto made = create(u"pipeline.opportunity"_s, {{u"name"_s, Value(u"产线"_s)}});
        REQUIRE_RESULT(made);
        deal = *made;
    }
    Id boss, deal;

    Id quote()
    {
        const auto id = create(quotes, {{u"name"_s, Value(u"报价"_s)}, {u"opportunity"_s, Value(deal)}});
        REQUIRE_RESULT(id);
        return *id;
    }
    Id line(const Id &quote, Draft::Values more)
    {
        Draft::Values values{{u"quote"_s, Value(quote)}, {u"text"_s, Value(u"机器"_s)}};
        std::ranges::move(more, std::back_inserter(values));
        const auto id = create(lines, std::move(values));
        REQUIRE_RESULT(id);
        return *id;
    }
};

} // namespace

TEST_CASE("tax is taken out of a price that includes it, and the margin follows", "[pipeline][quotes]")
{
    Offers world;
    const Id quote = world.quote();
    const Id line = world.line(quote, {{u"price"_s, RecordWorld::money(1000)},
                                       {u"tax_rate"_s, RecordWorld::percent(13)},
                                       {u"tax_included"_s, Value(true)},
                                       {u"cost"_s, RecordWorld::money(600)}});
    CHECK(world.value(lines, line, u"net") == Value(8'849'600));
    CHECK(world.value(lines, line, u"tax") == Value(1'150'400));
    CHECK(world.value(lines, line, u"gross") == RecordWorld::money(1000));
    CHECK(world.value(quotes, quote, u"net") == Value(8'849'600));
    CHECK(world.value(quotes, quote, u"total") == RecordWorld::money(1000));
    CHECK(world.value(quotes, quote, u"margin") == Value(322'000));
}

TEST_CASE("a quote adds up its lines with discounts, optional ones apart", "[pipeline][quotes]")
{
    Offers world;
    const Id quote = world.quote();
    for (const qint64 price : {333'300, 333'300, 333'400})
        world.line(quote, {{u"price"_s, Value(price)}, {u"tax_rate"_s, RecordWorld::percent(13)}});
    world.line(quote, {{u"price"_s, RecordWorld::money(500)}, {u"optional"_s, Value(true)}});
    CHECK(world.value(quotes, quote, u"lines_net") == RecordWorld::money(100));
    // Tax is rounded line by line: 3 × 4.33.
    CHECK(world.value(quotes, quote, u"lines_tax") == Value(129'900));
    REQUIRE_RESULT(world.update(quotes, quote, {{u"discount"_s, RecordWorld::percent(10)}}));
    CHECK(world.value(quotes, quote, u"net") == RecordWorld::money(90));
    CHECK(world.value(quotes, quote, u"tax") == Value(116'900));
}

TEST_CASE("a quote that was sent is fixed; a new version takes its place", "[pipeline][quotes]")
{
    Offers world;
    const Id first = world.quote();
    const Id line = world.line(first, {{u"price"_s, RecordWorld::money(800)}, {u"cost"_s, RecordWorld::money(500)}});
    REQUIRE_RESULT(world.act(quotes, first, u"send"_s));
    REQUIRE_ERROR(world.update(quotes, first, {{u"name"_s, Value(u"anders"_s)}}), "pipeline.quote_is_fixed");
    REQUIRE_ERROR(world.update(lines, line, {{u"price"_s, RecordWorld::money(1)}}), "pipeline.quote_is_fixed");
    REQUIRE_ERROR(world.create(lines, {{u"quote"_s, Value(first)}, {u"text"_s, Value(u"dazu"_s)}}),
                  "pipeline.quote_is_fixed");
    REQUIRE_RESULT(world.act(quotes, first, u"revise"_s));
    CHECK(world.value(quotes, first, u"status") == Value(u"superseded"_s));
    const auto revised = world.all(quotes, u"status == 'draft'"_s);
    REQUIRE(revised.size() == 1);
    const Record second = world.record(quotes, revised.front());
    CHECK(second.value(u"version") == Value(2));
    CHECK(second.value(u"previous") == Value(first));
    CHECK(second.value(u"net") == RecordWorld::money(800));
    CHECK(second.value(u"sent_at").isNull());
    CHECK_FALSE(second.value(u"number") == world.value(quotes, first, u"number"));
    REQUIRE_RESULT(world.act(quotes, second.id, u"send"_s));
    REQUIRE_RESULT(world.act(quotes, second.id, u"accept"_s));
    CHECK(world.value(u"pipeline.opportunity"_s, world.deal, u"amount") == RecordWorld::money(800));
}

TEST_CASE("any day of a month makes a target of that month", "[pipeline][targets]")
{
    Offers world;
    const auto id = world.create(u"pipeline.sales_target"_s, {{u"level"_s, Value(u"person"_s)},
                                                              {u"owner"_s, Value(world.boss)},
                                                              {u"month"_s, Value::fromDate(QDate(2026, 6, 17))},
                                                              {u"amount"_s, RecordWorld::money(100)}});
    REQUIRE_RESULT(id);
    CHECK(world.value(u"pipeline.sales_target"_s, *id, u"month") == Value::fromDate(QDate(2026, 6, 1)));
    REQUIRE_ERROR(world.create(u"pipeline.sales_target"_s, {{u"level"_s, Value(u"person"_s)},
                                                            {u"month"_s, Value::fromDate(QDate(2026, 6, 1))},
                                                            {u"amount"_s, RecordWorld::money(100)}}),
                  "record.required");
}
