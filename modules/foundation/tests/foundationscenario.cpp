// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "logic/foundation.h"
#include "tests/support/recordworld.h"

using namespace tz;
using namespace tz::test;

namespace {

struct World : RecordWorld {
    static Programs programs()
    {
        Programs all;
        all.emplace_back(u"foundation"_s, std::make_unique<foundation::Foundation>());
        return all;
    }
    World()
        : RecordWorld(programs(), {u"foundation"_s})
    {
    }
};

} // namespace

TEST_CASE("a new company has its roles, currencies and units, once", "[foundation]")
{
    World world;
    REQUIRE_RESULT(world.seed(world.contributions().initial()));
    CHECK(world.all(u"foundation.role"_s).size() == 4);
    CHECK(world.value(u"foundation.currency"_s, Id::fromName(u"foundation.currency/JPY"), u"digits") == Value(0));
    CHECK(world.value(u"foundation.currency"_s, Id::fromName(u"foundation.currency/USD"), u"rate") ==
          Value(710'000'000));
}

TEST_CASE("teams form a tree, never a circle", "[foundation]")
{
    World world;
    const auto top = world.create(u"foundation.team"_s, {{u"name"_s, Value(u"Sales"_s)}});
    REQUIRE_RESULT(top);
    const auto below = world.create(u"foundation.team"_s, {{u"name"_s, Value(u"North"_s)}, {u"parent"_s, Value(*top)}});
    REQUIRE_RESULT(below);
    REQUIRE_ERROR(world.update(u"foundation.team"_s, *top, {{u"parent"_s, Value(*below)}}), "foundation.team_circle");
}

TEST_CASE("currency codes are three letters, in capitals", "[foundation]")
{
    World world;
    const auto id = world.create(u"foundation.currency"_s, {{u"code"_s, Value(u"chf"_s)}});
    REQUIRE_RESULT(id);
    CHECK(world.value(u"foundation.currency"_s, *id, u"code") == Value(u"CHF"_s));
    REQUIRE_ERROR(world.create(u"foundation.currency"_s, {{u"code"_s, Value(u"€"_s)}}), "foundation.currency_code");
}

TEST_CASE("everybody sees colleagues, only administrators change them", "[foundation][access]")
{
    World world;
    const Id lina = world.person(u"lina"_s, u"sales"_s, u"North"_s);
    world.be(lina);
    REQUIRE_ERROR(world.update(u"foundation.user"_s, lina, {{u"job_title"_s, Value(u"Boss"_s)}}),
                  "access.write_denied");
    const Id admin = world.person(u"root"_s, u"admin"_s, u"IT"_s);
    world.be(admin);
    REQUIRE_RESULT(world.update(u"foundation.user"_s, lina, {{u"job_title"_s, Value(u"销售"_s)}}));
}

TEST_CASE("names of custom fields and times of meetings are checked", "[foundation]")
{
    World world;
    for (const QString &name : {u"Region"_s, u"x_region\n"_s, u"x_\"); --"_s})
        REQUIRE_ERROR(world.create(u"foundation.custom_field"_s, {{u"entity"_s, Value(u"foundation.task"_s)},
                                                                  {u"name"_s, Value(name)},
                                                                  {u"definition"_s, Value(u"{}"_s)}}),
                      "foundation.field_name");
    REQUIRE_ERROR(world.create(u"foundation.meeting"_s, {{u"subject"_s, Value(u"x"_s)},
                                                         {u"starts_at"_s, Value(qint64(2000))},
                                                         {u"ends_at"_s, Value(qint64(1000))}}),
                  "foundation.meeting_ends_early");
}

TEST_CASE("a task that is done knows when, and forgets it when it is taken up again", "[foundation]")
{
    World world;
    const Id lina = world.person(u"lina"_s, u"sales"_s, u"North"_s);
    world.be(lina);
    const auto id = world.create(u"foundation.task"_s, {{u"subject"_s, Value(u"打电话"_s)}});
    REQUIRE_RESULT(id);
    REQUIRE_RESULT(world.act(u"foundation.task"_s, *id, u"complete"_s));
    CHECK(world.value(u"foundation.task"_s, *id, u"done_at") == Value(world.clock().nowMs()));
    REQUIRE_RESULT(world.act(u"foundation.task"_s, *id, u"reopen"_s));
    CHECK(world.value(u"foundation.task"_s, *id, u"done_at").isNull());
}
