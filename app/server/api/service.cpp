// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/service.h"

#include <sodium.h>

namespace tz::server {

Service::Service(QString folder, std::unique_ptr<Storage> storage)
    : m_folder(std::move(folder))
    , m_storage(std::move(storage))
    , m_scopes(m_storage->principals())
    , m_committer(*m_storage, m_scopes)
    , m_accounts(*m_storage, m_committer, m_scopes)
    , m_people(*m_storage, m_committer, m_accounts)
    , m_tokens(*m_storage, m_committer, m_accounts)
    , m_apiRequests(*m_storage->environment().clock)
    , m_webhooks(*m_storage, m_committer, m_accounts, m_scopes)
    , m_strangers(*m_storage->environment().clock)
    , m_hellos(*m_storage->environment().clock)
    , m_backfills(*m_storage->environment().clock)
    , m_presence(*m_storage, m_committer)
{
}

Result<std::unique_ptr<Service>> Service::open(const QString &folder, DepartmentHost &host,
                                               const Environment &environment, bool create)
{
    if (sodium_init() < 0)
        return fail("server.no_crypto");
    TZ_ASSIGN(std::unique_ptr<Storage> storage, Storage::open(folder, host, environment, create));
    std::unique_ptr<Service> service(new Service(folder, std::move(storage)));
    TZ_TRY(service->m_storage->reloadCustomFields());
    TZ_TRY(service->m_committer.followRules());
    return service;
}

} // namespace tz::server
