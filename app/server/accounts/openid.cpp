// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/openid.h"

#include "core/sync/signinwire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace tz::server::openid {

namespace {
/// By how much the clocks of two servers may differ.
constexpr double leewaySeconds = 60;
/// The token was made a moment ago; an old one was kept by somebody.
constexpr double oldestSeconds = 600;
constexpr qsizetype longestToken = 64 * 1024;
constexpr qsizetype longestName = 200;

tl::unexpected<Error> unfit(const char *reason)
{
    return fail("auth.provider_unfit", {{QStringLiteral("reason"), QString::fromLatin1(reason)}});
}

tl::unexpected<Error> untrusted(const char *reason)
{
    return fail("auth.bad_id_token", {{QStringLiteral("reason"), QString::fromLatin1(reason)}});
}

/// As forms are sent (RFC 6749, appendix B).
QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

bool isFor(const QJsonObject &claims, const QString &clientId)
{
    const QJsonValue audience = claims.value(u"aud");
    const QJsonArray all = audience.isArray() ? audience.toArray() : QJsonArray{audience};
    return all.contains(QJsonValue(clientId));
}
} // namespace

Settings Settings::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    return {object.value(u"issuer").toString(), object.value(u"client_id").toString(),
            object.value(u"client_secret").toString(), object.value(u"claim").toString(),
            object.value(u"scope").toString()};
}

QByteArray Settings::toJson() const
{
    return QJsonDocument(QJsonObject{{QStringLiteral("issuer"), issuer},
                                     {QStringLiteral("client_id"), clientId},
                                     {QStringLiteral("client_secret"), clientSecret},
                                     {QStringLiteral("claim"), claim},
                                     {QStringLiteral("scope"), scope}})
        .toJson(QJsonDocument::Compact);
}

QString documentUrl(const QString &issuer)
{
    return (issuer.endsWith(u'/') ? issuer.chopped(1) : issuer) + QLatin1String("/.well-known/openid-configuration");
}

Result<Provider> readProvider(const QByteArray &json, const QString &issuer)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return unfit("no JSON document");
    const QJsonObject object = document.object();
    // Otherwise one tenant of a provider could speak for another one.
    if (object.value(u"issuer").toString() != issuer)
        return unfit("issuer");
    Provider provider;
    provider.authorizationEndpoint = object.value(u"authorization_endpoint").toString();
    provider.tokenEndpoint = object.value(u"token_endpoint").toString();
    provider.userinfoEndpoint = object.value(u"userinfo_endpoint").toString();
    if (!wire::isPrivateUrl(provider.authorizationEndpoint))
        return unfit("authorization_endpoint");
    if (!wire::isPrivateUrl(provider.tokenEndpoint))
        return unfit("token_endpoint");
    if (!provider.userinfoEndpoint.isEmpty() && !wire::isPrivateUrl(provider.userinfoEndpoint))
        return unfit("userinfo_endpoint");
    const QJsonArray methods = object.value(u"token_endpoint_auth_methods_supported").toArray();
    provider.secretInBody = methods.contains(QJsonValue(QStringLiteral("client_secret_post"))) &&
                            !methods.contains(QJsonValue(QStringLiteral("client_secret_basic")));
    return provider;
}

TokenRequest tokenRequest(const Settings &settings, const Provider &provider, const QString &code,
                          const QString &verifier, const QString &redirectUri)
{
    TokenRequest request;
    request.body = "grant_type=authorization_code&code=" + encoded(code) + "&redirect_uri=" + encoded(redirectUri) +
                   "&code_verifier=" + encoded(verifier);
    if (!settings.clientSecret.isEmpty() && !provider.secretInBody) {
        request.authorization =
            "Basic " + (encoded(settings.clientId) + ':' + encoded(settings.clientSecret)).toBase64();
        return request;
    }
    request.body += "&client_id=" + encoded(settings.clientId);
    if (!settings.clientSecret.isEmpty())
        request.body += "&client_secret=" + encoded(settings.clientSecret);
    return request;
}

Result<QJsonObject> readIdToken(const QByteArray &token, const Expected &expected)
{
    const QByteArrayList parts = token.size() > longestToken ? QByteArrayList() : token.split('.');
    if (parts.size() != 3)
        return untrusted("form");
    const auto payload = QByteArray::fromBase64Encoding(parts[1], QByteArray::Base64UrlEncoding |
                                                                      QByteArray::AbortOnBase64DecodingErrors);
    const QJsonDocument document = payload.decodingStatus == QByteArray::Base64DecodingStatus::Ok
                                       ? QJsonDocument::fromJson(*payload)
                                       : QJsonDocument();
    if (!document.isObject())
        return untrusted("form");
    const QJsonObject claims = document.object();
    if (claims.value(u"iss").toString() != expected.issuer)
        return untrusted("iss");
    if (!isFor(claims, expected.clientId))
        return untrusted("aud");
    const bool isShared = claims.value(u"aud").toArray().size() > 1;
    if ((isShared || claims.contains(u"azp")) && claims.value(u"azp").toString() != expected.clientId)
        return untrusted("azp");
    const double now = double(expected.nowMs) / 1000;
    if (!(claims.value(u"exp").toDouble(0) > now - leewaySeconds))
        return untrusted("exp");
    const double made = claims.value(u"iat").toDouble(0);
    if (!(made < now + leewaySeconds && made > now - oldestSeconds - leewaySeconds))
        return untrusted("iat");
    if (claims.contains(u"nbf") && !(claims.value(u"nbf").toDouble(now + oldestSeconds) < now + leewaySeconds))
        return untrusted("nbf");
    if (expected.nonce.isEmpty() || claims.value(u"nonce").toString() != expected.nonce)
        return untrusted("nonce");
    if (claims.value(u"sub").toString().isEmpty())
        return untrusted("sub");
    return claims;
}

QString nameIn(const QJsonObject &claims, const QString &claim)
{
    // Some write it as text.
    if (claim == QLatin1String("email") && claims.value(u"email_verified").toVariant().toString() == u"false")
        return {};
    const QString name = claims.value(claim).toString();
    return name.size() > longestName ? QString() : name;
}

} // namespace tz::server::openid
