// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QJsonObject>

/// What OpenID Connect Core 1.0 and OpenID Connect Discovery 1.0 ask of a client, without network and database.
namespace tz::server::openid {

/// What an administrator says of the company's provider. The default: there is none.
struct Settings {
    QString issuer;
    QString clientId;
    /// Empty: a client without a secret of its own (public).
    QString clientSecret;
    /// The claim that holds the sign-in name.
    QString claim;
    /// With blanks between them.
    QString scope;

    bool isOn() const { return !issuer.isEmpty(); }
    static Settings fromJson(const QByteArray &json);
    QByteArray toJson() const;
};

/// What the provider says of itself.
struct Provider {
    QString authorizationEndpoint, tokenEndpoint, userinfoEndpoint;
    /// It takes the client's secret in the body alone, not in a header.
    bool secretInBody = false;
};

/// Where that stands.
QString documentUrl(const QString &issuer);
/// Errors: auth.provider_unfit {reason}.
Result<Provider> readProvider(const QByteArray &json, const QString &issuer);

/// The request at the token endpoint that a code is exchanged with: its body, and the header Authorization (empty:
/// none).
struct TokenRequest {
    QByteArray body, authorization;
};
TokenRequest tokenRequest(const Settings &settings, const Provider &provider, const QString &code,
                          const QString &verifier, const QString &redirectUri);

/// What the ID token must say.
struct Expected {
    QString issuer, clientId, nonce;
    qint64 nowMs = 0;
};
/// The claims of a token that came straight from the token endpoint over TLS, which stands in for checking its
/// signature (Core §3.1.3.7, point 6). A token from anywhere else must not be given to this. Errors: auth.bad_id_token
/// {reason}: "form", or the claim that is wrong.
Result<QJsonObject> readIdToken(const QByteArray &token, const Expected &expected);

/// The user's name in these claims; empty: they do not say it. An e-mail address that the provider says it has not
/// verified is none.
QString nameIn(const QJsonObject &claims, const QString &claim);

} // namespace tz::server::openid
