// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catalogs.h"

using namespace tz;
using test::department;

namespace {
/// The faults of a department with one entity, whose fields and further keys are given.
struct Shop {
    QByteArray fields = R"({"name": "name", "type": "text", "label": "Name"})";
    QByteArray further;
    QStringList needs, uses;

    QByteArray entity() const
    {
        return R"({"entity": "deal", "label": "Deal", "plural": "Deals", "fields": [)" + fields + "]" +
               (further.isEmpty() ? QByteArray() : ", " + further) + "}";
    }

    QList<CatalogFault> faults() const
    {
        CatalogBuilder builder;
        builder.add(department(QStringLiteral("base"), {{QStringLiteral("thing"), R"({
            "entity": "thing", "label": "Thing", "plural": "Things", "fields": [
                {"name": "name", "type": "text", "label": "Name"}]})"}}));
        builder.add(department(QStringLiteral("shop"), {{QStringLiteral("deal"), entity()}}, needs, uses));
        builder.build();
        if (!builder.faults().isEmpty())
            CHECK(builder.broken().contains(QStringLiteral("shop")));
        return builder.faults();
    }
};

CatalogFault onlyFault(const Shop &shop)
{
    const auto faults = shop.faults();
    for (const CatalogFault &fault : faults)
        UNSCOPED_INFO(fault.toString().toStdString());
    REQUIRE(faults.size() == 1);
    CHECK(faults.first().file == QLatin1String("modules/shop/entities/deal.json"));
    CHECK_FALSE(faults.first().text.isEmpty());
    return faults.first();
}

CatalogFault fieldFault(const QByteArray &fields, const QByteArray &further = {})
{
    return onlyFault({fields + R"(, {"name": "name", "type": "text", "label": "Name"})", further, {}, {}});
}

CatalogFault keyFault(const QByteArray &further,
                      const QByteArray &fields = R"({"name": "name", "type": "text", "label": "N"})")
{
    return onlyFault({fields, further, {}, {}});
}

QByteArray states(const QByteArray &values, const QByteArray &transitions)
{
    return R"("states": {"field": "stage", "initial": "a", "values": [)" + values + R"(], "transitions": [)" +
           transitions + "]}";
}

const QByteArray stage =
    R"({"name": "name", "type": "text", "label": "N"}, {"name": "stage", "type": "state", "label": "S"})";
} // namespace

TEST_CASE("a sound declaration has no faults", "[catalog][faults]")
{
    CHECK(Shop{}.faults().isEmpty());
}

TEST_CASE("a syntax error is found by line and column", "[catalog][faults]")
{
    CatalogBuilder builder;
    builder.add(department(QStringLiteral("shop"),
                           {{QStringLiteral("deal"), "{\n  \"entity\": \"deal\",\n  \"label\" \"Deal\"\n}"}}));
    builder.build();
    REQUIRE(builder.faults().size() == 1);
    CHECK(builder.faults().first().code == "catalog.syntax");
    CHECK(builder.faults().first().params.value(QStringLiteral("line")).toInt() == 3);
    CHECK(builder.faults().first().toString().startsWith(QLatin1String("modules/shop/entities/deal.json:3:")));
}

TEST_CASE("an unknown key is a fault, with the one that was meant", "[catalog][faults]")
{
    const CatalogFault fault = fieldFault(R"({"name": "a", "type": "text", "label": "A", "requird": true})");
    CHECK(fault.code == "catalog.unknown_key");
    CHECK(fault.pointer == QLatin1String("/fields/0/requird"));
    CHECK(fault.remedy.contains(QLatin1String("required")));
}

TEST_CASE("a missing key is a fault", "[catalog][faults]")
{
    const CatalogFault fault = fieldFault(R"({"name": "a", "type": "text"})");
    CHECK(fault.code == "catalog.missing_key");
    CHECK(fault.pointer == QLatin1String("/fields/0"));
}

TEST_CASE("a value of the wrong JSON type is a fault", "[catalog][faults]")
{
    CHECK(fieldFault(R"({"name": "a", "type": "text", "label": "A", "required": "yes"})").code ==
          "catalog.wrong_json_type");
}

TEST_CASE("an unknown field type is a fault", "[catalog][faults]")
{
    const CatalogFault fault = fieldFault(R"({"name": "a", "type": "boolean", "label": "A"})");
    CHECK(fault.code == "catalog.unknown_type");
    CHECK(fault.remedy.contains(QLatin1String("bool")));
}

TEST_CASE("names that are declared twice, reserved or badly written are faults", "[catalog][faults]")
{
    CHECK(fieldFault(R"({"name": "a", "type": "text", "label": "A"}, {"name": "a", "type": "date", "label": "A"})")
              .code == "catalog.duplicate_name");
    CHECK(fieldFault(R"({"name": "created_at", "type": "text", "label": "A"})").code == "catalog.reserved_name");
    CHECK(fieldFault(R"({"name": "and", "type": "text", "label": "A"})").code == "catalog.reserved_name");
    CHECK(fieldFault(R"({"name": "closeDate", "type": "text", "label": "A"})").code == "catalog.bad_name");
    CHECK(fieldFault(R"({"name": "x_size", "type": "text", "label": "A"})").code == "catalog.bad_name");
}

TEST_CASE("names of fields in lists must exist", "[catalog][faults]")
{
    for (const char *list :
         {R"("search": ["nmae"])", R"("columns": ["nmae"])", R"("indexes": [["nmae"]])", R"("keys": [["nmae"]])",
          R"("views": [{"kind": "board", "by": "nmae"}])", R"("form": [{"label": "S", "fields": ["nmae"]}])",
          R"("access": {"sales": {"read": "all", "hidden": ["nmae"]}})",
          R"("actions": [{"action": "go", "label": "Go", "ask": ["nmae"]}])",
          R"("actions": [{"action": "go", "label": "Go", "requires": ["nmae"]}])",
          R"("actions": [{"action": "go", "label": "Go", "set": {"nmae": "1"}}])"}) {
        INFO(list);
        const CatalogFault fault = keyFault(list);
        CHECK(fault.code == "catalog.unknown_field");
        CHECK(fault.remedy.contains(QLatin1String("name")));
    }
}

TEST_CASE("sets and formulas over other records cannot be indexed", "[catalog][faults]")
{
    CHECK(fieldFault(R"({"name": "tags", "type": "tags", "label": "T"})", R"("indexes": [["tags"]])").code ==
          "catalog.no_column");
}

TEST_CASE("a formula with an unknown field is found with its place and the name that was meant", "[catalog][faults]")
{
    const CatalogFault fault = fieldFault(R"({"name": "twice", "type": "integer", "label": "T", "formula": "2 * size"},
        {"name": "sizes", "type": "integer", "label": "S"})");
    CHECK(fault.code == "expression.unknown_field");
    CHECK(fault.pointer == QLatin1String("/fields/0/formula"));
    CHECK(fault.remedy.contains(QLatin1String("sizes")));
    CHECK(fault.params.value(QStringLiteral("position")).toInt() == 5);
}

TEST_CASE("formulas in a circle are faults", "[catalog][faults]")
{
    const CatalogFault fault = fieldFault(R"({"name": "a", "type": "integer", "label": "A", "formula": "b + 1"},
        {"name": "b", "type": "integer", "label": "B", "formula": "a + 1"})");
    CHECK(fault.code == "catalog.formula_circle");
}

TEST_CASE("required_if on a formula is a fault", "[catalog][faults]")
{
    const CatalogFault fault =
        fieldFault(R"({"name": "a", "type": "integer", "label": "A", "formula": "1", "required_if": "true"})");
    CHECK(fault.code == "catalog.bad_combination");
    CHECK(fault.pointer == QLatin1String("/fields/0/required_if"));
}

TEST_CASE("a default must have the field's type, be one of the choices and keep the bounds", "[catalog][faults]")
{
    CHECK(fieldFault(R"({"name": "a", "type": "date", "label": "A", "default": "'soon'"})").code == "expression.type");
    CHECK(
        fieldFault(
            R"({"name": "a", "type": "enum", "label": "A", "default": "'z'", "choices": [{"name": "x", "label": "X"}]})")
            .code == "catalog.unknown_choice");
    CHECK(fieldFault(R"({"name": "a", "type": "integer", "label": "A", "default": 11, "max_value": 10})").code ==
          "catalog.bad_default");
}

TEST_CASE("conditions must be conditions", "[catalog][faults]")
{
    CHECK(fieldFault(R"json({"name": "a", "type": "text", "label": "A", "show_if": "length(name)"})json").code ==
          "expression.type");
}

TEST_CASE("links must lead to something that is needed or used", "[catalog][faults]")
{
    const QByteArray link =
        R"({"name": "name", "type": "text", "label": "N"}, {"name": "a", "type": "link", "label": "A", "to": "base.thing"})";
    CHECK(onlyFault({link, {}, {}, {}}).code == "catalog.link_outside_needs");
    CHECK(Shop{link, {}, {QStringLiteral("base")}, {}}.faults().isEmpty());
    CHECK(Shop{link, {}, {}, {QStringLiteral("base")}}.faults().isEmpty());
    QByteArray wrong = link;
    wrong.replace("base.thing", "base.thnig");
    const CatalogFault fault = onlyFault({wrong, {}, {QStringLiteral("base")}, {}});
    CHECK(fault.code == "catalog.unknown_entity");
    CHECK(fault.remedy.contains(QLatin1String("base.thing")));
    wrong.replace("base.thnig", "gone.thing");
    CHECK(Shop{wrong, {}, {}, {QStringLiteral("gone")}}.faults().isEmpty());
}

TEST_CASE("a role may not write what it may not read", "[catalog][faults]")
{
    const CatalogFault fault = keyFault(R"("access": {"sales": {"read": "own", "write": "team"}})");
    CHECK(fault.code == "catalog.write_without_read");
    CHECK(fault.pointer == QLatin1String("/access/sales"));
}

TEST_CASE("a state that nothing leads to is a fault", "[catalog][faults]")
{
    const CatalogFault fault =
        keyFault(states(R"({"name": "a", "label": "A"}, {"name": "b", "label": "B", "final": true},
        {"name": "c", "label": "C", "final": true})",
                        R"({"action": "go", "label": "Go", "from": ["a"], "to": "b"})"),
                 stage);
    CHECK(fault.code == "catalog.unreachable_state");
    CHECK(fault.pointer == QLatin1String("/states/values/2"));
}

TEST_CASE("a state without a way out that is not final is a fault", "[catalog][faults]")
{
    const CatalogFault fault = keyFault(states(R"({"name": "a", "label": "A"}, {"name": "b", "label": "B"})",
                                               R"({"action": "go", "label": "Go", "from": ["a"], "to": "b"})"),
                                        stage);
    CHECK(fault.code == "catalog.dead_end");
}

TEST_CASE("unknown states, and a state field without states, are faults", "[catalog][faults]")
{
    const CatalogFault fault = keyFault(states(R"({"name": "a", "label": "A", "final": true})",
                                               R"({"action": "go", "label": "Go", "from": ["b"], "to": "a"})"),
                                        stage);
    CHECK(fault.code == "catalog.unknown_state");
    CHECK(keyFault({}, stage).code == "catalog.state_without_machine");
}

TEST_CASE("number patterns need their counter and their field", "[catalog][faults]")
{
    const QByteArray number =
        R"({"name": "name", "type": "text", "label": "N"}, {"name": "number", "type": "text", "label": "No"})";
    CHECK(keyFault(R"("number": "D-{yyyy}")", number).code == "catalog.bad_number");
    CHECK(keyFault(R"("number": "D-{seq:4}")").code == "catalog.missing_field");
}

TEST_CASE("rollups need a back link, a fitting type and a filter of their own fields", "[catalog][faults]")
{
    const auto rollup = [](const QByteArray &type, const QByteArray &rest) {
        return fieldFault(R"({"name": "part", "type": "link", "label": "P", "to": "shop.deal"},
            {"name": "size", "type": "decimal", "scale": 2, "label": "S"},
            {"name": "r", "label": "R", "type": ")" +
                          type + R"(", "rollup": {"entity": "shop.deal", )" + rest + "}}");
    };
    CHECK(rollup("integer", R"("kind": "count", "by": "size")").code == "catalog.bad_back_link");
    CHECK(rollup("text", R"("kind": "count", "by": "part")").code == "catalog.bad_rollup");
    CHECK(rollup("integer", R"("kind": "sum", "by": "part", "value": "size")").code == "catalog.bad_rollup");
    CHECK(rollup("integer", R"("kind": "count", "by": "part", "filter": "part.size > 1")").code ==
          "catalog.bad_rollup");
    CHECK(rollup("integer", R"("kind": "cuont", "by": "part", "value": "size")").code == "catalog.unknown_value");
}

TEST_CASE("lines need the child's link back", "[catalog][faults]")
{
    CHECK(fieldFault(R"({"name": "l", "type": "lines", "label": "L", "to": "shop.deal", "by": "parnet"},
        {"name": "parent", "type": "link", "to": "shop.deal", "label": "P"})")
              .code == "catalog.unknown_field");
}

TEST_CASE("an entity's file is called after it", "[catalog][faults]")
{
    CatalogBuilder builder;
    builder.add(department(QStringLiteral("shop"), {{QStringLiteral("deals"), Shop{}.entity()}}));
    builder.build();
    REQUIRE(builder.faults().size() == 1);
    CHECK(builder.faults().first().remedy.contains(QLatin1String("entities/deal.json")));
}

TEST_CASE("a report with an unknown field is a fault", "[catalog][faults]")
{
    DepartmentFiles files = department(QStringLiteral("shop"), {{QStringLiteral("deal"), Shop{}.entity()}});
    files.reports.insert(QStringLiteral("reports/best.json"),
                         R"({"report": "best", "label": "Best", "query": {"entity": "shop.deal", "group": ["nmae"],
                             "aggregates": [{"kind": "count"}], "sort": ["-count"]}})");
    CatalogBuilder builder;
    builder.add(files);
    builder.build();
    REQUIRE(builder.faults().size() == 1);
    CHECK(builder.faults().first().code == "catalog.unknown_field");
    CHECK(builder.faults().first().file == QLatin1String("modules/shop/reports/best.json"));
}

TEST_CASE("departments that need a faulty one are left out too, with a reason", "[catalog][faults]")
{
    CatalogBuilder builder;
    builder.add(department(QStringLiteral("shop"), {{QStringLiteral("deal"), "{"}}));
    builder.add(department(QStringLiteral("audit"), {}, {QStringLiteral("shop")}));
    builder.add(department(QStringLiteral("desk"), {}));
    const CatalogPtr catalog = builder.build();
    CHECK(builder.broken().value(QStringLiteral("audit")).contains(QLatin1String("shop")));
    CHECK(catalog->department(u"desk"));
    CHECK(catalog->departments().size() == 1);
}

TEST_CASE("claims that cannot be kept are faults", "[catalog]")
{
    const QByteArray fields = R"({"name": "name", "type": "text", "label": "N"},
        {"name": "note", "type": "text", "label": "Note"}, {"name": "tags", "type": "tags", "label": "Tags"},
        {"name": "day", "type": "date", "label": "Day"}, {"name": "at", "type": "datetime", "label": "At"},
        {"name": "until", "type": "datetime", "label": "Until"}, {"name": "n", "type": "integer", "label": "Number"})";
    const auto fault = [&](const char *claim) { return keyFault(QByteArray(R"("claims": [)") + claim + "]", fields); };
    CHECK(fault(R"({"claim": "c", "of": []})").code == "catalog.bad_claim");
    CHECK(fault(R"({"claim": "c", "of": ["name"], "from": "at"})").code == "catalog.bad_claim");
    CHECK(fault(R"({"claim": "c", "of": ["name"], "amount": "n"})").code == "catalog.bad_claim");
    CHECK(fault(R"({"claim": "c", "of": ["name"], "from": "at", "to": "until", "limit": "3"})").code ==
          "catalog.bad_claim");
    CHECK(fault(R"({"claim": "c", "of": ["nobody"]})").code == "catalog.unknown_field");
    CHECK(fault(R"({"claim": "c", "of": ["tags"]})").pointer == QLatin1String("/claims/0/of"));
    CHECK(fault(R"({"claim": "c", "of": ["name"], "from": "day", "to": "until"})").pointer ==
          QLatin1String("/claims/0/from"));
    CHECK(fault(R"({"claim": "c", "of": ["name"], "limit": "5", "amount": "note"})").pointer ==
          QLatin1String("/claims/0/amount"));
    CHECK(fault(R"({"claim": "c", "of": ["name"], "where": "n + 1"})").pointer == QLatin1String("/claims/0/where"));
    CHECK(fault(R"({"claim": "c", "of": ["name"], "limit": "note"})").pointer == QLatin1String("/claims/0/limit"));
    CHECK(fault(R"({"claim": "c", "of": ["name"]}, {"claim": "c", "of": ["note"]})").code == "catalog.duplicate_name");
}
