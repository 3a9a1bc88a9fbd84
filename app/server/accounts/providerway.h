// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/openid.h"
#include "server/accounts/passwords.h"
#include "server/accounts/signinway.h"
#include "server/net/httpclient.h"

#include <mutex>

namespace tz::server {

class Committer;

/// With a company account, through an OpenID provider (authorization code with PKCE). The settings lie in the database,
/// so that all processes serve with the same. Thread-safe; waits for the provider, ten seconds for each of its answers.
class ProviderWay final : public SignInWay {
public:
    ProviderWay(Storage &storage, Committer &committer, Scopes &scopes);

    /// What a laptop needs to send its user to the provider. That the provider does not answer is no error: page is
    /// empty then.
    Result<wire::SignInWays> ways();
    /// Exchanges the code. Nobody is made a user by this. Errors: auth.provider_off, auth.provider_unreachable,
    /// auth.provider_unfit {reason}, auth.provider_refused {reason}, auth.bad_id_token {reason}, auth.no_name {claim},
    /// auth.not_a_user {name}, auth.user_disabled, auth.wait {seconds}.
    Result<Identity> identify(const Attempt &attempt) override;

    Result<openid::Settings> settings();
    /// From now on, when the provider answers as it should; without an issuer: no provider any more. Errors:
    /// auth.provider_unreachable, auth.provider_unfit {reason}.
    Result<> set(const openid::Settings &settings);

private:
    struct Known {
        QString issuer;
        qint64 untilMs = 0;
        Result<openid::Provider> provider;
    };
    Result<openid::Provider> provider(const openid::Settings &settings);
    Result<QString> nameFrom(const openid::Settings &settings, const wire::ProviderProof &proof);

    Storage &m_storage;
    Committer &m_committer;
    Scopes &m_scopes;
    /// Not the one of passwords: those must not wait because of a provider that is set up wrongly.
    Backoff m_backoff;
    std::mutex m_mutex;
    Known m_known;
};

} // namespace tz::server
