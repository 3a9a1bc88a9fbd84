// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "serverfixture.h"

using namespace tz;
using namespace tz::test;

namespace {
std::pair<int, std::string> signIn(ServerFixture &server, const char *user, const char *password)
{
    wire::LoginRequest login;
    login.user = QString::fromUtf8(user);
    login.password = QString::fromUtf8(password);
    const server::Answer answer = server.ask("/v1/login", {}, wire::encode(login));
    const auto error = answer.status == 200 ? Result<Error>(Error()) : wire::decodeError(answer.body);
    return {answer.status, error ? error->code.toStdString() : "undecodable"};
}
} // namespace

TEST_CASE("a wrong password and an unknown user are answered alike, and guessing is slowed down", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    CHECK(signIn(server, "anna", "wrong") == std::pair<int, std::string>(401, "auth.wrong_password"));
    CHECK(signIn(server, "nobody", "wrong") == std::pair<int, std::string>(401, "auth.wrong_password"));
    CHECK(signIn(server, "ANNA", "secret-anna").first == 200);
    for (int i = 0; i < 4; ++i)
        CHECK(signIn(server, "anna", "wrong").first == 401);
    // Even the right one has to wait now, for a while.
    CHECK(signIn(server, "anna", "secret-anna") == std::pair<int, std::string>(429, "auth.wait"));
    server.clock.advanceMs(1001);
    CHECK(signIn(server, "anna", "wrong").first == 401);
    server.clock.advanceMs(1001);
    CHECK(signIn(server, "anna", "secret-anna").first == 429);
    server.clock.advanceMs(1001);
    CHECK(signIn(server, "anna", "secret-anna").first == 200);
}

TEST_CASE("without a valid token nothing is answered", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    Laptop anna(server, "anna");
    for (const char *path : {"/v1/hello", "/v1/push", "/v1/pull", "/v1/history", "/v1/logout"}) {
        CHECK(server.ask(path, {}, {}).status == 401);
        CHECK(server.ask(path, "guess", {}).status == 401);
    }
    REQUIRE_RESULT(anna.hello());
    CHECK(server.ask("/v1/logout", anna.token, {}).status == 200);
    REQUIRE_ERROR(anna.hello(), "auth.bad_token");
}

TEST_CASE("a token is renewed after a week, and the old one ends an hour later", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    Laptop anna(server, "anna");
    CHECK(anna.hello()->token.isEmpty());
    const QByteArray old = anna.token;
    server.clock.advanceMs(qint64(8) * 86'400'000);
    CHECK_FALSE(anna.hello()->token.isEmpty());
    CHECK(anna.token != old);
    // The answer with the new one was lost: with the old one there is another, within its hour.
    const QByteArray lost = anna.token;
    anna.token = old;
    CHECK_FALSE(anna.hello()->token.isEmpty());
    const QByteArray renewed = anna.token;
    CHECK(renewed != lost);
    server.clock.advanceMs(1'800'000);
    anna.token = old;
    CHECK_FALSE(anna.hello()->token.isEmpty());
    const QByteArray newest = anna.token;
    // Trying again does not prolong the hour.
    server.clock.advanceMs(1'800'001);
    anna.token = old;
    REQUIRE_ERROR(anna.hello(), "auth.token_expired");
    anna.token = lost;
    REQUIRE_ERROR(anna.hello(), "auth.bad_token");
    anna.token = newest;
    CHECK(anna.hello()->token.isEmpty());
    server.clock.advanceMs(qint64(181) * 86'400'000);
    REQUIRE_ERROR(anna.hello(), "auth.token_expired");
}

TEST_CASE("a revoked device and a disabled user are out at once", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    server.addUser("bo", {QStringLiteral("sales")});
    Laptop anna(server, "anna"), bo(server, "bo");
    server::People &people = server.api->service().people();
    REQUIRE_RESULT(people.revokeDevice(anna.device, {}));
    auto refused = anna.hello();
    REQUIRE_ERROR(refused, "auth.device_revoked");
    CHECK(refused.error().params.value(QStringLiteral("status")).toInt() == 401);
    REQUIRE_RESULT(people.setDisabled(QStringLiteral("bo"), true));
    CHECK_FALSE(bo.hello().has_value());
    CHECK(signIn(server, "bo", "secret-bo") == std::pair<int, std::string>(403, "auth.user_disabled"));
    CHECK(signIn(server, "bo", "wrong") == std::pair<int, std::string>(401, "auth.wrong_password"));
    REQUIRE_RESULT(people.setDisabled(QStringLiteral("bo"), false));
    CHECK(signIn(server, "bo", "secret-bo").first == 200);
    REQUIRE_ERROR(people.revokeDevice(Id::fromName(u"none"), {}), "account.unknown_device");
}

TEST_CASE("a device belongs to one user, and ten are enough", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    server.addUser("bo", {QStringLiteral("sales")});
    Laptop anna(server, "anna");
    wire::LoginRequest login;
    login.user = QStringLiteral("bo");
    login.password = QStringLiteral("secret-bo");
    login.device = anna.device;
    CHECK(wire::decodeError(server.ask("/v1/login", {}, wire::encode(login)).body)->code == "auth.device_of_another");
    for (int i = 0; i < 10; ++i)
        CHECK(signIn(server, "bo", "secret-bo").first == 200);
    CHECK(signIn(server, "bo", "secret-bo") == std::pair<int, std::string>(403, "auth.too_many_devices"));
    // One that signed out has no place to come back to when others have taken it.
    Laptop anna2(server, "anna");
    CHECK(server.ask("/v1/logout", anna.token, {}).status == 200);
    for (int i = 0; i < 9; ++i)
        CHECK(signIn(server, "anna", "secret-anna").first == 200);
    login.user = QStringLiteral("anna");
    login.password = QStringLiteral("secret-anna");
    CHECK(wire::decodeError(server.ask("/v1/login", {}, wire::encode(login)).body)->code == "auth.too_many_devices");
    login.device = anna2.device;
    CHECK(server.ask("/v1/login", {}, wire::encode(login)).status == 200);
}

TEST_CASE("sign-in and its errors speak JSON to who asks for it", "[server][accounts]")
{
    ServerFixture server;
    server::Request request;
    request.path = "/v1/login";
    request.json = request.wantsJson = true;
    request.body = R"({"user": "admin", "password": "secret-admin", "name": "curl"})";
    const server::Answer answer = server.api->handle(request);
    REQUIRE(answer.status == 200);
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    CHECK(object.value(u"token").toString().size() == 43);
    request.body = R"({"user": "admin", "password": "no"})";
    const server::Answer refused = server.api->handle(request);
    CHECK(refused.status == 401);
    CHECK(QJsonDocument::fromJson(refused.body).object().value(u"code").toString() ==
          QStringLiteral("auth.wrong_password"));
    request.body = "[";
    CHECK(server.api->handle(request).status == 400);
}

TEST_CASE("users, roles and teams from the command line", "[server][accounts]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales"), QStringLiteral("viewer")}, "North/Berlin");
    server::People &people = server.api->service().people();
    server::NewUser again;
    again.name = QStringLiteral("Anna");
    again.password = QStringLiteral("x");
    REQUIRE_ERROR(people.addUser(again), "account.user_exists");
    again.name = QStringLiteral("carl");
    again.roles = {QStringLiteral("pirate")};
    REQUIRE_ERROR(people.addUser(again), "account.unknown_role");
    const auto all = people.everybody();
    REQUIRE_RESULT(all);
    REQUIRE(all->users.size() == 2);
    CHECK(all->users[1].name == QStringLiteral("anna"));
    CHECK(wire::teamPath(*all, all->users[1].team) == QStringLiteral("North/Berlin"));
    CHECK(all->users[1].roles.size() == 2);
    CHECK(people.ensureTeam(QStringLiteral("North/Berlin")).value() ==
          people.ensureTeam(QStringLiteral(" North / Berlin ")).value());
    REQUIRE_RESULT(people.setPassword(QStringLiteral("anna"), QStringLiteral("another one")));
    CHECK(signIn(server, "anna", "secret-anna").first == 401);
    CHECK(signIn(server, "anna", "another one").first == 200);
}

TEST_CASE("blanks around a sign-in name make no other name of it", "[server][accounts]")
{
    ServerFixture server;
    server.addUser(" Anna\n", {QStringLiteral("sales")});
    REQUIRE_RESULT(server.api->service().people().setPassword(QStringLiteral("anna"), QStringLiteral("secret")));
    CHECK(signIn(server, "anna", "secret").first == 200);
    CHECK(signIn(server, " ANNA ", "secret").first == 200);
    server::NewUser again;
    again.name = QStringLiteral("anna ");
    again.password = QStringLiteral("x");
    REQUIRE_ERROR(server.api->service().people().addUser(again), "account.user_exists");
    // A laptop offline does not know of all names.
    Laptop admin(server, "admin");
    const auto verdict =
        admin.make({create("foundation.user", server.ids.next(), {edit("name", text("anna ")), edit("roles", {})})});
    REQUIRE(verdict.reasons.size() == 1);
    CHECK(verdict.reasons.front().error.code == "record.duplicate");
}

TEST_CASE("what another process on the same data commits is noticed", "[server][accounts]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    admin.pull();
    std::vector<server::Commit> commits;
    server.api->setCommitHandler([&](const server::Commit &commit) { commits.push_back(commit); });
    {
        server::Environment beside = server.environment;
        beside.checkpoints = false;
        auto other = server::Service::open(server.folder.path(), server.host, beside, false);
        REQUIRE_RESULT(other);
        server::NewUser user;
        user.name = QStringLiteral("late");
        user.roles = {QStringLiteral("sales")};
        user.password = QStringLiteral("secret-late");
        REQUIRE_RESULT((*other)->people().addUser(user));
    }
    server.api->pollForeignCommits();
    REQUIRE(commits.size() == 1);
    CHECK(commits[0].scopesChanged);
    server.api->pollForeignCommits();
    CHECK(commits.size() == 1);
    server.api->setCommitHandler({});
    Laptop late(server, "late");
    const Id id = server.ids.next();
    CHECK(late.make({create("crm.account", id, {edit("name", text("A"))})}).status == wire::BatchStatus::Accepted);
    admin.pull();
    CHECK(admin.has(account, id));
}
