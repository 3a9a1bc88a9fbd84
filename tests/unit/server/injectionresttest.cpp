// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// SQL and its like in everything that another program says, and in what administrators type.
#include "injectionworld.h"
#include "restfixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList ofEveryChange{u"crm_account"_s, u"member"_s, u"_member"_s,  u"audience"_s, u"audit"_s,
                                u"batch"_s,       u"claim"_s,  u"counter"_s,  u"device"_s,   u"digest"_s,
                                u"revision"_s,    u"series"_s, u"api_token"_s};
/// When a token was used last.
const QStringList ofEveryQuestion{u"api_token"_s};

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

/// The text as the filter language writes it.
QString quoted(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', u"''"_s) + u'\'';
}

struct RestWorld : InjectionWorld {
    Bridge bridge{*this, "admin", {u"read:*"_s, u"write:*"_s}};

    Heard ask(const char *method, const QByteArray &target, const QByteArray &body = {},
              const std::function<void(server::rest::Request &)> &also = {})
    {
        clock.advanceMs(1000);
        return bridge.ask(method, {}, body, [&](server::rest::Request &request) {
            request.target = "/api/v1/" + target;
            if (also)
                also(request);
        });
    }
};

/// Qt's JSON takes a U+FEFF that begins a text for a byte order mark.
QString inJson(QString text)
{
    return text.startsWith(QChar(0xFEFF)) ? text.mid(1) : text;
}

/// Refused, and said of what.
void checkRefused(const Heard &heard)
{
    INFO(heard.body.toStdString());
    CHECK(heard.status >= 400);
    CHECK(heard.status < 500);
    CHECK_FALSE(heard.code().isEmpty());
    CHECK_FALSE(heard.json.value(u"title"_s).toString().isEmpty());
}

} // namespace

TEST_CASE("SQL in any part of an address is not found, and names no field", "[server][hostile][injection][rest]")
{
    RestWorld world;
    const QByteArray id = world.subjects.account.toString().toLatin1();
    const DatabasePicture before(*world.api);
    for (const QString &hostile : injections()) {
        INFO(hostile.toStdString());
        const QByteArray text = encoded(hostile);
        // Each part of each path.
        for (const QByteArray &path :
             {text, "records/" + text, "records/crm.account" + text, "records/crm.account/" + text,
              "records/crm.account/" + id + text, "records/crm.account/" + id + '/' + text,
              "records/crm.account/" + id + "/restore" + text, "records/crm.account/" + id + "/actions/" + text,
              "records/crm.account/" + id + "/actions/win" + text}) {
            INFO(path.toStdString());
            for (const char *method : {"GET", "POST", "PATCH", "DELETE"})
                checkRefused(world.ask(method, path, qstrcmp(method, "GET") == 0 ? "" : "{\"city\": \"x\"}"));
        }
        // Each name and value of each parameter, of lists and of records.
        for (const QByteArray &query : {text + "=1", "limit=" + text, "after=" + text, "fields=" + text,
                                        "fields=name," + text, "fields=name" + text, "fields=owner." + text,
                                        "sort=" + text, "sort=-" + text, "sort=name" + text, "sort=owner." + text}) {
            INFO(query.toStdString());
            checkRefused(world.ask("GET", "records/crm.account?" + query));
        }
        // By chance it may be an expression, but none that holds for anything.
        for (const QByteArray &filter : {text, "name%20==%20" + text, text + "%20==%20name"}) {
            const Heard heard = world.ask("GET", "records/crm.account?filter=" + filter);
            if (heard.status == 200)
                CHECK(heard.items().isEmpty());
            else
                checkRefused(heard);
        }
        for (const QByteArray &query : {text + "=1", "fields=" + text, "fields=name" + text})
            checkRefused(world.ask("GET", "records/crm.account/" + id + '?' + query));
    }
    CHECK(DatabasePicture(*world.api).damages(before, ofEveryQuestion) == QStringList());
}

TEST_CASE("SQL in any header is refused or means nothing", "[server][hostile][injection][rest]")
{
    RestWorld world;
    const QByteArray path = "records/crm.account/" + world.subjects.account.toString().toLatin1();
    for (const QString &hostile : injections()) {
        INFO(hostile.toStdString());
        const QByteArray text = hostile.toUtf8();
        const DatabasePicture before(*world.api);
        const auto patch = [&](const std::function<void(server::rest::Request &)> &also) {
            return world.ask("PATCH", path, R"({"city": "Bonn"})", also);
        };
        checkRefused(patch([&](server::rest::Request &request) { request.ifMatch = text; }));
        checkRefused(patch([&](server::rest::Request &request) { request.ifMatch = '"' + text + '"'; }));
        checkRefused(patch([&](server::rest::Request &request) { request.contentType = text; }));
        checkRefused(patch([&](server::rest::Request &request) { request.token = text; }));
        checkRefused(patch([&](server::rest::Request &request) { request.method = text; }));
        CHECK(
            world.ask("GET", path, {}, [&](server::rest::Request &request) { request.acceptLanguage = text; }).status ==
            200);
        CHECK(DatabasePicture(*world.api).damages(before, ofEveryQuestion) == QStringList());

        // A key may be any text of one word; it is then the same key the next time, and no other one.
        for (const QByteArray &key : {text, QByteArray(text).replace(' ', '_')}) {
            const auto made = [&] {
                return world.ask("POST", "records/crm.account", R"({"name": "Keyed"})",
                                 [&](server::rest::Request &request) { request.idempotencyKey = key; });
            };
            const Heard first = made();
            if (first.status != 201) {
                checkRefused(first);
                CHECK(first.code() == u"api.bad_header"_s);
                continue;
            }
            CHECK(made().id() == first.id());
        }
        CHECK(DatabasePicture(*world.api).damages(before, ofEveryChange) == QStringList());
    }
}

TEST_CASE("SQL in a body is data as a value, and no field as a name", "[server][hostile][injection][rest]")
{
    RestWorld world;
    const QByteArray body = R"({"name": "DATA", "notes": "DATA", "industry": "DATA", "tags": ["DATA", "b"]})";
    int made = 0;
    for (const Place &place : placesInJson(body)) {
        INFO(place.text.toStdString());
        const DatabasePicture before(*world.api);
        for (const QString &hostile : injections()) {
            INFO(hostile.toStdString());
            const QByteArray sent = replacedInJson(body, place, hostile);
            const Heard heard = world.ask("POST", "records/crm.account", sent);
            const bool isValue = place.text == u"DATA"_s || place.text == u"b"_s;
            if (!isValue || hostile.contains(QChar(0))) {
                checkRefused(heard);
                continue;
            }
            ++made;
            CHECK(heard.status == 201);
            const QJsonObject wanted = QJsonDocument::fromJson(sent).object();
            for (const char *field : {"name", "notes", "industry"})
                CHECK(heard.json.value(QLatin1String(field)) == wanted.value(QLatin1String(field)));
            const QJsonArray tags = heard.json.value(u"tags"_s).toArray();
            for (const QJsonValue &tag : wanted.value(u"tags"_s).toArray())
                CHECK(tags.contains(tag));
            // What is no object at all.
            checkRefused(world.ask("POST", "records/crm.account", hostile.toUtf8()));
        }
        CHECK(DatabasePicture(*world.api).damages(before, ofEveryChange) == QStringList());
    }
    CHECK(made > 100);
}

TEST_CASE("a filter with SQL in its texts finds what is so called and nothing else",
          "[server][hostile][injection][rest]")
{
    RestWorld world;
    QHash<QString, QString> idOf;
    for (const QString &injection : injections()) {
        const QString hostile = inJson(injection);
        if (hostile.contains(QChar(0)))
            continue;
        const Heard made =
            world.ask("POST", "records/crm.account", QJsonDocument(QJsonObject{{u"name"_s, hostile}}).toJson());
        REQUIRE(made.status == 201);
        idOf.insert(hostile, made.id());
    }
    const DatabasePicture before(*world.api);
    for (const QString &hostile : idOf.keys()) {
        INFO(hostile.toStdString());
        const auto found = [&](const QString &filter) {
            world.clock.advanceMs(1000);
            const Heard heard =
                world.bridge.list(account, {{"filter", filter}, {"fields", u"name"_s}, {"limit", u"500"_s}});
            if (heard.status != 200)
                FAIL_CHECK(filter.toStdString() << ": " << heard.body.toStdString());
            QStringList names = heard.texts("name");
            names.sort();
            return names;
        };
        const auto those = [&](const std::function<bool(const QString &)> &are) {
            QStringList names;
            for (const QString &name : idOf.keys() + QStringList{u"Acme"_s}) {
                if (are(name))
                    names << name;
            }
            names.sort();
            return names;
        };
        CHECK(found(u"name == "_s + quoted(hostile)) == QStringList{hostile});
        CHECK(found(u"name in ("_s + quoted(hostile) + u")"_s) == QStringList{hostile});
        CHECK(found(u"tags has "_s + quoted(hostile)) == QStringList());
        CHECK(found(u"starts_with(name, "_s + quoted(hostile) + u")"_s) ==
              those([&](const QString &name) { return name.startsWith(hostile); }));
        CHECK(found(u"contains(name, "_s + quoted(hostile) + u")"_s) ==
              those([&](const QString &name) { return name.contains(hostile); }));
        CHECK(found(u"name ~ "_s + quoted(hostile)) ==
              those([&](const QString &name) { return name.contains(hostile, Qt::CaseInsensitive); }));
        // Written badly, it is a filter or none, but in no case something else.
        CHECK(world.ask("GET", "records/crm.account?filter=" + encoded(u"name == '"_s + hostile)).status < 500);
    }
    CHECK(DatabasePicture(*world.api).damages(before, ofEveryQuestion) == QStringList());
}

TEST_CASE("a place to go on from is not made by hand", "[server][hostile][injection][rest]")
{
    RestWorld world;
    REQUIRE(world.ask("POST", "records/crm.account", R"({"name": "Second"})").status == 201);
    const Heard page = world.ask("GET", "records/crm.account?limit=1&sort=name");
    const QByteArray next = page.json.value(u"next"_s).toString().toLatin1();
    REQUIRE_FALSE(next.isEmpty());
    for (const QString &hostile : injections()) {
        const QByteArray forged = (QByteArray(16, 'x') + "[\"t" + hostile.toUtf8() + "\"]")
                                      .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        for (const QByteArray &after : {forged, next + encoded(hostile)}) {
            const Heard heard = world.ask("GET", "records/crm.account?limit=1&sort=name&after=" + after);
            CHECK(heard.code() == u"api.bad_cursor"_s);
        }
    }
}

TEST_CASE("SQL in what administrators type for programs and users is a name or refused", "[server][hostile][injection]")
{
    InjectionWorld world;
    server::Service &service = world.api->service();
    for (const QString &hostile : injections()) {
        INFO(hostile.toStdString());
        const DatabasePicture before(*world.api);
        // Names of users, kinds of record, events, scopes, ids.
        CHECK_FALSE(service.tokens().add({u"bridge"_s, hostile, {u"read:*"_s}, {}}));
        CHECK_FALSE(service.tokens().add({u"bridge"_s, u"anna"_s, {u"read:"_s + hostile}, {}}));
        CHECK_FALSE(service.tokens().add({u"bridge"_s, u"anna"_s, {hostile}, {}}));
        CHECK_FALSE(service.tokens().revoke(hostile));
        const QStringList events{u"create"_s};
        const QString url = u"https://erp.example.com/"_s;
        CHECK_FALSE(service.webhooks().add({hostile, account, events, u"anna"_s, false}));
        CHECK_FALSE(service.webhooks().add({url, hostile, events, u"anna"_s, false}));
        CHECK_FALSE(service.webhooks().add({url, account + hostile, events, u"anna"_s, false}));
        CHECK_FALSE(service.webhooks().add({url, account, {hostile}, u"anna"_s, false}));
        CHECK_FALSE(service.webhooks().add({url, account, events, hostile, false}));
        CHECK_FALSE(service.webhooks().remove(hostile));
        CHECK_FALSE(service.webhooks().enable(hostile));
        CHECK_FALSE(service.people().setDisabled(hostile, true));
        CHECK_FALSE(service.people().setPassword(hostile, u"long enough"_s));
        CHECK_FALSE(service.people().endTwoStep(hostile));
        CHECK_FALSE(service.people().addUser({u"eve"_s, {}, {hostile}, {}, u"long enough"_s}));
        CHECK(DatabasePicture(*world.api).damages(before, {}) == QStringList());

        // Where any text may stand it comes back as it was.
        if (service.tokens().add({hostile, u"anna"_s, {u"read:*"_s}, {}})) {
            const auto tokens = service.tokens().list();
            REQUIRE_RESULT(tokens);
            CHECK(std::ranges::count(*tokens, hostile, &server::Tokens::Line::name) == 1);
            CHECK(service.tokens().revoke(hostile));
        }
        const QString strange = url + QString::fromLatin1(encoded(hostile));
        const auto hook = service.webhooks().add({strange, account, events, u"anna"_s, false});
        REQUIRE_RESULT(hook);
        const auto read = service.webhooks().find(hook->id);
        REQUIRE_RESULT(read);
        CHECK((*read)->url == strange);
        if (service.people().addUser({hostile, {}, {u"sales"_s}, hostile, hostile})) {
            const auto people = service.people().everybody();
            REQUIRE_RESULT(people);
            CHECK(std::ranges::count(people->users, hostile, &wire::AdminUser::name) == 1);
            // Whoever is called so, and has such a password, signs in.
            wire::LoginRequest login;
            login.user = hostile;
            login.password = hostile;
            login.deviceName = hostile;
            const server::Answer answer = world.ask("/v1/login", {}, wire::encode(login));
            CHECK(answer.status == 200);
        }
        CHECK(DatabasePicture(*world.api)
                  .damages(before, ofEveryChange + QStringList{u"foundation_user"_s, u"foundation_team"_s, u"account"_s,
                                                               u"webhook"_s, u"principal"_s, u"setting"_s,
                                                               u"sqlite_sequence"_s}) == QStringList());
    }
}
