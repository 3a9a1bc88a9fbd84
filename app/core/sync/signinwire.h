// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

/// Signing in with a company account: through an OpenID provider that the server trusts. Decoders: wire.*.
namespace tz::wire {

/// /v1/login/ways, asked by anybody: how one may sign in besides name and password.
struct SignInWays {
    /// Through the company's provider; otherwise the rest is empty.
    bool throughProvider = false;
    /// Who the provider says it is.
    QString issuer;
    /// The page for the user's browser; empty: the server cannot reach the provider at the moment.
    QString page;
    QString clientId;
    /// "openid profile email".
    QString scope;
};

/// What a laptop brings from the provider's page (authorization code with PKCE).
struct ProviderProof {
    QString code;
    /// Its hash went to the provider before.
    QString verifier;
    /// Stands in the provider's token.
    QString nonce;
    /// On which the laptop listened: redirectUri().
    int port = 0;
};
/// /v1/login/provider.
struct ProviderLogin {
    ProviderProof proof;
    /// As in LoginRequest.
    Id device;
    QString deviceName;
};
struct ProviderLoginAnswer {
    LoginAnswer login;
    /// Sign-in name of the user whom the provider named.
    QString userName;
};

/// Where the browser is sent back to: always this computer, whatever else somebody would like (RFC 8252 §7.3).
TZ_CORE_EXPORT QString redirectUri(int port);
/// Whether what is said there stays between the two: https, or http on one computer alone (tests).
TZ_CORE_EXPORT bool isPrivateUrl(const QString &url);

TZ_CORE_EXPORT QByteArray encode(const SignInWays &m);
TZ_CORE_EXPORT QByteArray encode(const ProviderLogin &m);
TZ_CORE_EXPORT QByteArray encode(const ProviderLoginAnswer &m);
TZ_CORE_EXPORT Result<SignInWays> decodeSignInWays(QByteArrayView cbor);
TZ_CORE_EXPORT Result<ProviderLogin> decodeProviderLogin(QByteArrayView cbor);
TZ_CORE_EXPORT Result<ProviderLoginAnswer> decodeProviderLoginAnswer(QByteArrayView cbor);

} // namespace tz::wire
