// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/sync/signinwire.h"
#include "server/accounts/openid.h"
#include "tests/fuzz/fuzz.h"

namespace tz::fuzz {

namespace {
constexpr qint64 nowMs = 1'790'000'000'000;
const QString issuer = QStringLiteral("https://login.example.com");

/// Whatever is taken says what it must say.
void readToken(const QByteArray &token)
{
    const server::openid::Expected expected{issuer, QStringLiteral("crm"), QStringLiteral("n"), nowMs};
    const auto claims = server::openid::readIdToken(token, expected);
    if (!claims) {
        TZ_CHECK(claims.error().is("auth.bad_id_token"));
        return;
    }
    TZ_CHECK(claims->value(u"iss") == expected.issuer && claims->value(u"nonce") == expected.nonce);
    TZ_CHECK(claims->value(u"exp").toDouble() * 1000 > double(nowMs) - 3'600'000);
    TZ_CHECK(server::openid::nameIn(*claims, QStringLiteral("upn")).size() <= 200);
}

void readDocument(const QByteArray &json)
{
    const auto provider = server::openid::readProvider(json, issuer);
    if (!provider) {
        TZ_CHECK(provider.error().is("auth.provider_unfit"));
        return;
    }
    TZ_CHECK(wire::isPrivateUrl(provider->authorizationEndpoint) && wire::isPrivateUrl(provider->tokenEndpoint));
}
} // namespace

void openid(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    // The first byte chooses; claims are read as they stand, because hardly any damage to their letters would be JSON.
    const QByteArray rest = bytes.mid(1);
    switch (bytes.front()) {
    case 'd':
        return readDocument(rest);
    case 'c':
        return readToken("e30." + rest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ".");
    default:
        return readToken(rest);
    }
}

} // namespace tz::fuzz
