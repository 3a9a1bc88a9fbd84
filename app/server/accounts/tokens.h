// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/accounts.h"

namespace tz::server {

/// What a token may be used for, on top of the rights of its user: a list of "read:" and "write:", each followed by an
/// entity ("pipeline.lead"), all entities of a department ("pipeline.*") or everything ("*"). To write is not to read.
class TokenScope {
public:
    /// Errors: api.bad_scope {scope}.
    static Result<TokenScope> parse(const QStringList &words, const Catalog &catalog);
    /// What text() made.
    static TokenScope fromText(const QString &text) { return TokenScope(text.split(u' ', Qt::SkipEmptyParts)); }
    QString text() const { return m_words.join(u' '); }

    bool mayRead(const Entity &entity) const { return names(QLatin1String("read:"), entity); }
    bool mayWrite(const Entity &entity) const { return names(QLatin1String("write:"), entity); }
    /// The scope without what may not be read with the token.
    ScopePtr narrowed(const ScopePtr &scope) const;

private:
    explicit TokenScope(QStringList words)
        : m_words(std::move(words))
    {
    }
    bool names(QLatin1String what, const Entity &entity) const;
    QStringList m_words;
};

/// Whom a token of the HTTP API stands for.
struct ApiSession {
    Id user;
    /// The token's own device: numbers its batches, and tells in the audit trail which token it was.
    Id device;
    /// What the administrator called it.
    QString token;
    TokenScope scope = TokenScope::fromText({});
    /// Of this server; makes what it gives out recognisable (rest/cursor.h).
    QByteArray key;
};

/// Tokens for other programs: made, listed and revoked by administrators. The server keeps a hash of each. Thread-safe.
class Tokens {
public:
    Tokens(Storage &storage, Committer &committer, Accounts &accounts);

    struct New {
        QString name;
        /// Sign-in name of the user whose rights it has.
        QString user;
        QStringList scopes;
        /// Milliseconds since 1970; nothing: it does not expire.
        std::optional<qint64> expiresAtMs;
    };
    /// Answers the token, which nobody can show again. Errors: account.unknown_user {name}, api.bad_name {name},
    /// api.token_exists {name}, api.bad_scope {scope}.
    Result<QString> add(const New &token);

    struct Line {
        QString name, user, scopes;
        qint64 madeAtMs = 0;
        /// 0: never.
        qint64 expiresAtMs = 0, usedAtMs = 0, revokedAtMs = 0;
        bool isExpired = false;
    };
    Result<std::vector<Line>> list();
    /// It is refused from the next request on. Errors: api.unknown_token {name}.
    Result<> revoke(const QString &name);

    /// Looked up in the connection's snapshot. Errors: api.no_token, api.bad_token, api.token_revoked,
    /// api.token_expired, auth.user_disabled, auth.unknown_user.
    Result<ApiSession> session(Connection &connection, const QByteArray &token);

private:
    void noteUse(const Id &device, qint64 usedAtMs);
    Storage &m_storage;
    Committer &m_committer;
    Accounts &m_accounts;
};

} // namespace tz::server
