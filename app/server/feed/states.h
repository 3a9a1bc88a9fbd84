// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/scopes/scopes.h"

#include <map>
#include <span>
#include <unordered_map>

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
        /// Which of the fields are sets, by their numbers in _member.
        std::map<int, size_t> sets;
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
    /// These records, each once and in this order. Answers those that do not exist or are not visible.
    Result<std::vector<Id>> add(Table &table, std::span<const Id> ids);

private:
    struct Found {
        wire::Row row;
        bool isDeleted = false;
        std::vector<qint64> keys;
    };
    using Places = std::unordered_map<Id, size_t>;
    static Places placesOf(const std::vector<Found> &found);
    static QByteArray selectFor(const Table &table);
    /// Without sets and keys.
    static Result<std::vector<Found>> read(const Table &table, Statement &select);
    /// `members`: owner, field and value of what they may hold in sets.
    static Result<> readSets(const Table &table, std::vector<Found> &found, Statement &members);
    /// `keys`: id and audience key.
    static Result<> readKeys(std::vector<Found> &found, Statement &keys);
    /// False: it is not visible.
    bool take(Table &table, Found &&found) const;
    /// Up to so many ids, in one question each.
    Result<> addSome(Table &table, std::span<const Id> ids, size_t places, std::vector<Id> &others);

    Connection &m_connection;
    const Scope &m_scope;
};

} // namespace tz::server
