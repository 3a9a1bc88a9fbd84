// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/accounts.h"

namespace tz::server {

/// How far the deliveries of a webhook have come, and what keeps them up.
struct WebhookProgress {
    /// Last entry of the audit trail that was looked at, and its revision.
    qint64 seq = 0, rev = 0;
    /// 0: never.
    qint64 deliveredAtMs = 0;
    /// Attempts in a row that failed, since when, when to try again, and why the last one did.
    qint64 failures = 0, failingSinceMs = 0, nextAtMs = 0;
    std::optional<Error> lastError;
    /// It failed for too long and is left alone until somebody enables it; 0: not.
    qint64 disabledAtMs = 0;
};

struct Webhook {
    Id id;
    QString url;
    QString entity;
    QStringList events; ///< "create", "update", "delete"
    Id user;            ///< whose rights count
    QByteArray secret;
    WebhookProgress progress;
};

/// Where the company's other programs want to be told of changes. Made, listed and removed by administrators.
/// Thread-safe.
class Webhooks {
public:
    /// Failing for longer than this switches a webhook off.
    static constexpr qint64 patienceMs = qint64(5) * 86'400'000;
    /// Who delivers has it for so long at a time, so that of several processes one does.
    static constexpr qint64 heldMs = 30'000;

    Webhooks(Storage &storage, Committer &committer, Accounts &accounts, Scopes &scopes);

    struct New {
        QString url;
        QString entity;
        QStringList events;
        QString user; ///< sign-in name
        /// http:// may lead to another computer.
        bool allowHttp = false;
    };
    struct Made {
        Id id;
        /// Signs the deliveries.
        QString secret;
    };
    /// It hears of what is changed from now on. Errors: webhook.bad_url {url}, webhook.plain_http {url},
    /// webhook.bad_event {event}, webhook.not_readable {entity, user}, record.unknown_entity {entity},
    /// account.unknown_user {name}.
    Result<Made> add(const New &webhook);
    struct Line {
        Webhook webhook;
        QString user;
    };
    Result<std::vector<Line>> list();
    /// Errors of both: webhook.unknown {id}.
    Result<> remove(const QString &id);
    /// Goes on where it stopped.
    Result<> enable(const QString &id);

    /// Those that are not switched off.
    Result<std::vector<Id>> active();
    Result<std::optional<Webhook>> find(const Id &id);
    /// True: `holder` alone delivers for `heldMs` from now on. Only asked where several processes serve.
    Result<bool> hold(const Id &id, const Id &holder);
    /// Also gives back what was held, unless `keep`.
    Result<> save(const Id &id, const WebhookProgress &progress, bool keep);
    /// Prometheus text: how many there are in which state.
    QByteArray metrics();

private:
    Result<std::vector<Line>> read(Connection &connection, const Id &only);
    Result<> change(const QString &id, const QByteArray &sql);
    Storage &m_storage;
    Committer &m_committer;
    Accounts &m_accounts;
    Scopes &m_scopes;
};

} // namespace tz::server
