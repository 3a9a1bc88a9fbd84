// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/store/database.h"
#include "core/store/record.h"
#include "core/store/schemaplan.h"

#include <span>

namespace tz {

/// Writes whole records into the entity tables with prepared statements: the lowest level, without rules, outbox or
/// search; used by the local store, the application of pulled pages and the server. Belongs to one thread; must run
/// inside a transaction.
class TZ_CORE_EXPORT RowWriter {
public:
    RowWriter(Database &database, CatalogPtr catalog, SchemaKind kind);
    ~RowWriter();

    /// Values for the columns of ours; what the schema kind does not have is ignored.
    struct System {
        qint64 rev = 0;
        int state = 0;         ///< replica
        QByteArray keys;       ///< replica
        qint64 madeRev = 0;    ///< server
        QByteArray clock;      ///< server
        Id root;               ///< server
        qint64 deletedRev = 0; ///< server; 0: living
    };
    /// Inserts or replaces the row (its rowid stays); columns, then sets that differ. Answers the rowid.
    Result<qint64> put(const Record &record, const System &system);
    /// Inserts a row that is not here yet; answers 0 and leaves everything as it is when it is. For many rows that are
    /// new in all likelihood: nothing is looked up beforehand.
    Result<qint64> insert(const Record &record, const System &system);

    /// A row that is not here yet: what takes time and needs no database is worked out beforehand, by pack().
    struct NewRow {
        Record record;
        System system;
        QByteArray texts;            ///< of the fields in UTF-8, one behind the other, then the sort key
        std::vector<qsizetype> ends; ///< where the text of each field ends in it
    };
    /// On any thread.
    static void pack(NewRow &row);
    /// The greatest id of any row, in the recycle bin or not; null: there is none.
    Result<Id> greatest(const Entity &entity);
    /// Those of these ids that have a row already, in the recycle bin or not.
    Result<std::vector<Id>> present(const Entity &entity, std::span<const Id> ids);
    /// Inserts packed rows of one entity; none of them is here. Many rows are one statement. Answers the row id of the
    /// first; those of the others follow it one by one. Replica only.
    Result<qint64> insert(const Entity &entity, std::span<const NewRow> rows);

    /// Deletes row and sets for good (eviction).
    Result<> erase(const Entity &entity, const Id &id);
    Result<> setMembers(const Entity &entity, const Id &owner, const Field &field, const ValueList &members);
    /// Recomputes rollup columns of these records from their children.
    Result<> refreshRollups(const Entity &entity, std::span<const Id> ids);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Keeps the search index in step; inside the caller's transaction. On the replica only.
class TZ_CORE_EXPORT SearchWriter {
public:
    SearchWriter(Database &database, CatalogPtr catalog, const CatalogNumbers &numbers);
    ~SearchWriter();
    /// `isNew`: the row has no entry yet, for certain.
    Result<> put(const Record &record, qint64 rowId, bool isNew = false);

    /// What put() does for a new row, in three steps: the texts are read, words are made of them (on any thread), the
    /// entry is written.
    struct Entry {
        const Entity *entity = nullptr;
        Id id;
        qint64 row = 0;
        const std::vector<const Field *> *fields = nullptr; ///< the writer's
        std::vector<Value> texts;                           ///< of these fields
        QByteArray words, pinyin, initials;                 ///< in UTF-8
    };
    Result<Entry> gathered(const Record &record, qint64 rowId);
    static void spell(Entry &entry);
    Result<> insert(const Entry &entry);

    Result<> remove(const Entity &entity, qint64 rowId);
    /// Large pages are indexed after they are applied: remembers that these rows wait (table _search_todo).
    Result<> defer(const Entity &entity, qint64 rowId) { return defer(entity, rowId, rowId); }
    /// The rows from `first` to `last` that exist.
    Result<> defer(const Entity &entity, qint64 first, qint64 last);
    /// Indexes up to `limit` waiting rows; answers whether others still wait.
    Result<bool> catchUp(int limit);
    /// Merges the index and drops what deleted rows left in it (eviction).
    Result<> optimize();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
