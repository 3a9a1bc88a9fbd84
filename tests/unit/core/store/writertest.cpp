// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/core/store/storefixture.h"

using namespace tz;
using namespace tz::test;

namespace {
constexpr qint64 yuan = 10'000;

void refresh(Store &store, const char *entity, const Id &id)
{
    Transaction transaction = must(Transaction::begin(*store.database));
    must(store.writer->refreshRollups(store.entity(entity), std::span(&id, 1)));
    must(transaction.commit());
}

Value valueOf(const Store &store, const char *entity, const Id &id, const char *field)
{
    return must(store.reader->find(store.entity(entity), id))->value(QString::fromLatin1(field));
}
} // namespace

TEST_CASE("writing a record again keeps its row id and replaces its values and sets", "[writer]")
{
    Store store;
    const Id id = store.put(
        "customer", {{"name", text("A")}, {"city", text("上海")}, {"tags", Value(ValueList{text("a"), text("b")})}});
    const qint64 rowId = must(store.reader->rowIdOf(store.entity("customer"), id));
    store.put("customer", {{"name", text("another")}});
    store.put("customer", {{"name", text("B")}, {"tags", Value(ValueList{text("b"), text("c")})}}, id);
    CHECK(must(store.reader->rowIdOf(store.entity("customer"), id)) == rowId);
    const auto found = must(store.reader->find(store.entity("customer"), id));
    CHECK(found->value(u"name") == text("B"));
    CHECK(found->value(u"city").isNull());
    CHECK(found->value(u"tags") == Value(ValueList{text("b"), text("c")}));
    store.put("customer", {{"name", text("B")}}, id);
    CHECK(must(store.reader->find(store.entity("customer"), id))->value(u"tags").isNull());
    CHECK(must(store.reader->count(QStringLiteral("shop.customer"))) == 2);
}

TEST_CASE("what is inserted as new leaves a row that is here already as it is", "[writer]")
{
    Store store;
    Transaction transaction = must(Transaction::begin(*store.database));
    Record record(store.entity("customer"), Id::fromName(u"new"));
    record.set(u"name", text("First"));
    record.set(u"tags", Value(ValueList{text("a")}));
    const qint64 rowId = must(store.writer->insert(record, {}));
    CHECK(rowId != 0);
    CHECK(must(store.reader->rowIdOf(store.entity("customer"), record.id)) == rowId);
    record.set(u"name", text("Second"));
    record.set(u"tags", Value(ValueList{text("b")}));
    CHECK(must(store.writer->insert(record, {})) == 0);
    must(transaction.commit());
    const auto found = must(store.reader->find(store.entity("customer"), record.id));
    CHECK(found->value(u"name") == text("First"));
    CHECK(found->value(u"tags") == Value(ValueList{text("a")}));
}

TEST_CASE("system columns are the schema kind's own", "[writer]")
{
    for (const SchemaKind kind : {SchemaKind::Replica, SchemaKind::Server}) {
        Store store(shopCatalog(), kind);
        Record record(store.entity("customer"), Id::fromName(u"x"));
        RowWriter::System system;
        system.rev = 42;
        system.state = recordstate::openConflict;
        system.keys = "k";
        system.madeRev = 7;
        system.clock = "c";
        system.root = Id::fromName(u"root");
        must(store.writer->put(record, system));
        const auto found = must(store.reader->find(store.entity("customer"), record.id));
        REQUIRE(found);
        CHECK(found->rev == 42);
        CHECK(found->state == (kind == SchemaKind::Replica ? recordstate::openConflict : 0));
        Statement raw = must(store.database->prepare(kind == SchemaKind::Replica
                                                         ? "SELECT _keys FROM shop_customer"
                                                         : "SELECT _clock, _made_rev, _root FROM shop_customer"));
        REQUIRE(must(raw.step()));
        CHECK(raw.bytes(0) == (kind == SchemaKind::Replica ? "k" : "c"));
        if (kind == SchemaKind::Server) {
            CHECK(raw.integer(1) == 7);
            CHECK(raw.id(2) == system.root);
        }
    }
}

TEST_CASE("rollups follow their children, over two levels, with filters and dependent formulas", "[writer]")
{
    Store store;
    const Id customer = store.put("customer", {{"name", text("A")}});
    CHECK(valueOf(store, "customer", customer, "order_count") == Value(0));
    CHECK(valueOf(store, "customer", customer, "half_total") == Value(0));
    const Id order = store.put("order", {{"number", text("1")},
                                         {"customer", customer},
                                         {"stage", text("won")},
                                         {"placed", Value::fromDate(QDate(2026, 3, 1))}});
    refresh(store, "customer", customer);
    CHECK(valueOf(store, "customer", customer, "order_count") == Value(1));
    CHECK(valueOf(store, "customer", customer, "last_order").toDate() == QDate(2026, 3, 1));

    const Id line = store.put("line", {{"order", order}, {"quantity", 250}, {"price", 4 * yuan}});
    refresh(store, "order", order);
    CHECK(valueOf(store, "order", order, "total") == Value(10 * yuan));
    CHECK(valueOf(store, "order", order, "weighted") == Value(10 * yuan));
    // The customer's totals are over the orders' totals: they follow at once.
    CHECK(valueOf(store, "customer", customer, "order_total") == Value(10 * yuan));
    CHECK(valueOf(store, "customer", customer, "won_total") == Value(10 * yuan));
    CHECK(valueOf(store, "customer", customer, "half_total") == Value(5 * yuan));

    store.put("order", {{"number", text("1")}, {"customer", customer}, {"stage", text("lost")}}, order);
    refresh(store, "customer", customer);
    CHECK(valueOf(store, "customer", customer, "won_total") == Value(0));
    CHECK(valueOf(store, "order", order, "weighted") == Value(0));
    CHECK(valueOf(store, "order", order, "total") == Value(10 * yuan));

    store.remove("line", line);
    refresh(store, "order", order);
    CHECK(valueOf(store, "customer", customer, "order_total") == Value(0));
}

TEST_CASE("an owner that comes after its children has its totals from the start", "[writer]")
{
    Store store;
    const Id order = Id::fromName(u"order");
    store.put("line", {{"order", order}, {"quantity", 100}, {"price", 7 * yuan}});
    store.put("order", {{"number", text("late")}}, order);
    CHECK(valueOf(store, "order", order, "total") == Value(7 * yuan));
    // What the record says of its rollups does not count.
    store.put("order", {{"number", text("late")}, {"total", Value(1)}}, order);
    CHECK(valueOf(store, "order", order, "total") == Value(7 * yuan));
}

TEST_CASE("an erased record takes its sets along", "[writer]")
{
    Store store;
    const Id id = store.put("customer", {{"name", text("A")}, {"tags", Value(ValueList{text("a")})}});
    must(store.writer->erase(store.entity("customer"), id));
    CHECK_FALSE(must(store.reader->find(store.entity("customer"), id, true)));
    Statement members = must(store.database->prepare("SELECT count(*) FROM _member"));
    REQUIRE(must(members.step()));
    CHECK(members.integer(0) == 0);
}
