// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// SQL in every string that a request has.
#include "core/sync/blobwire.h"
#include "restfixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// What ends a text, a name or a number of either database, and goes on with something else.
const std::vector<QString> injections{
    u"'; DROP TABLE crm_account; --"_s,
    u"\"; DROP TABLE \"crm_account\"; --"_s,
    u"' OR '1'='1"_s,
    u"\" OR \"\"=\""_s,
    u"') UNION SELECT id, name FROM crm_secret --"_s,
    u"1; UPDATE counter SET rev = 0"_s,
    u"\\'; DELETE FROM audit; --"_s,
    u"$$; DROP TABLE batch; $$"_s,
    u"?1 :a $1 @x %s %1 {0}"_s,
    u"/* */ ' || (SELECT token_hash FROM device) || '"_s,
    u"'; ATTACH DATABASE '/tmp/x' AS x; --"_s,
    u"'; COPY crm_account TO PROGRAM 'id'; --"_s,
    u"'\n; VACUUM; --"_s,
    u"客户'；--"_s,
};

struct Attacked : ServerFixture {
    Id annaId = addUser("anna", {u"sales"_s}, "North");
    Laptop anna{*this, "anna"};
    Bridge bridge{*this, "anna", {u"read:*"_s, u"write:*"_s}};
    Id known = ids.next();
    qint64 rows = 0;
    std::vector<qint64> before;

    Attacked()
    {
        anna.make({create("crm.account", known, {edit("name", text("known"))})});
        before = counts();
    }
    /// Of what an injection would have changed.
    std::vector<qint64> counts()
    {
        std::vector<qint64> all;
        auto lease = api->service().storage().read();
        REQUIRE_RESULT(lease);
        for (const char *table :
             {"crm_account", "crm_secret", "crm_note", "foundation_user", "audit", "batch", "device"}) {
            auto select = (*lease)->db().prepare(QByteArray("SELECT count(*) FROM ") + table);
            REQUIRE_RESULT(select);
            REQUIRE(select->step().value_or(false));
            all.push_back(select->integer(0));
        }
        return all;
    }
    QString code(const char *path, const QByteArray &cbor, const QByteArray &token)
    {
        const server::Answer answer = ask(path, token, cbor);
        if (answer.status == 200)
            return u"200"_s;
        const auto error = wire::decodeError(answer.body);
        REQUIRE_RESULT(error);
        return QString::number(answer.status) + u' ' + QString::fromLatin1(error->code);
    }
    /// What became of one change.
    std::string verdict(Change change, const QString &label = {})
    {
        Batch batch = anna.batch({std::move(change)});
        batch.label = label;
        auto answer = anna.push({batch});
        if (!answer) {
            --anna.lastNo;
            return answer.error().code.toStdString();
        }
        const wire::BatchAnswer &one = answer->answers.front();
        return one.reasons.empty() ? "accepted" : one.reasons.front().error.code.toStdString();
    }
    static QString said(const Heard &heard) { return QString::number(heard.status) + u' ' + heard.code(); }
};

} // namespace

TEST_CASE("SQL in what a laptop asks is a text like any other", "[server][hostile][sql]")
{
    Attacked server;
    const QByteArray token = server.anna.token;
    for (const QString &sql : injections) {
        INFO(sql.toStdString());
        wire::LoginRequest login;
        login.user = sql;
        login.password = sql;
        login.deviceName = sql;
        CHECK(server.code("/v1/login", wire::encode(login), {}) == u"401 auth.wrong_password"_s);
        server.clock.advanceMs(600'000);
        wire::HelloRequest hello;
        hello.catalog = hello.program = sql;
        CHECK(server.code("/v1/hello", wire::encode(hello), token) == u"200"_s);
        CHECK(server.code("/v1/hello", wire::encode(hello), sql.toUtf8()) == u"401 auth.bad_token"_s);
        wire::PullRequest pull;
        pull.catalog = sql;
        pull.visibility = {{sql, sql}};
        CHECK(server.code("/v1/pull", wire::encode(pull), token) == u"200"_s);
        CHECK(server.code("/v1/history", wire::encode(wire::HistoryRequest{sql, server.known, 10}), token) ==
              u"404 record.unknown_record"_s);
        CHECK(server.code("/v1/wiped", wire::encode(wire::WipedRequest{sql, 0}), {}) == u"401 auth.bad_token"_s);
        for (const wire::BlobRef &ref :
             {wire::BlobRef{sql, server.known, u"files"_s, QByteArray(32, 'h')},
              wire::BlobRef{account, server.known, sql, QByteArray(32, 'h')},
              wire::BlobRef{account, server.known, u"files"_s, sql.toUtf8().leftJustified(32, '\'', true)}}) {
            const QString unknown = u"404 record.unknown_record"_s;
            CHECK(server.code("/v1/blob", wire::encode(wire::BlobOffer{ref, 1, {QByteArray(32, 'h')}}), token) ==
                  unknown);
            CHECK(server.code("/v1/blob/piece", wire::encode(wire::BlobPiece{ref, 0, "x"}), token) == unknown);
            CHECK(server.code("/v1/blob/done", wire::encode(wire::BlobDone{ref}), token) == unknown);
            CHECK(server.code("/v1/blob/fetch", wire::encode(wire::BlobFetch{ref, 0}), token) == unknown);
            CHECK(server.code("/v1/blob/look", wire::encode(wire::BlobLook{{ref}}), token) == u"200"_s);
        }
        CHECK(server.code(QByteArray("/v1/" + sql.toUtf8()).constData(), {}, token) == u"404 server.unknown_path"_s);
    }
    // Only the greetings left something behind, in a row that was there.
    CHECK(server.counts() == server.before);
}

TEST_CASE("SQL in what a laptop sends is kept as it was typed, or refused with its reason", "[server][hostile][sql]")
{
    Attacked server;
    qint64 made = 0;
    for (const QString &sql : injections) {
        INFO(sql.toStdString());
        const QByteArray name = sql.toUtf8();
        // As a name of what there is not.
        CHECK(server.verdict(create(name.constData(), server.ids.next(), {edit("name", text("x"))})) == "sync.catalog");
        CHECK(server.verdict(update("crm.account", server.known, 0, {{sql, text("x"), {}}})) == "sync.catalog");
        CHECK(server.verdict(create("crm.account", server.ids.next(), {{sql, text("x"), {}}})) == "sync.catalog");
        CHECK(server.verdict(act("crm.account", server.known, 0, name.constData())) == "action.unknown");
        // As a value of every kind that has texts.
        const Id id = server.ids.next();
        CHECK(server.verdict(create("crm.account", id,
                                    {edit("name", Value(sql)), edit("notes", Value(sql)), edit("desk", Value(sql)),
                                     edit("tags", Value::fromSet({Value(sql)}))}),
                             sql) == "accepted");
        ++made;
        // The same once more: the claim is compared, not run.
        CHECK(server.verdict(create("crm.account", server.ids.next(),
                                    {edit("name", text("x")), edit("desk", Value(sql))})) == "claim.taken");
        CHECK(server.verdict(update("crm.account", id, 0, {edit("industry", Value(sql), Value(sql))})) == "accepted");
        Change member = update("crm.account", id, 0, {});
        member.kind = ChangeKind::Member;
        member.name = u"tags"_s;
        member.member = Value(sql + u'2');
        member.present = true;
        CHECK(server.verdict(member) == "accepted");
        member.name = sql;
        CHECK(server.verdict(member) == "sync.catalog");
        // As values of the wrong kind.
        for (const char *field : {"margin", "owner", "team", "stage", "files"}) {
            const std::string refused = server.verdict(update("crm.account", id, 0, {edit(field, Value(sql))}));
            INFO(field);
            CHECK((refused == "record.wrong_type" || refused == "access.field_hidden" ||
                   refused == "record.bad_choice" || refused == "record.state_by_action"));
        }
        server.anna.pull();
        for (const char *field : {"name", "notes", "desk", "industry"})
            CHECK(server.anna.held(account, id, field) == Value(sql));
        CHECK(server.anna.held(account, id, "tags") == Value::fromSet({Value(sql), Value(sql + u'2')}));
        const auto history = wire::decodeHistoryAnswer(
            server.ask("/v1/history", server.anna.token, wire::encode(wire::HistoryRequest{account, id, 100})).body);
        REQUIRE_RESULT(history);
        CHECK(history->items.back().label == sql);
    }
    CHECK(server.counts()[0] == server.before[0] + made);
    CHECK(server.counts()[1] == server.before[1]);
    CHECK(server.counts()[3] == server.before[3]);
}

TEST_CASE("SQL in what another program asks is a text like any other", "[server][hostile][sql][rest]")
{
    Attacked server;
    Bridge &bridge = server.bridge;
    for (const QString &sql : injections) {
        INFO(sql.toStdString());
        server.clock.advanceMs(60'000);
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(sql));
        const auto ask = [&](const char *method, const QString &target, const QByteArray &body = {},
                             const QByteArray &key = {}, const QByteArray &ifMatch = {}) {
            return Attacked::said(bridge.ask(method, {}, body, [&](server::rest::Request &request) {
                request.target = "/api/v1/" + target.toLatin1();
                request.idempotencyKey = key;
                request.ifMatch = ifMatch;
            }));
        };
        CHECK(ask("GET", u"records/"_s + encoded) == u"404 record.unknown_entity"_s);
        CHECK(ask("GET", u"records/crm.account/"_s + encoded) == u"404 record.unknown_record"_s);
        CHECK(ask("PATCH", u"records/crm.account/"_s + encoded, R"({"name": "x"})") == u"404 record.unknown_record"_s);
        CHECK(ask("DELETE", u"records/crm.account/"_s + encoded) == u"404 record.unknown_record"_s);
        CHECK(ask("POST", u"records/crm.account/"_s + server.known.toString() + u"/actions/"_s + encoded) ==
              u"404 action.unknown"_s);
        CHECK(ask("GET", u"records/crm.account?sort="_s + encoded) == u"400 query.unknown_field"_s);
        CHECK(ask("GET", u"records/crm.account?fields="_s + encoded) == u"400 query.unknown_field"_s);
        CHECK(ask("GET", u"records/crm.account?limit="_s + encoded) == u"400 api.bad_parameter"_s);
        CHECK(ask("GET", u"records/crm.account?after="_s + encoded) == u"400 api.bad_cursor"_s);
        CHECK(ask("GET", u"records/crm.account?"_s + encoded + u"=1"_s) == u"400 api.unknown_parameter"_s);
        CHECK(ask("GET", u"records/crm.account?filter="_s + encoded).startsWith(u"400 expression."));
        CHECK(ask(sql.toUtf8().constData(), u"records/crm.account"_s) == u"405 net.bad_method"_s);
        CHECK(ask("PATCH", u"records/crm.account/"_s + server.known.toString(), R"({"name": "x"})", {}, sql.toUtf8()) ==
              u"400 api.bad_header"_s);
        // As a text of the filter's own language it is compared.
        QString quoted = sql;
        quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s).replace(u'\n', u"\\n"_s);
        const Heard none = bridge.list(account, {{"filter", u"name == '"_s + quoted + u"'"_s}});
        if (none.status == 200)
            CHECK(none.items().isEmpty());
        else
            CHECK(Attacked::said(none).startsWith(u"400 expression."));

        const QByteArray json = QJsonDocument(QJsonObject{{u"name"_s, sql}, {u"desk"_s, sql}}).toJson();
        const QByteArray key = "key " + sql.toUtf8().toHex();
        const Heard made = bridge.post(u"records/crm.account"_s, json, key);
        REQUIRE(made.status == 201);
        CHECK(made.json.value(u"name"_s) == sql);
        CHECK(bridge.post(u"records/crm.account"_s, json, key).id() == made.id());
        CHECK(Attacked::said(bridge.post(u"records/crm.account"_s, json)) == u"409 claim.taken"_s);
        const QByteArray named = QJsonDocument(QJsonObject{{sql, u"x"_s}}).toJson();
        CHECK(Attacked::said(bridge.post(u"records/crm.account"_s, named)) == u"422 record.unknown_field"_s);
        const Heard keyed = bridge.post(u"records/crm.note"_s, R"({"text": "x"})", sql.toUtf8());
        CHECK((keyed.status == 201 || Attacked::said(keyed) == u"400 api.bad_header"_s));
    }
    CHECK(bridge.list(account, {{"limit", u"1000"_s}}).items().size() == qsizetype(injections.size()) + 1);
    CHECK(server.counts()[1] == server.before[1]);
    CHECK(server.counts()[3] == server.before[3]);
}

TEST_CASE("characters that a database cannot hold are refused, or held", "[server][hostile][sql]")
{
    Attacked server;
    // No text of PostgreSQL holds the first; the others are no characters at all.
    for (const QString &odd : {u"a\0b"_s, QString(QChar(u'\0')), QString(QChar(0xd800)), QString(QChar(0xfffe)),
                               QString(QChar(0x202e)) + u"txt.exe"_s}) {
        const Id id = server.ids.next();
        const std::string verdict = server.verdict(create("crm.account", id, {edit("name", Value(odd))}));
        INFO(odd.toUtf8().toPercentEncoding().toStdString());
        CHECK((verdict == "accepted" || verdict == "wire.malformed" || verdict == "record.bad_text"));
        wire::HistoryRequest history{odd, id, 1};
        const QString asked = server.code("/v1/history", wire::encode(history), server.anna.token);
        CHECK((asked == u"404 record.unknown_record"_s || asked == u"400 wire.malformed"_s));
        wire::HelloRequest hello;
        hello.program = odd;
        const QString greeted = server.code("/v1/hello", wire::encode(hello), server.anna.token);
        CHECK((greeted == u"200"_s || greeted == u"400 wire.malformed"_s));
        wire::LoginRequest login;
        login.user = login.deviceName = odd;
        const QString signedIn = server.code("/v1/login", wire::encode(login), {});
        CHECK((signedIn == u"401 auth.wrong_password"_s || signedIn == u"400 wire.malformed"_s));
        server.clock.advanceMs(600'000);
        const Heard made =
            server.bridge.post(u"records/crm.account"_s, QJsonDocument(QJsonObject{{u"name"_s, odd}}).toJson());
        CHECK((made.status == 201 || made.status == 400 || made.status == 422));
        CHECK(server.bridge.list(account, {{"filter", u"name == 'a\0b'"_s}}).status < 500);
    }
    // And the next one is served.
    CHECK(server.verdict(create("crm.account", server.ids.next(), {edit("name", text("next"))})) == "accepted");
}
