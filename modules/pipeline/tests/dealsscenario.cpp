// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/pipeline.h"
#include "tests/support/recordworld.h"

using namespace tz;
using namespace tz::test;

namespace {

const QString deals = u"pipeline.opportunity"_s;

RecordWorld::Programs programs()
{
    RecordWorld::Programs all;
    all.emplace_back(u"pipeline"_s, std::make_unique<pipeline::Pipeline>());
    return all;
}

struct Sales : RecordWorld {
    Sales()
        : RecordWorld(programs())
    {
        lina = person(u"lina"_s, u"sales"_s, u"North"_s);
        boss = person(u"boss"_s, u"sales_manager"_s, u"North"_s);
        wuhao = person(u"wuhao"_s, u"sales"_s, u"South"_s);
        REQUIRE_RESULT(seed(contributions().initial()));
        be(lina);
        const auto made = create(u"customers.account"_s, {{u"name"_s, Value(u"华盛科技有限公司"_s)}});
        REQUIRE_RESULT(made);
        account = *made;
    }
    Id lina, boss, wuhao, account;

    Id deal(Draft::Values more = {})
    {
        Draft::Values values{
            {u"name"_s, Value(u"产线改造"_s)}, {u"account"_s, Value(account)}, {u"amount"_s, money(1000)}};
        std::ranges::move(more, std::back_inserter(values));
        const auto id = create(deals, std::move(values));
        REQUIRE_RESULT(id);
        return *id;
    }
    std::vector<Record> history(const Id &id)
    {
        std::vector<Record> found;
        for (const Id &change : all(u"pipeline.stage_change"_s, u"opportunity == '%1'"_s.arg(id.toString())))
            found.push_back(record(u"pipeline.stage_change"_s, change));
        std::sort(found.begin(), found.end(), [](const Record &a, const Record &b) {
            return std::pair(a.value(u"changed_at").toInteger(), a.id) <
                   std::pair(b.value(u"changed_at").toInteger(), b.id);
        });
        return found;
    }
};

} // namespace

TEST_CASE("a deal keeps its history: when it came into each stage and how long it stayed", "[pipeline][deals]")
{
    Sales world;
    const Id id = world.deal();
    CHECK(world.value(deals, id, u"probability") == RecordWorld::percent(10));
    world.clock().advanceMs(2 * 86'400'000);
    REQUIRE_RESULT(world.act(deals, id, u"engage"_s));
    world.clock().advanceMs(86'400'000);
    REQUIRE_RESULT(world.act(deals, id, u"win"_s));
    const Record won = world.record(deals, id);
    CHECK(won.value(u"stage") == Value(u"won"_s));
    CHECK(won.value(u"probability") == RecordWorld::percent(100));
    CHECK(won.value(u"closed_on") == Value::fromDate(QDate(2026, 3, 5)));
    CHECK(won.value(u"engage_date") == Value::fromDate(QDate(2026, 3, 4)));
    CHECK(won.value(u"cycle_days") == Value(1));
    const auto history = world.history(id);
    REQUIRE(history.size() == 3);
    CHECK(history[0].value(u"from_stage").isNull());
    CHECK(history[1].value(u"from_stage") == Value(u"prospecting"_s));
    CHECK(history[1].value(u"duration") == Value(2 * 86'400));
    CHECK(history[2].value(u"to_stage") == Value(u"won"_s));
    CHECK(history[2].value(u"duration") == Value(86'400));
    CHECK(history[2].value(u"changed_by") == Value(world.lina));
}

TEST_CASE("a probability that somebody typed stays, the standard one follows the stage", "[pipeline][deals]")
{
    Sales world;
    const Id follows = world.deal();
    const Id typed = world.deal({{u"probability"_s, RecordWorld::percent(40)}});
    CHECK(world.value(deals, typed, u"own_estimate") == Value(true));
    for (const Id &id : {follows, typed})
        REQUIRE_RESULT(world.act(deals, id, u"propose"_s, {{u"close_date"_s, Value::fromDate(QDate(2026, 5, 1))}}));
    CHECK(world.value(deals, follows, u"probability") == RecordWorld::percent(50));
    CHECK(world.value(deals, follows, u"weighted") == RecordWorld::money(500));
    CHECK(world.value(deals, typed, u"probability") == RecordWorld::percent(40));
    REQUIRE_RESULT(world.update(deals, typed, {{u"own_estimate"_s, Value(false)}}));
    CHECK(world.value(deals, typed, u"probability") == RecordWorld::percent(50));
}

TEST_CASE("a pipeline has its own probabilities", "[pipeline][deals]")
{
    Sales world;
    world.be(world.boss);
    const auto pipeline = world.create(u"pipeline.pipeline"_s, {{u"name"_s, Value(u"维保"_s)}});
    REQUIRE_RESULT(pipeline);
    REQUIRE_RESULT(world.create(u"pipeline.pipeline_stage"_s, {{u"pipeline"_s, Value(*pipeline)},
                                                               {u"stage"_s, Value(u"engaging"_s)},
                                                               {u"probability"_s, RecordWorld::percent(60)}}));
    world.be(world.lina);
    const Id id = world.deal({{u"pipeline"_s, Value(*pipeline)}});
    REQUIRE_RESULT(world.act(deals, id, u"engage"_s));
    CHECK(world.value(deals, id, u"probability") == RecordWorld::percent(60));
}

TEST_CASE("a lost deal needs its reason, and only a manager opens it again", "[pipeline][deals]")
{
    Sales world;
    const Id id = world.deal();
    REQUIRE_ERROR(world.act(deals, id, u"lose"_s), "action.missing");
    REQUIRE_RESULT(
        world.act(deals, id, u"lose"_s, {{u"loss_reason"_s, Value(Id::fromName(u"pipeline.loss_reason/price"))}}));
    CHECK(world.value(deals, id, u"probability") == RecordWorld::percent(0));
    REQUIRE_ERROR(world.act(deals, id, u"reopen"_s), "pipeline.reopen_needs_manager");
    world.be(world.boss);
    REQUIRE_RESULT(world.act(deals, id, u"reopen"_s));
    const Record open = world.record(deals, id);
    CHECK(open.value(u"closed_on").isNull());
    CHECK(open.value(u"loss_reason").isNull());
    CHECK(open.value(u"probability") == RecordWorld::percent(25));
}

TEST_CASE("a deal needs no customer before there is something to offer", "[pipeline][deals]")
{
    Sales world;
    const auto early = world.create(deals, {{u"name"_s, Value(u"展会线索"_s)}});
    REQUIRE_RESULT(early);
    REQUIRE_RESULT(world.act(deals, *early, u"engage"_s));
    REQUIRE_ERROR(world.act(deals, *early, u"propose"_s, {{u"close_date"_s, Value::fromDate(QDate(2026, 5, 1))}}),
                  "action.missing");
}

TEST_CASE("a deal without a name is called after customer and product", "[pipeline][deals]")
{
    Sales world;
    const auto id = world.create(deals, {{u"account"_s, Value(world.account)}});
    REQUIRE_RESULT(id);
    CHECK(world.value(deals, *id, u"name") == Value(u"华盛科技有限公司"_s));
}

TEST_CASE("the amount follows the products until somebody says otherwise", "[pipeline][deals]")
{
    Sales world;
    world.be(world.boss);
    const auto robot =
        world.create(u"pipeline.product"_s, {{u"name"_s, Value(u"YP-100"_s)}, {u"price"_s, RecordWorld::money(300)}});
    REQUIRE_RESULT(robot);
    world.be(world.lina);
    const Id id = world.deal();
    const auto line = world.create(u"pipeline.opportunity_line"_s, {{u"opportunity"_s, Value(id)},
                                                                    {u"product"_s, Value(*robot)},
                                                                    {u"quantity"_s, Value(20'000)},
                                                                    {u"discount"_s, RecordWorld::percent(10)}});
    REQUIRE_RESULT(line);
    CHECK(world.value(u"pipeline.opportunity_line"_s, *line, u"price") == RecordWorld::money(300));
    CHECK(world.value(deals, id, u"amount") == RecordWorld::money(540));
    CHECK(world.value(deals, id, u"lines_total") == RecordWorld::money(540));
    REQUIRE_RESULT(
        world.update(deals, id, {{u"amount_from_lines"_s, Value(false)}, {u"amount"_s, RecordWorld::money(500)}}));
    REQUIRE_RESULT(world.update(u"pipeline.opportunity_line"_s, *line, {{u"quantity"_s, Value(30'000)}}));
    CHECK(world.value(deals, id, u"amount") == RecordWorld::money(500));
    CHECK(world.value(deals, id, u"lines_total") == RecordWorld::money(810));
}

TEST_CASE("sales people of another team may neither change nor write the cost of a deal", "[pipeline][deals][access]")
{
    Sales world;
    const Id id = world.deal();
    REQUIRE_ERROR(world.update(deals, id, {{u"cost"_s, RecordWorld::money(1)}}), "access.field_hidden");
    world.be(world.wuhao);
    REQUIRE_ERROR(world.update(deals, id, {{u"amount"_s, RecordWorld::money(1)}}), "access.write_denied");
    world.be(world.boss);
    REQUIRE_RESULT(world.update(deals, id, {{u"cost"_s, RecordWorld::money(600)}}));
    CHECK(world.value(deals, id, u"margin") == RecordWorld::money(400));
}

TEST_CASE("talks cannot end before they began", "[pipeline][deals]")
{
    Sales world;
    const Id id = world.deal({{u"engage_date"_s, Value::fromDate(QDate(2026, 2, 1))}});
    REQUIRE_ERROR(world.act(deals, id, u"win"_s, {{u"closed_on"_s, Value::fromDate(QDate(2026, 1, 1))}}),
                  "pipeline.closed_before_talks");
    REQUIRE_RESULT(world.act(deals, id, u"win"_s, {{u"closed_on"_s, Value::fromDate(QDate(2026, 2, 1))}}));
    CHECK(world.value(deals, id, u"cycle_days") == Value(0));
}

TEST_CASE("a deal that is imported as won brings its own history", "[pipeline][deals][import]")
{
    Sales world;
    Draft draft = world.store().draft();
    draft.label = u"import"_s;
    const Id id = draft.create(deals, {{u"name"_s, Value(u"老订单"_s)},
                                       {u"account"_s, Value(world.account)},
                                       {u"amount"_s, RecordWorld::money(1054)},
                                       {u"stage"_s, Value(u"won"_s)},
                                       {u"engage_date"_s, Value::fromDate(QDate(2016, 10, 20))},
                                       {u"closed_on"_s, Value::fromDate(QDate(2017, 3, 1))}});
    REQUIRE_RESULT(world.store().apply(std::move(draft)));
    CHECK(world.value(deals, id, u"cycle_days") == Value(132));
    CHECK(world.value(deals, id, u"opened_on") == Value::fromDate(QDate(2016, 10, 20)));
    const auto history = world.history(id);
    REQUIRE(history.size() == 2);
    CHECK(history[0].value(u"to_stage") == Value(u"engaging"_s));
    CHECK(history[1].value(u"to_stage") == Value(u"won"_s));
    CHECK(history[1].value(u"duration") == Value(132 * 86'400));
}

TEST_CASE("reports count what is there, by agent, product and stage", "[pipeline][reports]")
{
    Sales world;
    const Id won = world.deal();
    const Id lost = world.deal();
    const Id open = world.deal({{u"close_date"_s, Value::fromDate(QDate(2026, 4, 10))}});
    REQUIRE_RESULT(world.act(deals, won, u"win"_s));
    REQUIRE_RESULT(
        world.act(deals, lost, u"lose"_s, {{u"loss_reason"_s, Value(Id::fromName(u"pipeline.loss_reason/price"))}}));
    REQUIRE_RESULT(world.act(deals, open, u"engage"_s));

    const auto summary = world.report(u"pipeline.summary"_s);
    REQUIRE_RESULT(summary);
    CHECK(RecordWorld::cell(*summary, u"figures"_s, 0, u"deals"_s) == Value(3));
    CHECK(RecordWorld::cell(*summary, u"figures"_s, 0, u"won_amount"_s) == RecordWorld::money(1000));
    CHECK(RecordWorld::cell(*summary, u"figures"_s, 0, u"win_rate"_s) == RecordWorld::percent(50));

    const auto rates = world.report(u"pipeline.win_rates"_s, {{u"owner"_s, Value(world.lina)}});
    REQUIRE_RESULT(rates);
    CHECK(RecordWorld::cell(*rates, u"by_agent"_s, 0, u"owner"_s) == Value(world.lina));
    CHECK(RecordWorld::cell(*rates, u"by_agent"_s, 0, u"open"_s) == Value(1));
    const auto none = world.report(u"pipeline.win_rates"_s, {{u"owner"_s, Value(world.wuhao)}});
    REQUIRE_RESULT(none);
    CHECK(none->tables.front().rows.empty());

    const auto forecast = world.report(u"pipeline.forecast"_s, {{u"months"_s, Value(2)}});
    REQUIRE_RESULT(forecast);
    CHECK(RecordWorld::cell(*forecast, u"months"_s, 0, u"won"_s) == RecordWorld::money(1000));
    CHECK(RecordWorld::cell(*forecast, u"months"_s, 1, u"weighted"_s) == RecordWorld::money(250));

    const auto funnel = world.report(u"pipeline.funnel"_s);
    REQUIRE_RESULT(funnel);
    CHECK(RecordWorld::cell(*funnel, u"steps"_s, 0, u"reached"_s) == Value(3));
    CHECK(RecordWorld::cell(*funnel, u"steps"_s, 4, u"reached"_s) == Value(1));

    world.clock().advanceMs(qint64(50) * 86'400'000);
    const auto ageing = world.report(u"pipeline.ageing"_s);
    REQUIRE_RESULT(ageing);
    CHECK(RecordWorld::cell(*ageing, u"stages"_s, 1, u"to_60"_s) == Value(1));
    CHECK(RecordWorld::cell(*ageing, u"stale"_s, 0, u"opportunity"_s) == Value(open));
    CHECK(RecordWorld::cell(*ageing, u"stale"_s, 0, u"days"_s) == Value(50));

    const auto losses = world.report(u"pipeline.loss_reasons"_s);
    REQUIRE_RESULT(losses);
    CHECK(RecordWorld::cell(*losses, u"reasons"_s, 0, u"share"_s) == RecordWorld::percent(100));
}

TEST_CASE("every report runs on nothing", "[pipeline][reports]")
{
    RecordWorld world(programs());
    for (const ReportSpec &report : world.catalog().reports()) {
        INFO(report.fullName.toStdString());
        if (world.contributions().report(report.fullName))
            REQUIRE_RESULT(world.report(report.fullName));
    }
}
