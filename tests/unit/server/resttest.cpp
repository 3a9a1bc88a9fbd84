// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "restfixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {
const QString accounts = u"records/crm.account"_s;

QString at(const QString &id)
{
    return accounts + u'/' + id;
}
} // namespace

TEST_CASE("another program makes, reads, changes, deletes and restores a record", "[server][rest]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    Bridge bridge(server, "nina", {u"read:*"_s, u"write:crm.account"_s});
    const Heard made = bridge.post(accounts, R"({"name": "华为", "industry": "Telecoms", "tags": ["b", "a"]})");
    CHECK(made.status == 201);
    const QString id = made.id();
    CHECK(made.headers.value("Location") == "/api/v1/" + at(id).toLatin1());
    CHECK(made.json.value(u"name"_s) == u"华为"_s);
    CHECK(made.json.value(u"tags"_s).toArray() == QJsonArray{u"a"_s, u"b"_s});
    CHECK(made.json.value(u"stage"_s) == u"lead"_s);
    // Defaults, numbers and stamps as for a laptop's record.
    CHECK(made.json.value(u"number"_s).toString().startsWith(u"A-2026-"_s));
    CHECK_FALSE(made.json.value(u"owner"_s).toString().isEmpty());
    CHECK_FALSE(made.json.value(u"team"_s).toString().isEmpty());
    CHECK(made.json.value(u"created_by"_s) == made.json.value(u"owner"_s));

    const Heard read = bridge.get(at(id));
    CHECK(read.status == 200);
    CHECK(read.json == made.json);
    CHECK(read.etag() == '"' + QByteArray::number(read.json.value(u"_rev"_s).toInteger()) + '"');

    const Heard changed = bridge.patch(at(id), R"({"industry": null, "city": "深圳"})");
    CHECK(changed.status == 200);
    CHECK(changed.json.value(u"industry"_s).isNull());
    CHECK(changed.json.value(u"city"_s) == u"深圳"_s);
    CHECK(changed.json.value(u"_rev"_s).toInteger() > read.json.value(u"_rev"_s).toInteger());

    const Heard won = bridge.post(at(id) + u"/actions/win"_s, {});
    CHECK(won.status == 200);
    CHECK(won.json.value(u"stage"_s) == u"won"_s);
    CHECK(bridge.post(at(id) + u"/actions/fly"_s, {}).code() == u"action.unknown"_s);

    const Heard gone = bridge.ask("DELETE", at(id));
    CHECK(gone.status == 204);
    CHECK(gone.body.isEmpty());
    CHECK(bridge.get(at(id)).status == 410);
    CHECK(bridge.patch(at(id), R"({"city": "北京"})").code() == u"record.deleted"_s);
    CHECK(bridge.ask("DELETE", at(id)).status == 204);
    CHECK(bridge.list(u"crm.account"_s).items().isEmpty());
    const Heard back = bridge.post(at(id) + u"/restore"_s, {});
    CHECK(back.status == 200);
    CHECK(back.json.value(u"city"_s) == u"深圳"_s);
}

TEST_CASE("what a token did is in the audit trail under its name, and reaches laptops", "[server][rest]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    Laptop nina(server, "nina");
    nina.pull();
    std::vector<server::Commit> commits;
    server.api->setCommitHandler([&](const server::Commit &commit) { commits.push_back(commit); });
    Bridge bridge(server, "nina", {u"read:*"_s, u"write:*"_s}, "erp bridge");
    const Heard made = bridge.post(accounts, R"({"name": "Acme"})");
    const Id id = *Id::fromString(made.id());
    REQUIRE(commits.size() == 1);
    CHECK_FALSE(commits.front().keys.empty());
    CHECK(commits.front().onlyAuthor != nina.device);
    nina.pull();
    CHECK(nina.held(account, id, "name") == text("Acme"));

    wire::HistoryRequest question;
    question.entity = account;
    question.id = id;
    const auto history = wire::decodeHistoryAnswer(server.ask("/v1/history", nina.token, wire::encode(question)).body);
    REQUIRE_RESULT(history);
    REQUIRE_FALSE(history->items.empty());
    CHECK(history->items.front().label == u"api:erp bridge"_s);
    CHECK(history->items.front().user == nina.user);
    CHECK(history->items.front().device != nina.device);
    // A token is no device that somebody signed in on.
    const auto devices = server.api->service().people().devices();
    REQUIRE_RESULT(devices);
    CHECK(devices->devices.size() == 1);
    CHECK(server.ask("/v1/pull", bridge.token, wire::encode(wire::PullRequest())).status == 401);
    server::rest::Request request;
    request.method = "GET";
    request.target = "/api/v1/records/crm.account";
    request.token = nina.token;
    CHECK(server::rest::handle(server.api->service(), request).status == 401);

    // The other way round.
    const auto verdict = nina.make({update("crm.account", id, nina.revOf(account, id), {edit("city", text("Köln"))})});
    CHECK(verdict.status == wire::BatchStatus::Accepted);
    CHECK(bridge.get(at(made.id())).json.value(u"city"_s) == u"Köln"_s);
    // And what both change at once, becomes a conflict as between laptops.
    const qint64 rev = nina.revOf(account, id);
    bridge.patch(at(made.id()), R"({"industry": "Mining"})");
    server.clock.advanceMs(1000);
    const auto clash = nina.make({update("crm.account", id, rev, {edit("industry", text("Fishing"))})});
    CHECK(clash.status == wire::BatchStatus::Accepted);
    CHECK(bridge.get(at(made.id())).json.value(u"industry"_s) == u"Fishing"_s);
}

TEST_CASE("a change that names a revision is made on that revision only", "[server][rest]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    Bridge bridge(server, "nina", {u"read:*"_s, u"write:*"_s});
    const Heard made = bridge.post(accounts, R"({"name": "Acme"})");
    const QString path = at(made.id());
    const Heard first = bridge.patch(path, R"({"city": "Bonn"})", made.etag());
    CHECK(first.status == 200);
    const Heard late = bridge.patch(path, R"({"city": "Trier"})", made.etag());
    CHECK(late.status == 412);
    CHECK(late.code() == u"record.changed_meanwhile"_s);
    CHECK(bridge.patch(path, R"({"city": "Trier"})", "W/" + first.etag()).status == 200);
    CHECK(bridge.patch(path, R"({"city": "Mainz"})", "*").status == 200);
    CHECK(bridge.patch(path, R"({"city": "Mainz"})", "\"x\"").code() == u"api.bad_header"_s);
    const auto condition = [&](server::rest::Request &request) { request.ifMatch = made.etag(); };
    CHECK(bridge.ask("DELETE", path, {}, condition).status == 412);
    CHECK(bridge.ask("POST", path + u"/actions/win"_s, {}, condition).status == 412);
    CHECK(bridge.ask("POST", accounts, R"({"name": "X"})", condition).code() == u"api.no_revision_yet"_s);
    CHECK(bridge.get(path).json.value(u"city"_s) == u"Mainz"_s);
}

TEST_CASE("the same key gives the same answer, once, also after a restart", "[server][rest]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    Bridge bridge(server, "nina", {u"read:*"_s, u"write:*"_s});
    const QByteArray body = R"({"name": "Acme"})";
    const Heard first = bridge.post(accounts, body, "order-1");
    CHECK(first.status == 201);
    CHECK_FALSE(first.headers.contains("Idempotency-Replayed"));
    const Heard again = bridge.post(accounts, body, "order-1");
    CHECK(again.status == 201);
    CHECK(again.json == first.json);
    CHECK(again.headers.value("Idempotency-Replayed") == "true");
    server.reopen();
    CHECK(bridge.post(accounts, body, "order-1").id() == first.id());
    CHECK(bridge.list(u"crm.account"_s).items().size() == 1);
    // Another key is another order, and so is the same key of another token.
    CHECK(bridge.post(accounts, body, "order-2").id() != first.id());
    Bridge other(server, "nina", {u"read:*"_s, u"write:*"_s}, "other");
    CHECK(other.post(accounts, body, "order-1").id() != first.id());
    // The same key for something else is a mistake.
    const Heard reused = bridge.post(accounts, R"({"name": "Other"})", "order-1");
    CHECK(reused.status == 422);
    CHECK(reused.code() == u"api.key_reused"_s);

    // Also a refusal stays one.
    const Heard refused = bridge.post(accounts, R"({"name": null})", "order-3");
    CHECK(refused.status == 422);
    const Heard refusedAgain = bridge.post(accounts, R"({"name": null})", "order-3");
    CHECK(refusedAgain.status == 422);
    CHECK(refusedAgain.json == refused.json);
    CHECK(refusedAgain.headers.value("Idempotency-Replayed") == "true");

    // Repeated after the record changed: it is not changed back.
    const QString path = at(first.id());
    const auto keyed = [](server::rest::Request &request) { request.idempotencyKey = "move-1"; };
    CHECK(bridge.ask("PATCH", path, R"({"city": "Bonn"})", keyed).status == 200);
    bridge.patch(path, R"({"city": "Trier"})");
    CHECK(bridge.ask("PATCH", path, R"({"city": "Bonn"})", keyed).json.value(u"city"_s) == u"Trier"_s);
    // And once it is gone, there is its id.
    bridge.ask("DELETE", path);
    const Heard late = bridge.post(accounts, body, "order-1");
    CHECK(late.status == 201);
    CHECK(late.json == QJsonObject{{u"id"_s, first.id()}});
    CHECK(bridge.post(accounts, body, QByteArray(256, 'x')).code() == u"api.bad_header"_s);
    CHECK(bridge.post(accounts, body, "a\nb").code() == u"api.bad_header"_s);
}

TEST_CASE("a list goes on from page to page in its order, whatever that is", "[server][rest]")
{
    ServerFixture server;
    server.addUser("mary", {u"sales_manager"_s});
    Bridge bridge(server, "mary", {u"read:*"_s, u"write:*"_s});
    const char *const cities[] = {"Bonn", "", "Aachen", "Bonn", "Köln", "", "Bonn"};
    QString first;
    for (int i = 0; i < 7; ++i) {
        const Heard made = bridge.post(accounts, "{\"name\": \"" + QByteArray::number(i) + "\", \"city\": \"" +
                                                     cities[i] + "\", \"margin\": " + QByteArray::number(i % 3) + "}");
        REQUIRE(made.status == 201);
        if (i == 0)
            first = made.id();
        CHECK(bridge.post(u"records/crm.contact"_s, R"({"name": "C", "account": ")" + made.id().toLatin1() + "\"}")
                  .status == 201);
    }
    const auto all = [&](const QString &entity, const char *sort, const char *field) {
        QStringList seen;
        QString after;
        for (int pages = 0; pages < 20; ++pages) {
            QList<std::pair<const char *, QString>> parameters{{"sort", QString::fromUtf8(sort)}, {"limit", u"2"_s}};
            if (!after.isEmpty())
                parameters.append({"after", after});
            const Heard page = bridge.list(entity, parameters);
            REQUIRE(page.status == 200);
            seen << page.texts(field);
            after = page.json.value(u"next"_s).toString();
            if (after.isEmpty())
                return seen.join(u' ');
            CHECK(page.items().size() == 2);
        }
        FAIL("the list has no end");
        return QString();
    };
    CHECK(all(account, "", "name") == u"0 1 2 3 4 5 6"_s);
    CHECK(all(account, "name", "name") == u"0 1 2 3 4 5 6"_s);
    CHECK(all(account, "-name", "name") == u"6 5 4 3 2 1 0"_s);
    CHECK(all(account, "city,-name", "name") == u"5 1 2 6 3 0 4"_s);
    CHECK(all(account, "-city", "name") == u"4 6 3 0 2 5 1"_s);
    CHECK(all(account, "margin,name", "name") == u"0 3 6 1 4 2 5"_s);
    CHECK(all(account, "_rev", "name") == u"0 1 2 3 4 5 6"_s);
    CHECK(all(contact, "-account", "name") == u"C C C C C C C"_s);
    CHECK(all(contact, "account.city,account.name", "account").split(u' ').size() == 7);

    // What is new meanwhile is seen or not, but nothing is seen twice.
    const Heard page = bridge.list(account, {{"sort", u"-name"_s}, {"limit", u"3"_s}});
    bridge.post(accounts, R"({"name": "9"})");
    const QString next = page.json.value(u"next"_s).toString();
    CHECK(bridge.list(account, {{"sort", u"-name"_s}, {"limit", u"3"_s}, {"after", next}}).texts("name") ==
          QStringList{u"3"_s, u"2"_s, u"1"_s});

    // The place belongs to the question and to the token.
    const auto refused = [&](const QString &sort, const QString &filter, const QString &after) {
        const Heard heard = bridge.list(account, {{"sort", sort}, {"filter", filter}, {"after", after}});
        CHECK(heard.status == 400);
        CHECK(heard.code() == u"api.bad_cursor"_s);
        CHECK(heard.json.value(u"parameter"_s) == u"after"_s);
    };
    refused(u"name"_s, {}, next);
    refused(u"-name"_s, u"margin > 1"_s, next);
    refused(u"-name"_s, {}, u"AAAA"_s);
    refused(u"-name"_s, {}, u"not base 64!"_s);
    refused(u"-name"_s, {}, next.left(next.size() - 4));
    QString forged = next;
    forged[forged.size() - 2] = forged.at(forged.size() - 2) == u'A' ? u'B' : u'A';
    refused(u"-name"_s, {}, forged);
    Bridge other(server, "mary", {u"read:*"_s}, "other");
    CHECK(other.list(account, {{"sort", u"-name"_s}, {"after", next}}).code() == u"api.bad_cursor"_s);
}

TEST_CASE("filters, fields and limits are checked and say where they are wrong", "[server][rest]")
{
    ServerFixture server;
    server.addUser("mary", {u"sales_manager"_s});
    Bridge bridge(server, "mary", {u"read:*"_s, u"write:*"_s});
    const Heard made = bridge.post(accounts, R"({"name": "It's \"quoted\"", "city": "Bonn", "tags": ["key"]})");
    bridge.post(accounts, R"({"name": "Other", "city": "Köln"})");
    bridge.post(u"records/crm.contact"_s, R"({"name": "Ann", "account": ")" + made.id().toLatin1() + "\"}");
    CHECK(bridge.list(account, {{"filter", u"city == 'Bonn' and tags has 'key'"_s}}).items().size() == 1);
    CHECK(bridge.list(account, {{"filter", u"owner == me"_s}}).items().size() == 2);
    const Heard paths = bridge.list(contact, {{"fields", u"name,account.city,account._title,account.stage"_s},
                                              {"filter", u"account.city ~ 'onn'"_s}});
    REQUIRE(paths.items().size() == 1);
    CHECK(paths.items().at(0).toObject().keys() ==
          QStringList{u"_rev"_s, u"account._title"_s, u"account.city"_s, u"account.stage"_s, u"id"_s, u"name"_s});
    CHECK(paths.items().at(0).toObject().value(u"account._title"_s) == u"It's \"quoted\""_s);
    CHECK(bridge.get(at(made.id()) + u"?fields=city"_s).json.keys() == QStringList{u"_rev"_s, u"city"_s, u"id"_s});

    const auto wrong = [&](const char *name, const QString &value, const char *code, const char *parameter = nullptr) {
        const Heard heard = bridge.list(account, {{name, value}});
        INFO(value.toStdString() << ": " << heard.body.toStdString());
        CHECK(heard.status == 400);
        CHECK(heard.code() == QLatin1String(code));
        CHECK(heard.json.value(u"parameter"_s).toString() == QLatin1String(parameter ? parameter : name));
        CHECK(heard.json.value(u"type"_s) == QString(u"urn:tongzhou:error:"_s + QLatin1String(code)));
        CHECK_FALSE(heard.json.value(u"detail"_s).toString().isEmpty());
        return heard;
    };
    const Heard syntax = wrong("filter", u"city == "_s, "expression.syntax");
    CHECK(syntax.json.value(u"params"_s).toObject().value(u"position"_s).toInt() == 9);
    wrong("filter", u"citi == 'x'"_s, "expression.unknown_field");
    wrong("filter", u"city > 5"_s, "expression.type");
    wrong("filter", u"city"_s, "expression.type");
    wrong("filter", QString(20'000, u'('), "expression.too_long");
    wrong("filter", u"1'; DROP TABLE crm_account; --"_s, "expression.syntax");
    wrong("fields", u"citi"_s, "query.unknown_field");
    wrong("fields", u"name,\"name\""_s, "query.unknown_field");
    wrong("fields", u"name) FROM audience--"_s, "query.unknown_field");
    wrong("fields", u"_deleted_rev"_s, "query.unknown_field");
    wrong("sort", u"citi"_s, "query.unknown_field");
    wrong("sort", u"--name"_s, "query.unknown_field");
    wrong("sort", u"tags"_s, "api.cannot_sort");
    wrong("sort", u"name,city,stage,margin,number,industry"_s, "api.bad_parameter");
    wrong("limit", u"0"_s, "api.bad_parameter");
    wrong("limit", u"1001"_s, "api.bad_parameter");
    wrong("limit", u"-1"_s, "api.bad_parameter");
    wrong("limit", u"ten"_s, "api.bad_parameter");
    CHECK(bridge.list(account, {{"filtre", u"x"_s}}).code() == u"api.unknown_parameter"_s);
    CHECK(bridge.list(account, {{"limit", u"1"_s}, {"limit", u"2"_s}}).code() == u"api.parameter_twice"_s);
    CHECK(bridge.get(u"records/crm.nothing"_s).code() == u"record.unknown_entity"_s);
    CHECK(bridge.get(u"records/crm.account/nobody"_s).code() == u"record.unknown_record"_s);
    CHECK(bridge.get(u"nothing"_s).code() == u"api.unknown_path"_s);
    const Heard method = bridge.ask("PUT", at(made.id()));
    CHECK(method.status == 405);
    CHECK(method.headers.value("Allow") == "GET, PATCH, DELETE");
}

TEST_CASE("what is written is checked, and the field that is wrong is named", "[server][rest]")
{
    ServerFixture server;
    server.addUser("mary", {u"sales_manager"_s});
    Bridge bridge(server, "mary", {u"read:*"_s, u"write:*"_s});
    const auto wrong = [&](const QByteArray &body, int status, const char *code, const char *pointer = "") {
        const Heard heard = bridge.post(accounts, body);
        INFO(body.left(200).toStdString() << ": " << heard.body.toStdString());
        CHECK(heard.status == status);
        CHECK(heard.code() == QLatin1String(code));
        CHECK(heard.json.value(u"pointer"_s).toString() == QLatin1String(pointer));
    };
    wrong(R"({"name": 5})", 422, "record.wrong_type", "#/name");
    wrong(R"({"name": "A", "margin": "much"})", 422, "record.wrong_type", "#/margin");
    wrong(R"({"city": "Bonn"})", 422, "record.required", "#/name");
    wrong(R"({"name": ")" + QByteArray(201, 'x') + "\"}", 422, "record.too_long", "#/name");
    wrong(R"({"name": "A", "nam/e~": 1})", 422, "record.unknown_field", "#/nam~1e~0");
    wrong(R"({"name": "A", "number": "A-1"})", 422, "record.readonly", "#/number");
    wrong(R"({"name": "A", "created_at": "2026-01-01T00:00:00Z"})", 422, "record.readonly", "#/created_at");
    wrong(R"({"name": "A", "files": []})", 422, "record.readonly", "#/files");
    wrong(R"({"name": "A", "owner": "'; DELETE FROM crm_account"})", 422, "record.wrong_type", "#/owner");
    wrong("[1]", 400, "api.not_an_object");
    wrong("{\"name\": ", 400, "api.not_json");
    wrong("{\"name\": \"\xff\"}", 400, "api.not_json");
    wrong(QByteArray(100'000, '['), 400, "api.not_json");
    wrong("{\"name\": " + QByteArray(5'000, '[') + QByteArray(5'000, ']') + "}", 400, "api.not_json");
    CHECK(bridge
              .ask("POST", accounts, R"({"name": "A"})",
                   [](server::rest::Request &request) { request.contentType = "text/plain"; })
              .status == 415);
    CHECK(bridge.ask("POST", accounts).status == 415);
    CHECK(bridge.list(account).items().isEmpty());
    // SQL is text like any other.
    const QByteArray evil = R"('; DROP TABLE crm_account; -- \" OR 1=1)";
    const Heard made = bridge.post(accounts, "{\"name\": \"" + evil + "\", \"tags\": [\"" + evil + "\"]}");
    CHECK(made.status == 201);
    CHECK(made.json.value(u"name"_s).toString() == u"'; DROP TABLE crm_account; -- \" OR 1=1"_s);
    const Heard found = bridge.list(account, {{"filter", u"tags has '\\'; DROP TABLE crm_account; -- \" OR 1=1'"_s}});
    CHECK((found.status == 400 || found.items().size() == 1));
    CHECK(bridge.list(account).items().size() == 1);
}

TEST_CASE("sentences come in the language that was asked for", "[server][rest]")
{
    ServerFixture server;
    server.addUser("mary", {u"sales_manager"_s});
    Bridge bridge(server, "mary", {u"read:*"_s});
    const auto said = [&](const QByteArray &language) {
        return bridge
            .ask("GET", u"records/crm.account/nobody"_s, {},
                 [&](server::rest::Request &request) { request.acceptLanguage = language; })
            .json.value(u"detail"_s)
            .toString();
    };
    const QString english = u"This record does not exist, or you may not see it."_s;
    const QString chinese = u"该记录不存在，或您无权查看。"_s;
    CHECK(said("") == english);
    CHECK(said("en-GB, en;q=0.9, zh;q=0.1") == english);
    CHECK(said("fr, de") == english);
    CHECK(said("zh-CN") == chinese);
    CHECK(said("en;q=0.2, zh-Hans-CN;q=0.8") == chinese);
    CHECK(said(";;q=,,=zh;q=x") == english);
}
