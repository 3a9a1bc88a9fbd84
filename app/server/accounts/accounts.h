// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/accountwire.h"
#include "server/accounts/passwordway.h"
#include "server/accounts/providerway.h"
#include "server/storage/committer.h"

namespace tz::server {

/// Whom a token belongs to.
struct Session {
    Id user;
    Id device;
    qint64 deviceNo = 0;
    /// When the token was given.
    qint64 tokenAtMs = 0;
    /// The token before the present one, which is valid for an hour longer.
    bool isOldToken = false;
};

/// Sign-in, tokens and devices. Thread-safe.
class Accounts {
public:
    Accounts(Storage &storage, Committer &committer, Scopes &scopes);

    /// Errors: those of PasswordWay::identify(), auth.too_many_devices {max}, auth.device_of_another.
    Result<wire::LoginAnswer> signIn(const wire::LoginRequest &request, const QByteArray &address);
    /// With a company account. Errors: those of ProviderWay::identify(), auth.too_many_devices {max},
    /// auth.device_of_another.
    Result<wire::ProviderLoginAnswer> signIn(const wire::ProviderLogin &request, const QByteArray &address);
    ProviderWay &provider() { return m_provider; }
    /// The token is looked up in the connection's snapshot, so that a revoked one ends at once.
    /// Errors: auth.no_token, auth.bad_token, auth.token_expired, auth.user_disabled, auth.device_revoked; that with
    /// {wipe, nonce} when the device is to erase its copy.
    Result<Session> session(Connection &connection, const QByteArray &token);
    /// A new token when this one is older than a week (the old one is valid for another hour); else empty. Who still
    /// comes with the old one has not got the answer with the new one, and gets another.
    Result<QString> renewed(const Session &session);
    Result<> signOut(const Session &session);
    /// A device of its own for a second copy of the session's device, with a token. Errors: auth.too_many_devices
    /// {max}.
    Result<wire::LoginAnswer> anotherDevice(const Session &session);
    /// An erased copy reports; may be said again. Errors: auth.bad_token when no copy was sent away with this nonce.
    Result<> wiped(const wire::WipedRequest &request);

    /// What users change in the second step of their own sign-in. Errors: auth.wrong_password, auth.wrong_code,
    /// auth.wait {seconds}, auth.two_step_on, auth.two_step_off, auth.two_step_not_begun, server.busy.
    Result<wire::TwoStepAnswer> twoStep(const Session &session, const wire::TwoStepRequest &request,
                                        const QByteArray &address);
    /// In the committer's turn: the password alone is enough again.
    Result<> endTwoStep(Connection &writer, const Id &user);
    Result<> setPassword(const Id &user, const QString &password);
    /// What is kept of a password. Takes its time; not to be called in a transaction. Errors: account.password_short …
    Result<QByteArray> hashOf(const QString &password) { return m_password.passwords().hash(password); }
    /// In the committer's turn: from now on this is the user's password.
    Result<> keepHash(Connection &writer, const Id &user, const QByteArray &hash);
    /// In the committer's turn: shuts the user's devices out until they sign in again, but for one (null: all).
    Result<> endSessions(Connection &writer, const Id &user, const Id &but = {});
    /// By sign-in name, whatever the case. Errors: account.unknown_user {name}.
    Result<Id> userNamed(Connection &connection, const QString &name) { return server::userNamed(connection, name); }

private:
    /// The same for every way: a token for the device.
    Result<wire::LoginAnswer> admit(const Identity &identity, const Id &device, const QString &deviceName);
    Result<wire::TwoStepAnswer> beginTwoStep(const Id &user);
    Storage &m_storage;
    Committer &m_committer;
    Scopes &m_scopes;
    Backoff m_backoff;
    PasswordWay m_password;
    ProviderWay m_provider;
};

} // namespace tz::server
