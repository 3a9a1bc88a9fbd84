// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/core/store/storefixture.h"

using namespace tz;
using namespace tz::test;

namespace {

constexpr qint64 yuan = 10'000;

/// Three customers, the first two of one group.
struct Company : Store {
    Id group, huawei, zeng, bob;
    explicit Company(SchemaKind schema = SchemaKind::Replica)
        : Store(shopCatalog(), schema)
    {
        group = put("customer", {{"name", text("远大集团")}, {"city", text("上海")}, {"level", text("cold")}});
        huawei = put("customer", {{"name", text("华为技术")},
                                  {"level", text("vip")},
                                  {"city", text("深圳")},
                                  {"revenue", 900 * yuan},
                                  {"employees", 30},
                                  {"founded", Value::fromDate(QDate(2026, 9, 1))},
                                  {"group", group},
                                  {"tags", Value(ValueList{text("key"), text("old")})},
                                  {"address", text(R"({"city": "深圳", "street": "坂田"})")}});
        zeng = put("customer", {{"name", text("曾国藩")},
                                {"level", text("normal")},
                                {"revenue", 100 * yuan},
                                {"employees", 4},
                                {"founded", Value::fromDate(QDate(2026, 8, 31))},
                                {"group", group},
                                {"tags", Value(ValueList{text("old")})},
                                {"friends", Value(ValueList{huawei})}});
        bob = put("customer", {{"name", text("Bob & Sons")}, {"level", text("vip")}});
    }
    Id order(const Id &customer, const char *number, const char *stage, QDate placed, qint64 amount)
    {
        const Id id = put("order", {{"number", text(number)},
                                    {"customer", customer},
                                    {"stage", text(stage)},
                                    {"placed", Value::fromDate(placed)}});
        line(id, 1, amount);
        return id;
    }
    Id line(const Id &order, qint64 quantity, qint64 price)
    {
        const Id id =
            put("line",
                {{"order", order}, {"product", text("pump")}, {"quantity", quantity * 100}, {"price", price * yuan}});
        Transaction transaction = must(Transaction::begin(*database));
        must(writer->refreshRollups(entity("order"), std::span(&order, 1)));
        must(transaction.commit());
        return id;
    }
};

} // namespace

TEST_CASE("filters follow links, members, sets and states", "[query]")
{
    Company store;
    store.order(store.huawei, "O-1", "won", QDate(2026, 1, 5), 500);
    store.order(store.zeng, "O-2", "draft", QDate(2026, 2, 5), 50);
    const auto names = [&](const char *filter) {
        return store.texts(query("shop.customer", {QStringLiteral("name")}, filter, {up("name")}));
    };
    CHECK(names("") == QString::fromUtf8("Bob & Sons 华为技术 远大集团 曾国藩"));
    CHECK(names("group.city == '上海'") == QString::fromUtf8("华为技术 曾国藩"));
    CHECK(names("group_city == '上海' and revenue > 500") == QString::fromUtf8("华为技术"));
    CHECK(names("address.street ~ '坂'") == QString::fromUtf8("华为技术"));
    CHECK(names("tags has 'old' and not (tags has 'key')") == QString::fromUtf8("曾国藩"));
    CHECK(names("count(friends) == 1") == QString::fromUtf8("曾国藩"));
    CHECK(names("empty(group)") == QString::fromUtf8("Bob & Sons 远大集团"));
    CHECK(names("level in ('cold', 'normal')") == QString::fromUtf8("远大集团 曾国藩"));
    CHECK(names("order_total >= 50") == QString::fromUtf8("华为技术 曾国藩"));
    CHECK(names("age > 0") == QString::fromUtf8("华为技术 曾国藩"));
    const Query orders =
        query("shop.order", {QStringLiteral("number")}, "state.probability > 50 and customer.level == 'vip'");
    CHECK(store.texts(orders) == QLatin1String("O-1"));
    Query with = query("shop.customer", {QStringLiteral("name")}, "id == param('wanted')");
    with.parameters.insert(QStringLiteral("wanted"), store.bob);
    CHECK(store.texts(with) == QLatin1String("Bob & Sons"));
}

TEST_CASE("fields come along links, with titles, sets, members and properties", "[query]")
{
    Company store;
    const Id order = store.order(store.zeng, "O-2", "sent", QDate(2026, 2, 5), 50);
    Rows rows = store.select(
        query("shop.order", {QStringLiteral("id"), QStringLiteral("customer"), QStringLiteral("customer._title"),
                             QStringLiteral("customer.group._title"), QStringLiteral("customer.tags"),
                             QStringLiteral("stage"), QStringLiteral("stage.probability"), QStringLiteral("total"),
                             QStringLiteral("weighted"), QStringLiteral("_rev")}));
    REQUIRE(rows.rows.size() == 1);
    CHECK(rows.rows[0] == std::vector<Value>{order, store.zeng, text("曾国藩"), text("远大集团"),
                                             Value(ValueList{text("old")}), text("sent"), Value(50), Value(50 * yuan),
                                             Value(25 * yuan), Value(0)});
    CHECK(rows.columns[1].field == store.entity("order").field(u"customer"));
    CHECK(rows.columns[7].scale == 4);
    CHECK(rows.columns[0].field == nullptr);

    rows = store.select(query("shop.line", {QStringLiteral("_title"), QStringLiteral("order.customer.group.city")}));
    CHECK(rows.rows[0] == std::vector<Value>{text("O-2"), text("上海")});
    rows = store.select(
        query("shop.customer", {QStringLiteral("address.city"), QStringLiteral("friends")}, "name == '华为技术'"));
    CHECK(rows.rows[0] == std::vector<Value>{text("深圳"), Value()});
}

TEST_CASE("sorting reads surnames, follows declarations and puts links by title", "[query]")
{
    Company store;
    store.put("customer", {{"name", text("单雄信")}, {"level", text("cold")}, {"group", store.huawei}});
    const auto sorted = [&](SortKey key) {
        return store.texts(query("shop.customer", {QStringLiteral("name")}, "", {key, up("name")}));
    };
    CHECK(sorted(up("name")) == QString::fromUtf8("Bob & Sons 华为技术 单雄信 远大集团 曾国藩"));
    CHECK(sorted(down("name")) == QString::fromUtf8("曾国藩 远大集团 单雄信 华为技术 Bob & Sons"));
    CHECK(sorted(up("level")) == QString::fromUtf8("Bob & Sons 华为技术 曾国藩 单雄信 远大集团"));
    CHECK(sorted(up("group")) == QString::fromUtf8("Bob & Sons 远大集团 单雄信 华为技术 曾国藩"));
    CHECK(sorted(down("revenue")) == QString::fromUtf8("华为技术 曾国藩 Bob & Sons 单雄信 远大集团"));
    CHECK(sorted(up("city")) == QString::fromUtf8("Bob & Sons 单雄信 曾国藩 远大集团 华为技术"));
}

TEST_CASE("groups carry date grains, totals and averages", "[query]")
{
    Company store;
    store.order(store.huawei, "O-1", "won", QDate(2026, 1, 5), 500);
    store.order(store.huawei, "O-2", "won", QDate(2026, 1, 31), 51);
    store.order(store.zeng, "O-3", "draft", QDate(2026, 2, 1), 100);
    Query grouped = query("shop.order", {});
    grouped.group = {QStringLiteral("placed:month")};
    grouped.aggregates = {{Aggregate::Kind::Count, {}},
                          {Aggregate::Kind::Sum, QStringLiteral("total")},
                          {Aggregate::Kind::Average, QStringLiteral("total")}};
    Rows rows = store.select(grouped);
    REQUIRE(rows.rows.size() == 2);
    CHECK(rows.rows[0] ==
          std::vector<Value>{Value::fromDate(QDate(2026, 1, 1)), Value(2), Value(551 * yuan), Value(551 * yuan / 2)});
    CHECK(rows.columns[2].path == QLatin1String("sum:total"));
    CHECK(rows.columns[2].scale == 4);

    grouped.group = {QStringLiteral("stage"), QStringLiteral("customer._title")};
    grouped.aggregates = {{Aggregate::Kind::Max, QStringLiteral("total")}};
    grouped.sort = {down("max:total")};
    rows = store.select(grouped);
    CHECK(rows.rows[0] == std::vector<Value>{text("won"), text("华为技术"), Value(500 * yuan)});

    Query byTag = query("shop.customer", {});
    byTag.group = {QStringLiteral("tags")};
    byTag.aggregates = {{Aggregate::Kind::Count, {}}};
    rows = store.select(byTag);
    REQUIRE(rows.rows.size() == 3);
    CHECK(rows.rows[0] == std::vector<Value>{Value(), Value(2)});
    CHECK(rows.rows[2] == std::vector<Value>{text("old"), Value(2)});

    Query total = query("shop.order", {}, "stage == 'lost'");
    total.aggregates = {{Aggregate::Kind::Count, {}}, {Aggregate::Kind::Sum, QStringLiteral("total")}};
    CHECK(store.select(total).rows[0] == std::vector<Value>{Value(0), Value()});
    CHECK(must(store.reader->count(QStringLiteral("shop.order"), QStringLiteral("stage == 'won'"))) == 2);
    CHECK(must(store.reader->ids(QStringLiteral("shop.customer"), QStringLiteral("name == 'Bob & Sons'"))) ==
          std::vector<Id>{store.bob});
}

TEST_CASE("a record is found whole, with sets and computed values, and its title by itself", "[query]")
{
    Company store;
    const Entity &customer = store.entity("customer");
    const auto found = must(store.reader->find(customer, store.zeng));
    REQUIRE(found);
    CHECK(found->value(u"name") == text("曾国藩"));
    CHECK(found->value(u"friends") == Value(ValueList{store.huawei}));
    CHECK(found->value(u"group_city") == text("上海"));
    CHECK(found->value(u"per_head") == Value(25 * yuan));
    CHECK(found->value(u"order_total") == Value(0));
    CHECK(found->value(u"age").toInteger() > 0);
    CHECK_FALSE(must(store.reader->find(customer, Id::fromName(u"nobody"))));
    const Id order = store.order(store.zeng, "O-9", "draft", QDate(2026, 1, 1), 1);
    const Id line = must(store.reader->ids(QStringLiteral("shop.line"), {})).front();
    CHECK(store.reader->title(store.entity("line"), line) == QLatin1String("O-9"));
    CHECK(store.reader->title(store.entity("order"), order) == QLatin1String("O-9"));
    CHECK(store.reader->title(customer, Id()) == QString());
}

TEST_CASE("the recycle bin is out of lists, links and totals, and can be looked into", "[query]")
{
    for (const SchemaKind kind : {SchemaKind::Replica, SchemaKind::Server}) {
        Company store(kind);
        store.order(store.huawei, "O-1", "won", QDate(2026, 1, 5), 500);
        store.remove("customer", store.group);
        store.remove("customer", store.huawei);
        CHECK(store.texts(query("shop.customer", {QStringLiteral("name")}, "", {up("name")})) ==
              QString::fromUtf8("Bob & Sons 曾国藩"));
        CHECK(store.texts(query("shop.customer", {QStringLiteral("group._title")}, "name == '曾国藩'")) ==
              QLatin1String("-"));
        CHECK(must(store.reader->count(QStringLiteral("shop.order"), QStringLiteral("customer.level == 'vip'"))) == 0);
        Query bin = query("shop.customer", {QStringLiteral("name")}, "", {up("name")});
        bin.deleted = true;
        CHECK(store.texts(bin) == QString::fromUtf8("华为技术 远大集团"));
        CHECK_FALSE(must(store.reader->find(store.entity("customer"), store.huawei)));
        const auto deleted = must(store.reader->find(store.entity("customer"), store.huawei, true));
        REQUIRE(deleted);
        CHECK(deleted->deleted);
        CHECK(store.reader->title(store.entity("customer"), store.huawei) == QString());
    }
}

TEST_CASE("unknown names are refused with what was probably meant", "[query]")
{
    Company store;
    const auto code = [&](Query wrong, const char *expected, const char *suggestion) {
        const auto result = store.reader->select(wrong);
        REQUIRE_ERROR(result, expected);
        CHECK(result.error().params.value(QStringLiteral("suggestion")).toString() == QString::fromLatin1(suggestion));
    };
    code(query("shop.custmer", {}), "query.unknown_entity", "shop.customer");
    code(query("shop.customer", {QStringLiteral("reveneu")}), "query.unknown_field", "revenue");
    code(query("shop.customer", {}, "", {up("citty")}), "query.unknown_field", "city");
    code(query("shop.customer", {}, "citty == 'x'"), "expression.unknown_field", "city");
    Query group = query("shop.customer", {});
    group.group = {QStringLiteral("city:month")};
    code(group, "query.unknown_field", "city");
    REQUIRE_ERROR(store.reader->select(query("shop.customer", {QStringLiteral("name.city")})), "query.unknown_field");
    REQUIRE_ERROR(store.reader->select(query("shop.customer", {QStringLiteral("_deleted_rev")})),
                  "query.unknown_field");
    REQUIRE_ERROR(store.reader->rowsAt(QStringLiteral("shop.customer"), {QStringLiteral("x_gone")}, {}),
                  "query.unknown_field");
}

TEST_CASE("a hostile text in a filter stays a text", "[query]")
{
    Company store;
    const Id evil = store.put("customer", {{"name", text("x'; DROP TABLE shop_customer; --")}});
    Query found = query("shop.customer", {QStringLiteral("id")}, "name == param('name')");
    found.parameters.insert(QStringLiteral("name"), text("x'; DROP TABLE shop_customer; --"));
    CHECK(store.select(found).rows[0][0] == Value(evil));
    CHECK(must(store.reader->count(QStringLiteral("shop.customer"))) == 5);
}

TEST_CASE("the lists that everybody opens are read through an index", "[query]")
{
    Company store;
    const auto plan = [&](Query asked) {
        asked.limit = 50;
        return must(store.reader->explain(asked));
    };
    const QString byTitle =
        plan(query("shop.customer", {QStringLiteral("name"), QStringLiteral("group._title")}, "", {up("name")}));
    CHECK(byTitle.contains(QLatin1String("USING INDEX shop_customer__sort")));
    CHECK(byTitle.count(QLatin1String("USE TEMP B-TREE")) <= 1); // the fifty of the page once more, never all
    const QString plainTitle = plan(query("shop.customer", {QStringLiteral("name")}, "", {down("name")}));
    CHECK_FALSE(plainTitle.contains(QLatin1String("USE TEMP B-TREE")));
    Query related = query("shop.order", {QStringLiteral("number")}, "customer == param('c')");
    related.parameters.insert(QStringLiteral("c"), store.huawei);
    CHECK(plan(related).contains(QLatin1String("SEARCH t0 USING INDEX shop_order__customer")));
    CHECK(plan(query("shop.customer", {QStringLiteral("name")}, "level == 'vip' and revenue > 10", {down("revenue")}))
              .contains(QLatin1String("USING INDEX shop_customer__level__revenue (level=? AND revenue>?)")));
    CHECK(plan(query("shop.customer", {QStringLiteral("name")}, "short_name == 'x'"))
              .contains(QLatin1String("USING INDEX shop_customer__short_name")));
    // A title is found by its sort key.
    for (const char *filter :
         {"name == '华为技术'", "name in ('华为技术', '张三')", "'华为技术' == name and city != 'x'"})
        CHECK(plan(query("shop.customer", {QStringLiteral("name")}, filter))
                  .contains(QLatin1String("SEARCH t0 USING INDEX shop_customer__sort (_sort=?)")));
    Query next = query("shop.customer", {QStringLiteral("name")}, "", {up("name")});
    next.after = std::vector<Value>{text("华为技术"), store.huawei};
    CHECK(plan(next).contains(QLatin1String("SEARCH t0 USING INDEX shop_customer__sort (_sort>?)")));
}

TEST_CASE("a list over all rows holds row ids and fetches what is seen", "[query]")
{
    Company store;
    const Query all = query("shop.customer", {}, "", {up("name")});
    const std::vector<qint64> rowIds = must(store.reader->rowIds(all));
    REQUIRE(rowIds.size() == 4);
    std::vector<qint64> wanted{rowIds[3], 4711, rowIds[0]};
    const Rows rows = must(store.reader->rowsAt(QStringLiteral("shop.customer"),
                                                {QStringLiteral("name"), QStringLiteral("group._title")}, wanted));
    REQUIRE(rows.rows.size() == 3);
    CHECK(rows.rows[0] == std::vector<Value>{text("曾国藩"), text("远大集团")});
    CHECK(rows.rows[1].empty());
    CHECK(rows.rows[2] == std::vector<Value>{text("Bob & Sons"), Value()});
    CHECK(must(store.reader->rowIdOf(store.entity("customer"), store.zeng)) == rowIds[3]);
}
