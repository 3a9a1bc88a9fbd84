// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "serverfixture.h"

using namespace tz;
using namespace tz::test;

namespace {
wire::AdminDevice lineOf(ServerFixture &server, const Id &device)
{
    const auto devices = server.api->service().people().devices();
    REQUIRE_RESULT(devices);
    for (const auto &line : devices->devices) {
        if (line.id == device)
            return line;
    }
    FAIL("no such device");
    return {};
}

int wiped(ServerFixture &server, const QString &nonce, qint64 unsent)
{
    wire::WipedRequest request;
    request.nonce = nonce;
    request.unsent = unsent;
    return server.ask("/v1/wiped", {}, wire::encode(request)).status;
}

/// A hello that says how many batches wait on the laptop.
void helloWithWaiting(ServerFixture &server, const Laptop &laptop, qint64 waiting)
{
    wire::HelloRequest hello;
    hello.device = laptop.device;
    hello.waiting = waiting;
    REQUIRE(server.ask("/v1/hello", laptop.token, wire::encode(hello)).status == 200);
}
} // namespace

TEST_CASE("a copy that is to be erased is told so on every request, and its confirmation is seen", "[server][wipe]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    Laptop anna(server, "anna"), other(server, "anna");
    server::People &people = server.api->service().people();
    REQUIRE_RESULT(people.revokeDevice(anna.device, {true, false}));
    CHECK(lineOf(server, anna.device).revokedAtMs > 0);
    CHECK(lineOf(server, anna.device).wipeAskedAtMs == server.clock.nowMs());
    CHECK(lineOf(server, anna.device).wipedAtMs == 0);

    QString nonce;
    for (const char *path : {"/v1/hello", "/v1/push", "/v1/pull", "/v1/backfill", "/v1/history"}) {
        const server::Answer answer = server.ask(path, anna.token, {});
        CHECK(answer.status == 401);
        const auto error = wire::decodeError(answer.body);
        REQUIRE_RESULT(error);
        CHECK(error->code == "auth.device_revoked");
        CHECK(error->params.value(QStringLiteral("wipe")).toBool());
        nonce = error->params.value(QStringLiteral("nonce")).toString();
        CHECK(nonce.size() == 43);
    }
    // A laptop that has lost its token hears it when it signs in.
    wire::LoginRequest login;
    login.user = QStringLiteral("anna");
    login.password = QStringLiteral("secret-anna");
    login.device = anna.device;
    const auto refused = wire::decodeError(server.ask("/v1/login", {}, wire::encode(login)).body);
    REQUIRE_RESULT(refused);
    CHECK(refused->params.value(QStringLiteral("nonce")).toString() == nonce);
    // The user's other laptop is not concerned.
    REQUIRE_RESULT(other.hello());

    CHECK(wiped(server, QStringLiteral("guess"), 0) == 401);
    CHECK(wiped(server, QString(), 0) == 401);
    server.clock.advanceMs(5000);
    const qint64 at = server.clock.nowMs();
    CHECK(wiped(server, nonce, 3) == 200);
    server.clock.advanceMs(5000);
    // Said again, because the answer was lost: nothing changes.
    CHECK(wiped(server, nonce, 7) == 200);
    CHECK(lineOf(server, anna.device).wipedAtMs == at);
    CHECK(lineOf(server, anna.device).wipedUnsent == 3);
    CHECK_FALSE(lineOf(server, anna.device).signedIn);
    REQUIRE_ERROR(anna.hello(), "auth.bad_token");

    // Erased computers may be given to somebody else: a new sign-in is a new device.
    Laptop again(server, "anna");
    CHECK(again.device != anna.device);
}

TEST_CASE("a device that was only shut out is not told to erase anything", "[server][wipe]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    server::People &people = server.api->service().people();
    REQUIRE_RESULT(people.revokeDevice(admin.device, {}));
    auto refused = admin.hello();
    REQUIRE_ERROR(refused, "auth.device_revoked");
    CHECK_FALSE(refused.error().params.contains(QStringLiteral("wipe")));
    // The administrator may think again.
    REQUIRE_RESULT(people.revokeDevice(admin.device, {true, false}));
    refused = admin.hello();
    CHECK(refused.error().params.value(QStringLiteral("wipe")).toBool());
}

TEST_CASE("work that the server has not got is counted before a copy is erased", "[server][wipe]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    server::People &people = server.api->service().people();
    helloWithWaiting(server, admin, 3);
    CHECK(lineOf(server, admin.device).waiting == 3);
    admin.make({create("crm.note", server.ids.next(), {edit("text", text("A"))})});
    CHECK(lineOf(server, admin.device).waiting == 2);
    const auto refused = people.revokeDevice(admin.device, {true, false});
    REQUIRE_ERROR(refused, "account.unsent_work");
    CHECK(refused.error().params.value(QStringLiteral("count")).toInt() == 2);
    CHECK(lineOf(server, admin.device).revokedAtMs == 0);
    REQUIRE_RESULT(admin.hello());
    helloWithWaiting(server, admin, 2);
    REQUIRE_RESULT(people.revokeDevice(admin.device, {true, true}));
    CHECK(lineOf(server, admin.device).revokedAtMs > 0);
}

TEST_CASE("how long a copy may be without contact is the least that the user's roles say", "[server][wipe]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales"), QStringLiteral("viewer")});
    Laptop anna(server, "anna");
    CHECK(anna.hello()->leaseDays == 60);
    Laptop admin(server, "admin");
    admin.pull();
    const QString role = QStringLiteral("foundation.role");
    for (const auto &[name, days] : {std::pair("viewer", 30), std::pair("sales", 14)}) {
        const Id id = Id::fromName(QString(QStringLiteral("role:") + QLatin1String(name)));
        const auto answer =
            admin.make({update("foundation.role", id, admin.revOf(role, id), {edit("lease_days", Value(days))})});
        REQUIRE(answer.status == wire::BatchStatus::Accepted);
        CHECK(anna.hello()->leaseDays == days);
    }
    CHECK(admin.hello()->leaseDays == 60);
}
