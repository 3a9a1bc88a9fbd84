// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/core/store/storefixture.h"

#include <rapidcheck/catch.h>

using namespace tz;
using namespace tz::test;

namespace {

struct Searchable : Store {
    Id huawei, zhang, lu, brien, order;
    Searchable()
    {
        huawei = put("customer", {{"name", text("上海华为技术有限公司")},
                                  {"short_name", text("华为")},
                                  {"phone", text("+8613800138000")},
                                  {"note", text("价格敏感 ＡＢＣ１２３")}});
        zhang = put("customer", {{"name", text("张三")}, {"group", huawei}});
        lu = put("customer", {{"name", text("吕布")}});
        brien = put("customer", {{"name", text("O'Brien \"a-b\" AND NEAR(x)")}});
        put("customer", {{"name", text("长沙银行")}});
        put("customer", {{"name", text("厦门音乐")}});
        order = put("order", {{"number", text("OPP-2026-00042")}, {"customer", huawei}});
    }
    QStringList found(const char *typed, const char *entity = "", int limit = 50) const
    {
        QStringList titles;
        for (const SearchHit &hit : must(reader->search(QString::fromUtf8(typed), limit, QString::fromLatin1(entity))))
            titles << hit.title;
        titles.sort();
        return titles;
    }
    bool finds(const char *typed, const char *title) const { return found(typed).contains(QString::fromUtf8(title)); }
};

} // namespace

TEST_CASE("Chinese is found from one character on, pinyin in full and by initials, Latin by prefix", "[search]")
{
    Searchable store;
    const char *const company = "上海华为技术有限公司";
    for (const char *typed : {"华", "华为", "技术有限", "hua", "huawei", "weijis", "shhw", "hwjs", "ABC", "abc1",
                              "价格", "138001", "8613800", "8000", "上海 有限", "huawei 技术"})
        CHECK(store.finds(typed, company));
    for (const char *typed : {"为华", "华技", "huawe1", "wh"})
        CHECK_FALSE(store.finds(typed, company));
    for (const char *typed : {"张", "zs", "zhangs", "zhang san", "z"})
        CHECK(store.finds(typed, "张三"));
    CHECK(store.finds("lv", "吕布"));
    CHECK(store.finds("lu", "吕布"));
    CHECK(store.finds("changsha", "长沙银行"));
    CHECK(store.finds("yinhang", "长沙银行"));
    CHECK(store.finds("xiamen", "厦门音乐"));
    CHECK(store.finds("xmyy", "厦门音乐"));
    CHECK(store.finds("opp-2026-0004", "OPP-2026-00042"));
    CHECK(store.finds("00042", "OPP-2026-00042"));
}

TEST_CASE("whatever a user types is a text and never an operator", "[search]")
{
    Searchable store;
    const char *const name = "O'Brien \"a-b\" AND NEAR(x)";
    for (const char *typed : {"O'Brien", "o'br", "a-b", "\"a-b\"", "NEAR(x", "AND", "brien near"})
        CHECK(store.finds(typed, name));
    for (const char *typed : {"", "\"", "''", "*", "han:", "()", "-", "^", " \t", "NOT", "\"\"\"", "{py}"})
        CHECK(store.reader->search(QString::fromUtf8(typed)).has_value());
    rc::prop("no text breaks the query", [&store] {
        const auto typed = *rc::gen::container<std::string>(
            rc::gen::element('"', '\'', '*', '-', ':', '(', ')', '^', ' ', 'a', 'N', 'O', 'T', '{', '}', '+', '\\'));
        RC_ASSERT(store.reader->search(QString::fromStdString(typed)).has_value());
    });
}

TEST_CASE("a record is found by the title of what it links to, also after that was renamed", "[search]")
{
    Searchable store;
    CHECK(store.found("华为", "shop.order") == QStringList{QStringLiteral("OPP-2026-00042")});
    CHECK(store.finds("华为", "张三"));
    store.put("customer", {{"name", text("远大集团")}}, store.huawei);
    Transaction transaction = must(Transaction::begin(*store.database));
    while (must(store.search->catchUp(1))) {
    }
    must(transaction.commit());
    CHECK(store.found("华为").isEmpty());
    CHECK(store.found("远大", "shop.order") == QStringList{QStringLiteral("OPP-2026-00042")});
}

TEST_CASE("every kind of record has its share of the hits", "[search]")
{
    Store store;
    for (int i = 0; i < 60; ++i)
        store.put("customer", {{"name", Value(QStringLiteral("华云%1").arg(i))}});
    store.put("order", {{"number", text("华-1")}});
    const auto hits = must(store.reader->search(QStringLiteral("华"), 20));
    CHECK(hits.size() == 20);
    CHECK(std::any_of(hits.begin(), hits.end(),
                      [](const SearchHit &hit) { return hit.entity->name == QLatin1String("order"); }));
    CHECK(must(store.reader->search(QStringLiteral("华"), 20, QStringLiteral("shop.order"))).size() == 1);
    CHECK(must(store.reader->search(QStringLiteral("华"), 500)).size() == 61);
    REQUIRE_ERROR(store.reader->search(QStringLiteral("华"), 20, QStringLiteral("shop.nothing")),
                  "query.unknown_entity");
}

TEST_CASE("what is deleted or evicted is not found and leaves nothing behind", "[search]")
{
    Searchable store;
    store.remove("customer", store.zhang);
    CHECK(store.found("zhangsan").isEmpty());
    const Entity &customer = store.entity("customer");
    {
        Transaction transaction = must(Transaction::begin(*store.database));
        must(store.search->remove(customer, must(store.reader->rowIdOf(customer, store.lu))));
        must(store.writer->erase(customer, store.lu));
        must(store.search->optimize());
        must(transaction.commit());
    }
    must(store.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    CHECK(store.found("lvbu").isEmpty());
    store.database->clearStatements();
    QFile file(store.path());
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    CHECK_FALSE(bytes.contains("吕布"));
    CHECK_FALSE(bytes.contains("吕 布"));
    CHECK_FALSE(bytes.contains("lvbu"));
    CHECK(bytes.contains("厦门音乐"));
}

TEST_CASE("rows that were deferred are indexed later, and only once", "[search]")
{
    Store store;
    const Entity &customer = store.entity("customer");
    Transaction transaction = must(Transaction::begin(*store.database));
    for (int i = 0; i < 10; ++i) {
        Record record(customer, Id::fromName(QString::number(i)));
        record.set(u"name", Value(QStringLiteral("海纳%1").arg(i)));
        const qint64 rowId = must(store.writer->put(record, {}));
        must(store.search->defer(customer, rowId));
        must(store.search->defer(customer, rowId));
    }
    CHECK(must(store.reader->search(QStringLiteral("海纳"))).empty());
    CHECK(must(store.search->catchUp(4)));
    CHECK(must(store.reader->search(QStringLiteral("海纳"))).size() == 4);
    CHECK_FALSE(must(store.search->catchUp(100)));
    CHECK(must(store.reader->search(QStringLiteral("hn"))).size() == 10);
    must(transaction.commit());
}
