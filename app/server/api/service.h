// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/people.h"
#include "server/accounts/tokens.h"
#include "server/api/api.h"
#include "server/api/presence.h"
#include "server/api/rations.h"
#include "server/webhooks/webhooks.h"

namespace tz::server {

/// The server's rooms, built in the order in which they need each other.
class Service {
public:
    static Result<std::unique_ptr<Service>> open(const QString &folder, DepartmentHost &host,
                                                 const Environment &environment, bool create);

    Storage &storage() { return *m_storage; }
    Scopes &scopes() { return m_scopes; }
    Committer &committer() { return m_committer; }
    Accounts &accounts() { return m_accounts; }
    People &people() { return m_people; }
    Tokens &tokens() { return m_tokens; }
    ApiRequests &apiRequests() { return m_apiRequests; }
    Webhooks &webhooks() { return m_webhooks; }
    Strangers &strangers() { return m_strangers; }
    Hellos &hellos() { return m_hellos; }
    BackfillLine &backfills() { return m_backfills; }
    Presence &presence() { return m_presence; }
    /// The data folder.
    const QString &folder() const { return m_folder; }

private:
    Service(QString folder, std::unique_ptr<Storage> storage);
    QString m_folder;
    std::unique_ptr<Storage> m_storage;
    Scopes m_scopes;
    Committer m_committer;
    Accounts m_accounts;
    People m_people;
    Tokens m_tokens;
    ApiRequests m_apiRequests;
    Webhooks m_webhooks;
    Strangers m_strangers;
    Hellos m_hellos;
    BackfillLine m_backfills;
    Presence m_presence;
};

} // namespace tz::server
