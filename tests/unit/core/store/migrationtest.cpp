// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/failingvfs.h"
#include "tests/unit/core/store/storefixture.h"

#include <QFile>

using namespace tz;
using namespace tz::test;

namespace {

CatalogPtr itemCatalog(const QByteArray &fields, const QByteArray &rest = {})
{
    return catalogOf({R"({"entity": "item", "label": "Item", "plural": "Items", "icon": "box", "title": "name",
        "access": {"*": {"read": "all", "write": "all", "create": true}},
        "fields": [{"name": "name", "type": "text", "label": "Name", "max": 80},)" +
                      fields + "]" + rest + "}"});
}

const QByteArray priced = R"({"name": "price", "type": "decimal", "scale": 2, "label": "Price"},
    {"name": "colour", "type": "text", "label": "Colour", "max": 20})";

void migrate(Store &store, const CatalogPtr &to)
{
    const SchemaPlan plan = must(SchemaPlan::make(*store.database, *to, store.kind));
    must(plan.execute(*store.database));
    store.catalog = to;
    store.numbers = must(CatalogNumbers::load(*store.database, *to));
    store.writer = std::make_unique<RowWriter>(*store.database, to, store.kind);
    store.search = std::make_unique<SearchWriter>(*store.database, to, *store.numbers);
    store.reader = std::make_unique<RecordReader>(*store.database, to);
}

std::vector<Value> onlyRow(const Store &store, const QStringList &fields)
{
    const Rows rows = store.select(query("shop.item", fields));
    REQUIRE(rows.rows.size() == 1);
    return rows.rows[0];
}

} // namespace

TEST_CASE("a database that fits its catalog needs no steps", "[migration]")
{
    for (const SchemaKind kind : {SchemaKind::Replica, SchemaKind::Server}) {
        Store store(shopCatalog(), kind);
        QStringList steps;
        const SchemaPlan plan = must(SchemaPlan::make(*store.database, *store.catalog, kind));
        for (const SchemaStep &step : plan.steps())
            steps << step.description;
        CHECK(steps.join(QStringLiteral("; ")) == QString());
    }
}

TEST_CASE("an added field is a column, a removed one stays hidden and comes back", "[migration]")
{
    Store store(itemCatalog(priced));
    const Id id = store.put("item", {{"name", text("Pump")}, {"price", 1250}, {"colour", text("red")}});
    migrate(store, itemCatalog(R"({"name": "weight", "type": "integer", "label": "Weight"})"));
    CHECK(onlyRow(store, {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("weight")}) ==
          std::vector<Value>{id, text("Pump"), Value()});
    REQUIRE_ERROR(store.reader->select(query("shop.item", {QStringLiteral("colour")})), "query.unknown_field");
    migrate(store, itemCatalog(priced));
    CHECK(onlyRow(store, {QStringLiteral("price"), QStringLiteral("colour")}) ==
          std::vector<Value>{Value(1250), text("red")});
    CHECK_FALSE(QFile::exists(store.path() + QLatin1String(".before-migration")));
}

TEST_CASE("a renamed field keeps its values and its number", "[migration]")
{
    Store store(itemCatalog(priced));
    store.put("item", {{"name", text("Pump")}, {"colour", text("red")}});
    const int number = store.numbers->field(store.entity("item"), store.entity("item").indexOf(u"colour"));
    migrate(store, itemCatalog(R"({"name": "paint", "type": "text", "label": "Paint", "was": "colour", "max": 20})"));
    CHECK(onlyRow(store, {QStringLiteral("paint")}) == std::vector<Value>{text("red")});
    CHECK(store.numbers->field(store.entity("item"), store.entity("item").indexOf(u"paint")) == number);
    CHECK(must(SchemaPlan::make(*store.database, *store.catalog, store.kind)).isEmpty());
}

TEST_CASE("numbers follow a change of their scale exactly, rounding where digits are lost", "[migration]")
{
    Store store(itemCatalog(priced));
    store.put("item", {{"name", text("Pump")}, {"price", -1255}});
    migrate(store, itemCatalog(R"({"name": "price", "type": "decimal", "scale": 4, "label": "Price"})"));
    CHECK(onlyRow(store, {QStringLiteral("price")}) == std::vector<Value>{Value(-125500)});
    migrate(store, itemCatalog(R"({"name": "price", "type": "decimal", "scale": 1, "label": "Price"})"));
    CHECK(onlyRow(store, {QStringLiteral("price")}) == std::vector<Value>{Value(-126)});
}

TEST_CASE("a field of another type keeps what it held and takes what fits", "[migration]")
{
    Store store(itemCatalog(R"({"name": "size", "type": "integer", "label": "Size"})", R"(, "indexes": [["size"]])"));
    store.put("item", {{"name", text("Pump")}, {"size", 42}});
    migrate(store, itemCatalog(R"({"name": "size", "type": "text", "label": "Size", "max": 20})",
                               R"(, "indexes": [["size"]])"));
    CHECK(onlyRow(store, {QStringLiteral("size")}) == std::vector<Value>{text("42")});
    Statement kept = must(store.database->prepare("SELECT size__was_integer FROM shop_item"));
    REQUIRE(must(kept.step()));
    CHECK(kept.integer(0) == 42);
    CHECK(must(store.reader->explain(query("shop.item", {QStringLiteral("name")}, "size == '42'")))
              .contains(QLatin1String("USING INDEX shop_item__size")));
}

TEST_CASE("new and changed formulas and titles are computed for the rows that are there", "[migration]")
{
    Store store(itemCatalog(priced));
    store.put("item", {{"name", text("泵")}, {"price", 1250}, {"colour", text("单")}});
    const QByteArray formula =
        R"(, {"name": "gross", "type": "decimal", "scale": 2, "label": "G", "formula": "price * 2"},
        {"name": "shout", "type": "text", "label": "S", "formula": "gross > 20 ? 'dear' : 'cheap'"})";
    migrate(store, itemCatalog(priced + formula));
    CHECK(onlyRow(store, {QStringLiteral("gross"), QStringLiteral("shout")}) ==
          std::vector<Value>{Value(2500), text("dear")});
    QByteArray changed = formula;
    migrate(store, itemCatalog(priced + changed.replace("price * 2", "price + 1")));
    CHECK(onlyRow(store, {QStringLiteral("gross"), QStringLiteral("shout")}) ==
          std::vector<Value>{Value(1350), text("cheap")});
}

TEST_CASE("a change of the search fields puts the rows on the list of those to be indexed", "[migration]")
{
    Store store(itemCatalog(priced));
    store.put("item", {{"name", text("水泵")}, {"colour", text("红色")}});
    CHECK(must(store.reader->search(QStringLiteral("红"))).empty());
    migrate(store, itemCatalog(priced, R"(, "search": ["name", "colour"])"));
    must(store.search->catchUp(100));
    CHECK(must(store.reader->search(QStringLiteral("红"))).size() == 1);
    CHECK(must(store.reader->search(QStringLiteral("shuibeng"))).size() == 1);
}

TEST_CASE("a field that is only added needs no copy of the file, a renamed one does", "[migration]")
{
    Store store(itemCatalog(priced));
    const auto rewrites = [&](const QByteArray &fields) {
        const SchemaPlan plan = must(SchemaPlan::make(*store.database, *itemCatalog(fields), store.kind));
        CHECK_FALSE(plan.isEmpty());
        return std::any_of(plan.steps().begin(), plan.steps().end(),
                           [](const SchemaStep &step) { return step.rewrites; });
    };
    CHECK_FALSE(rewrites(priced + R"(, {"name": "x", "type": "integer", "label": "X"})"));
    CHECK(rewrites(R"({"name": "paint", "type": "text", "label": "Paint", "was": "colour", "max": 20})"));
}

TEST_CASE("a migration that fails leaves the database as it was, with a copy beside it", "[migration]")
{
    Store original(itemCatalog(priced));
    original.put("item", {{"name", text("Pump")}, {"price", 5}});
    must(original.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    FailingVfs vfs("migration");
    const QString path = original.folder.filePath(QStringLiteral("copy.sqlite"));
    REQUIRE(QFile::copy(original.path(), path));
    Database::Options options;
    options.vfs = vfs.name();
    const CatalogPtr wider = itemCatalog(R"({"name": "price", "type": "decimal", "scale": 4, "label": "Price"},
        {"name": "x", "type": "integer", "label": "X", "formula": "1 + 1"})");
    {
        const auto database = must(Database::open(path, options));
        const SchemaPlan plan = must(SchemaPlan::make(*database, *wider, SchemaKind::Replica));
        vfs.setDiskFull(true);
        const auto result = plan.execute(*database);
        REQUIRE_ERROR(result, "store.disk_full");
        vfs.heal();
        CHECK(QFile::exists(path + QLatin1String(".before-migration")));
        RecordReader reader(*database, original.catalog);
        CHECK(must(reader.count(QStringLiteral("shop.item"), QStringLiteral("price == 0.05"))) == 1);
        CHECK_FALSE(must(SchemaPlan::make(*database, *wider, SchemaKind::Replica)).isEmpty());
        must(must(SchemaPlan::make(*database, *wider, SchemaKind::Replica)).execute(*database));
    }
    CHECK_FALSE(QFile::exists(path + QLatin1String(".before-migration")));
    const auto copy = must(Database::open(path));
    RecordReader reader(*copy, wider);
    CHECK(must(reader.count(QStringLiteral("shop.item"), QStringLiteral("x == 2 and price == 0.05"))) == 1);
}

TEST_CASE("what was planned for a catalog is not planned again until the catalog or its indexes change", "[migration]")
{
    Store store(itemCatalog(priced));
    const auto planned = [&] {
        Statement note = must(store.database->prepare("SELECT value FROM _meta WHERE name = 'planned'"));
        return must(note.step()) ? note.text(0) : QString();
    };
    const QString first = planned();
    REQUIRE_FALSE(first.isEmpty());
    // Nobody looks: a table that is gone would otherwise be planned.
    const QByteArray table = store.entity("item").table.toUtf8();
    must(store.database->execute("ALTER TABLE " + table + " RENAME TO aside"));
    CHECK(must(SchemaPlan::make(*store.database, *store.catalog, store.kind)).isEmpty());
    must(store.database->execute("ALTER TABLE aside RENAME TO " + table));

    // Another catalog is planned, and noted although nothing has to be done for it.
    const CatalogPtr relabelled = itemCatalog(QByteArray(priced).replace("\"Price\"", "\"Cost\""));
    const SchemaPlan empty = must(SchemaPlan::make(*store.database, *relabelled, store.kind));
    CHECK(empty.isEmpty());
    must(empty.execute(*store.database));
    CHECK(planned() != first);

    must(dropListIndexes(*store.database, *relabelled, store.kind));
    const SchemaPlan again = must(SchemaPlan::make(*store.database, *relabelled, store.kind));
    CHECK_FALSE(again.isEmpty());
    must(again.execute(*store.database));
    CHECK_FALSE(planned().isEmpty());
}
