// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/passwords.h"
#include "server/accounts/signinway.h"

namespace tz::server {

/// Name and password, and a code of an authenticator app where the user wants that.
class PasswordWay final : public SignInWay {
public:
    PasswordWay(Storage &storage, Scopes &scopes, Backoff &backoff);

    /// Errors: auth.wrong_password, auth.code_needed (the password is right), auth.wrong_code, auth.user_disabled,
    /// auth.wait {seconds}, server.busy.
    Result<Identity> identify(const Attempt &attempt) override;

    /// What is compared with what somebody says of themselves.
    struct Credential {
        QByteArray hash;
        QByteArray secret; ///< of the second step; empty: there is none
        QByteArray newSecret;
        qint64 lastStep = 0;
    };
    Result<Credential> credentialOf(const Id &user);
    /// Slows down whoever guesses. `name`: for whom is counted.
    Result<> checkPassword(const Credential &credential, const QString &password, const QByteArray &name,
                           const QByteArray &address);
    /// The step that the code is of.
    Result<qint64> checkCode(const Credential &credential, const QString &code, const QByteArray &name,
                             const QByteArray &address);
    /// In the committer's turn: a code is good once, also for two who come with it at the same time.
    static Result<> takeStep(Database &writer, const Id &user, qint64 step);
    Passwords &passwords() { return m_passwords; }

private:
    Storage &m_storage;
    Scopes &m_scopes;
    Backoff &m_backoff;
    Passwords m_passwords;
};

} // namespace tz::server
