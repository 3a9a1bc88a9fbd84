// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/schemaplanner.h"

#include "core/base/decimal.h"
#include "core/locale/collation.h"
#include "core/store/sqlcompiler.h"

#include <QRegularExpression>

namespace tz {

namespace {

QString columnType(const Field &field, const SqlDialect &dialect)
{
    if (field.type == FieldType::Bool)
        return dialect.boolType();
    if (field.isNumber() || field.type == FieldType::Date || field.type == FieldType::DateTime)
        return QStringLiteral("INTEGER");
    if (field.isReference())
        return QStringLiteral("BLOB");
    return QStringLiteral("TEXT");
}

// What a stored value of the field means; a change of it needs the values to be computed or converted anew.
QString formulaOf(const Field &field)
{
    if (field.rollup)
        return QStringLiteral("%1 %2.%3 %4 %5")
            .arg(int(field.rollup->kind))
            .arg(field.rollup->entity, field.rollup->by, field.rollup->value, field.rollup->filterText);
    return field.formulaText;
}

QString columnDefinition(const Field &field, const SqlDialect &dialect)
{
    QString definition = quoted(field.name) + u' ' + columnType(field, dialect);
    // A record without children has these rollups before anybody computed them.
    if (field.rollup && (field.rollup->kind == Rollup::Kind::Count || field.rollup->kind == Rollup::Kind::Sum))
        definition += QStringLiteral(" DEFAULT 0");
    return definition;
}

QString systemColumns(SchemaKind kind)
{
    if (kind == SchemaKind::Replica)
        return QStringLiteral(
            "_rev INTEGER NOT NULL DEFAULT 0, _state INTEGER NOT NULL DEFAULT 0, _keys BLOB, _sort BLOB");
    return QStringLiteral("_rev INTEGER NOT NULL DEFAULT 0, _made_rev INTEGER NOT NULL DEFAULT 0, _clock BLOB, "
                          "_root BLOB, _deleted_rev INTEGER NOT NULL DEFAULT 0, _sort BLOB");
}

// What follows "ON table", and whether more than lists depend on it.
struct Index {
    QString on;
    bool isLink = false;
};
// By name.
using Indexes = QMap<QString, Index>;

Indexes indexesOf(const Entity &entity, SchemaKind kind, const SqlDialect &dialect)
{
    Indexes indexes;
    QSet<QString> led; // fields that some index begins with
    const QString living = QStringLiteral(" WHERE ") + livingSql(kind, QString());
    const auto isLink = [&](const Field &field) {
        return field.type == FieldType::Link || field.name == entity.parent;
    };
    const auto add = [&](const QStringList &fields) {
        QStringList columns;
        for (const QString &name : fields) {
            const Field *const field = entity.field(name);
            if (!field || !field->hasColumn())
                return;
            columns << dialect.indexed(quoted(name));
        }
        if (columns.isEmpty())
            return;
        indexes.insert(
            entity.table + QStringLiteral("__") + fields.join(QStringLiteral("__")),
            {u'(' + columns.join(QStringLiteral(", ")) + u')' + living, isLink(*entity.field(fields.first()))});
        led.insert(fields.first());
    };
    for (const QStringList &declared : entity.indexes)
        add(declared);
    if (hasStoredSortKey(entity))
        indexes.insert(entity.table + QStringLiteral("__sort"),
                       {u'(' + dialect.indexed(QStringLiteral("_sort")) + u')' + living});
    // By these imports and links by text find a record.
    for (const QStringList &key : entity.keys) {
        const Field *const field = key.isEmpty() ? nullptr : entity.field(key.first());
        if (field && !led.contains(field->name) && !isFoundBySortKey(entity, *field))
            add({field->name});
    }
    // Related lists, rollups and lines. Not only for living records: eviction and restoring follow links too.
    for (const Field &field : entity.fields) {
        if (isLink(field) && field.hasColumn() && !led.contains(field.name))
            indexes.insert(entity.table + QStringLiteral("__") + field.name,
                           {u'(' + quoted(field.name) + QStringLiteral(") WHERE ") + quoted(field.name) +
                                QStringLiteral(" IS NOT NULL"),
                            true});
    }
    if (kind == SchemaKind::Server) {
        indexes.insert(entity.table + QStringLiteral("__rev"), {QStringLiteral("(_rev)")});
        indexes.insert(entity.table + QStringLiteral("__root"), {QStringLiteral("(_root) WHERE _root IS NOT NULL")});
    }
    return indexes;
}

QString createSql(const Entity &entity, const QString &name, const Index &index)
{
    return QStringLiteral("CREATE INDEX ") + quoted(name) + QStringLiteral(" ON ") + quoted(entity.table) + index.on;
}

// Quoted as SQL text. Only for names and formulas of the catalog: data never goes into the text of a statement.
QString literal(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', QStringLiteral("''")) + u'\'';
}

// The same in every database, so that a server can move from one to another.
QString fieldKind(const Field &field)
{
    return field.isSet()       ? QStringLiteral("set")
           : field.hasColumn() ? columnType(field, SqlDialect::sqlite())
                               : QStringLiteral("none");
}

// Collects the steps of one migration.
class Planner {
public:
    Planner(Database &database, const Catalog &catalog, SchemaKind kind, QList<SchemaStep> &steps)
        : m_database(database)
        , m_catalog(catalog)
        , m_kind(kind)
        , m_steps(steps)
    {
    }

    Result<> plan(bool isNew)
    {
        m_isNew = isNew;
        if (!isNew) {
            TZ_ASSIGN(m_known, knownEntities(m_database));
            TZ_ASSIGN(Statement meta, m_database.prepare("SELECT value FROM _meta WHERE name = 'sort'"));
            TZ_ASSIGN(const bool found, meta.step());
            m_sortChanged = !found || meta.bytes(0) != collation::version();
        } else {
            m_sortChanged = true;
        }
        for (const KnownEntity &known : m_known)
            m_lastEntity = std::max(m_lastEntity, known.number);
        TZ_ASSIGN(m_oldIndexes, m_database.indexes());
        for (const Entity *const entity : m_catalog.entities())
            TZ_TRY(planEntity(*entity));
        planIndexes();
        TZ_TRY(planDerived());
        if (m_sortChanged)
            step(QStringLiteral("Remember the order of texts"),
                 QStringLiteral("INSERT INTO _meta(name, value) VALUES ('sort', ") +
                     literal(QString::fromLatin1(collation::version())) +
                     QStringLiteral(") ON CONFLICT(name) DO UPDATE SET value = excluded.value"));
        return {};
    }

private:
    void step(const QString &description, const QString &sql, bool rewrites = false)
    {
        m_steps.append({description, sql.toUtf8(), rewrites});
    }

    Result<> planEntity(const Entity &entity)
    {
        TZ_ASSIGN(const auto columns, m_database.columnsOf(entity.table));
        KnownEntity known = m_known.value(entity.fullName);
        const QString searched = entity.search.join(u' ');
        if (known.number == 0) {
            known.number = ++m_lastEntity;
            step(QStringLiteral("Number %1").arg(entity.fullName),
                 QStringLiteral("INSERT INTO _entity(number, name, title, search) VALUES (%1, %2, %3, %4)")
                     .arg(known.number)
                     .arg(literal(entity.fullName), literal(entity.title), literal(searched)));
        } else {
            const bool retitled = known.title != entity.title;
            if (retitled || known.search != searched)
                step(QStringLiteral("Note title and search fields of %1").arg(entity.fullName),
                     QStringLiteral("UPDATE _entity SET title = %1, search = %2 WHERE number = %3")
                         .arg(literal(entity.title), literal(searched))
                         .arg(known.number));
            if (known.search != searched && m_kind == SchemaKind::Replica)
                step(QStringLiteral("Index %1 for search anew").arg(entity.fullName),
                     QStringLiteral("INSERT OR IGNORE INTO _search_todo(row) SELECT %1 + rowid FROM %2")
                         .arg(qint64(known.number) << 40)
                         .arg(quoted(entity.table)));
            if (retitled)
                m_retitled.insert(entity.fullName);
        }

        if (columns.isEmpty()) {
            QStringList definitions{QStringLiteral("rowid INTEGER PRIMARY KEY"),
                                    QStringLiteral("id BLOB NOT NULL UNIQUE")};
            for (const Field &field : entity.fields) {
                if (field.hasColumn())
                    definitions << columnDefinition(field, m_dialect);
                planNumber(entity, known, field);
            }
            definitions << systemColumns(m_kind);
            step(QStringLiteral("Create table %1").arg(entity.table),
                 QStringLiteral("CREATE TABLE ") + quoted(entity.table) + u'(' +
                     definitions.join(QStringLiteral(", ")) + u')');
            return {};
        }

        QStringList conversions;
        for (const Field &field : entity.fields) {
            const QString old = planNumber(entity, known, field);
            if (!field.hasColumn())
                continue;
            const QString type = columnType(field, m_dialect);
            const KnownField before = known.fields.value(old.isEmpty() ? field.name : old);
            if (!old.isEmpty() && columns.contains(old) && !columns.contains(field.name)) {
                step(QStringLiteral("Rename %1.%2 to %3").arg(entity.table, old, field.name),
                     QStringLiteral("ALTER TABLE %1 RENAME COLUMN %2 TO %3")
                         .arg(quoted(entity.table), quoted(old), quoted(field.name)),
                     true);
            } else if (!columns.contains(field.name)) {
                step(QStringLiteral("Add %1.%2").arg(entity.table, field.name),
                     QStringLiteral("ALTER TABLE %1 ADD COLUMN %2")
                         .arg(quoted(entity.table), columnDefinition(field, m_dialect)));
                if (field.isDerived())
                    m_recompute[&entity].insert(field.name);
                continue;
            }
            const QString oldType = columns.value(columns.contains(field.name) ? field.name : old, type);
            if (oldType != type)
                replaceColumn(entity, field, oldType, columns);
            else if (!field.isDerived() && before.number != 0 && before.scale != field.scale && field.isNumber())
                conversions << quoted(field.name) + QStringLiteral(" = ") +
                                   rescaled(quoted(field.name), before.scale, field.scale);
            if (field.isDerived() && before.number != 0 &&
                (before.formula != formulaOf(field) || before.scale != field.scale))
                m_recompute[&entity].insert(field.name);
        }
        if (!conversions.isEmpty())
            step(QStringLiteral("Convert numbers of %1").arg(entity.table),
                 QStringLiteral("UPDATE ") + quoted(entity.table) + QStringLiteral(" SET ") +
                     conversions.join(QStringLiteral(", ")),
                 true);
        return {};
    }

    // A column of another type: the old one stays under another name, what can be converted is.
    void replaceColumn(const Entity &entity, const Field &field, const QString &oldType,
                       const QHash<QString, QString> &columns)
    {
        QString kept = field.name + QStringLiteral("__was_") + oldType.toLower();
        while (columns.contains(kept))
            kept += u'_';
        for (auto it = m_oldIndexes.cbegin(); it != m_oldIndexes.cend(); ++it) {
            if (it.key().startsWith(entity.table + QStringLiteral("__")))
                m_dropped.insert(it.key());
        }
        step(QStringLiteral("Keep %1.%2 as %3").arg(entity.table, field.name, kept),
             QStringLiteral("ALTER TABLE %1 RENAME COLUMN %2 TO %3")
                 .arg(quoted(entity.table), quoted(field.name), quoted(kept)),
             true);
        const QString type = columnType(field, m_dialect);
        step(QStringLiteral("Add %1.%2 as %3").arg(entity.table, field.name, type),
             QStringLiteral("ALTER TABLE %1 ADD COLUMN %2")
                 .arg(quoted(entity.table), columnDefinition(field, m_dialect)));
        if (type == QLatin1String("TEXT") && oldType == QLatin1String("INTEGER"))
            step(QStringLiteral("Move values of %1.%2").arg(entity.table, field.name),
                 QStringLiteral("UPDATE %1 SET %2 = CAST(%3 AS TEXT)")
                     .arg(quoted(entity.table), quoted(field.name), quoted(kept)));
    }

    static QString rescaled(const QString &column, int from, int to)
    {
        if (to >= from)
            return QStringLiteral("%1 * %2").arg(column).arg(decimal::powerOfTen(to - from));
        const qint64 unit = decimal::powerOfTen(from - to);
        // Half away from zero: digits that the field no longer has are rounded as people do.
        return QStringLiteral("(%1 + CASE WHEN %1 < 0 THEN -%2 ELSE %2 END) / %3").arg(column).arg(unit / 2).arg(unit);
    }

    // Gives the field its number. Answers its earlier name if it has been renamed just now.
    QString planNumber(const Entity &entity, KnownEntity &known, const Field &field)
    {
        const QString kind = fieldKind(field);
        const QString formula = formulaOf(field);
        QString old;
        if (const auto same = known.fields.constFind(field.name); same != known.fields.cend()) {
            if (same->kind != kind || same->scale != field.scale || same->formula != formula)
                step(QStringLiteral("Note the type of %1.%2").arg(entity.fullName, field.name),
                     QStringLiteral(
                         "UPDATE _field SET kind = %1, scale = %2, formula = %3 WHERE entity = %4 AND number = %5")
                         .arg(literal(kind))
                         .arg(field.scale)
                         .arg(literal(formula))
                         .arg(known.number)
                         .arg(same->number));
            return old;
        }
        if (!field.was.isEmpty() && known.fields.contains(field.was)) {
            old = field.was;
            step(QStringLiteral("Rename %1.%2 to %3").arg(entity.fullName, old, field.name),
                 QStringLiteral("UPDATE _field SET name = %1, kind = %2, scale = %3, formula = %4 "
                                "WHERE entity = %5 AND number = %6")
                     .arg(literal(field.name), literal(kind))
                     .arg(field.scale)
                     .arg(literal(formula))
                     .arg(known.number)
                     .arg(known.fields.value(old).number));
            return old;
        }
        step(QStringLiteral("Number %1.%2").arg(entity.fullName, field.name),
             QStringLiteral(
                 "INSERT INTO _field(entity, number, name, kind, scale, formula) VALUES (%1, %2, %3, %4, %5, %6)")
                 .arg(known.number)
                 .arg(++known.lastField)
                 .arg(literal(field.name), literal(kind))
                 .arg(field.scale)
                 .arg(literal(formula)));
        return old;
    }

    void planIndexes()
    {
        for (const Entity *const entity : m_catalog.entities()) {
            const Indexes wanted = indexesOf(*entity, m_kind, m_dialect);
            for (auto it = m_oldIndexes.cbegin(); it != m_oldIndexes.cend(); ++it) {
                if (it.key().startsWith(entity->table + QStringLiteral("__")) &&
                    (!wanted.contains(it.key()) || m_dropped.contains(it.key()))) {
                    step(QStringLiteral("Drop index %1").arg(it.key()),
                         QStringLiteral("DROP INDEX ") + quoted(it.key()));
                    m_dropped.insert(it.key());
                }
            }
            for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
                const QString sql = createSql(*entity, it.key(), it.value());
                const bool exists = m_oldIndexes.contains(it.key()) && !m_dropped.contains(it.key());
                if (exists && m_oldIndexes.value(it.key()) == sql)
                    continue;
                if (exists)
                    step(QStringLiteral("Drop index %1").arg(it.key()),
                         QStringLiteral("DROP INDEX ") + quoted(it.key()));
                step(QStringLiteral("Create index %1").arg(it.key()), sql);
            }
        }
    }

    Result<> planDerived()
    {
        if (m_isNew)
            return {};
        const expression::Context context;
        const CatalogNumbers none;
        for (const Entity *const entity : m_catalog.entities()) {
            if (!m_known.contains(entity->fullName))
                continue;
            QSet<QString> again = m_recompute.value(entity);
            // What reads a value computed anew is computed anew too.
            for (bool more = !again.isEmpty(); more;) {
                more = false;
                for (const Field &field : entity->fields) {
                    if (!field.formula || again.contains(field.name))
                        continue;
                    const QStringList &paths = field.formula->paths();
                    if (std::any_of(paths.begin(), paths.end(), [&](const QString &p) { return again.contains(p); })) {
                        again.insert(field.name);
                        more = true;
                    }
                }
            }
            for (const Field *const field : inOrder(*entity, again)) {
                SqlCompiler compiler(m_catalog, none, m_kind, context, *entity, m_dialect);
                auto value = compiler.derived(*field);
                if (!value)
                    return fail(std::move(value.error()));
                step(QStringLiteral("Compute %1.%2").arg(entity->table, field->name),
                     QStringLiteral("UPDATE ") + quoted(entity->table) + QStringLiteral(" AS t0 SET ") +
                         quoted(field->name) + QStringLiteral(" = ") + inlined(*value, compiler.values()));
            }
            const bool titleComputed = again.contains(entity->title);
            if ((m_sortChanged || titleComputed || m_retitled.contains(entity->fullName)) && hasStoredSortKey(*entity))
                step(QStringLiteral("Sort %1 anew").arg(entity->table),
                     QStringLiteral("UPDATE ") + quoted(entity->table) + QStringLiteral(" SET _sort = ") +
                         (m_dialect.hasOurSortKeys() ? m_dialect.sortKey(quoted(entity->title))
                                                     : QStringLiteral("NULL")));
        }
        return {};
    }

    // Rollups first, then formulas so that each comes after those it reads.
    static QList<const Field *> inOrder(const Entity &entity, const QSet<QString> &names)
    {
        QList<const Field *> ordered;
        QSet<QString> done;
        for (const Field &field : entity.fields) {
            if (names.contains(field.name) && field.rollup && field.hasColumn())
                ordered.append(&field);
        }
        for (const Field *const field : ordered)
            done.insert(field->name);
        for (bool more = true; more;) {
            more = false;
            for (const Field &field : entity.fields) {
                if (!names.contains(field.name) || done.contains(field.name) || !field.formula)
                    continue;
                const QStringList &paths = field.formula->paths();
                const bool ready = std::all_of(paths.begin(), paths.end(), [&](const QString &path) {
                    return !names.contains(path) || done.contains(path);
                });
                if (!ready)
                    continue;
                done.insert(field.name);
                if (field.hasColumn())
                    ordered.append(&field);
                more = true;
            }
        }
        return ordered;
    }

    // Steps are plain SQL text, so the constants of formulas stand in it: what the catalog says, never data.
    static QString inlined(const QString &sql, const ValueList &values)
    {
        static const QRegularExpression parameter(QStringLiteral("\\?(\\d+)"));
        QString result;
        qsizetype from = 0;
        for (auto it = parameter.globalMatch(sql); it.hasNext();) {
            const auto match = it.next();
            const Value &value = values[match.captured(1).toUInt() - 1];
            result += QStringView(sql).mid(from, match.capturedStart() - from);
            if (value.isInteger())
                result += QString::number(value.toInteger());
            else if (value.isText())
                result += literal(value.toText());
            else if (value.isId())
                result += QStringLiteral("x'") + QString::fromLatin1(value.toId().toBytes().toHex()) + u'\'';
            else if (value.isBytes())
                result += QStringLiteral("x'") + QString::fromLatin1(value.toBytes().toHex()) + u'\'';
            else
                result += QStringLiteral("NULL");
            from = match.capturedEnd();
        }
        result += QStringView(sql).mid(from);
        return result;
    }

    Database &m_database;
    const Catalog &m_catalog;
    SchemaKind m_kind;
    const SqlDialect &m_dialect{m_database.dialect()};
    QList<SchemaStep> &m_steps;
    QHash<QString, KnownEntity> m_known;
    QHash<QString, QString> m_oldIndexes;
    QSet<QString> m_dropped;
    QSet<QString> m_retitled;
    QHash<const Entity *, QSet<QString>> m_recompute;
    int m_lastEntity = 0;
    bool m_isNew = false;
    bool m_sortChanged = false;
};

} // namespace

Result<QHash<QString, KnownEntity>> knownEntities(Database &database)
{
    QHash<QString, KnownEntity> known;
    QHash<int, QString> names;
    TZ_ASSIGN(Statement entities, database.prepare("SELECT number, name, title, search FROM _entity"));
    for (;;) {
        TZ_ASSIGN(const bool found, entities.step());
        if (!found)
            break;
        KnownEntity entity;
        entity.number = int(entities.integer(0));
        entity.title = entities.text(2);
        entity.search = entities.text(3);
        names.insert(entity.number, entities.text(1));
        known.insert(entities.text(1), entity);
    }
    TZ_ASSIGN(Statement fields, database.prepare("SELECT entity, number, name, kind, scale, formula FROM _field"));
    for (;;) {
        TZ_ASSIGN(const bool found, fields.step());
        if (!found)
            return known;
        const auto entity = known.find(names.value(int(fields.integer(0))));
        if (entity == known.end())
            continue;
        const int number = int(fields.integer(1));
        entity->fields.insert(fields.text(2), {number, fields.text(3), int(fields.integer(4)), fields.text(5)});
        entity->lastField = std::max(entity->lastField, number);
    }
}

Result<> dropListIndexes(Database &database, const Catalog &catalog, SchemaKind kind)
{
    // Nothing is as planned any more.
    TZ_TRY(database.execute("DELETE FROM _meta WHERE name = 'planned'"));
    for (const Entity *const entity : catalog.entities()) {
        const Indexes indexes = indexesOf(*entity, kind, database.dialect());
        for (auto it = indexes.cbegin(); it != indexes.cend(); ++it) {
            if (!it->isLink)
                TZ_TRY(database.execute("DROP INDEX IF EXISTS " + quoted(it.key()).toUtf8()));
        }
    }
    return {};
}

Result<bool> makeNextListIndex(Database &database, const Catalog &catalog, SchemaKind kind)
{
    TZ_ASSIGN(const auto known, database.indexes());
    for (const Entity *const entity : catalog.entities()) {
        const Indexes indexes = indexesOf(*entity, kind, database.dialect());
        for (auto it = indexes.cbegin(); it != indexes.cend(); ++it) {
            if (known.contains(it.key()))
                continue;
            TZ_TRY(database.execute(createSql(*entity, it.key(), *it).toUtf8()));
            return true;
        }
    }
    return false;
}

Result<> planEntities(Database &database, const Catalog &catalog, SchemaKind kind, bool isNew, QList<SchemaStep> &steps)
{
    return Planner(database, catalog, kind, steps).plan(isNew);
}

} // namespace tz
