// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/leadpool.h"
#include "logic/pipeline.h"
#include "tests/support/recordworld.h"

using namespace tz;
using namespace tz::test;

namespace {

const QString leads = u"pipeline.lead"_s;
constexpr qint64 day = 86'400'000;

struct Sales : RecordWorld {
    static Programs programs()
    {
        Programs all;
        all.emplace_back(u"pipeline"_s, std::make_unique<pipeline::Pipeline>());
        return all;
    }
    Sales()
        : RecordWorld(programs())
    {
        lina = person(u"lina"_s, u"sales"_s, u"North"_s);
        wangwei = person(u"wangwei"_s, u"sales"_s, u"North"_s);
        boss = person(u"boss"_s, u"sales_manager"_s, u"North"_s);
        viewer = person(u"viewer"_s, u"viewer"_s, u"North"_s);
        REQUIRE_RESULT(seed(contributions().initial()));
        pool = Id::fromName(u"pipeline.lead_pool/standard");
        be(lina);
    }
    Id lina, wangwei, boss, viewer, pool;

    Id lead(Draft::Values more = {})
    {
        Draft::Values values{{u"name"_s, Value(u"周海涛"_s)}, {u"company"_s, Value(u"深圳市华盛科技有限公司"_s)}};
        std::ranges::move(more, std::back_inserter(values));
        const auto id = create(leads, std::move(values));
        REQUIRE_RESULT(id);
        return *id;
    }
};

} // namespace

TEST_CASE("a lead is taken back on the day after the limit, counted from the last follow-up", "[pipeline][pool]")
{
    Recycling rule;
    rule.limitDays = 30;
    rule.remindDays = 3;
    const QDate received(2026, 3, 1);
    const QDate spoken(2026, 3, 10);
    CHECK(rule.due(received, spoken) == QDate(2026, 4, 10));
    CHECK_FALSE(rule.isDue(received, spoken, QDate(2026, 4, 9)));
    CHECK(rule.isDue(received, spoken, QDate(2026, 4, 10)));
    CHECK(rule.isNear(received, spoken, QDate(2026, 4, 7)));
    CHECK_FALSE(rule.isNear(received, spoken, QDate(2026, 4, 6)));
    CHECK_FALSE(rule.isNear(received, spoken, QDate(2026, 4, 10)));
    CHECK(rule.due(received, {}) == QDate(2026, 4, 1));
    CHECK_FALSE(rule.due({}, {}).isValid());
}

TEST_CASE("the pool takes back what nobody works on, and reminds before", "[pipeline][pool]")
{
    Sales world;
    const Id forgotten = world.lead({{u"level"_s, Value(u"C"_s)}});
    const Id cared = world.lead({{u"level"_s, Value(u"C"_s)}});
    world.clock().advanceMs(10 * day);
    REQUIRE_RESULT(
        world.create(u"customers.follow_up"_s, {{u"subject"_s, Value(u"电话"_s)}, {u"lead"_s, Value(cared)}}));
    world.clock().advanceMs(8 * day);
    REQUIRE_RESULT(world.run(u"pipeline.recycle"_s));
    REQUIRE_RESULT(world.run(u"pipeline.recycle"_s));
    // One reminder, although the job ran twice.
    CHECK(world.all(u"foundation.reminder"_s).size() == 1);
    world.clock().advanceMs(3 * day);
    REQUIRE_RESULT(world.run(u"pipeline.recycle"_s));
    CHECK(world.value(leads, forgotten, u"owner").isNull());
    CHECK(world.value(leads, forgotten, u"previous_owner") == Value(world.lina));
    CHECK(world.value(leads, forgotten, u"pool") == Value(world.pool));
    CHECK(world.value(leads, cared, u"owner") == Value(world.lina));
}

TEST_CASE("whoever comes first gets a lead from the pool, the second is told", "[pipeline][pool]")
{
    Sales world;
    const Id id = world.lead();
    REQUIRE_RESULT(world.act(leads, id, u"release"_s));
    CHECK(world.value(leads, id, u"owner").isNull());
    CHECK(world.value(leads, id, u"previous_owner") == Value(world.lina));
    REQUIRE_ERROR(world.act(leads, id, u"claim"_s), "pipeline.claim_previous_owner");
    world.be(world.viewer);
    REQUIRE_ERROR(world.act(leads, id, u"claim"_s), "access.action_denied");
    world.be(world.wangwei);
    REQUIRE_RESULT(world.act(leads, id, u"claim"_s));
    CHECK(world.value(leads, id, u"owner") == Value(world.wangwei));
    CHECK(world.value(leads, id, u"received_how") == Value(u"claimed"_s));
    world.be(world.boss);
    REQUIRE_ERROR(world.act(leads, id, u"claim"_s), "action.not_allowed_now");
}

TEST_CASE("nobody claims more in a day than the pool allows", "[pipeline][pool]")
{
    Sales world;
    std::vector<Id> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.push_back(world.lead());
        REQUIRE_RESULT(world.act(leads, waiting.back(), u"release"_s));
    }
    world.be(world.boss);
    REQUIRE_RESULT(world.update(u"pipeline.lead_pool"_s, world.pool, {{u"daily_claims"_s, Value(2)}}));
    world.be(world.wangwei);
    REQUIRE_RESULT(world.act(leads, waiting[0], u"claim"_s));
    REQUIRE_RESULT(world.act(leads, waiting[1], u"claim"_s));
    REQUIRE_ERROR(world.act(leads, waiting[2], u"claim"_s), "pipeline.claim_limit_reached");
    world.clock().advanceMs(day);
    REQUIRE_RESULT(world.act(leads, waiting[2], u"claim"_s));
}

TEST_CASE("a converted lead becomes customer, contact and opportunity, and takes its activities along",
          "[pipeline][leads]")
{
    Sales world;
    const Id id = world.lead({{u"mobile"_s, Value(u"138 0013 8000"_s)}, {u"deal_name"_s, Value(u"码垛机器人"_s)}});
    const auto talk =
        world.create(u"customers.follow_up"_s, {{u"subject"_s, Value(u"首次电话"_s)}, {u"lead"_s, Value(id)}});
    REQUIRE_RESULT(talk);
    world.be(world.wangwei);
    const auto other =
        world.create(u"customers.follow_up"_s, {{u"subject"_s, Value(u"旁听"_s)}, {u"lead"_s, Value(id)}});
    REQUIRE_RESULT(other);
    world.be(world.lina);
    REQUIRE_RESULT(world.act(leads, id, u"convert"_s, {{u"deal_amount"_s, RecordWorld::money(5000)}}));
    const Record lead = world.record(leads, id);
    CHECK(lead.value(u"status") == Value(u"converted"_s));
    const Record account = world.record(u"customers.account"_s, lead.value(u"account").toId());
    CHECK(account.value(u"name") == Value(u"深圳市华盛科技有限公司"_s));
    CHECK(account.value(u"owner") == Value(world.lina));
    const Record contact = world.record(u"customers.contact"_s, lead.value(u"contact").toId());
    CHECK(contact.value(u"account") == Value(account.id));
    const Record deal = world.record(u"pipeline.opportunity"_s, lead.value(u"opportunity").toId());
    CHECK(deal.value(u"name") == Value(u"码垛机器人"_s));
    CHECK(deal.value(u"amount") == RecordWorld::money(5000));
    CHECK(world.value(u"customers.follow_up"_s, *talk, u"opportunity") == Value(deal.id));
    // What a colleague wrote is the colleague's: it stays with the lead.
    CHECK(world.value(u"customers.follow_up"_s, *other, u"opportunity").isNull());
    REQUIRE_ERROR(world.act(leads, id, u"release"_s), "action.not_allowed_now");
}

TEST_CASE("leads with the same mobile, e-mail or person are found", "[pipeline][leads]")
{
    Sales world;
    const Id known = world.lead({{u"mobile"_s, Value(u"13800138000"_s)}, {u"email"_s, Value(u"zhou@example.com"_s)}});
    const Entity &entity = *world.catalog().entity(leads);
    Record entered(entity, Id::fromName(u"test"));
    entered.set(u"name", Value(u"老周"_s));
    entered.set(u"mobile", Value(u"+86 138 0013 8000"_s));
    const DuplicateFunction *similar = world.contributions().duplicates(leads);
    REQUIRE(similar);
    auto found = (*similar)(world.store(), entered);
    REQUIRE_RESULT(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().id == known);
    CHECK(found->front().score == 95);
    entered.set(u"mobile", Value(u"13900139000"_s));
    found = (*similar)(world.store(), entered);
    REQUIRE_RESULT(found);
    CHECK(found->isEmpty());
}
