// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/openid.h"

#include "core/base/clock.h"
#include "core/sync/signinwire.h"
#include "idtokens.h"
#include "tests/support/catch.h"

#include <QJsonArray>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
namespace openid = tz::server::openid;

namespace {

constexpr qint64 nowSeconds = 1'790'000'000;
const openid::Expected expected{u"https://login.example.com"_s, u"crm"_s, u"n-1"_s, nowSeconds * 1000};

QJsonObject goodClaims()
{
    return {{u"iss"_s, expected.issuer},        {u"aud"_s, u"crm"_s},         {u"sub"_s, u"4711"_s},
            {u"exp"_s, nowSeconds + 300},       {u"iat"_s, nowSeconds},       {u"nonce"_s, u"n-1"_s},
            {u"preferred_username"_s, u"li"_s}, {u"email"_s, u"li@x.test"_s}, {u"azp"_s, u"crm"_s}};
}

/// What is wrong with a token of these claims; empty: nothing.
QString wrong(const QJsonObject &claims)
{
    const auto read = openid::readIdToken(idToken(claims), expected);
    if (read)
        return {};
    CHECK(read.error().is("auth.bad_id_token"));
    return read.error().params.value(u"reason"_s).toString();
}

QJsonObject goodDocument()
{
    return {{u"issuer"_s, expected.issuer},
            {u"authorization_endpoint"_s, u"https://login.example.com/authorize?tenant=1"_s},
            {u"token_endpoint"_s, u"https://login.example.com/token"_s},
            {u"userinfo_endpoint"_s, u"https://login.example.com/me"_s}};
}

QString unfit(const QJsonObject &document)
{
    const auto read = openid::readProvider(jsonOf(document), expected.issuer);
    return read ? QString() : read.error().params.value(u"reason"_s).toString();
}

} // namespace

TEST_CASE("an ID token is taken when all of it is right", "[server][oidc]")
{
    CHECK(wrong(goodClaims()) == u""_s);
    CHECK(openid::readIdToken(idToken(goodClaims()), expected)->value(u"sub").toString() == u"4711"_s);
    CHECK(wrong(with(goodClaims(), "azp", QJsonValue::Undefined)) == u""_s);
    CHECK(wrong(with(goodClaims(), "aud", QJsonArray{u"other"_s, u"crm"_s})) == u""_s);
    // Clocks differ a little.
    CHECK(wrong(with(goodClaims(), "exp", nowSeconds - 59)) == u""_s);
    CHECK(wrong(with(goodClaims(), "iat", nowSeconds + 59)) == u""_s);
    CHECK(wrong(with(goodClaims(), "nbf", nowSeconds)) == u""_s);
}

TEST_CASE("an ID token with anything wrong in it is refused", "[server][oidc]")
{
    const QJsonValue missing(QJsonValue::Undefined);
    const std::tuple<const char *, QJsonValue, const char *> wrongs[] = {
        {"iss", missing, "iss"},
        {"iss", u"https://login.example.com/"_s, "iss"},
        {"iss", QJsonArray{expected.issuer}, "iss"},
        {"aud", missing, "aud"},
        {"aud", u"crm2"_s, "aud"},
        {"aud", QJsonArray{u"other"_s}, "aud"},
        {"aud", QJsonArray{}, "aud"},
        {"azp", u"other"_s, "azp"},
        {"exp", missing, "exp"},
        {"exp", nowSeconds - 61, "exp"},
        {"exp", u"1800000000"_s, "exp"},
        {"iat", missing, "iat"},
        {"iat", nowSeconds + 61, "iat"},
        {"iat", nowSeconds - 661, "iat"},
        {"nbf", nowSeconds + 61, "nbf"},
        {"nbf", u"soon"_s, "nbf"},
        {"nonce", missing, "nonce"},
        {"nonce", u"n-2"_s, "nonce"},
        {"sub", missing, "sub"},
        {"sub", 4711, "sub"},
    };
    for (const auto &[name, value, reason] : wrongs)
        CHECK(wrong(with(goodClaims(), name, value)) == QLatin1String(reason));
    // Meant for several, it must say that it was made for this one.
    const QJsonObject shared = with(goodClaims(), "aud", QJsonArray{u"other"_s, u"crm"_s});
    CHECK(wrong(with(shared, "azp", missing)) == u"azp"_s);
    openid::Expected withoutNonce = expected;
    withoutNonce.nonce.clear();
    CHECK_FALSE(openid::readIdToken(idToken(with(goodClaims(), "nonce", u""_s)), withoutNonce));
}

TEST_CASE("what is no ID token is refused", "[server][oidc]")
{
    const QByteArray good = idToken(goodClaims());
    const QByteArrayList parts = good.split('.');
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("."), QByteArray(".."), QByteArray("a.b.c"), parts[0] + '.' + parts[1],
          good + ".more", parts[0] + ".!!!." + parts[2], parts[0] + '.' + base64Url("[1]") + '.' + parts[2],
          parts[0] + '.' + base64Url("null") + '.' + parts[2], parts[0] + '.' + base64Url("{") + '.' + parts[2],
          QByteArray(100'000, 'a') + '.' + parts[1] + '.' + parts[2], QByteArray(1'000'000, '.')}) {
        const auto read = openid::readIdToken(bytes, expected);
        REQUIRE_FALSE(read);
        CHECK(read.error().params.value(u"reason"_s) == u"form"_s);
    }
    // Damaged anywhere, it is refused or says the same: nothing else comes of it.
    SeededEntropy entropy(1);
    for (int i = 0; i < 3000; ++i) {
        QByteArray damaged = good;
        damaged[qsizetype(entropy.next64() % quint64(damaged.size()))] = char(entropy.next64());
        if (const auto read = openid::readIdToken(damaged, expected))
            CHECK(read->value(u"iss").toString() == expected.issuer);
    }
}

TEST_CASE("a provider is taken when it is the one that was meant and nobody can listen", "[server][oidc]")
{
    CHECK(unfit(goodDocument()) == u""_s);
    CHECK(unfit(with(goodDocument(), "userinfo_endpoint", QJsonValue::Undefined)) == u""_s);
    CHECK(unfit(with(goodDocument(), "issuer", u"https://evil.example.com"_s)) == u"issuer"_s);
    for (const char *endpoint : {"authorization_endpoint", "token_endpoint", "userinfo_endpoint"}) {
        for (const char *url :
             {"http://login.example.com/x", "file:///etc/passwd", "https://", "javascript:alert(1)",
              "https://login@evil.example.com/", "//login.example.com", "http://127.0.0.1.evil.test/"})
            CHECK(unfit(with(goodDocument(), endpoint, QLatin1String(url))) == QLatin1String(endpoint));
        CHECK(unfit(with(goodDocument(), endpoint, u"http://127.0.0.1:8080/x"_s)) == u""_s);
    }
    CHECK(unfit(with(goodDocument(), "token_endpoint", QJsonValue::Undefined)) == u"token_endpoint"_s);
    CHECK_FALSE(openid::readProvider("<html>", expected.issuer));
    CHECK_FALSE(openid::readProvider({}, expected.issuer));
    CHECK(openid::documentUrl(u"https://a.test/t/"_s) == u"https://a.test/t/.well-known/openid-configuration"_s);
    CHECK(openid::documentUrl(u"https://a.test"_s) == u"https://a.test/.well-known/openid-configuration"_s);
}

TEST_CASE("the client's secret goes where the provider takes it", "[server][oidc]")
{
    openid::Settings settings{expected.issuer, u"c r&m"_s, u"s:&e"_s, u"sub"_s, u"openid"_s};
    CHECK(openid::Settings::fromJson(settings.toJson()).clientSecret == settings.clientSecret);
    openid::Provider provider;
    auto request = openid::tokenRequest(settings, provider, u"a&b"_s, u"v"_s, wire::redirectUri(80));
    CHECK(request.body == "grant_type=authorization_code&code=a%26b&redirect_uri=http%3A%2F%2F127.0.0.1%3A80%2F&"
                          "code_verifier=v");
    CHECK(request.authorization == "Basic " + QByteArray("c%20r%26m:s%3A%26e").toBase64());
    provider.secretInBody = true;
    request = openid::tokenRequest(settings, provider, u"a"_s, u"v"_s, wire::redirectUri(80));
    CHECK(request.authorization.isEmpty());
    CHECK(request.body.endsWith("&client_id=c%20r%26m&client_secret=s%3A%26e"));
    settings.clientSecret.clear();
    request = openid::tokenRequest(settings, provider, u"a"_s, u"v"_s, wire::redirectUri(80));
    CHECK(request.body.endsWith("&client_id=c%20r%26m"));
}

TEST_CASE("an address that the provider has not verified names nobody", "[server][oidc]")
{
    CHECK(openid::nameIn(goodClaims(), u"email"_s) == u"li@x.test"_s);
    CHECK(openid::nameIn(with(goodClaims(), "email_verified", true), u"email"_s) == u"li@x.test"_s);
    CHECK(openid::nameIn(with(goodClaims(), "email_verified", false), u"email"_s).isEmpty());
    CHECK(openid::nameIn(with(goodClaims(), "email_verified", u"false"_s), u"email"_s).isEmpty());
    CHECK(openid::nameIn(with(goodClaims(), "email_verified", false), u"preferred_username"_s) == u"li"_s);
    CHECK(openid::nameIn(with(goodClaims(), "preferred_username", QString(300, u'a')), u"preferred_username"_s)
              .isEmpty());
    CHECK(openid::nameIn(goodClaims(), u"upn"_s).isEmpty());
}
