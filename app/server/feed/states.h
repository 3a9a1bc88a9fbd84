// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/scopes/scopes.h"

namespace tz::server {

/// Turns rows of one entity into what one user may have of them. Every record that leaves the server goes through here.
/// Belongs to one snapshot of one connection.
class States {
public:
    States(Connection &connection, const Scope &scope)
        : m_connection(connection)
        , m_scope(scope)
    {
    }

    struct Table {
        const Entity *entity = nullptr;
        int number = 0;
        wire::TableRows rows;
        /// Deleted records whose audience the user belongs to.
        std::vector<Id> gone;
        qint64 bytes = 0;
    };

    /// Empty table with the fields that the user may see; nothing: the entity is not served to them.
    std::optional<Table> table(const Entity &entity) const;
    /// The records of the entity with _rev in (after, upto]: for users who may see all.
    Result<> addRange(Table &table, qint64 after, qint64 upto);
    /// One record; false: it does not exist or is not visible.
    Result<bool> add(Table &table, const Id &id);

private:
    QByteArray selectFor(const Table &table) const;
    Result<> take(Table &table, Statement &select, bool allVisible, bool &visible);
    Result<Value> members(const Table &table, const Id &id, int field);
    Connection &m_connection;
    const Scope &m_scope;
};

} // namespace tz::server
