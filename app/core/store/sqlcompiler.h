// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/expression/expression.h"
#include "core/store/query.h"
#include "core/store/schemaplan.h"
#include "core/store/sqldialect.h"

namespace tz {

/// "name" as SQL identifier. Names come from the catalog, which allows only letters, digits and underscores.
TZ_CORE_EXPORT QString quoted(const QString &identifier);

/// The record that a reference field points to; null where its department is absent.
const Entity *targetOf(const Catalog &catalog, const Field &field);

/// Whether the title's sort key stands in the column _sort.
TZ_CORE_EXPORT bool hasStoredSortKey(const Entity &entity);

/// Whether the field is the title and needs no index of its own: equal texts have equal sort keys, and these have one.
bool isFoundBySortKey(const Entity &entity, const Field &field);

/// Condition that the row `alias` is not in the recycle bin, in the words of the partial indexes.
QString livingSql(SchemaKind kind, const QString &alias);
QString deletedSql(SchemaKind kind, const QString &alias);

/// Makes the SQL text of one statement over one entity: columns by path, conditions, sort keys, joins along links.
/// Values are collected in order of their numbers (?1, ?2, …).
class SqlCompiler {
public:
    SqlCompiler(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                const expression::Context &context, const Entity &entity,
                const SqlDialect &dialect = SqlDialect::sqlite(), QString aliasPrefix = QStringLiteral("t"));

    /// A value that a path leads to.
    struct Target {
        QString sql;
        const Entity *entity = nullptr; ///< that holds the field
        const Field *field = nullptr;   ///< null for system columns and members
        bool isTitle = false;
        /// Set fields: SQL of the owner's id instead of a value.
        bool isSet = false;
        QString alias;
    };
    Result<Target> target(const QString &path);
    Result<QString> condition(const expression::Expression &expression);
    Result<QString> condition(const QString &text);
    /// What to sort by for this path.
    Result<QString> sortKey(const QString &path);
    /// The sort key of one value of that path, for keyset paging. A reference has that of its record's title: then
    /// `referred` says whose record the value is, and the caller looks it up.
    struct KeyValue {
        Value key;
        const Entity *referred = nullptr;
    };
    Result<KeyValue> keyOf(const QString &path, const Value &value);
    /// The value of a derived field of the entity itself.
    Result<QString> derived(const Field &field);

    QString bind(const Value &value);
    /// " AND …": the row may be seen; empty where all may.
    QString visibleSql(const Entity &entity, const QString &alias) const;
    const SqlDialect &dialect() const { return m_dialect; }
    QString alias() const { return m_prefix + u'0'; }
    const QString &aliasPrefix() const { return m_prefix; }
    /// "table AS t0 LEFT JOIN …": all joins asked for so far.
    QString from() const { return m_from; }
    bool hasJoins() const { return m_tables.size() > 1; }
    int tables() const { return int(m_tables.size()); }
    /// Joins asked for from this table number on; for a second level of one statement.
    QString joinsFrom(int table) const { return m_joins.mid(table - 1).join(QString()); }
    QString joinsUpTo(int table) const { return m_joins.mid(0, table - 1).join(QString()); }
    const ValueList &values() const { return *m_values; }
    /// Goes on with the numbering of another compiler of the same statement.
    void shareValues(SqlCompiler &with) { m_values = with.m_values; }

private:
    class Scope;
    friend class Scope;
    struct Resolved {
        int table = 0;
        const Field *field = nullptr;
        /// "id", "_title" …, the member of a JSON field, or the property of a state.
        QString rest;
        enum class Kind { Field, System, Title, Member, Property } kind = Kind::Field;
    };
    Result<Resolved> resolve(int table, const QStringList &path);
    Result<int> join(int table, const Field &reference);
    Result<QString> columnSql(int table, const Field &field);
    Result<QString> titleSql(int table, int depth);
    Result<QString> titleSortSql(int table, int depth);
    Result<QString> sortSql(const Resolved &at);
    Error unknownField(int table, const QString &name) const;
    bool sees(int table, const Field &field) const;
    bool isOverUnseen(const Entity &entity, const Field &field) const;
    bool isAnyOverUnseen(const Entity &entity, const QStringList &paths) const;
    const Entity &entityAt(int table) const { return *m_tables[table].entity; }
    QString aliasAt(int table) const { return m_prefix + QString::number(table); }

    const Catalog &m_catalog;
    const CatalogNumbers &m_numbers;
    SchemaKind m_kind;
    const expression::Context &m_context;
    const SqlDialect &m_dialect;
    QString m_prefix;
    struct Table {
        const Entity *entity;
        QString path;
        int depth;
    };
    QList<Table> m_tables;
    QString m_from;
    QStringList m_joins;
    std::shared_ptr<ValueList> m_values = std::make_shared<ValueList>();
    int m_formulaDepth = 0;
};

/// Statements that recompute the rollups of one record, then the formulas that depend on them, one after the other.
/// The record's id is the first value of each, to be put in by the caller. Empty when there are no rollups.
struct DerivedUpdate {
    QByteArray sql;
    ValueList values;
};
Result<QList<DerivedUpdate>> derivedUpdates(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                                            const expression::Context &context, const Entity &entity,
                                            const SqlDialect &dialect);
/// Formulas with columns that read rollups, directly or through other formulas, in the order of their computation.
QList<const Field *> formulasOverRollups(const Entity &entity);
/// The value of a rollup field of the row that `alias` (SQL) stands for.
Result<QString> rollupSql(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                          const expression::Context &context, const Field &field, const QString &alias,
                          SqlCompiler &owner);

} // namespace tz
