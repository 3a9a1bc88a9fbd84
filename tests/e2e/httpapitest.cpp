// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/processes.h"

#include "core/base/clock.h"

#include <QThread>
#include <QUrl>

#include <thread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

/// Another program with a token of its own.
struct Program {
    const Server &server;
    QByteArray token;
    QByteArray everything = {};

    Program(const Server &of, const QString &user, const QStringList &scopes, const QString &name)
        : server(of)
    {
        QStringList words{u"token"_s, u"add"_s, name, u"--user"_s, user};
        for (const QString &scope : scopes)
            words << u"--scope"_s << scope;
        token = server.output(words).trimmed();
        REQUIRE_FALSE(token.isEmpty());
    }
    Reply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
              QList<std::pair<QByteArray, QByteArray>> headers = {})
    {
        headers.append(std::pair<QByteArray, QByteArray>("Authorization", "Bearer " + token));
        if (!body.isEmpty())
            headers.append(std::pair<QByteArray, QByteArray>("Content-Type", "application/json"));
        const Reply reply = request(server, method, "/api/v1/" + target, headers, body);
        everything += reply.body;
        return reply;
    }
    Reply list(const QByteArray &entity, const QByteArray &name = {}, const QString &value = {})
    {
        return ask("GET",
                   "records/" + entity + (name.isEmpty() ? "" : '?' + name + '=' + QUrl::toPercentEncoding(value)));
    }
};

QString id(const Reply &reply)
{
    return reply.json().value(u"id"_s).toString();
}

} // namespace

TEST_CASE("what another program does reaches the laptops, and the other way round", "[e2e][api]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop laptop;
    laptop.login(server, u"anna"_s);
    laptop.must({u"sync"_s});
    Program erp(server, u"anna"_s, {u"read:*"_s, u"write:customers.*"_s, u"write:pipeline.lead"_s}, u"erp"_s);

    const Reply made = erp.ask("POST", "records/customers.account", R"({"name": "华为技术有限公司", "employees": 30})");
    REQUIRE(made.status == 201);
    const QString company = id(made);
    laptop.must({u"sync"_s});
    REQUIRE(laptop.rows(account).contains(company));
    CHECK(laptop.rows(account).value(company).value(u"employees"_s) == 30);

    laptop.must({u"update"_s, account, company, u"employees=31"_s});
    laptop.must({u"sync"_s});
    const Reply read = erp.ask("GET", "records/customers.account/" + company.toLatin1());
    CHECK(read.json().value(u"employees"_s) == 31);
    CHECK(erp.ask("PATCH", "records/customers.account/" + company.toLatin1(), R"({"employees": 32})",
                  {{"If-Match", made.headers.value("etag")}})
              .status == 412);
    CHECK(erp.ask("PATCH", "records/customers.account/" + company.toLatin1(), R"({"employees": 32})",
                  {{"If-Match", read.headers.value("etag")}})
              .status == 200);

    // An action brings about what the department attached to it, once.
    const Reply lead =
        erp.ask("POST", "records/pipeline.lead",
                R"({"name": "Wang", "company": "Acme GmbH", "deal_name": "Cranes", "deal_amount": 12500.5})");
    REQUIRE(lead.status == 201);
    const QByteArray convert = "records/pipeline.lead/" + id(lead).toLatin1() + "/actions/convert";
    const Reply converted = erp.ask("POST", convert);
    INFO(converted.body.toStdString());
    REQUIRE(converted.status == 200);
    CHECK(converted.json().value(u"status"_s) == u"converted"_s);
    CHECK_FALSE(converted.json().value(u"opportunity"_s).toString().isEmpty());
    CHECK(erp.ask("POST", convert).status == 200);
    CHECK(erp.list("customers.account", "filter", u"name == 'Acme GmbH'"_s).json().value(u"items"_s).toArray().size() ==
          1);
    CHECK(erp.list("pipeline.opportunity").json().value(u"items"_s).toArray().size() == 1);
    laptop.must({u"sync"_s});
    CHECK(laptop.rows(u"pipeline.opportunity"_s).size() == 1);

    CHECK(erp.ask("DELETE", "records/customers.account/" + company.toLatin1()).status == 204);
    laptop.must({u"sync"_s});
    CHECK_FALSE(laptop.rows(account).contains(company));
    CHECK(erp.ask("POST", "records/customers.account/" + company.toLatin1() + "/restore").status == 200);
    laptop.must({u"sync"_s});

    // Who did it, shows.
    bool isNamed = false;
    const QJsonArray entries = laptop.json({u"history"_s, account, company}).value(u"entries"_s).toArray();
    for (const QJsonValue &entry : entries)
        isNamed = isNamed || entry.toObject().value(u"label"_s) == u"api:erp"_s;
    CHECK(isNamed);
    CHECK(server.output({u"token"_s, u"list"_s}).contains("erp\tanna\tread:* write:customers.* write:pipeline.lead"));
    server.command({u"token"_s, u"revoke"_s, u"erp"_s, u"--data"_s, server.dataFolder()});
    const Reply revoked = erp.list("customers.account");
    CHECK(revoked.status == 401);
    CHECK(revoked.code() == u"api.token_revoked"_s);
    CHECK_FALSE(server.log().contains(erp.token));
}

TEST_CASE("a token of one team gets nothing of another and nothing hidden", "[e2e][api]")
{
    Server server;
    server.addUser(u"nina"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"sam"_s, {u"sales"_s}, u"South"_s);
    server.addUser(u"mary"_s, {u"sales_manager"_s});
    server.start();
    Program nina(server, u"nina"_s, {u"read:*"_s, u"write:*"_s}, u"nina"_s);
    Program sam(server, u"sam"_s, {u"read:*"_s, u"write:*"_s}, u"sam"_s);
    Program mary(server, u"mary"_s, {u"read:*"_s, u"write:*"_s}, u"mary"_s);
    REQUIRE(nina.ask("POST", "records/customers.account", R"({"name": "NorthMarker Shipping"})").status == 201);
    const QString south = id(sam.ask("POST", "records/customers.account", R"({"name": "SouthMarker Mining"})"));
    sam.ask("POST", "records/customers.contact",
            R"({"name": "SouthMarkerPerson", "account": ")" + south.toLatin1() + "\"}");
    REQUIRE(mary.ask("POST", "records/pipeline.product", R"({"name": "Crane", "cost": 12345678.25})").status == 201);

    CHECK(nina.list("customers.account").json().value(u"items"_s).toArray().size() == 1);
    CHECK(nina.list("customers.contact").json().value(u"items"_s).toArray().isEmpty());
    CHECK(nina.ask("GET", "records/customers.account/" + south.toLatin1()).status == 404);
    CHECK(nina.ask("PATCH", "records/customers.account/" + south.toLatin1(), R"({"name": "Taken over"})").status ==
          404);
    for (const char *parameter : {"filter", "sort", "fields"}) {
        const auto asked = [&](const char *field) {
            return nina.list("pipeline.product", parameter,
                             QString::fromLatin1(field) + (qstrcmp(parameter, "filter") == 0 ? u" > 1"_s : QString()));
        };
        const Reply hidden = asked("cost");
        CHECK(hidden.status == 400);
        QByteArray body = hidden.body;
        CHECK(body.replace("cost", "cosx") == asked("cosx").body);
    }
    CHECK_FALSE(nina.list("pipeline.product").body.contains("cost"));
    CHECK_FALSE(nina.ask("GET", "openapi.json").body.contains("\"cost\""));
    CHECK(mary.list("pipeline.product", "filter", u"cost > 1"_s).body.contains("12345678.25"));
    CHECK_FALSE(nina.everything.contains("SouthMarker"));
    CHECK_FALSE(nina.everything.contains("12345678.25"));

    for (const QByteArray &token : {QByteArray(), QByteArray("guessed")}) {
        for (const char *path : {"records/customers.account", "openapi.json", "nothing"}) {
            Program nobody = nina;
            nobody.token = token;
            CHECK(nobody.ask("GET", path).status == 401);
        }
    }
}

TEST_CASE("a key sent again after kill -9 finds what became of the first try", "[e2e][api]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Program erp(server, u"anna"_s, {u"read:*"_s, u"write:*"_s}, u"erp"_s);
    SeededEntropy dice(qEnvironmentVariable("TZ_SEED", u"1"_s).toULongLong());
    const int rounds = 8;
    QSet<QString> ids;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray name = "Order " + QByteArray::number(round);
        const auto send = [&] {
            return erp.ask("POST", "records/customers.account", "{\"name\": \"" + name + "\"}",
                           {{"Idempotency-Key", "order-" + QByteArray::number(round)}});
        };
        Reply first;
        std::thread sending([&] { first = send(); });
        QThread::usleep(static_cast<unsigned long>(dice.next64() % 20'000));
        server.kill();
        sending.join();
        server.start();
        const Reply second = send();
        CHECK(second.status == 201);
        // What was acknowledged, is what it is.
        if (first.status == 201) {
            CHECK(id(first) == id(second));
            CHECK(second.headers.contains("idempotency-replayed"));
        }
        CHECK(id(send()) == id(second));
        ids << id(second);
    }
    CHECK(ids.size() == rounds);
    CHECK(erp.list("customers.account").json().value(u"items"_s).toArray().size() == rounds);
}

TEST_CASE("broken and hostile requests to the HTTP API are refused with a reason, and nothing breaks", "[e2e][api]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Program erp(server, u"anna"_s, {u"read:*"_s, u"write:*"_s}, u"erp"_s);
    const QByteArray accounts = "records/customers.account";
    const auto refused = [&](const Reply &reply, int status, const char *code) {
        INFO(reply.body.left(300).toStdString());
        CHECK(reply.status == status);
        CHECK(reply.code() == QLatin1String(code));
        CHECK(reply.headers.value("content-type") == "application/problem+json");
        CHECK_FALSE(reply.json().value(u"detail"_s).toString().isEmpty());
    };
    refused(erp.ask("POST", accounts, "{\"name\""), 400, "api.not_json");
    refused(erp.ask("POST", accounts, QByteArray(1'000'000, '[')), 400, "api.not_json");
    refused(erp.ask("POST", accounts, "{\"a\":" + QByteArray(900, '[') + QByteArray(900, ']') + '}'), 422,
            "record.unknown_field");
    refused(erp.ask("POST", accounts, "\"text\""), 400, "api.not_json");
    refused(erp.ask("POST", accounts, QByteArray(9 << 20, 'x')), 413, "wire.too_large");
    refused(erp.ask("POST", accounts, "{\"name\": \"" + QByteArray(2 << 20, 'x') + "\"}"), 422, "record.too_long");
    refused(erp.ask("POST", accounts, R"({"name": {"$gt": ""}})"), 422, "record.wrong_type");
    refused(erp.ask("GET", accounts + "?limit=100000"), 400, "api.bad_parameter");
    refused(erp.ask("GET", accounts + "?filter=%FF"), 400, "api.bad_parameter");
    refused(erp.ask("GET", accounts + "?filter=name%00"), 400, "expression.syntax");
    refused(erp.ask("GET", accounts + "?filter=" + QUrl::toPercentEncoding(u"name == 'x' OR 1=1 --"_s)), 400,
            "expression.syntax");
    refused(erp.ask("GET", accounts + "?filter=" + QUrl::toPercentEncoding(QString(3'000, u'('))), 400,
            "expression.too_deep");
    // Longer than that nobody reads to know whom it is for.
    CHECK(erp.ask("GET", accounts + "?filter=" + QByteArray(20'000, 'x')).status == 431);
    refused(erp.ask("GET", "records/../../etc/passwd"), 404, "api.unknown_path");
    refused(erp.ask("GET", "records/customers.account%27;--"), 404, "record.unknown_entity");
    refused(erp.ask("GET", accounts + "/'%20OR%20''='"), 404, "record.unknown_record");
    refused(erp.ask("TRACE", accounts), 405, "net.bad_method");
    refused(erp.ask("DELETE", accounts), 405, "net.bad_method");
    refused(request(server, "POST", "/api/v1/" + accounts,
                    {{"Authorization", "Bearer " + erp.token}, {"Transfer-Encoding", "chunked"}}),
            411, "net.length_required");
    // SQL in every text, and it is text.
    const QByteArray evil = "'; DROP TABLE customers_account; --";
    const Reply made =
        erp.ask("POST", accounts,
                "{\"name\": \"" + evil + "\", \"description\": \"" + evil + "\", \"tags\": [\"" + evil + "\"]}");
    REQUIRE(made.status == 201);
    CHECK(made.json().value(u"description"_s).toString().toUtf8() == evil);
    CHECK(erp.list("customers.account").json().value(u"items"_s).toArray().size() == 1);
    CHECK(request(server, "GET", "/healthz", {}).status == 200);
}

TEST_CASE("the OpenAPI document of the real departments is whole", "[e2e][api]")
{
    Server server;
    server.start();
    Program admin(server, u"admin"_s, {u"read:*"_s, u"write:*"_s}, u"admin"_s);
    const Reply reply = admin.ask("GET", "openapi.json", {}, {{"Accept-Language", "zh-CN"}});
    REQUIRE(reply.status == 200);
    const QJsonObject document = reply.json();
    const QJsonObject schemas = document.value(u"components"_s).toObject().value(u"schemas"_s).toObject();
    int references = 0;
    const std::function<void(const QJsonValue &)> visit = [&](const QJsonValue &value) {
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (const QJsonValue &item : array)
                visit(item);
            return;
        }
        const QJsonObject object = value.toObject();
        if (const QString reference = object.value(u"$ref"_s).toString(); !reference.isEmpty()) {
            ++references;
            QJsonValue at = document;
            for (const QString &part : reference.mid(2).split(u'/'))
                at = at.toObject().value(part);
            INFO(reference.toStdString());
            CHECK(at.isObject());
        }
        for (const QJsonValue &item : object)
            visit(item);
    };
    visit(document);
    CHECK(references > 500);
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    const QJsonArray entities = laptop.json({u"entities"_s}).value(u"entities"_s).toArray();
    CHECK(entities.size() > 20);
    for (const QJsonValue &entity : entities) {
        const QString name = entity.toObject().value(u"name"_s).toString();
        INFO(name.toStdString());
        CHECK(schemas.contains(name));
    }
    CHECK(schemas.value(u"pipeline.lead"_s).toObject().value(u"title"_s) == u"线索"_s);
}

TEST_CASE("two servers on PostgreSQL know the same tokens and keys", "[e2e][api][postgres]")
{
    PostgresServer &postgres = PostgresServer::shared();
    Server one(postgres.newDatabase());
    Server two(Server::Beside{one});
    one.addUser(u"anna"_s, {u"sales_manager"_s});
    one.start();
    two.start();
    Program here(one, u"anna"_s, {u"read:*"_s, u"write:*"_s}, u"erp"_s);
    Program there(two, u"anna"_s, {u"read:*"_s}, u"other"_s);
    there.token = here.token;
    const QByteArray body = R"({"name": "华为"})";
    const QList<std::pair<QByteArray, QByteArray>> key{{"Idempotency-Key", "k1"}};
    const Reply first = here.ask("POST", "records/customers.account", body, key);
    INFO(first.body.toStdString());
    REQUIRE(first.status == 201);
    one.kill();
    const Reply again = there.ask("POST", "records/customers.account", body, key);
    CHECK(again.status == 201);
    CHECK(id(again) == id(first));
    CHECK(again.headers.value("idempotency-replayed") == "true");
    CHECK(there.list("customers.account", "filter", u"name ~ '华'"_s).json().value(u"items"_s).toArray().size() == 1);
    // Pages go on at whichever process.
    for (int i = 0; i < 3; ++i)
        there.ask("POST", "records/customers.account", "{\"name\": \"" + QByteArray::number(i) + "\"}");
    const QString next =
        there.ask("GET", "records/customers.account?sort=-name&limit=2").json().value(u"next"_s).toString();
    REQUIRE_FALSE(next.isEmpty());
    one.start();
    const Reply rest = here.ask("GET", "records/customers.account?sort=-name&limit=2&after=" + next.toLatin1());
    CHECK(rest.json().value(u"items"_s).toArray().size() == 2);
    CHECK(rest.json().value(u"next"_s).isNull());
}
