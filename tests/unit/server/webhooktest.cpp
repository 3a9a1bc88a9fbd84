// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "restfixture.h"
#include "server/webhooks/courier.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// A receiver that is told, or refuses.
struct Receiver {
    std::vector<server::Delivery> got;
    /// So many attempts are refused from now on.
    int refusals = 0;

    server::Sender sender()
    {
        return [this](const server::Delivery &delivery) -> Result<> {
            if (refusals > 0) {
                --refusals;
                return fail("webhook.status", {{u"status"_s, 503}});
            }
            got.push_back(delivery);
            return {};
        };
    }
    QJsonObject body(size_t i) const { return QJsonDocument::fromJson(got.at(i).body).object(); }
    QByteArray header(size_t i, const char *name) const
    {
        for (const auto &[header, value] : got.at(i).headers) {
            if (header == name)
                return value;
        }
        return {};
    }
    /// "event name" of each delivery.
    QStringList told() const
    {
        QStringList all;
        for (size_t i = 0; i < got.size(); ++i) {
            const QJsonObject json = body(i);
            const QString name = json.value(u"record"_s).toObject().value(u"name"_s).toString();
            all << json.value(u"event"_s).toString() + (name.isEmpty() ? QString() : u' ' + name);
        }
        return all;
    }
};

struct Hooked : ServerFixture {
    Receiver receiver;
    Id nina = addUser("nina", {u"sales"_s}, "North");
    Id sam = addUser("sam", {u"sales"_s}, "South");
    Id mary = addUser("mary", {u"sales_manager"_s});
    Bridge bridge{*this, "mary", {u"read:*"_s, u"write:*"_s}};
    server::Courier::Counters counters;
    std::atomic<bool> stopping{false};

    server::Webhooks &webhooks() { return api->service().webhooks(); }
    server::Webhooks::Made add(const char *user, QStringList events = {u"create"_s, u"update"_s, u"delete"_s})
    {
        const auto made = webhooks().add(
            {u"https://erp.example.com/hook?x=1"_s, account, std::move(events), QString::fromUtf8(user), false});
        REQUIRE_RESULT(made);
        return *made;
    }
    server::Courier courier(const Id &id)
    {
        return {api->service().storage(),
                api->service().scopes(),
                webhooks(),
                id,
                ids.next(),
                receiver.sender(),
                counters,
                stopping};
    }
    QString account_(const QByteArray &body)
    {
        const Heard made = bridge.post(u"records/crm.account"_s, body);
        REQUIRE(made.status == 201);
        return u"records/crm.account/"_s + made.id();
    }
    server::WebhookProgress progress(const Id &id)
    {
        const auto found = webhooks().find(id);
        REQUIRE_RESULT(found);
        REQUIRE(found->has_value());
        return (*found)->progress;
    }
};

} // namespace

TEST_CASE("a webhook is told of every change in order, as its user may see it, and signed", "[server][webhooks]")
{
    Hooked server;
    server.account_(R"({"name": "Before"})");
    const auto hook = server.add("mary");
    server::Courier courier = server.courier(hook.id);
    CHECK(courier.step());
    CHECK(server.receiver.got.empty());

    const QString path = server.account_(R"({"name": "One", "city": "Bonn"})");
    server.bridge.patch(path, R"({"city": "Trier", "margin": 7})");
    server.bridge.post(path + u"/actions/win"_s, {});
    server.bridge.post(u"records/crm.note"_s, R"({"text": "of another kind"})");
    CHECK(courier.step());
    REQUIRE(server.receiver.told() == QStringList{u"create One"_s, u"update One"_s, u"update One"_s});
    server.bridge.ask("DELETE", path);
    server.bridge.post(path + u"/restore"_s, {});
    CHECK(courier.step());
    REQUIRE(server.receiver.told().mid(3) == QStringList{u"delete"_s, u"create One"_s});

    const QJsonObject changed = server.receiver.body(1);
    CHECK(changed.value(u"entity"_s) == account);
    CHECK(u"records/crm.account/"_s + changed.value(u"record_id"_s).toString() == path);
    CHECK(changed.value(u"changed"_s).toArray() == QJsonArray{u"city"_s, u"margin"_s});
    CHECK(changed.value(u"by"_s) == server.mary.toString());
    CHECK(changed.value(u"label"_s) == u"api:bridge"_s);
    CHECK(changed.value(u"action"_s).isNull());
    // As it is when it is told: the step came after the win.
    CHECK(changed.value(u"record"_s).toObject().value(u"stage"_s) == u"won"_s);
    CHECK(server.receiver.body(2).value(u"action"_s) == u"win"_s);
    CHECK(server.receiver.body(2).value(u"rev"_s).toInteger() > changed.value(u"rev"_s).toInteger());

    for (size_t i = 0; i < server.receiver.got.size(); ++i) {
        const QByteArray signature = server.receiver.header(i, "Tongzhou-Signature");
        const QByteArray seconds = signature.mid(2, signature.indexOf(',') - 2);
        CHECK(seconds.toLongLong() == server.clock.nowMs() / 1000);
        CHECK(signature ==
              server::webhookSignature(hook.secret.toLatin1(), seconds.toLongLong(), server.receiver.got[i].body));
        CHECK(server.receiver.header(i, "Tongzhou-Delivery") ==
              server.receiver.body(i).value(u"id"_s).toString().toLatin1());
        CHECK(server.receiver.header(i, "Tongzhou-Event") ==
              server.receiver.body(i).value(u"event"_s).toString().toLatin1());
    }
    // As others compute it (openssl dgst -sha256 -hmac).
    CHECK(server::webhookSignature("key", 1, "{}") ==
          "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
    CHECK(server.counters.delivered == 5);

    // What was asked for only.
    Receiver other;
    const auto deletes = server.add("mary", {u"delete"_s});
    server::Courier second(server.api->service().storage(), server.api->service().scopes(), server.webhooks(),
                           deletes.id, server.ids.next(), other.sender(), server.counters, server.stopping);
    const QString two = server.account_(R"({"name": "Two"})");
    server.bridge.ask("DELETE", two);
    CHECK(second.step());
    CHECK(other.told() == QStringList{u"delete"_s});
}

TEST_CASE("a webhook tells its user's part alone", "[server][webhooks][permissions]")
{
    Hooked server;
    const auto hook = server.add("nina");
    server::Courier courier = server.courier(hook.id);
    Bridge nina(server, "nina", {u"read:*"_s, u"write:*"_s}, "nina"),
        sam(server, "sam", {u"read:*"_s, u"write:*"_s}, "sam");
    const Heard north = nina.post(u"records/crm.account"_s, R"({"name": "NorthMarker"})");
    const Heard south = sam.post(u"records/crm.account"_s, R"({"name": "SouthMarker"})");
    REQUIRE(north.status == 201);
    REQUIRE(south.status == 201);
    const QString path = u"records/crm.account/"_s + north.id();
    // A change of what is hidden from nina alone is nothing to her.
    server.bridge.patch(path, R"({"margin": 987654321})");
    server.bridge.patch(path, R"({"margin": 987654322, "city": "Bonn"})");
    server.bridge.patch(u"records/crm.account/"_s + south.id(), R"({"city": "Rome"})");
    CHECK(courier.step());
    CHECK(server.receiver.told() == QStringList{u"create NorthMarker"_s, u"update NorthMarker"_s});
    CHECK(server.receiver.body(1).value(u"changed"_s).toArray() == QJsonArray{u"city"_s});
    // It leaves her team: nothing more is told of it.
    const Id southTeam =
        *Id::fromString(server.bridge.get(u"records/crm.account/"_s + south.id()).json.value(u"team"_s).toString());
    server.bridge.patch(path, "{\"owner\": \"" + server.sam.toString().toLatin1() + "\", \"team\": \"" +
                                  southTeam.toString().toLatin1() + "\"}");
    server.bridge.patch(path, R"({"city": "Elsewhere"})");
    CHECK(courier.step());
    CHECK(server.receiver.got.size() == 2);
    QByteArray everything;
    for (const server::Delivery &delivery : server.receiver.got)
        everything += delivery.body;
    CHECK_FALSE(everything.contains("SouthMarker"));
    CHECK_FALSE(everything.contains("98765432"));
    CHECK_FALSE(everything.contains("Elsewhere"));

    // Whoever is shut out, hears nothing until they are let in again, and then all of it.
    nina.post(u"records/crm.account"_s, R"({"name": "Meanwhile"})");
    REQUIRE_RESULT(server.api->service().people().setDisabled(u"nina"_s, true));
    CHECK(courier.step());
    CHECK(server.receiver.got.size() == 2);
    CHECK(server.progress(hook.id).lastError->is("auth.user_disabled"));
    REQUIRE_RESULT(server.api->service().people().setDisabled(u"nina"_s, false));
    server.clock.advanceMs(60'000);
    CHECK(courier.step());
    CHECK(server.receiver.told().mid(2) == QStringList{u"create Meanwhile"_s});
}

TEST_CASE("what does not arrive is tried again, later and later, and in order", "[server][webhooks]")
{
    Hooked server;
    const auto hook = server.add("mary");
    {
        server::Courier courier = server.courier(hook.id);
        for (const char *name : {"1", "2", "3"})
            server.account_("{\"name\": \"" + QByteArray(name) + "\"}");
        server.receiver.refusals = 3;
        qint64 waited = 0;
        for (int attempt = 1; attempt <= 3; ++attempt) {
            CHECK(courier.step());
            CHECK(server.receiver.got.empty());
            const auto progress = server.progress(hook.id);
            CHECK(progress.failures == attempt);
            CHECK(progress.failingSinceMs > 0);
            CHECK(progress.lastError->params.value(u"status"_s).toInt() == 503);
            const qint64 pause = progress.nextAtMs - server.clock.nowMs();
            CHECK(pause >= 500LL << (attempt - 1));
            CHECK(pause <= 1000LL << (attempt - 1));
            // Not before its time, whoever wakes it.
            CHECK(courier.step());
            CHECK(server.progress(hook.id).failures == attempt);
            server.clock.advanceMs(pause);
            waited += pause;
        }
        CHECK(waited > 3000);
    }
    // A new process goes on where the last one was.
    server.reopen();
    server::Courier courier = server.courier(hook.id);
    CHECK(courier.step());
    CHECK(server.receiver.told() == QStringList{u"create 1"_s, u"create 2"_s, u"create 3"_s});
    CHECK(server.progress(hook.id).failures == 0);
    CHECK_FALSE(server.progress(hook.id).lastError);
    server.reopen();
    server::Courier again = server.courier(hook.id);
    CHECK(again.step());
    CHECK(server.receiver.got.size() == 3);
    CHECK(server.counters.failed == 3);

    SeededEntropy dice(1);
    for (int failures = 12; failures < 100; ++failures) {
        const qint64 pause = server::Courier::pauseMs(failures, dice);
        CHECK(pause >= 1'800'000);
        CHECK(pause <= 3'600'000);
    }
}

TEST_CASE("a webhook that fails for days is switched off, and goes on when it is enabled", "[server][webhooks]")
{
    Hooked server;
    const auto hook = server.add("mary");
    server::Courier courier = server.courier(hook.id);
    server.account_(R"({"name": "Patient"})");
    server.receiver.refusals = 1'000'000;
    int steps = 0;
    while (courier.step() && ++steps < 1000)
        server.clock.advanceMs(3'600'000);
    CHECK(steps >= 5 * 24);
    CHECK(steps < 1000);
    const auto progress = server.progress(hook.id);
    CHECK(progress.disabledAtMs - progress.failingSinceMs >= server::Webhooks::patienceMs);
    const auto active = server.webhooks().active();
    REQUIRE_RESULT(active);
    CHECK(active->empty());
    CHECK(server.webhooks().metrics().contains("tongzhou_webhooks{state=\"disabled\"} 1"));

    server.receiver.refusals = 0;
    REQUIRE_RESULT(server.webhooks().enable(hook.id.toString()));
    server::Courier again = server.courier(hook.id);
    CHECK(again.step());
    CHECK(server.receiver.told() == QStringList{u"create Patient"_s});
    REQUIRE_RESULT(server.webhooks().remove(hook.id.toString()));
    CHECK_FALSE(again.step());
    REQUIRE_ERROR(server.webhooks().remove(hook.id.toString()), "webhook.unknown");
    REQUIRE_ERROR(server.webhooks().enable(u"x"_s), "webhook.unknown");
}

TEST_CASE("of several processes one delivers", "[server][webhooks]")
{
    Hooked server;
    const auto hook = server.add("mary");
    const Id one = server.ids.next(), two = server.ids.next();
    server::Webhooks &webhooks = server.webhooks();
    CHECK(webhooks.hold(hook.id, one).value_or(false));
    CHECK(webhooks.hold(hook.id, one).value_or(false));
    CHECK_FALSE(webhooks.hold(hook.id, two).value_or(true));
    REQUIRE_RESULT(webhooks.save(hook.id, server.progress(hook.id), true));
    CHECK_FALSE(webhooks.hold(hook.id, two).value_or(true));
    // Given back, or its holder has died.
    REQUIRE_RESULT(webhooks.save(hook.id, server.progress(hook.id), false));
    CHECK(webhooks.hold(hook.id, two).value_or(false));
    server.clock.advanceMs(server::Webhooks::heldMs + 1);
    CHECK(webhooks.hold(hook.id, one).value_or(false));
    // What another process saved meanwhile is not taken back.
    auto ahead = server.progress(hook.id);
    const auto behind = ahead;
    ahead.seq += 5;
    REQUIRE_RESULT(webhooks.save(hook.id, ahead, false));
    REQUIRE_RESULT(webhooks.save(hook.id, behind, false));
    CHECK(server.progress(hook.id).seq == ahead.seq);
}

TEST_CASE("a long trail is gone through in parts", "[server][webhooks]")
{
    Hooked server;
    const auto hook = server.add("mary");
    Laptop mary(server, "mary");
    std::vector<Change> changes;
    for (int i = 0; i < 130; ++i)
        changes.push_back(create("crm.account", server.ids.next(), {edit("name", Value(QString::number(i)))}));
    CHECK(mary.make(std::move(changes)).status == wire::BatchStatus::Accepted);
    server::Courier courier = server.courier(hook.id);
    CHECK(courier.step());
    REQUIRE(server.receiver.got.size() == 130);
    for (size_t i = 0; i < 130; ++i)
        CHECK(server.receiver.told().at(qsizetype(i)) == u"create %1"_s.arg(i));
    // Stopped amid it, the rest comes with the next start.
    changes.clear();
    for (int i = 0; i < 5; ++i)
        changes.push_back(create("crm.account", server.ids.next(), {edit("name", Value(QString::number(i)))}));
    CHECK(mary.make(std::move(changes)).status == wire::BatchStatus::Accepted);
    server::Courier ending(
        server.api->service().storage(), server.api->service().scopes(), server.webhooks(), hook.id, server.ids.next(),
        [&](const server::Delivery &delivery) -> Result<> {
            server.stopping = server.receiver.got.size() >= 131;
            return server.receiver.sender()(delivery);
        },
        server.counters, server.stopping);
    CHECK(ending.step());
    CHECK(server.receiver.got.size() == 132);
    server.stopping = false;
    server::Courier rest = server.courier(hook.id);
    CHECK(rest.step());
    CHECK(server.receiver.got.size() == 135);
}

TEST_CASE("webhooks lead to sensible addresses and to what their user may see", "[server][webhooks]")
{
    Hooked server;
    const auto add = [&](const QString &url, const char *entity = "crm.account", QStringList events = {u"create"_s},
                         const char *user = "nina") {
        const auto made = server.webhooks().add(
            {url, QString::fromLatin1(entity), std::move(events), QString::fromLatin1(user), false});
        return made ? QByteArray("ok") : made.error().code;
    };
    CHECK(add(u"https://erp.example.com"_s) == "ok");
    CHECK(add(u"https://10.0.0.7:8443/a/b?c=d"_s) == "ok");
    CHECK(add(u"http://127.0.0.1:9/hook"_s) == "ok");
    CHECK(add(u"http://localhost/hook"_s) == "ok");
    CHECK(add(u"http://[::1]:80/"_s) == "ok");
    CHECK(add(u"http://erp.example.com/hook"_s) == "webhook.plain_http");
    for (const QString &url : {u"erp.example.com"_s, u"ftp://erp.example.com"_s, u"https://"_s, u"file:///etc/passwd"_s,
                               u"https://user:secret@erp.example.com/"_s, u"https://erp.example.com/#x"_s, u""_s})
        CHECK(add(url) == "webhook.bad_url");
    CHECK(add(u"https://x.example"_s, "crm.account", {u"read"_s}) == "webhook.bad_event");
    CHECK(add(u"https://x.example"_s, "crm.account", {}) == "webhook.bad_event");
    CHECK(add(u"https://x.example"_s, "crm.nothing") == "record.unknown_entity");
    CHECK(add(u"https://x.example"_s, "crm.secret") == "webhook.not_readable");
    CHECK(add(u"https://x.example"_s, "crm.account", {u"create"_s}, "nobody") == "account.unknown_user");
    const auto lines = server.webhooks().list();
    REQUIRE_RESULT(lines);
    CHECK(lines->size() == 5);
    CHECK(lines->front().user == u"nina"_s);
}
