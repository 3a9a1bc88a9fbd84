// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/audience.h"
#include "core/sync/wire.h"
#include "server/storage/storage.h"

namespace tz::server {

/// What one user may have, as it stands in one snapshot. Immutable.
struct Scope {
    Actor actor; ///< without a device
    QString name;
    bool active = false;
    /// Days that a copy may be used without contact: the least that one of the roles says.
    int leaseDays = 60;
    wire::KeyList keys;
    QHash<QString, QString> visibility;
    /// Fields that may be sent, by entity; an entity that is missing is not served.
    QHash<const Entity *, QList<int>> fields;
    ModelPtr model;

    /// Positions in keys.keys of those that grant a record with these keys. Empty: not visible.
    std::vector<qint64> grantingPositions(int entity, const std::vector<qint64> &recordKeys) const;
    bool hasAllKey(int entity) const;
};
using ScopePtr = std::shared_ptr<const Scope>;

/// Works out scopes from the records of users, teams and roles; every way out of the server asks here. Thread-safe.
class Scopes {
public:
    explicit Scopes(Principals &principals)
        : m_principals(principals)
    {
    }
    /// The scope of the user in the connection's snapshot. Errors: auth.unknown_user.
    Result<ScopePtr> of(Connection &connection, const Id &user);
    /// The same without the memory: within a transaction that changed users, teams or roles itself.
    Result<ScopePtr> make(Connection &connection, const Id &user);
    static ScopePtr system(Connection &connection);

    /// A revision and its fingerprint.
    using Stamp = std::pair<qint64, QByteArray>;

private:
    Principals &m_principals;
    std::mutex m_mutex;
    struct Known {
        Stamp stamp;
        ScopePtr scope;
    };
    std::unordered_map<Id, Known> m_known;
};

} // namespace tz::server
