// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/labels.h"
#include "core/expression/expression.h"
#include "tests/support/catalogs.h"

using namespace tz;
using test::catalogOf;
using test::department;

namespace {
const QByteArray deal = R"({
    "entity": "deal", "label": "Deal", "plural": "Deals", "number": "D-{yyyy}-{seq:4}",
    "fields": [
        {"name": "number", "type": "text", "label": "Number"},
        {"name": "name", "type": "text", "label": "Name", "max": 80},
        {"name": "amount", "type": "money", "label": "Amount", "min": 0.5, "max_value": 1000},
        {"name": "weight", "type": "decimal", "scale": 3, "label": "Weight"},
        {"name": "total", "type": "money", "label": "Total", "formula": "twice + 1"},
        {"name": "twice", "type": "money", "label": "Twice", "formula": "amount * 2"},
        {"name": "stage", "type": "state", "label": "Stage"},
        {"name": "lines", "type": "lines", "to": "shop.line", "by": "deal", "label": "Lines"},
        {"name": "pieces", "type": "integer", "label": "Pieces", "rollup": {"kind": "count", "of": "lines"}}],
    "states": {"field": "stage", "initial": "open", "values": [
        {"name": "open", "label": "Open"}, {"name": "done", "label": "Done", "final": true}],
      "transitions": [{"action": "finish", "label": "Finish", "from": ["open"], "to": "done", "set": {"amount": "5"}}]},
    "access": {"sales": {"read": "team", "write": "own", "create": true, "hidden": ["amount"]}}})";
const QByteArray line = R"({
    "entity": "line", "label": "Line", "plural": "Lines", "parent": "deal", "title": "text",
    "fields": [{"name": "deal", "type": "link", "to": "shop.deal", "label": "Deal"},
               {"name": "text", "type": "text", "label": "Text"}]})";

DepartmentFiles shop()
{
    return department(QStringLiteral("shop"), {{QStringLiteral("deal"), deal}, {QStringLiteral("line"), line}});
}
} // namespace

TEST_CASE("an entity is read as declared, and completed", "[catalog]")
{
    const CatalogPtr catalog = catalogOf({shop()});
    const Entity &entity = *catalog->entity(u"shop.deal");
    CHECK(entity.table == QLatin1String("shop_deal"));
    CHECK(entity.title == QLatin1String("name"));
    CHECK(entity.keys == QList<QStringList>{{QStringLiteral("number")}, {QStringLiteral("name")}});
    CHECK(entity.columns.first() == QLatin1String("name"));
    CHECK_FALSE(entity.columns.contains(QLatin1String("created_at")));
    const Field &amount = *entity.field(u"amount");
    CHECK(amount.scale == 4);
    CHECK(amount.minimum == 5000);
    CHECK(amount.maximum == 10'000'000);
    CHECK(entity.field(u"weight")->scale == 3);
    CHECK(entity.field(u"total")->formula);
    CHECK(entity.field(u"total")->hasColumn());
    CHECK(entity.field(u"stage")->choices.size() == 2);
    CHECK(entity.field(u"created_by")->system);
    CHECK(entity.field(u"created_by")->to == QLatin1String("foundation.user"));
    CHECK(entity.field(u"pieces")->rollup->entity == QLatin1String("shop.line"));
    CHECK(entity.field(u"pieces")->rollup->by == QLatin1String("deal"));
    CHECK(entity.access[QStringLiteral("sales")].hidden.contains(QStringLiteral("amount")));
    CHECK(entity.action(u"finish")->set.first().value->evaluate({}) == Value(50000));
    CHECK(&catalog->ownerOf(amount) == &entity);
    const auto links = catalog->linksTo(entity);
    REQUIRE(links.size() == 1);
    CHECK(catalog->ownerOf(*links.first()).fullName == QLatin1String("shop.line"));
    CHECK(label(entity, amount) == QLatin1String("Amount"));
}

TEST_CASE("an extension adds fields, states' properties, actions, sections and rights", "[catalog]")
{
    const QByteArray extension = R"({
        "extend": "shop.deal",
        "fields": [{"name": "risk", "type": "percent", "label": "Risk"},
                   {"name": "twice_risk", "type": "percent", "label": "Twice", "formula": "risk * 2 + state.rank"}],
        "states": {"values": [{"name": "held", "label": "Held", "rank": 3}],
          "properties": {"open": {"rank": 1}},
          "transitions": [{"action": "hold", "label": "Hold", "from": ["open"], "to": "held"},
                          {"action": "resume", "label": "Resume", "from": ["held"], "to": "open"}]},
        "actions": [{"action": "check", "label": "Check", "set": {"risk": "1"}}],
        "form": [{"label": "Risk", "fields": ["risk"]}],
        "columns": ["risk"], "indexes": [["risk"]],
        "access": {"auditor": {"read": "all"}, "sales": {"hidden": ["risk"]}}})";
    const CatalogPtr catalog =
        catalogOf({shop(), department(QStringLiteral("audit"), {{QStringLiteral("shop.deal.extend"), extension}},
                                      {QStringLiteral("shop")})});
    const Entity &entity = *catalog->entity(u"shop.deal");
    CHECK(entity.field(u"twice_risk")->formula);
    CHECK(entity.action(u"resume"));
    CHECK(entity.action(u"check"));
    CHECK(entity.states->state(u"open")->properties.value(QStringLiteral("rank")) == 1);
    CHECK(entity.columns.contains(QLatin1String("risk")));
    CHECK(entity.access[QStringLiteral("auditor")].read == Reach::All);
    CHECK(entity.access[QStringLiteral("sales")].hidden ==
          QSet<QString>{QStringLiteral("amount"), QStringLiteral("risk")});
    CHECK(entity.access[QStringLiteral("sales")].read == Reach::Team);
}

TEST_CASE("an extension of an absent department that is only used is ignored", "[catalog]")
{
    const CatalogPtr catalog = catalogOf(
        {department(QStringLiteral("audit"),
                    {{QStringLiteral("shop.deal.extend"), R"({"extend": "shop.deal", "fields": []})"},
                     {QStringLiteral("paper"), R"({"entity": "paper", "label": "P", "plural": "Ps", "fields": [
                        {"name": "name", "type": "text", "label": "N"},
                        {"name": "deal", "type": "link", "to": "shop.deal", "label": "D"}]})"}},
                    {}, {QStringLiteral("shop")})});
    CHECK(catalog->entity(u"audit.paper"));
    CHECK_FALSE(catalog->entity(u"shop.deal"));
}

TEST_CASE("the company's own fields come last, and a faulty one is left out alone", "[catalog]")
{
    CatalogBuilder builder;
    builder.add(shop());
    const auto field = [](const char *json) { return QJsonDocument::fromJson(json).object(); };
    builder.addField(QStringLiteral("shop.deal"), field(R"({"name": "x_size", "type": "integer", "label": "大小"})"));
    builder.addField(QStringLiteral("shop.deal"),
                     field(R"({"name": "x_both", "type": "money", "label": "B", "formula": "amount * x_size"})"));
    builder.addField(QStringLiteral("shop.deal"), field(R"({"name": "size", "type": "integer", "label": "B"})"));
    builder.addField(QStringLiteral("shop.deal"),
                     field(R"({"name": "x_bad", "type": "money", "label": "B", "formula": "amuont"})"));
    builder.addField(QStringLiteral("shop.nothing"), field(R"({"name": "x_a", "type": "text", "label": "A"})"));
    const CatalogPtr catalog = builder.build();
    const Entity &entity = *catalog->entity(u"shop.deal");
    CHECK(entity.field(u"x_size")->custom);
    CHECK(entity.field(u"x_both")->formula);
    CHECK_FALSE(entity.field(u"size"));
    CHECK_FALSE(entity.field(u"x_bad"));
    CHECK(builder.faults().size() == 3);
    CHECK(builder.broken().isEmpty());
    CHECK(label(entity, *entity.field(u"x_size")) == QStringLiteral("大小"));
}

TEST_CASE("the hash follows what is declared and nothing else", "[catalog]")
{
    const QString before = catalogOf({shop()})->hash();
    CHECK(before.size() == 32);
    CHECK(catalogOf({shop()})->hash() == before);
    DepartmentFiles spaced = shop();
    spaced.entities[QStringLiteral("entities/line.json")].replace("\"label\": \"Line\"", "\"label\":    \"Line\"");
    CHECK(catalogOf({spaced})->hash() == before);
    // What only one computer remembers need not be the same for all: blanks count in the mark.
    CHECK(catalogOf({shop()})->mark() == catalogOf({shop()})->mark());
    CHECK(catalogOf({spaced})->mark() != catalogOf({shop()})->mark());
    spaced.entities[QStringLiteral("entities/line.json")].replace("\"Text\"", "\"Words\"");
    CHECK(catalogOf({spaced})->hash() != before);
    CatalogBuilder builder;
    builder.add(shop());
    builder.addField(QStringLiteral("shop.deal"), {{QStringLiteral("name"), QStringLiteral("x_a")},
                                                   {QStringLiteral("type"), QStringLiteral("text")},
                                                   {QStringLiteral("label"), QStringLiteral("A")}});
    CHECK(builder.build()->hash() != before);
}

TEST_CASE("departments that need each other in a circle, or something missing, are left out", "[catalog]")
{
    CatalogBuilder builder;
    builder.add(department(QStringLiteral("a"), {}, {QStringLiteral("b")}));
    builder.add(department(QStringLiteral("b"), {}, {QStringLiteral("a")}));
    builder.add(department(QStringLiteral("c"), {}, {QStringLiteral("gone")}));
    builder.add(department(QStringLiteral("d"), {}, {QStringLiteral("c")}));
    builder.add(department(QStringLiteral("e"), {}, {}, {QStringLiteral("f")}));
    builder.add(department(QStringLiteral("f"), {}, {QStringLiteral("e")}));
    const CatalogPtr catalog = builder.build();
    CHECK(builder.broken().keys().size() == 4);
    CHECK(catalog->department(u"e"));
    CHECK(catalog->department(u"f"));
}
