// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/shop.h"

#include "core/base/messages.h"

#include <rapidcheck/catch.h>

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

/// Minutes after the hour at which the shop's clock stands.
Value at(int minutes)
{
    return Value(qint64(1'790'000'000'000) + minutes * qint64(60'000));
}

Value day(int number)
{
    return Value(qint64(20'700 + number));
}

Result<Receipt> book(Shop &shop, Draft::Values values, const Id &id = {})
{
    Draft draft = shop->draft();
    draft.create(u"shop.booking"_s, id ? id : shop->ids().next(), std::move(values));
    return shop->apply(std::move(draft));
}

Id room(Shop &shop, int cleaning, int seats)
{
    return shop.create(
        "shop.room",
        {{u"name"_s, u"Blue room"_s}, {u"cleaning"_s, Value(qint64(cleaning))}, {u"seats"_s, Value(qint64(seats))}});
}

} // namespace

TEST_CASE("a value that is claimed is there once", "[claims]")
{
    Shop shop;
    const Id first = shop.create("shop.booking", {{u"title"_s, u"First"_s}, {u"code"_s, u"K-1"_s}});
    const auto second = book(shop, {{u"code"_s, u"K-1"_s}});
    REQUIRE_ERROR(second, "claim.taken");
    CHECK(second.error().field == u"code"_s);
    CHECK(second.error().params.value(u"record"_s) == first.toString());
    CHECK(describe(second.error()).contains(u"First"_s));
    // Nothing is nobody's, and the same record keeps what it has.
    REQUIRE_RESULT(book(shop, {{u"title"_s, u"a"_s}}));
    REQUIRE_RESULT(book(shop, {{u"title"_s, u"b"_s}}));
    REQUIRE_RESULT(shop.update("shop.booking", first, {{u"title"_s, u"Still the first"_s}}));
    const Id third = shop.create("shop.booking", {{u"code"_s, u"K-3"_s}});
    REQUIRE_ERROR(shop.update("shop.booking", third, {{u"code"_s, u"K-1"_s}}), "claim.taken");

    SECTION("until its holder gives it back")
    {
        REQUIRE_RESULT(shop.update("shop.booking", first, {{u"cancelled"_s, Value(true)}}));
        REQUIRE_RESULT(shop.update("shop.booking", third, {{u"code"_s, u"K-1"_s}}));
        // Who comes back finds it taken.
        REQUIRE_ERROR(shop.update("shop.booking", first, {{u"cancelled"_s, Value(false)}}), "claim.taken");
    }
    SECTION("or is deleted, and then it does not come back")
    {
        REQUIRE_RESULT(shop.remove("shop.booking", first));
        REQUIRE_RESULT(shop.update("shop.booking", third, {{u"code"_s, u"K-1"_s}}));
        REQUIRE_ERROR(shop.restore("shop.booking", first), "claim.taken");
        REQUIRE_RESULT(shop.remove("shop.booking", third));
        REQUIRE_RESULT(shop.restore("shop.booking", first));
    }
    SECTION("nor does what went with its parent")
    {
        const Id order = shop.create("shop.order", {{u"title"_s, u"Order"_s}});
        const auto line = [&](const Id &of) {
            return Draft::Values{{u"order"_s, of}, {u"item"_s, u"Crane"_s}, {u"serial"_s, u"S-1"_s}};
        };
        const Id held = shop.create("shop.line", line(order));
        REQUIRE_RESULT(shop.remove("shop.order", order));
        const Id other = shop.create("shop.order", {{u"title"_s, u"Other"_s}});
        const Id taken = shop.create("shop.line", line(other));
        REQUIRE_ERROR(shop.restore("shop.order", order), "claim.taken");
        CHECK(shop->find(*shop->catalog().entity(u"shop.order"_s), order, true).value()->deleted);
        REQUIRE_RESULT(shop.remove("shop.line", taken));
        REQUIRE_RESULT(shop.restore("shop.order", order));
        CHECK_FALSE(shop->find(*shop->catalog().entity(u"shop.line"_s), held, true).value()->deleted);
    }
    SECTION("two in one draft are two")
    {
        Draft draft = shop->draft();
        draft.create(u"shop.booking"_s, shop->ids().next(), {{u"code"_s, u"K-9"_s}});
        draft.create(u"shop.booking"_s, shop->ids().next(), {{u"code"_s, u"K-9"_s}});
        REQUIRE_ERROR(shop->apply(std::move(draft)), "claim.taken");
    }
}

TEST_CASE("a room is taken from its beginning up to its end and the time of cleaning", "[claims]")
{
    Shop shop;
    const Id blue = room(shop, 10, 0);
    const Id green = room(shop, 0, 0);
    const auto taken = [&](const Id &where, int from, int to) {
        return book(
            shop, {{u"title"_s, u"Meeting"_s}, {u"room"_s, where}, {u"starts_at"_s, at(from)}, {u"ends_at"_s, at(to)}});
    };
    REQUIRE_RESULT(taken(blue, 60, 120));
    REQUIRE_RESULT(taken(blue, 150, 180));
    const auto clash = taken(blue, 90, 110);
    REQUIRE_ERROR(clash, "claim.overlaps");
    CHECK(clash.error().field == u"room"_s);
    CHECK(clash.error().params.value(u"title"_s) == u"Meeting"_s);
    // 20 minutes do not fit between 12:10 and 12:20 with the cleaning: free again behind both.
    CHECK(clash.error().params.value(u"free"_s) ==
          QDateTime::fromMSecsSinceEpoch(at(190).toInteger(), Qt::OffsetFromUTC, 8 * 3600)
              .toString(u"yyyy-MM-dd HH:mm"_s));
    REQUIRE_ERROR(taken(blue, 120, 130), "claim.overlaps");
    REQUIRE_ERROR(taken(blue, 40, 55), "claim.overlaps");
    REQUIRE_ERROR(taken(blue, 0, 600), "claim.overlaps");
    REQUIRE_RESULT(taken(blue, 130, 140));
    REQUIRE_RESULT(taken(blue, 30, 50));
    REQUIRE_RESULT(taken(green, 60, 120));
    REQUIRE_RESULT(taken(green, 120, 180));
    REQUIRE_ERROR(taken(green, 200, 200), "record.out_of_range");
    // Whoever does not say until when takes nothing.
    REQUIRE_RESULT(book(shop, {{u"room"_s, blue}, {u"starts_at"_s, at(60)}}));
}

TEST_CASE("of days the last one is taken too", "[claims]")
{
    Shop shop;
    const auto drive = [&](int from, int to) {
        return book(shop, {{u"car"_s, u"Van"_s}, {u"first_day"_s, day(from)}, {u"last_day"_s, day(to)}});
    };
    REQUIRE_RESULT(drive(1, 3));
    const auto clash = drive(3, 4);
    REQUIRE_ERROR(clash, "claim.overlaps");
    CHECK(clash.error().params.value(u"free"_s) == QDate(1970, 1, 1).addDays(20'704).toString(Qt::ISODate));
    REQUIRE_RESULT(drive(4, 4));
    REQUIRE_RESULT(drive(0, 0));
}

TEST_CASE("two bookings of a room", "[claims]")
{
    rc::prop("never overlap, whatever was tried", [] {
        Shop shop;
        const Id where = room(shop, *rc::gen::inRange(0, 20), 0);
        const int gap = int(shop.find("shop.room", where).value(u"cleaning").toInteger());
        std::vector<std::pair<int, int>> booked;
        for (int i = 0; i < 12; ++i) {
            const int from = *rc::gen::inRange(0, 300);
            const int to = from + *rc::gen::inRange(1, 60);
            const bool fits = std::ranges::all_of(
                booked, [&](const auto &other) { return other.first - gap >= to || from >= other.second + gap; });
            const auto done = book(shop, {{u"room"_s, where}, {u"starts_at"_s, at(from)}, {u"ends_at"_s, at(to)}});
            RC_ASSERT(done.has_value() == fits);
            if (fits)
                booked.emplace_back(from, to);
        }
    });
}

TEST_CASE("seats are given until none is left", "[claims]")
{
    Shop shop;
    const Id course = room(shop, 0, 10);
    const auto join = [&](int people) {
        return book(shop, {{u"course"_s, course}, {u"people"_s, Value(qint64(people))}});
    };
    const Id six = shop->ids().next();
    REQUIRE_RESULT(book(shop, {{u"course"_s, course}, {u"people"_s, Value(6)}}, six));
    const auto many = join(5);
    REQUIRE_ERROR(many, "claim.full");
    CHECK(many.error().params.value(u"free"_s) == u"4"_s);
    CHECK(many.error().params.value(u"limit"_s) == u"10"_s);
    REQUIRE_RESULT(join(4));
    REQUIRE_ERROR(shop.update("shop.booking", six, {{u"people"_s, Value(7)}}), "claim.full");
    REQUIRE_RESULT(shop.update("shop.booking", six, {{u"people"_s, Value(5)}}));
    REQUIRE_RESULT(join(1));
    // Fewer seats throw nobody out, but nobody else comes in.
    REQUIRE_RESULT(shop.update("shop.room", course, {{u"seats"_s, Value(2)}}));
    REQUIRE_RESULT(shop.update("shop.booking", six, {{u"title"_s, u"Six"_s}}));
    REQUIRE_ERROR(join(1), "claim.full");
    // No limit given: as many as like.
    REQUIRE_RESULT(shop.update("shop.room", course, {{u"seats"_s, Value()}}));
    REQUIRE_RESULT(join(100));
}

TEST_CASE("what is claimed is looked up by an index", "[claims][plan]")
{
    Shop shop;
    for (const char *sql :
         {"SELECT id FROM shop_booking WHERE code = 'x' AND id <> x'00' AND _state & 2 = 0",
          "SELECT id FROM shop_booking WHERE room = x'00' AND ends_at > 5 AND _state & 2 = 0 ORDER BY starts_at"}) {
        auto plan = shop.database->prepare(QByteArray("EXPLAIN QUERY PLAN ") + sql);
        REQUIRE_RESULT(plan);
        REQUIRE(*plan->step());
        CHECK(plan->text(3).contains(u"USING INDEX"_s));
    }
}
