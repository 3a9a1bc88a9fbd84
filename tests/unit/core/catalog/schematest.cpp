// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace {
QJsonObject json(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// The faults of a value by one of our schemas.
QStringList faults(const char *schemaName, const QJsonObject &value)
{
    valijson::Schema schema;
    const QJsonValue text =
        json(QStringLiteral(TZ_SOURCE_DIR "/resources/schemas/%1.schema.json").arg(QLatin1String(schemaName)));
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(text), schema);
    valijson::ValidationResults results;
    const QJsonValue whole = value;
    valijson::Validator().validate(schema, valijson::adapters::QtJsonAdapter(whole), &results);
    QStringList list;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        QString where;
        for (const std::string &step : error.context)
            where += QString::fromStdString(step);
        list << where + QLatin1String(": ") + QString::fromStdString(error.description);
    }
    return list;
}
} // namespace

TEST_CASE("every shipped declaration keeps to the JSON Schemas", "[catalog][schema]")
{
    const QDir modules(QStringLiteral(TZ_SOURCE_DIR "/modules"));
    int seen = 0;
    for (const QString &id : modules.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto check = [&](const char *schema, const QString &path) {
            INFO(path.toStdString());
            CHECK(faults(schema, json(path)).join(u'\n') == QString());
            ++seen;
        };
        const QDir folder(modules.filePath(id));
        check("module", folder.filePath(QStringLiteral("module.json")));
        for (const char *part : {"entities", "reports"}) {
            const QDir inner(folder.filePath(QLatin1String(part)));
            for (const QString &name : inner.entryList({QStringLiteral("*.json")}))
                check(qstrcmp(part, "reports") == 0 ? "report" : "entity", inner.filePath(name));
        }
    }
    CHECK(seen > 0);
}

TEST_CASE("the JSON Schemas refuse what the validator refuses", "[catalog][schema]")
{
    const auto refused = [](const char *schema, const char *text) {
        const QJsonObject value = QJsonDocument::fromJson(text).object();
        REQUIRE_FALSE(value.isEmpty());
        return !faults(schema, value).isEmpty();
    };
    CHECK(refused("module", R"({"id": "x", "label": "X", "api": 1, "need": []})"));
    CHECK(refused("module", R"({"id": "X", "label": "X", "api": 1})"));
    CHECK_FALSE(refused("module", R"({"id": "x", "label": "X", "api": 1})"));
    CHECK(refused(
        "entity",
        R"({"entity": "e", "label": "E", "plural": "Es", "fields": [{"name": "a", "type": "txt", "label": "A"}]})"));
    CHECK(refused("entity", R"({"entity": "e", "label": "E", "plural": "Es", "fields": [], "feilds": []})"));
    CHECK(refused("entity", R"({"entity": "e", "extend": "a.b", "label": "E", "plural": "Es", "fields": []})"));
    CHECK_FALSE(refused(
        "entity",
        R"({"entity": "e", "label": "E", "plural": "Es", "fields": [{"name": "a", "type": "text", "label": "A"}]})"));
    CHECK(refused("report", R"({"report": "r", "label": "R", "chart": {"kind": "cake"}})"));
}
