// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/signinwire.h"
#include "idtokens.h"
#include "serverfixture.h"
#include "tests/support/receiver.h"

#include <QUrlQuery>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
namespace openid = tz::server::openid;

namespace {

/// A provider that says what the test wants, and a server that trusts it.
struct Office {
    ServerFixture server;
    QJsonObject claims, userinfo;
    QJsonObject document;
    Receiver::Reply refusal{0, {}};
    QByteArray token; ///< empty: made of the claims
    // Last, so that it ends first.
    Receiver provider;

    Office()
    {
        const QString base = provider.url("");
        document = {{u"issuer"_s, base},
                    {u"authorization_endpoint"_s, QString(base + u"/authorize"_s)},
                    {u"token_endpoint"_s, QString(base + u"/token"_s)},
                    {u"userinfo_endpoint"_s, QString(base + u"/me"_s)}};
        const qint64 now = server.clock.nowMs() / 1000;
        claims = {{u"iss"_s, base},      {u"aud"_s, u"crm"_s}, {u"sub"_s, u"4711"_s},
                  {u"exp"_s, now + 300}, {u"iat"_s, now},      {u"nonce"_s, u"nonce-of-the-laptop"_s},
                  {u"upn"_s, u"anna"_s}};
        provider.answer([this](const Receiver::Got &got) { return answer(got); });
    }
    Receiver::Reply answer(const Receiver::Got &got) const
    {
        if (got.line.startsWith("GET /.well-known/openid-configuration "))
            return {200, jsonOf(document)};
        if (got.line.startsWith("GET /me "))
            return {got.headers.value("authorization") == "Bearer access-1" ? 200 : 401, jsonOf(userinfo)};
        if (!got.line.startsWith("POST /token "))
            return {404, {}};
        if (refusal.status != 0)
            return refusal;
        return {200, jsonOf({{u"access_token"_s, u"access-1"_s},
                             {u"id_token"_s, QString::fromLatin1(token.isEmpty() ? idToken(claims) : token)}})};
    }
    Result<> set(const QString &secret = {})
    {
        return server.api->service().accounts().provider().set(
            {document.value(u"issuer").toString(), u"crm"_s, secret, u"upn"_s, u"openid profile"_s});
    }
    static wire::ProviderLogin login()
    {
        wire::ProviderLogin login;
        login.proof = {u"code-1"_s, QString(43, u'v'), u"nonce-of-the-laptop"_s, 40404};
        login.deviceName = u"Anna's laptop"_s;
        return login;
    }
    server::Answer post(const char *path, const QByteArray &body) const
    {
        server::Request request;
        request.path = path;
        request.body = body;
        request.address = "192.0.2.7";
        return server.api->handle(request);
    }
    Result<wire::ProviderLoginAnswer> signIn(const wire::ProviderLogin &with = login()) const
    {
        const server::Answer answer = post("/v1/login/provider", wire::encode(with));
        if (answer.status != 200)
            return fail(*wire::decodeError(answer.body));
        return wire::decodeProviderLoginAnswer(answer.body);
    }
    Result<wire::SignInWays> ways() const
    {
        const server::Answer answer = post("/v1/login/ways", {});
        if (answer.status != 200)
            return fail(*wire::decodeError(answer.body));
        return wire::decodeSignInWays(answer.body);
    }
};

} // namespace

TEST_CASE("a server says how one may sign in", "[server][oidc]")
{
    Office office;
    CHECK_FALSE(office.ways()->throughProvider);
    REQUIRE_ERROR(office.signIn(), "auth.provider_off");
    REQUIRE_RESULT(office.set());
    const auto ways = office.ways();
    REQUIRE_RESULT(ways);
    CHECK(ways->throughProvider);
    CHECK(ways->page == office.document.value(u"authorization_endpoint").toString());
    CHECK(ways->issuer == office.document.value(u"issuer").toString());
    CHECK(ways->clientId == u"crm"_s);
    CHECK(ways->scope == u"openid profile"_s);
    // Other processes and the next start know it too; the document is asked for once.
    office.server.reopen();
    CHECK(office.ways()->throughProvider);
    CHECK(office.ways()->throughProvider);
    CHECK(office.provider.got().size() == 2);
    // Strangers are answered now and then.
    int answered = 0;
    while (office.ways())
        REQUIRE(++answered < 100);
    REQUIRE_ERROR(office.ways(), "auth.wait");
    office.server.clock.advanceMs(2000);
    REQUIRE_RESULT(office.ways());
    REQUIRE_RESULT(office.server.api->service().accounts().provider().set({}));
    office.server.clock.advanceMs(2000);
    CHECK_FALSE(office.ways()->throughProvider);
}

TEST_CASE("a provider that does not answer is said to be away", "[server][oidc]")
{
    Office office;
    REQUIRE_RESULT(office.set());
    office.server.reopen();
    office.provider.answer([](const Receiver::Got &) { return Receiver::Reply{503, {}}; });
    const auto ways = office.ways();
    REQUIRE_RESULT(ways);
    CHECK(ways->throughProvider);
    CHECK(ways->page.isEmpty());
    REQUIRE_ERROR(office.signIn(), "auth.provider_unreachable");
    // It is not asked again by everybody.
    CHECK(office.provider.got().size() == 2);
    REQUIRE_ERROR(office.set(), "auth.provider_unreachable");
    CHECK(office.ways()->throughProvider);
    office.server.clock.advanceMs(11'000);
    for (const QByteArray &body : {QByteArray("<html>"), QByteArray(1'000'000, ' ')}) {
        office.provider.answer([body](const Receiver::Got &) { return Receiver::Reply{200, body}; });
        CHECK_FALSE(office.set());
        office.server.clock.advanceMs(11'000);
    }
    office.provider.answer([](const Receiver::Got &) { return Receiver::Reply{302, {}}; });
    REQUIRE_ERROR(office.set(), "auth.provider_unfit");
    office.server.clock.advanceMs(11'000);
    office.provider.answer([&](const Receiver::Got &got) { return office.answer(got); });
    CHECK_FALSE(office.ways()->page.isEmpty());
    const auto plain = office.server.api->service().accounts().provider().set(
        {u"http://login.example.com"_s, u"crm"_s, {}, u"upn"_s, u"openid"_s});
    REQUIRE_ERROR(plain, "auth.provider_unfit");
}

TEST_CASE("whom the provider names is signed in like with a password", "[server][oidc]")
{
    Office office;
    const Id anna = office.server.addUser("anna", {u"sales"_s});
    REQUIRE_RESULT(office.set(u"s3cret"_s));
    office.claims.insert(u"upn"_s, u"Anna"_s);
    const auto answer = office.signIn();
    REQUIRE_RESULT(answer);
    CHECK(answer->userName == u"anna"_s);
    CHECK(answer->login.user == anna);
    CHECK_FALSE(answer->login.device.isNull());
    const Receiver::Got asked = office.provider.got().back();
    const QUrlQuery form(QString::fromLatin1(asked.body));
    CHECK(form.queryItemValue(u"code"_s) == u"code-1"_s);
    CHECK(form.queryItemValue(u"code_verifier"_s) == QString(43, u'v'));
    CHECK(form.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded) == u"http://127.0.0.1:40404/"_s);
    CHECK(asked.headers.value("authorization") == "Basic " + QByteArray("crm:s3cret").toBase64());
    CHECK(asked.headers.value("content-type") == "application/x-www-form-urlencoded");
    CHECK_FALSE(asked.body.contains("s3cret"));

    // The token counts, and the same device gets another one.
    const QByteArray token = answer->login.token.toLatin1();
    wire::HelloRequest hello;
    hello.device = answer->login.device;
    CHECK(office.server.ask("/v1/hello", token, wire::encode(hello)).status == 200);
    wire::ProviderLogin again = Office::login();
    again.device = answer->login.device;
    const auto second = office.signIn(again);
    REQUIRE_RESULT(second);
    CHECK(second->login.device == answer->login.device);
    CHECK(office.server.ask("/v1/hello", token, wire::encode(hello)).status == 401);
    // A profile is one person's.
    office.server.addUser("ben", {u"sales"_s});
    office.claims.insert(u"upn"_s, u"ben"_s);
    REQUIRE_ERROR(office.signIn(again), "auth.device_of_another");
}

TEST_CASE("a user without a password signs in with the company account alone", "[server][oidc]")
{
    Office office;
    const Id anna = office.server.addUser("anna", {u"sales"_s});
    REQUIRE_RESULT(office.set());
    const auto forget = [&](server::Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement statement, writer.db().prepare("DELETE FROM account WHERE \"user\" = ?1"));
        return statement.bind(1, anna).run();
    };
    REQUIRE_RESULT(office.server.api->service().committer().runTransaction(forget));
    const auto answer = office.signIn();
    REQUIRE_RESULT(answer);
    wire::HelloRequest hello;
    hello.device = answer->login.device;
    CHECK(office.server.ask("/v1/hello", answer->login.token.toLatin1(), wire::encode(hello)).status == 200);
    for (const char *password : {"", "anything"}) {
        wire::LoginRequest typed;
        typed.user = u"anna"_s;
        typed.password = QString::fromUtf8(password);
        CHECK(office.server.ask("/v1/login", {}, wire::encode(typed)).status == 401);
    }
}

TEST_CASE("what the token does not say may be asked for", "[server][oidc]")
{
    Office office;
    office.server.addUser("anna", {u"sales"_s});
    REQUIRE_RESULT(office.set());
    office.claims.remove(u"upn"_s);
    REQUIRE_ERROR(office.signIn(), "auth.no_name");
    office.userinfo = {{u"sub"_s, u"4711"_s}, {u"upn"_s, u"anna"_s}};
    REQUIRE_RESULT(office.signIn());
    // Of somebody else.
    office.userinfo.insert(u"sub"_s, u"4712"_s);
    REQUIRE_ERROR(office.signIn(), "auth.no_name");
}

TEST_CASE("nobody becomes a user by an account elsewhere", "[server][oidc]")
{
    Office office;
    office.server.addUser("anna", {u"sales"_s});
    REQUIRE_RESULT(office.set());
    for (const char *name : {"annabel", "ann", "anna@example.com", "admin2"}) {
        office.claims.insert(u"upn"_s, QLatin1String(name));
        const auto answer = office.signIn();
        REQUIRE_ERROR(answer, "auth.not_a_user");
        CHECK(answer.error().params.value(u"name"_s).toString() == QLatin1String(name));
    }
    office.claims.insert(u"upn"_s, u"anna"_s);
    REQUIRE_RESULT(office.server.api->service().people().setDisabled(u"anna"_s, true));
    REQUIRE_ERROR(office.signIn(), "auth.user_disabled");
    REQUIRE_RESULT(office.server.api->service().people().setDisabled(u"anna"_s, false));
    REQUIRE_RESULT(office.signIn());
}

TEST_CASE("what the provider does not vouch for is refused, and guessing is slowed down", "[server][oidc]")
{
    Office office;
    office.server.addUser("anna", {u"sales"_s});
    REQUIRE_RESULT(office.set());
    office.refusal = {400, R"({"error":"invalid_grant","error_description":"<script>"})"};
    auto refused = office.signIn();
    REQUIRE_ERROR(refused, "auth.provider_refused");
    CHECK(refused.error().params.value(u"reason"_s) == u"invalid_grant"_s);
    // Only a word of the protocol is passed on.
    office.refusal = {400, R"({"error":"<script>alert(1)</script>"})"};
    CHECK(office.signIn().error().params.value(u"reason"_s).toString() == u"400"_s);
    office.refusal = {0, {}};
    office.claims.insert(u"nonce"_s, u"of-somebody-else"_s);
    refused = office.signIn();
    REQUIRE_ERROR(refused, "auth.bad_id_token");
    CHECK(refused.error().params.value(u"reason"_s) == u"nonce"_s);
    office.claims.insert(u"nonce"_s, u"nonce-of-the-laptop"_s);
    for (const QByteArray &token : {QByteArray("garbage"), QByteArray(200'000, 'a')}) {
        office.token = token;
        REQUIRE_ERROR(office.signIn(), "auth.bad_id_token");
    }
    office.token.clear();
    // What no laptop sends does not reach the provider.
    const size_t asked = office.provider.got().size();
    for (const auto &change : std::initializer_list<std::function<void(wire::ProviderProof &)>>{
             [](auto &proof) { proof.code.clear(); }, [](auto &proof) { proof.code = QString(5000, u'c'); },
             [](auto &proof) { proof.verifier = u"short"_s; }, [](auto &proof) { proof.verifier = QString(200, u'v'); },
             [](auto &proof) { proof.nonce.clear(); }, [](auto &proof) { proof.port = 0; },
             [](auto &proof) { proof.port = 70'000; }}) {
        wire::ProviderLogin login = Office::login();
        change(login.proof);
        REQUIRE_ERROR(office.signIn(login), "auth.provider_refused");
    }
    CHECK(office.provider.got().size() == asked);
    wire::ProviderLogin empty;
    int tries = 0;
    for (refused = office.signIn(empty); !refused.error().is("auth.wait"); refused = office.signIn(empty))
        REQUIRE(++tries < 30);
    // The right one waits, too; and it comes through when the time is over.
    REQUIRE_ERROR(office.signIn(), "auth.wait");
    // Passwords do not wait for it.
    wire::LoginRequest typed;
    typed.user = u"anna"_s;
    typed.password = u"secret-anna"_s;
    CHECK(office.post("/v1/login", wire::encode(typed)).status == 200);
    office.server.clock.advanceMs(60'000);
    REQUIRE_RESULT(office.signIn());
}
