// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/shop.h"

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

TEST_CASE("undo brings every stored value back", "[store][undo]")
{
    Shop shop(true);
    const Id customer = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"tags"_s, ValueList{u"a"_s}}});
    const Id other = shop.create("shop.customer", {{u"name"_s, u"Zeta"_s}});
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}, {u"customer"_s, customer}});
    shop.create("shop.line", {{u"order"_s, order}, {u"item"_s, u"Pump"_s}, {u"price"_s, 100'0000}});
    REQUIRE_RESULT(shop.act("shop.order", order, u"offer"_s));
    const QString before = shop.content();

    const auto undone = [&](Draft draft) {
        const auto applied = shop->apply(std::move(draft));
        REQUIRE_RESULT(applied);
        CHECK(shop.content() != before);
        const auto receipt = shop->undo();
        REQUIRE_RESULT(receipt);
        for (const auto &[index, error] : receipt->refused)
            FAIL_CHECK(error.toString().toStdString());
        CHECK(shop.content().toStdString() == before.toStdString());
    };
    Draft edit = shop->draft();
    edit.update(u"shop.customer"_s, customer,
                {{u"name"_s, u"Other"_s},
                 {u"city"_s, u"Ulm"_s},
                 {u"revenue"_s, 5},
                 {u"tags"_s, ValueList{u"b"_s, u"c"_s}},
                 {u"mother"_s, other},
                 {u"friends"_s, ValueList{other}}});
    edit.update(u"shop.customer"_s, customer, {{u"city"_s, u"Bonn"_s}});
    undone(edit);

    Draft action = shop->draft();
    action.act(u"shop.order"_s, order, u"win"_s, {{u"due"_s, 20000}});
    undone(action);

    Draft removal = shop->draft();
    removal.remove(u"shop.order"_s, order);
    undone(removal);

    Draft many = shop->draft();
    many.update(u"shop.order"_s, order, {{u"title"_s, u"Valves"_s}});
    many.member(u"shop.customer"_s, customer, u"tags"_s, u"z"_s, true);
    many.remove(u"shop.customer"_s, other);
    undone(many);
}

TEST_CASE("undo of a create puts the record into the recycle bin", "[store][undo]")
{
    Shop shop;
    Draft draft = shop->draft();
    draft.label = u"convert"_s;
    const Id customer = draft.create(u"shop.customer"_s, {{u"name"_s, u"Acme"_s}});
    const Id order = draft.create(u"shop.order"_s, {{u"title"_s, u"Pumps"_s}, {u"customer"_s, customer}});
    REQUIRE_RESULT(shop->apply(std::move(draft)));
    CHECK(*shop->undoLabel() == u"convert"_s);
    const auto receipt = shop->undo();
    REQUIRE_RESULT(receipt);
    CHECK(receipt->refused.empty());
    CHECK(shop.find("shop.customer", customer, true).deleted);
    CHECK(shop.find("shop.order", order, true).deleted);
    CHECK(*shop->undoLabel() == QString());
    REQUIRE_ERROR(shop->undo(), "undo.nothing");
}

TEST_CASE("undo keeps what somebody changed since, and says so", "[store][undo]")
{
    Shop shop;
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"city"_s, u"Ulm"_s}});
    REQUIRE_RESULT(shop.update("shop.customer", id, {{u"city"_s, u"Bonn"_s}, {u"employees"_s, 5}}));
    // Another person's edit arrives.
    REQUIRE_RESULT(shop.database->execute("UPDATE shop_customer SET city = 'Kiel'"));
    const auto receipt = shop->undo();
    REQUIRE_RESULT(receipt);
    REQUIRE(receipt->refused.size() == 1);
    CHECK(receipt->refused[0].second.is("record.changed_meanwhile"));
    CHECK(receipt->refused[0].second.field == u"city"_s);
    CHECK(shop.find("shop.customer", id).value(u"city") == Value(u"Kiel"_s));
    CHECK(shop.find("shop.customer", id).value(u"employees").isNull());
}

TEST_CASE("undo does not delete what others have built upon", "[store][undo]")
{
    Shop shop;
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}});
    const auto made = shop->recentHistory(1);
    REQUIRE_RESULT(made);
    const Id batch = made->front().batch;
    shop.create("shop.line", {{u"order"_s, order}, {u"item"_s, u"Pump"_s}});
    const auto receipt = shop->undo(batch);
    REQUIRE_RESULT(receipt);
    CHECK(receipt->refused.size() == 1);
    CHECK_FALSE(shop.find("shop.order", order).deleted);
}

TEST_CASE("a group is undone as one, and one undo can be taken back by its batch", "[store][undo]")
{
    Shop shop;
    const Id group = shop->ids().next();
    for (int i = 0; i < 3; ++i) {
        Draft draft = shop->draft();
        draft.group = group;
        draft.independent = true;
        draft.create(u"shop.customer"_s, {{u"name"_s, QString::number(i)}});
        REQUIRE_RESULT(shop->apply(std::move(draft)));
    }
    const auto receipt = shop->undo();
    REQUIRE_RESULT(receipt);
    CHECK(receipt->touched.size() == 3);
    CHECK(shop.number("SELECT count(*) FROM shop_customer WHERE _state & 2 = 0") == 0);
    REQUIRE_ERROR(shop->undo(), "undo.nothing");
    REQUIRE_RESULT(shop->undo(receipt->batch));
    CHECK(shop.number("SELECT count(*) FROM shop_customer WHERE _state & 2 = 0") == 1);
}

TEST_CASE("a sales person may undo their own create without the right to delete", "[store][undo][rights]")
{
    Shop shop;
    shop.as({u"sales"_s});
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    REQUIRE_ERROR(shop.remove("shop.customer", id), "access.delete_denied");
    const auto receipt = shop->undo();
    REQUIRE_RESULT(receipt);
    CHECK(receipt->refused.empty());
    CHECK(shop.find("shop.customer", id, true).deleted);
}

TEST_CASE("effects do not run again while they are undone", "[store][undo]")
{
    Shop shop;
    shop.contributions.effect(u"shop.customer"_s, [](const EffectContext &context) -> Result<> {
        context.draft.create(u"shop.entry"_s, {{u"text"_s, u"seen"_s}});
        return {};
    });
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    REQUIRE_RESULT(shop.update("shop.customer", id, {{u"city"_s, u"Ulm"_s}}));
    CHECK(shop.number("SELECT count(*) FROM shop_entry WHERE _state & 2 = 0") == 2);
    REQUIRE_RESULT(shop->undo());
    CHECK(shop.number("SELECT count(*) FROM shop_entry WHERE _state & 2 = 0") == 1);
    CHECK(shop.find("shop.customer", id).value(u"city").isNull());
}
