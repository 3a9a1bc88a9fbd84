// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/mergerecords.h"
#include "tests/support/shop.h"

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

TEST_CASE("merging gathers values, links and sets in the winner, and is undone as one", "[merge]")
{
    Shop shop(true);
    const Id winner = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"tags"_s, ValueList{u"a"_s}}});
    const Id loser = shop.create(
        "shop.customer",
        {{u"name"_s, u"ACME Inc"_s}, {u"city"_s, u"Ulm"_s}, {u"tags"_s, ValueList{u"b"_s}}, {u"mother"_s, winner}});
    const Id third =
        shop.create("shop.customer", {{u"name"_s, u"Acme 2"_s}, {u"city"_s, u"Bonn"_s}, {u"employees"_s, 7}});
    const Id child = shop.create(
        "shop.customer", {{u"name"_s, u"Child"_s}, {u"mother"_s, loser}, {u"friends"_s, ValueList{loser, third}}});
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}, {u"customer"_s, third}});
    const QString before = shop.content();

    Draft draft = shop->draft();
    REQUIRE_RESULT(mergeRecords(*shop.store, draft, u"shop.customer"_s, winner, {loser, third}, {{u"name"_s, loser}}));
    CHECK(draft.label == u"merge"_s);
    REQUIRE_RESULT(shop->apply(std::move(draft)));

    const Record merged = shop.find("shop.customer", winner);
    CHECK(merged.value(u"name") == Value(u"ACME Inc"_s));
    CHECK(merged.value(u"city") == Value(u"Ulm"_s));
    CHECK(merged.value(u"employees") == Value(7));
    CHECK(merged.value(u"tags") == Value(ValueList{u"a"_s, u"b"_s}));
    CHECK(merged.value(u"mother").isNull());
    CHECK(merged.value(u"number") == Value(u"C-2026-0001"_s));
    CHECK(merged.value(u"orders") == Value(1));
    CHECK(shop.find("shop.order", order).value(u"customer") == Value(winner));
    CHECK(shop.find("shop.customer", child).value(u"mother") == Value(winner));
    CHECK(shop.find("shop.customer", child).value(u"friends") == Value(ValueList{winner}));
    CHECK(shop.find("shop.customer", loser, true).deleted);
    CHECK(shop.find("shop.customer", third, true).deleted);

    const auto undone = shop->undo();
    REQUIRE_RESULT(undone);
    CHECK(undone->refused.empty());
    CHECK(shop.content().toStdString() == before.toStdString());
}

TEST_CASE("a merge must be of different records that are here", "[merge]")
{
    Shop shop;
    const Id one = shop.create("shop.customer", {{u"name"_s, u"A"_s}});
    const Id two = shop.create("shop.customer", {{u"name"_s, u"B"_s}});
    Draft draft = shop->draft();
    REQUIRE_ERROR(mergeRecords(*shop.store, draft, u"shop.customer"_s, one, {}), "merge.nothing");
    REQUIRE_ERROR(mergeRecords(*shop.store, draft, u"shop.customer"_s, one, {one}), "merge.same_record");
    REQUIRE_ERROR(mergeRecords(*shop.store, draft, u"shop.customer"_s, one, {two, two}), "merge.same_record");
    REQUIRE_ERROR(mergeRecords(*shop.store, draft, u"shop.customer"_s, one, {Id::fromName(u"x")}), "merge.not_found");
    REQUIRE_ERROR(mergeRecords(*shop.store, draft, u"shop.customer"_s, one, {two}, {{u"colour"_s, two}}),
                  "record.unknown_field");
    CHECK(draft.isEmpty());
}
