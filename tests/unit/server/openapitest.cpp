// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "restfixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// What a JSON pointer into the document leads to.
QJsonValue resolved(const QJsonObject &document, const QString &reference)
{
    REQUIRE(reference.startsWith(u"#/"_s));
    QJsonValue at = document;
    for (QString part : reference.mid(2).split(u'/')) {
        part.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        at = at.toObject().value(part);
    }
    return at;
}

/// Visits every object of the document.
void visit(const QJsonValue &value, const std::function<void(const QJsonObject &)> &seen)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            visit(item, seen);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        seen(object);
        for (const QJsonValue &item : object)
            visit(item, seen);
    }
}

QJsonObject schemaOf(const QJsonObject &document, const char *name)
{
    return document.value(u"components"_s)
        .toObject()
        .value(u"schemas"_s)
        .toObject()
        .value(QLatin1String(name))
        .toObject();
}

QJsonObject propertyOf(const QJsonObject &document, const char *schema, const char *name)
{
    return schemaOf(document, schema).value(u"properties"_s).toObject().value(QLatin1String(name)).toObject();
}

} // namespace

TEST_CASE("the OpenAPI document is whole, and says what the catalog says", "[server][rest][openapi]")
{
    ServerFixture server;
    server.addUser("mary", {u"sales_manager"_s});
    Bridge mary(server, "mary", {u"read:*"_s, u"write:*"_s});
    const Heard heard = mary.get(u"openapi.json"_s);
    REQUIRE(heard.status == 200);
    const QJsonObject document = heard.json;
    CHECK(document.value(u"openapi"_s) == u"3.1.0"_s);
    int references = 0;
    QSet<QString> operations;
    visit(document, [&](const QJsonObject &object) {
        if (const QJsonValue reference = object.value(u"$ref"_s); reference.isString()) {
            ++references;
            INFO(reference.toString().toStdString());
            CHECK(resolved(document, reference.toString()).isObject());
        }
        if (const QJsonValue operation = object.value(u"operationId"_s); operation.isString()) {
            CHECK_FALSE(operations.contains(operation.toString()));
            operations << operation.toString();
            CHECK(object.value(u"responses"_s).toObject().contains(u"default"_s));
        }
    });
    CHECK(references > 50);

    // Everything that the user may see, and the same as is served.
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    const auto scope = server.api->service().scopes().of(
        **connection, *server.api->service().accounts().userNamed(**connection, u"mary"_s));
    REQUIRE_RESULT(scope);
    const QJsonObject paths = document.value(u"paths"_s).toObject();
    int entities = 0;
    for (const Entity *entity : (*connection)->catalog().entities()) {
        INFO(entity->fullName.toStdString());
        const bool isServed = (*scope)->fields.contains(entity);
        entities += isServed ? 1 : 0;
        CHECK(paths.contains(u"/api/v1/records/"_s + entity->fullName) == isServed);
        CHECK(schemaOf(document, entity->fullName.toLatin1().constData()).isEmpty() != isServed);
    }
    CHECK(entities > 10);
    CHECK(mary.post(u"records/crm.account"_s, R"({"name": "Acme"})").status == 201);
    const QStringList served = mary.list(account).items().at(0).toObject().keys();
    CHECK(schemaOf(document, "crm.account").value(u"properties"_s).toObject().keys() == served);

    const QJsonObject name = propertyOf(document, "crm.account", "name");
    CHECK(name.value(u"title"_s) == u"Name"_s);
    CHECK(name.value(u"maxLength"_s) == 200);
    CHECK(name.value(u"type"_s).toArray() == QJsonArray{u"string"_s, u"null"_s});
    const QJsonObject stage = propertyOf(document, "crm.account", "stage");
    CHECK(stage.value(u"enum"_s).toArray() == QJsonArray{u"lead"_s, u"won"_s, QJsonValue::Null});
    CHECK(stage.value(u"x-labels"_s).toObject().value(u"won"_s) == u"Won"_s);
    CHECK(propertyOf(document, "crm.account", "number").value(u"readOnly"_s).toBool());
    CHECK(propertyOf(document, "crm.account", "contacts").value(u"readOnly"_s).toBool());
    CHECK(propertyOf(document, "crm.account.values", "number").isEmpty());
    CHECK(propertyOf(document, "crm.account", "created_at").value(u"format"_s) == u"date-time"_s);
    CHECK(propertyOf(document, "crm.contact", "account").value(u"x-entity"_s) == u"crm.account"_s);
    CHECK(schemaOf(document, "crm.account.new").value(u"required"_s).toArray() == QJsonArray{u"name"_s});
    CHECK(paths.contains(u"/api/v1/records/crm.account/{id}/actions/win"_s));
    CHECK_FALSE(heard.body.contains("crm.secret"));
}

TEST_CASE("the OpenAPI document shows what the token may do, in the caller's language", "[server][rest][openapi]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    server.addUser("vera", {u"viewer"_s});
    Bridge nina(server, "nina", {u"read:*"_s, u"write:crm.note"_s});
    const QJsonObject document = nina.get(u"openapi.json"_s).json;
    CHECK(propertyOf(document, "crm.account", "margin").isEmpty());
    CHECK(propertyOf(document, "crm.account", "double_margin").isEmpty());
    CHECK(schemaOf(document, "crm.account.values").isEmpty());
    const QJsonObject paths = document.value(u"paths"_s).toObject();
    CHECK(paths.value(u"/api/v1/records/crm.account"_s).toObject().keys() == QStringList{u"get"_s});
    CHECK(paths.value(u"/api/v1/records/crm.note"_s).toObject().keys() == QStringList{u"get"_s, u"post"_s});
    CHECK_FALSE(paths.contains(u"/api/v1/records/crm.account/{id}/actions/win"_s));

    Bridge form(server, "nina", {u"write:crm.account"_s}, "form");
    const QJsonObject writing = form.get(u"openapi.json"_s).json;
    CHECK(writing.value(u"paths"_s).toObject().value(u"/api/v1/records/crm.account"_s).toObject().keys() ==
          QStringList{u"post"_s});
    CHECK(propertyOf(writing, "crm.account.values", "margin").isEmpty());
    CHECK_FALSE(propertyOf(writing, "crm.account.values", "city").isEmpty());

    Bridge vera(server, "vera", {u"read:*"_s, u"write:*"_s}, "vera");
    const QJsonObject viewing = vera.get(u"openapi.json"_s).json.value(u"paths"_s).toObject();
    CHECK(viewing.value(u"/api/v1/records/crm.account"_s).toObject().keys() == QStringList{u"get"_s});
    CHECK_FALSE(viewing.contains(u"/api/v1/records/crm.account/{id}/restore"_s));

    const QJsonObject chinese =
        nina.ask("GET", u"openapi.json"_s, {}, [](server::rest::Request &request) { request.acceptLanguage = "zh"; })
            .json;
    CHECK(propertyOf(chinese, "foundation.user", "created_at").value(u"title"_s) != u"Created"_s);
}
