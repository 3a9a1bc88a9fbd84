// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/customers.h"
#include "logic/duplicates.h"
#include "logic/partyrules.h"
#include "tests/support/recordworld.h"

using namespace tz;
using namespace tz::test;

namespace {

const QString accounts = u"customers.account"_s;
const QString contacts = u"customers.contact"_s;
constexpr qint64 day = 86'400'000;

struct World : RecordWorld {
    static Programs programs()
    {
        Programs all;
        all.emplace_back(u"customers"_s, std::make_unique<customers::Customers>());
        return all;
    }
    World()
        : RecordWorld(programs(), {u"foundation"_s, u"customers"_s})
    {
        lina = person(u"lina"_s, u"sales"_s, u"North"_s);
        wangwei = person(u"wangwei"_s, u"sales"_s, u"North"_s);
        boss = person(u"boss"_s, u"sales_manager"_s, u"North"_s);
        REQUIRE_RESULT(seed(contributions().initial()));
        be(lina);
    }
    Id lina, wangwei, boss;

    Id account(const QString &name, Draft::Values more = {})
    {
        Draft::Values values{{u"name"_s, Value(name)}};
        std::ranges::move(more, std::back_inserter(values));
        const auto id = create(accounts, std::move(values));
        REQUIRE_RESULT(id);
        return *id;
    }
    QList<Duplicate> similar(const QString &entity, Draft::Values values)
    {
        Record record(*catalog().entity(entity), Id::fromName(u"entered"));
        for (const auto &[field, value] : values)
            record.set(field, value);
        auto found = (*contributions().duplicates(entity))(store(), record);
        REQUIRE_RESULT(found);
        return *found;
    }
};

} // namespace

TEST_CASE("names of people are put together as their language does it", "[customers]")
{
    CHECK(customers::fullName(u"张"_s, u"伟"_s) == u"张伟"_s);
    CHECK(customers::fullName(u"Schmidt"_s, u"Anna"_s) == u"Anna Schmidt"_s);
    CHECK(customers::fullName(u"Novák"_s, {}) == u"Novák"_s);
}

TEST_CASE("company names are compared by their trunk, region and domain", "[customers][duplicates]")
{
    CHECK(customers::nameScore(u"华盛科技有限公司"_s, u"华盛科技（有限公司）"_s) >= 90);
    CHECK(customers::nameScore(u"深圳市华盛科技有限公司"_s, u"北京市华盛科技有限公司"_s) == 70);
    CHECK(customers::nameScore(u"华盛科技"_s, u"远大机械"_s) < 70);
    CHECK(customers::companyDomain(u"a@ACME.example"_s) == u"acme.example"_s);
    CHECK(customers::companyDomain(u"a@qq.com"_s).isEmpty());
}

TEST_CASE("the same company entered twice is found by code, telephone, e-mail or name", "[customers][duplicates]")
{
    World world;
    const Id known = world.account(u"深圳市华盛科技有限公司"_s, {{u"uscc"_s, Value(u"91350100m000100y43"_s)},
                                                                 {u"phone"_s, Value(u"0755-26881234"_s)},
                                                                 {u"email"_s, Value(u"info@huasheng.example"_s)}});
    CHECK(world.value(accounts, known, u"uscc") == Value(u"91350100M000100Y43"_s));
    auto found = world.similar(accounts, {{u"name"_s, Value(u"别的"_s)}, {u"uscc"_s, Value(u"91350100M000100Y43"_s)}});
    REQUIRE(found.size() == 1);
    CHECK(found.front().score == 100);
    CHECK(found.front().reasons == QStringList{u"uscc"_s});
    found = world.similar(accounts, {{u"name"_s, Value(u"别的"_s)}, {u"phone"_s, Value(u"+86 755 2688 1234"_s)}});
    REQUIRE(found.size() == 1);
    CHECK(found.front().score == 95);
    found = world.similar(accounts, {{u"name"_s, Value(u"华盛科技有限公司"_s)}});
    REQUIRE(found.size() == 1);
    CHECK(found.front().score == 80);
    CHECK(world.similar(accounts, {{u"name"_s, Value(u"蓝海物流有限公司"_s)}}).isEmpty());
}

TEST_CASE("a credit code with a slip is refused", "[customers]")
{
    World world;
    REQUIRE_ERROR(world.create(accounts, {{u"name"_s, Value(u"x"_s)}, {u"uscc"_s, Value(u"91350100M000100Y44"_s)}}),
                  "customers.uscc_invalid");
}

TEST_CASE("no customer is part of itself, whatever way round", "[customers]")
{
    World world;
    const Id group = world.account(u"集团"_s);
    const Id daughter = world.account(u"子公司"_s, {{u"parent"_s, Value(group)}});
    REQUIRE_ERROR(world.update(accounts, group, {{u"parent"_s, Value(daughter)}}), "customers.parent_circle");
    REQUIRE_ERROR(world.update(accounts, group, {{u"parent"_s, Value(group)}}), "customers.parent_circle");
}

TEST_CASE("a contact is named, stands at its customer, and is renamed with its parts", "[customers]")
{
    World world;
    const Id account = world.account(u"华盛"_s);
    REQUIRE_ERROR(world.create(contacts, {{u"account"_s, Value(account)}}), "customers.contact_unnamed");
    const auto id = world.create(
        contacts,
        {{u"family_name"_s, Value(u"张"_s)}, {u"given_name"_s, Value(u"伟"_s)}, {u"account"_s, Value(account)}});
    REQUIRE_RESULT(id);
    CHECK(world.value(contacts, *id, u"name") == Value(u"张伟"_s));
    REQUIRE_RESULT(world.update(contacts, *id, {{u"given_name"_s, Value(u"敏"_s)}}));
    CHECK(world.value(contacts, *id, u"name") == Value(u"张敏"_s));
    CHECK(world.all(u"customers.account_contact"_s).size() == 1);
    CHECK(world.value(accounts, account, u"contact_count") == Value(1));
    const Id other = world.account(u"分公司"_s);
    REQUIRE_RESULT(world.update(contacts, *id, {{u"account"_s, Value(other)}}));
    // It may still be reached at the first one.
    CHECK(world.all(u"customers.account_contact"_s).size() == 2);
}

TEST_CASE("a follow-up moves the dates of its customer", "[customers]")
{
    World world;
    const Id account = world.account(u"华盛"_s);
    const Value next = Value::fromDate(world.today().addDays(7));
    REQUIRE_RESULT(
        world.create(u"customers.follow_up"_s,
                     {{u"subject"_s, Value(u"电话"_s)}, {u"account"_s, Value(account)}, {u"next_contact"_s, next}}));
    CHECK(world.value(accounts, account, u"next_contact") == next);
    CHECK(world.value(accounts, account, u"last_follow_up") == Value(world.clock().nowMs()));
    // A colleague's note says nothing about when the owner means to call.
    world.be(world.wangwei);
    REQUIRE_RESULT(
        world.create(u"customers.follow_up"_s, {{u"subject"_s, Value(u"旁听"_s)},
                                                {u"account"_s, Value(account)},
                                                {u"next_contact"_s, Value::fromDate(world.today().addDays(1))}}));
    CHECK(world.value(accounts, account, u"next_contact") == next);
}

TEST_CASE("two customers become one and can be taken apart again", "[customers][merge]")
{
    World world;
    const Id keeps = world.account(u"华盛科技"_s);
    const Id goes = world.account(u"华盛科技公司"_s, {{u"phone"_s, Value(u"075526881234"_s)}});
    const auto person = world.create(contacts, {{u"name"_s, Value(u"张伟"_s)}, {u"account"_s, Value(goes)}});
    REQUIRE_RESULT(person);
    world.be(world.boss);
    REQUIRE_ERROR(world.act(accounts, goes, u"merge"_s), "customers.merge_target_missing");
    REQUIRE_RESULT(world.act(accounts, goes, u"merge"_s, {{u"merged_into"_s, Value(keeps)}}));
    CHECK(world.value(contacts, *person, u"account") == Value(keeps));
    CHECK(world.value(accounts, keeps, u"phone") == Value(u"075526881234"_s));
    CHECK(world.value(accounts, keeps, u"merged_into").isNull());
    CHECK(world.record(accounts, goes).deleted);
    REQUIRE_RESULT(world.store().undo());
    CHECK_FALSE(world.record(accounts, goes).deleted);
    CHECK(world.value(contacts, *person, u"account") == Value(goes));
    CHECK(world.value(accounts, keeps, u"phone").isNull());
}

TEST_CASE("customers go to the pool, first come first served", "[customers][pool]")
{
    World world;
    const Id id = world.account(u"华盛"_s);
    REQUIRE_RESULT(world.act(accounts, id, u"release"_s));
    CHECK(world.value(accounts, id, u"previous_owner") == Value(world.lina));
    world.be(world.wangwei);
    REQUIRE_RESULT(world.act(accounts, id, u"claim"_s));
    CHECK(world.value(accounts, id, u"owner") == Value(world.wangwei));
    CHECK(world.value(accounts, id, u"pooled_at").isNull());
    world.be(world.boss);
    REQUIRE_ERROR(world.act(accounts, id, u"claim"_s), "action.not_allowed_now");
    REQUIRE_RESULT(world.update(accounts, id, {{u"locked"_s, Value(true)}}));
    REQUIRE_ERROR(world.act(accounts, id, u"release"_s), "customers.locked");
}

TEST_CASE("the pool takes customers back only when its rule is switched on", "[customers][pool]")
{
    World world;
    const Id id = world.account(u"华盛"_s, {{u"level"_s, Value(u"C"_s)}});
    const Id bought = world.account(u"远大"_s, {{u"stage"_s, Value(u"customer"_s)}});
    world.clock().advanceMs(31 * day);
    REQUIRE_RESULT(world.run(u"customers.recycle"_s));
    CHECK(world.value(accounts, id, u"owner") == Value(world.lina));
    world.asSystem();
    REQUIRE_RESULT(world.update(u"customers.pool_rule"_s, Id::fromName(u"customers.pool_rule/standard"),
                                {{u"active"_s, Value(true)}}));
    REQUIRE_RESULT(world.run(u"customers.recycle"_s));
    CHECK(world.value(accounts, id, u"owner").isNull());
    CHECK(world.value(accounts, bought, u"owner") == Value(world.lina));
}
