// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/store/database.h"

namespace tz {

enum class SchemaKind { Replica, Server };

/// One step of a migration, for people and for execution.
struct SchemaStep {
    QString description;
    QByteArray sql;
    /// Writes over or moves values that people entered; computed ones can always be computed again.
    bool rewrites = false;
};

/// What a database has to become for a catalog: built from both, shown, then executed in one transaction.
/// Added fields become columns, "was" moves values, removed fields keep their columns, hidden.
class TZ_CORE_EXPORT SchemaPlan {
public:
    static Result<SchemaPlan> make(Database &database, const Catalog &catalog, SchemaKind kind);
    bool isEmpty() const { return m_steps.isEmpty(); }
    const QList<SchemaStep> &steps() const { return m_steps; }
    /// Executes in one transaction. When it rewrites what is there, a copy of the file is kept beside it
    /// ("….before-migration") until it has succeeded; a plan that only adds (a custom field) needs none.
    /// Errors: store.* with the `step` that failed.
    Result<> execute(Database &database) const;

private:
    /// Remembers what was planned for, so that the next start need not plan.
    Result<> note(Database &database) const;

    QList<SchemaStep> m_steps;
    QString m_fingerprint;
    bool m_isNoted = false;
    SchemaKind m_kind = SchemaKind::Replica;
    bool m_new = false;
};

/// Before very many rows come into empty tables: takes away the indexes by which lists are sorted and filtered, not
/// those by which links are followed. makeNextListIndex() or the next SchemaPlan makes them again, in a fraction of the
/// time that keeping them would have cost. Inside the caller's transaction.
TZ_CORE_EXPORT Result<> dropListIndexes(Database &database, const Catalog &catalog, SchemaKind kind);
/// Makes one index that is missing; false: none was. Inside the caller's transaction.
TZ_CORE_EXPORT Result<bool> makeNextListIndex(Database &database, const Catalog &catalog, SchemaKind kind);

/// Columns that every entity table has besides its fields. Replica: rowid, id, _rev, _state, _keys, _sort.
/// Server: rowid, id, _rev, _made_rev, _clock, _root, _deleted_rev, _sort.
/// Sets live in _member(entity, owner, field, value).

/// The number that this database gave an entity or one of its fields, for search row ids, clocks and keys; assigned at
/// the first sight and never changed (tables _entity and _field).
class TZ_CORE_EXPORT CatalogNumbers {
public:
    static Result<CatalogNumbers> load(Database &database, const Catalog &catalog);
    int entity(const Entity &entity) const { return m_entities.value(entity.fullName, -1); }
    const Entity *entityAt(int number) const { return m_byNumber.value(number, nullptr); }
    int field(const Entity &entity, int index) const { return m_fields.value(&entity).value(index, -1); }
    /// False while the database has not been migrated to this catalog: load again later.
    bool isComplete() const { return m_complete; }
    int fieldIndexAt(const Entity &entity, int number) const { return m_fieldIndexes.value(&entity).value(number, -1); }

private:
    QHash<QString, int> m_entities;
    QHash<int, const Entity *> m_byNumber;
    QHash<const Entity *, QList<int>> m_fields;
    QHash<const Entity *, QHash<int, int>> m_fieldIndexes;
    bool m_complete = true;
};

} // namespace tz
