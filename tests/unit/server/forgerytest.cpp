// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What was stolen, invented or sent once more.
#include "core/sync/attachment.h"
#include "core/sync/blobwire.h"
#include "restfixture.h"

#include <QCryptographicHash>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

QString said(const server::Answer &answer)
{
    if (answer.status == 200)
        return u"200"_s;
    const auto error = wire::decodeError(answer.body);
    return QString::number(answer.status) + u' ' + (error ? QString::fromLatin1(error->code) : u"without a reason"_s);
}

QString said(const Heard &heard)
{
    return QString::number(heard.status) + u' ' + heard.code();
}

/// The token with one thing about it changed, in every way that is tried first.
std::vector<QByteArray> forgeriesOf(const QByteArray &token)
{
    QByteArray flipped = token, first = token;
    flipped[flipped.size() - 1] = flipped.back() == 'A' ? 'B' : 'A';
    first[0] = first.front() == 'A' ? 'B' : 'A';
    std::vector<QByteArray> all{flipped,
                                first,
                                token.chopped(1),
                                token + 'A',
                                ' ' + token,
                                token.toUpper() == token ? token.toLower() : token.toUpper(),
                                QByteArray(token.size(), 'A'),
                                QByteArray(100'000, 'A'),
                                token + QByteArray(1, '\0'),
                                "' OR '1'='1",
                                "null",
                                QByteArray(QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex())};
    return all;
}
} // namespace

TEST_CASE("a forged token opens nothing, neither a laptop's nor another program's", "[server][hostile][tokens]")
{
    ServerFixture server, other;
    for (ServerFixture *one : {&server, &other})
        one->addUser("anna", {u"sales"_s}, "North");
    Laptop anna(server, "anna"), elsewhere(other, "anna");
    Bridge bridge(server, "anna", {u"read:*"_s, u"write:*"_s});
    const QByteArray token = bridge.token;
    for (const char *path :
         {"/v1/hello", "/v1/push", "/v1/pull", "/v1/backfill", "/v1/history", "/v1/device", "/v1/logout", "/v1/blob",
          "/v1/blob/piece", "/v1/blob/done", "/v1/blob/fetch", "/v1/blob/look"}) {
        INFO(path);
        for (const QByteArray &forged : forgeriesOf(anna.token))
            CHECK(said(server.ask(path, forged, {})) == u"401 auth.bad_token"_s);
        CHECK(said(server.ask(path, {}, {})) == u"401 auth.no_token"_s);
        // Of another server of the same make, and of the other kind.
        CHECK(said(server.ask(path, elsewhere.token, {})) == u"401 auth.bad_token"_s);
        CHECK(said(server.ask(path, token, {})) == u"401 auth.bad_token"_s);
    }
    for (const QByteArray &forged : forgeriesOf(token)) {
        bridge.token = forged;
        CHECK(said(bridge.list(account)) == u"401 api.bad_token"_s);
        CHECK(said(bridge.post(u"records/crm.account"_s, R"({"name": "X"})", "key")) == u"401 api.bad_token"_s);
    }
    bridge.token = anna.token;
    CHECK(said(bridge.list(account)) == u"401 api.bad_token"_s);
    bridge.token = Bridge(other, "anna", {u"read:*"_s}).token;
    CHECK(said(bridge.list(account)) == u"401 api.bad_token"_s);
    // The right ones still do.
    bridge.token = token;
    CHECK(bridge.list(account).status == 200);
    REQUIRE_RESULT(anna.hello());
}

TEST_CASE("what was shut out stays out however often it is sent once more", "[server][hostile][tokens]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales"_s}, "North");
    Laptop first(server, "anna"), second(server, "anna");
    Bridge bridge(server, "anna", {u"read:*"_s});
    // Signed out: also the request that was recorded before.
    wire::PushRequest recorded;
    recorded.batches = {first.batch({create("crm.note", server.ids.next(), {edit("text", text("once"))})})};
    REQUIRE(server.ask("/v1/push", first.token, wire::encode(recorded)).status == 200);
    REQUIRE(server.ask("/v1/logout", first.token, {}).status == 200);
    for (int i = 0; i < 3; ++i) {
        CHECK(said(server.ask("/v1/push", first.token, wire::encode(recorded))) == u"401 auth.bad_token"_s);
        CHECK(said(server.ask("/v1/logout", first.token, {})) == u"401 auth.bad_token"_s);
    }
    // Revoked, with a nonce that only the device was told.
    REQUIRE_RESULT(server.api->service().people().revokeDevice(second.device, {true, true}));
    const auto order = second.hello();
    REQUIRE_ERROR(order, "auth.device_revoked");
    const QString nonce = order.error().params.value(u"nonce"_s).toString();
    REQUIRE_FALSE(nonce.isEmpty());
    for (const QString &forged :
         {QString(), nonce + u'0', nonce.chopped(1), u"' OR ''='"_s, QString(u'0').repeated(nonce.size())})
        CHECK(said(server.ask("/v1/wiped", {}, wire::encode(wire::WipedRequest{forged, 0}))) ==
              u"401 auth.bad_token"_s);
    // Said twice it is true once.
    CHECK(said(server.ask("/v1/wiped", {}, wire::encode(wire::WipedRequest{nonce, 3}))) == u"200"_s);
    CHECK(said(server.ask("/v1/wiped", {}, wire::encode(wire::WipedRequest{nonce, 99}))) == u"200"_s);
    const auto devices = server.api->service().people().devices();
    REQUIRE_RESULT(devices);
    const auto wiped = std::ranges::find(devices->devices, second.device, &wire::AdminDevice::id);
    REQUIRE(wiped != devices->devices.end());
    CHECK(wiped->wipedUnsent == 3);
    REQUIRE_RESULT(server.api->service().tokens().revoke(u"bridge"_s));
    for (int i = 0; i < 3; ++i)
        CHECK(said(bridge.list(account)) == u"401 api.token_revoked"_s);
}

TEST_CASE("a batch or key of somebody else, sent once more, tells and changes nothing", "[server][hostile]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales"_s}, "North");
    server.addUser("eve", {u"sales"_s}, "South");
    Laptop anna(server, "anna"), eve(server, "eve");
    const Id id = server.ids.next();
    const Batch batch = anna.batch({create("crm.account", id, {edit("name", text("ANNAS-MARK"))})});
    REQUIRE_RESULT(anna.push({batch}));
    const auto countOf = [&](const char *sql) {
        auto lease = server.api->service().storage().read();
        REQUIRE_RESULT(lease);
        auto select = (*lease)->db().prepare(sql);
        REQUIRE_RESULT(select);
        REQUIRE(select->step().value_or(false));
        return select->integer(0);
    };
    const qint64 rows = countOf("SELECT count(*) FROM crm_account");
    // The whole batch, its id with other content, its id under another number.
    Batch forged = batch;
    forged.changes = {create("crm.account", server.ids.next(), {edit("name", text("EVES-MARK"))})};
    Batch renumbered = batch;
    renumbered.no = 7;
    for (const Batch &sent : {batch, forged, renumbered}) {
        const auto answer = eve.push({sent});
        REQUIRE_ERROR(answer, "sync.device_rolled_back");
        CHECK(answer.error().params.value(u"status"_s).toInt() == 409);
    }
    CHECK_FALSE(eve.everything.contains("ANNAS-MARK"));
    // Anna's own comes back as it was, and is not done again; with other content too.
    for (const Batch &sent : {batch, forged}) {
        const auto answer = anna.push({sent});
        REQUIRE_RESULT(answer);
        CHECK(answer->answers.front().status == wire::BatchStatus::Accepted);
        CHECK(answer->answers.front().states.front().rows.front().id == id);
    }
    CHECK(countOf("SELECT count(*) FROM crm_account") == rows);

    // The key of another token is another key, and its answer nobody else's.
    Bridge bridge(server, "anna", {u"read:*"_s, u"write:*"_s}),
        thief(server, "eve", {u"read:*"_s, u"write:*"_s}, "thief");
    const QByteArray order = R"({"name": "ORDER-MARK"})";
    const Heard made = bridge.post(u"records/crm.account"_s, order, "order-7");
    REQUIRE(made.status == 201);
    const Heard stolen = thief.post(u"records/crm.account"_s, order, "order-7");
    CHECK(stolen.status == 201);
    CHECK(stolen.id() != made.id());
    CHECK_FALSE(stolen.headers.contains("Idempotency-Replayed"));
    CHECK(said(thief.get(u"records/crm.account/"_s + made.id())) == u"404 record.unknown_record"_s);
    // A replay from before the rights went shows what may be seen now: the id.
    server.api->service().tokens();
    Laptop admin(server, "admin");
    admin.pull();
    REQUIRE(
        admin
            .make({update("foundation.user", anna.user, 0,
                          {edit("roles", Value::fromSet({}), admin.held(u"foundation.user"_s, anna.user, "roles"))})})
            .status == wire::BatchStatus::Accepted);
    const Heard late = bridge.post(u"records/crm.account"_s, order, "order-7");
    CHECK_FALSE(late.body.contains("ORDER-MARK"));
    CHECK(said(late) == u"404 record.unknown_entity"_s);
}

TEST_CASE("pieces of a content that are repeated, late or another device's change nothing", "[server][hostile][blob]")
{
    ServerFixture server;
    for (const char *user : {"anna", "ben"})
        server.addUser(user, {u"sales"_s}, "North");
    server.addUser("eve", {u"sales"_s}, "South");
    Laptop anna(server, "anna"), ben(server, "ben"), eve(server, "eve");
    const auto sha = [](const QByteArray &data) { return QCryptographicHash::hash(data, QCryptographicHash::Sha256); };
    const QByteArray data = QByteArray("CONTENT-MARK ").repeated(20);
    const Attachment file{sha(data), data.size(), u"text/plain"_s, u"offer.txt"_s};
    const Id id = server.ids.next();
    REQUIRE(anna.make({create("crm.account", id,
                              {edit("name", text("A")), edit("files", Value::fromSet({file.toValue()}))})})
                .status == wire::BatchStatus::Accepted);
    const wire::BlobRef ref{account, id, u"files"_s, file.hash};
    const QByteArray offer = wire::encode(wire::BlobOffer{ref, data.size(), {file.hash}});
    const QByteArray piece = wire::encode(wire::BlobPiece{ref, 0, data});
    const QByteArray done = wire::encode(wire::BlobDone{ref});
    // Nobody offered anything.
    CHECK(said(server.ask("/v1/blob/piece", anna.token, piece)) == u"409 attachment.not_offered"_s);
    CHECK(said(server.ask("/v1/blob/done", anna.token, done)) == u"409 attachment.not_offered"_s);
    REQUIRE(server.ask("/v1/blob", anna.token, offer).status == 200);
    // Whoever sees the record has to make an offer of their own; who does not, hears of no record.
    CHECK(said(server.ask("/v1/blob/piece", ben.token, piece)) == u"409 attachment.not_offered"_s);
    CHECK(said(server.ask("/v1/blob/piece", eve.token, piece)) == u"404 record.unknown_record"_s);
    CHECK(said(server.ask("/v1/blob/done", eve.token, done)) == u"404 record.unknown_record"_s);
    // Invented bytes, numbers that are none.
    CHECK(said(server.ask("/v1/blob/piece", anna.token,
                          wire::encode(wire::BlobPiece{ref, 0, QByteArray(data.size(), 'x')}))) ==
          u"400 attachment.wrong_piece"_s);
    for (const qint64 number : {qint64(-1), qint64(1), std::numeric_limits<qint64>::max()})
        CHECK(said(server.ask("/v1/blob/piece", anna.token, wire::encode(wire::BlobPiece{ref, number, data}))) ==
              u"400 attachment.wrong_piece"_s);
    CHECK(said(server.ask("/v1/blob/done", anna.token, done)) == u"409 attachment.incomplete"_s);
    for (int i = 0; i < 3; ++i)
        CHECK(said(server.ask("/v1/blob/piece", anna.token, piece)) == u"200"_s);
    CHECK(said(server.ask("/v1/blob/done", anna.token, done)) == u"200"_s);
    // All of it once more: the upload is over.
    CHECK(said(server.ask("/v1/blob/piece", anna.token, piece)) == u"409 attachment.not_offered"_s);
    CHECK(said(server.ask("/v1/blob/done", anna.token, done)) == u"409 attachment.not_offered"_s);
    const server::Answer fetched = server.ask("/v1/blob/fetch", ben.token, wire::encode(wire::BlobFetch{ref, 0}));
    REQUIRE(fetched.status == 200);
    CHECK(wire::decodeBlobPart(fetched.body)->data == data);
    CHECK(said(server.ask("/v1/blob/fetch", eve.token, wire::encode(wire::BlobFetch{ref, 0}))) ==
          u"404 record.unknown_record"_s);
}
