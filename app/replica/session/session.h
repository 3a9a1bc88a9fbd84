// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/sync/signinwire.h"
#include "replica/session/tokenstore.h"
#include "replica/transport/transport.h"

#include <QUrl>

namespace tz {

/// What a profile belongs to: the file account.json beside the replica. Holds no secret.
struct TZ_REPLICA_EXPORT Account {
    enum class Kind { None, Standalone, Server };
    Kind kind = Kind::None;
    QUrl server;
    /// The name that was typed at sign-in, or the name shown of a stand-alone user.
    QString userName;
    QString deviceName;
    QString caFile;
    Id user;
    Id device;
    /// Of the server; another one has another history.
    Id serverId;

    static Account read(const QString &profileFolder);
    static Account fromJson(const QByteArray &json);
    QByteArray toJson() const;
    /// Errors: store.read_only {path}.
    Result<> write(const QString &profileFolder) const;
    /// What a server answered to a sign-in.
    void take(const wire::ProviderLoginAnswer &answer);
    static Result<> remove(const QString &profileFolder);
};

/// What is offered to a server to sign in: name and password, perhaps with a code of an authenticator app; or what the
/// company's provider gave (BrowserSignIn).
struct SignInOffer {
    QString user, password, code;
    std::optional<wire::ProviderProof> proof;
};
/// Asks for a token for the device (null: a new one). The answer names the user, also when a password was offered.
/// Errors: net.*, the server's (auth.wrong_password …).
TZ_REPLICA_EXPORT void askForToken(Transport &transport, const SignInOffer &offer, const Id &device,
                                   const QString &deviceName,
                                   std::function<void(Result<wire::ProviderLoginAnswer>)> done);

/// Sign-in and sign-out: asks the server for a device token and keeps it.
class TZ_REPLICA_EXPORT Session : public QObject {
    Q_OBJECT
public:
    explicit Session(const QString &profileFolder, QObject *parent = nullptr);
    const Account &account() const { return m_account; }
    TokenStore &tokens() { return m_tokens; }

    struct Opened {
        Account account;
        QString token;
        TokenStore::Place place = TokenStore::Place::Keychain;
    };
    /// Keeps account and token of a sign-in. Errors: session.cannot_keep_token {path}, store.read_only {path}.
    void keep(const Account &account, const QString &token, std::function<void(Result<Opened>)> done);
    /// Keeps account and token when the server agrees. Signing in again on a profile of the same server and user keeps
    /// the device. Errors: session.other_account {user}, those of askForToken().
    void signIn(Transport &transport, Account account, const SignInOffer &offer,
                std::function<void(Result<Opened>)> done);
    /// After the copy was erased: nobody's profile again.
    void forget() { m_account = {}; }
    /// Errors: store.read_only {path}.
    Result<> setAccount(const Account &account);
    /// The profile speaks for another device from now on. Errors: store.read_only {path}.
    Result<> setDevice(const Id &device);
    Result<> startStandalone(const QString &name, const Id &user, const Id &device);
    /// Forgets the token; the account stays, so that the same person may come back to the same replica.
    void signOut(std::function<void()> done);

private:
    QString m_folder;
    Account m_account;
    TokenStore m_tokens;
};

} // namespace tz
