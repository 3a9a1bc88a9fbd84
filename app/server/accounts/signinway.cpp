// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/signinway.h"

namespace tz::server {

Result<Identity> activeUser(Storage &storage, Scopes &scopes, const Id &user)
{
    TZ_ASSIGN(Storage::Lease connection, storage.read());
    TZ_ASSIGN(Statement account, connection->db().prepare("SELECT disabled FROM account WHERE \"user\" = ?1"));
    TZ_ASSIGN(const bool known, account.bind(1, user).step());
    const bool disabled = known && account.integer(0) != 0;
    account.reset();
    const auto scope = scopes.of(*connection, user);
    if (disabled || !scope || !(*scope)->active)
        return fail("auth.user_disabled");
    return Identity{user, (*scope)->name, {}};
}

Result<Id> userNamed(Connection &connection, const QString &name)
{
    TZ_ASSIGN(Statement select,
              connection.db().prepare("SELECT record FROM claim WHERE kind = 'login' AND value = ?1"));
    select.bind(1, name.trimmed().toCaseFolded());
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return fail("account.unknown_user", {{QStringLiteral("name"), name}});
    return select.id(0);
}

} // namespace tz::server
