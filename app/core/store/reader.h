// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/query.h"
#include "core/store/record.h"

namespace tz {

class Catalog;

/// Read access to records, the same for the local store, the server's storage and tests. Belongs to one thread.
class TZ_CORE_EXPORT Reader {
public:
    virtual ~Reader() = default;
    virtual const Catalog &catalog() const = 0;
    /// The record with its sets and derived values; nothing when it does not exist (or is deleted, unless asked).
    virtual Result<std::optional<Record>> find(const Entity &entity, const Id &id, bool withDeleted = false) const = 0;
    /// Errors: query.unknown_entity, query.unknown_field {name, suggestion}, expression.*, store.*.
    virtual Result<Rows> select(const Query &query) const = 0;

    /// Title of a record for people; empty when it is not here (deleted, or outside the user's scope).
    QString title(const Entity &entity, const Id &id) const;
    Result<qint64> count(const QString &entity, const QString &filter = {}) const;
    /// Ids of the records for which `filter` holds, at most `limit` (0: all).
    Result<std::vector<Id>> ids(const QString &entity, const QString &filter, QHash<QString, Value> parameters = {},
                                int limit = 0) const;
};

} // namespace tz
