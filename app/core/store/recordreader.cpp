// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/recordreader.h"

#include "core/base/decimal.h"
#include "core/catalog/suggest.h"
#include "core/catalog/visibility.h"
#include "core/locale/collation.h"
#include "core/store/recordreader_p.h"
#include "core/store/sqlextensions.h"

#include <QDateTime>

namespace tz {

namespace {

constexpr int averageScale = 4;
// LIMIT of a query that has an offset only.
constexpr qint64 noLimit = std::numeric_limits<qint64>::max();

QString textOf(const Value &value, const Field &field)
{
    if (!value.isInteger())
        return value.toText();
    return field.type == FieldType::Date ? value.toDate().toString(Qt::ISODate)
                                         : decimal::toText(value.toInteger(), field.scale);
}

struct SortTerm {
    QString sql, path;
    bool descending = false;
};

QString orderBy(const std::vector<SortTerm> &terms, const SqlDialect &dialect)
{
    QStringList parts;
    for (const SortTerm &term : terms)
        parts << dialect.ordered(term.sql, term.descending);
    return parts.isEmpty() ? QString() : QStringLiteral(" ORDER BY ") + parts.join(QStringLiteral(", "));
}

// Rows behind the given one: the sort keys of the row, nulls first where the order ascends, as SQLite sorts them.
QString behind(const std::vector<SortTerm> &terms, const QStringList &values, const SqlDialect &dialect)
{
    QStringList alternatives;
    QString equal;
    for (size_t i = 0; i < terms.size(); ++i) {
        const QString &key = terms[i].sql;
        const QString &value = values[qsizetype(i)];
        const bool isNull = value == QLatin1String("NULL");
        QString after;
        if (!terms[i].descending)
            after = isNull ? key + QStringLiteral(" IS NOT NULL") : key + QStringLiteral(" > ") + value;
        else if (!isNull)
            after =
                u'(' + key + QStringLiteral(" < ") + value + QStringLiteral(" OR ") + key + QStringLiteral(" IS NULL)");
        if (!after.isEmpty())
            alternatives << u'(' + equal + after + u')';
        equal += dialect.same(key, value) + QStringLiteral(" AND ");
    }
    QString sql =
        alternatives.isEmpty() ? QStringLiteral("FALSE") : u'(' + alternatives.join(QStringLiteral(" OR ")) + u')';
    // Said once more about the first key alone, so that an index finds where to go on.
    if (!terms.front().descending && values.front() != QLatin1String("NULL"))
        sql += QStringLiteral(" AND ") + terms.front().sql + QStringLiteral(" >= ") + values.front();
    return sql;
}

} // namespace

ReadSnapshot::ReadSnapshot(Database &database)
{
    if (database.inTransaction())
        return;
    // Where it fails, each statement reads its own state, as without it.
    if (database.beginSnapshot())
        m_database = &database;
}

ReadSnapshot::~ReadSnapshot()
{
    if (m_database)
        m_database->endSnapshot();
}

RecordReader::RecordReader(Database &database, CatalogPtr catalog)
    : m_database(database)
    , m_catalog(std::move(catalog))
    , d(std::make_unique<Private>(*this))
{
}

RecordReader::~RecordReader() = default;

void RecordReader::setContext(const Id &me, const QList<Id> &teams, int utcOffsetSeconds, std::function<qint64()> nowMs)
{
    d->context.me = me;
    d->context.myTeams = teams;
    d->context.utcOffsetSeconds = utcOffsetSeconds;
    d->nowMs = std::move(nowMs);
}

void RecordReader::setVisibility(const Visibility *visibility)
{
    d->context.visibility = visibility;
}

Result<> RecordReader::Private::ready()
{
    TZ_TRY(reader.beforeReading());
    context.reader = &reader;
    context.nowMs = nowMs ? nowMs() : QDateTime::currentMSecsSinceEpoch();
    if (numbers && catalog == reader.m_catalog && numbers->isComplete())
        return {};
    TZ_ASSIGN(CatalogNumbers loaded, CatalogNumbers::load(reader.m_database, *reader.m_catalog));
    TZ_ASSIGN(Statement meta, reader.m_database.prepare("SELECT value FROM _meta WHERE name = 'kind'"));
    TZ_ASSIGN(const bool found, meta.step());
    kind = found && meta.text(0) == QLatin1String("server") ? SchemaKind::Server : SchemaKind::Replica;
    numbers = std::move(loaded);
    catalog = reader.m_catalog;
    finds.clear();
    hits.clear();
    return {};
}

Result<const Entity *> RecordReader::Private::entity(const QString &name) const
{
    if (const Entity *const found = reader.m_catalog->entity(name))
        return found;
    QStringList names;
    for (const Entity *const one : reader.m_catalog->entities())
        names << one->fullName;
    return fail("query.unknown_entity",
                {{QStringLiteral("name"), name}, {QStringLiteral("suggestion"), closestName(name, names)}});
}

Result<Statement> RecordReader::Private::prepared(const QByteArray &sql, const ValueList &values)
{
    TZ_ASSIGN(Statement statement, reader.m_database.prepare(sql));
    for (size_t i = 0; i < values.size(); ++i)
        statement.bind(int(i) + 1, values[i]);
    return statement;
}

// Columns that the statement has to compute, and how each becomes a value.
Result<> RecordReader::Private::addOutputs(SqlCompiler &compiler, const QStringList &paths, Compiled &to) const
{
    for (const QString &path : paths) {
        TZ_ASSIGN(SqlCompiler::Target target, compiler.target(path));
        Output output;
        output.isSet = target.isSet;
        if (target.isTitle)
            output.titleOf = target.entity->titleField();
        if (target.isSet) {
            output.entityNumber = numbers->entity(*target.entity);
            output.fieldNumber = numbers->field(*target.entity, target.field->index);
        }
        to.columns.append({path, target.field, target.field ? target.field->scale : 0});
        to.outputs.append(output);
        to.sql << target.sql;
    }
    return {};
}

template <class Terms>
Result<QString> RecordReader::Private::after(SqlCompiler &compiler, const Query &query, const Entity &entity,
                                             const Terms &terms)
{
    const std::vector<Value> &last = *query.after;
    if (last.size() != terms.size() || !last.back().isId())
        return fail("query.bad_page",
                    {{QStringLiteral("expected"), int(terms.size())}, {QStringLiteral("found"), int(last.size())}});
    QStringList values;
    for (size_t i = 0; i + 1 < terms.size(); ++i) {
        TZ_ASSIGN(SqlCompiler::KeyValue value, compiler.keyOf(terms[i].path, last[i]));
        if (value.referred) {
            const QString title = reader.title(*value.referred, value.key.toId());
            const bool ours = compiler.dialect().hasOurSortKeys() || hasStoredSortKey(*value.referred);
            value.key = title.isEmpty() ? Value() : ours ? Value(collation::sortKey(title)) : Value(title);
        }
        values << (value.key.isNull() ? QStringLiteral("NULL") : compiler.bind(value.key));
    }
    // A row that is gone leaves its place unknown among equals: they are shown again rather than left out.
    TZ_ASSIGN(const qint64 found, reader.rowIdOf(entity, last.back().toId()));
    const qint64 rowId = found > 0 ? found : terms.back().descending ? std::numeric_limits<qint64>::max() : 0;
    values << compiler.bind(Value(rowId));
    return behind(terms, values, compiler.dialect());
}

Result<RecordReader::Private::Compiled> RecordReader::Private::compile(const Query &query, bool rowIdsOnly)
{
    TZ_TRY(ready());
    TZ_ASSIGN(const Entity *const entity, this->entity(query.entity));
    context.parameters = query.parameters;
    if (!query.group.isEmpty() || !query.aggregates.isEmpty())
        return compileGroups(query, *entity);

    const SqlDialect &dialect = reader.m_database.dialect();
    SqlCompiler compiler(*reader.m_catalog, *numbers, kind, context, *entity, dialect);
    Compiled compiled;
    TZ_ASSIGN(QString where, condition(compiler, query, *entity));

    std::vector<SortTerm> terms;
    for (const SortKey &key : query.sort) {
        TZ_ASSIGN(QString sql, compiler.sortKey(key.path));
        terms.push_back({std::move(sql), key.path, key.descending});
    }
    // Ties are broken by the row id, in the direction of the last key, so that one index serves both.
    const QString rowId = compiler.alias() + QStringLiteral(".rowid");
    terms.push_back({rowId, QString(), !terms.empty() && terms.back().descending});
    if (query.after) {
        TZ_ASSIGN(const QString condition, after(compiler, query, *entity, terms));
        where += QStringLiteral(" AND ") + condition;
    }
    const int sortTables = compiler.tables();

    const QStringList paths = rowIdsOnly ? QStringList() : query.fields.isEmpty() ? ownFields(*entity) : query.fields;
    TZ_TRY(addOutputs(compiler, paths, compiled));
    if (rowIdsOnly)
        compiled.sql << rowId;

    QString limit;
    if (query.limit > 0 || query.offset > 0)
        limit = QStringLiteral(" LIMIT ") + compiler.bind(query.limit > 0 ? qint64(query.limit) : noLimit);
    if (query.offset > 0)
        limit += QStringLiteral(" OFFSET ") + compiler.bind(query.offset);

    const QString base = quoted(entity->table) + QStringLiteral(" AS ") + compiler.alias();
    const bool joinsForDisplayOnly = compiler.tables() > sortTables;
    if (!limit.isEmpty() && joinsForDisplayOnly) {
        // Links that are only shown are followed for the rows of the page, not for every row that is sorted.
        QStringList inner{rowId + QStringLiteral(" AS r")};
        std::vector<SortTerm> outer;
        for (size_t i = 0; i < terms.size(); ++i) {
            const QString name = QStringLiteral("k") + QString::number(i);
            inner << terms[i].sql + QStringLiteral(" AS ") + name;
            outer.push_back({QStringLiteral("p.") + name, QString(), terms[i].descending});
        }
        compiled.text = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) +
                        QStringLiteral(" FROM (SELECT ") + inner.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                        base + compiler.joinsUpTo(sortTables) + QStringLiteral(" WHERE ") + where +
                        orderBy(terms, dialect) + limit + QStringLiteral(") AS p") + dialect.orderedJoin() + base +
                        QStringLiteral(" ON ") + rowId + QStringLiteral(" = p.r") +
                        compiler.joinsUpTo(compiler.tables()) + orderBy(outer, dialect);
    } else {
        compiled.text = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                        compiler.from() + QStringLiteral(" WHERE ") + where + orderBy(terms, dialect) + limit;
    }
    compiled.values = compiler.values();
    return compiled;
}

QStringList RecordReader::Private::ownFields(const Entity &entity)
{
    QStringList paths{QStringLiteral("id")};
    for (const Field &field : entity.fields) {
        if (field.hasColumn())
            paths << field.name;
    }
    return paths;
}

Result<QString> RecordReader::Private::condition(SqlCompiler &compiler, const Query &query, const Entity &entity) const
{
    QString where = query.deleted ? deletedSql(kind, compiler.alias()) : livingSql(kind, compiler.alias());
    where += compiler.visibleSql(entity, compiler.alias());
    if (query.filter) {
        TZ_ASSIGN(const QString sql, compiler.condition(*query.filter));
        where += QStringLiteral(" AND ") + sql;
    }
    if (!query.filterText.trimmed().isEmpty()) {
        TZ_ASSIGN(const QString sql, compiler.condition(query.filterText));
        where += QStringLiteral(" AND ") + sql;
    }
    return where;
}

Result<RecordReader::Private::Compiled> RecordReader::Private::compileGroups(const Query &query, const Entity &entity)
{
    const SqlDialect &dialect = reader.m_database.dialect();
    SqlCompiler compiler(*reader.m_catalog, *numbers, kind, context, entity, dialect);
    Compiled compiled;
    TZ_ASSIGN(const QString where, condition(compiler, query, entity));
    QStringList groupBy;
    QString memberJoins;
    QHash<QString, QString> columnSql; // of the result's columns; empty: sorted by the field's own key
    for (const QString &spelled : query.group) {
        const qsizetype colon = spelled.lastIndexOf(u':');
        const QString path = colon < 0 ? spelled : spelled.left(colon);
        TZ_ASSIGN(SqlCompiler::Target target, compiler.target(path));
        QString sql = target.sql;
        bool sortsAsItIs = true;
        if (colon >= 0) {
            const int grain = periodGrain(QStringView(spelled).mid(colon + 1));
            const bool isTime = target.field && target.field->type == FieldType::DateTime;
            if (grain < 0 || !target.field || (!isTime && target.field->type != FieldType::Date))
                return fail("query.unknown_field",
                            {{QStringLiteral("name"), spelled}, {QStringLiteral("suggestion"), path}});
            sql = QStringLiteral("tz_period(%1, %2, %3)")
                      .arg(sql)
                      .arg(grain)
                      .arg(isTime ? QString::number(context.utcOffsetSeconds) : QStringLiteral("NULL"));
        } else if (target.isSet) {
            // A record counts under each member of the set, and once under none.
            const QString alias = QStringLiteral("m") + QString::number(groupBy.size());
            memberJoins +=
                QStringLiteral(" LEFT JOIN _member AS %1 ON %1.entity = %2 AND %1.owner = %3 AND %1.field = %4")
                    .arg(alias)
                    .arg(numbers->entity(*target.entity))
                    .arg(target.sql)
                    .arg(numbers->field(*target.entity, target.field->index));
            sql = alias + QStringLiteral(".value");
        } else {
            sortsAsItIs = false;
        }
        Output output;
        if (target.isTitle)
            output.titleOf = target.entity->titleField();
        compiled.columns.append({spelled, target.field, target.field ? target.field->scale : 0});
        compiled.outputs.append(output);
        compiled.sql << sql;
        groupBy << sql;
        columnSql.insert(spelled, sortsAsItIs ? sql : QString());
    }
    for (const Aggregate &aggregate : query.aggregates) {
        static constexpr const char *names[] = {"count", "sum", "min", "max", "average"};
        QString name = QString::fromLatin1(names[int(aggregate.kind)]);
        Column column;
        QString sql = QStringLiteral("count(*)");
        if (!aggregate.path.isEmpty()) {
            name += u':' + aggregate.path;
            TZ_ASSIGN(SqlCompiler::Target target, compiler.target(aggregate.path));
            if (target.isSet)
                return fail("query.unknown_field",
                            {{QStringLiteral("name"), aggregate.path}, {QStringLiteral("suggestion"), QString()}});
            column.field = aggregate.kind == Aggregate::Kind::Count ? nullptr : target.field;
            column.scale = column.field ? column.field->scale : 0;
            switch (aggregate.kind) {
            case Aggregate::Kind::Count:
                sql = QStringLiteral("count(%1)").arg(target.sql);
                break;
            case Aggregate::Kind::Sum:
                sql = QStringLiteral("tz_sum(%1)").arg(target.sql);
                break;
            case Aggregate::Kind::Min:
                sql = QStringLiteral("min(%1)").arg(target.sql);
                break;
            case Aggregate::Kind::Max:
                sql = QStringLiteral("max(%1)").arg(target.sql);
                break;
            case Aggregate::Kind::Average: {
                const int raise = std::max(0, averageScale - column.scale);
                sql = QStringLiteral("tz_average(%1, %2)").arg(target.sql).arg(raise);
                column.scale += raise;
                break;
            }
            }
        } else if (aggregate.kind != Aggregate::Kind::Count) {
            return fail("query.unknown_field",
                        {{QStringLiteral("name"), name}, {QStringLiteral("suggestion"), QString()}});
        }
        column.path = name;
        compiled.columns.append(column);
        compiled.outputs.append(Output());
        compiled.sql << sql;
        columnSql.insert(name, sql);
    }

    QList<SortKey> sort = query.sort;
    if (sort.isEmpty()) {
        for (const QString &path : query.group)
            sort.append({path, false});
    }
    std::vector<SortTerm> terms;
    for (const SortKey &key : sort) {
        const auto found = columnSql.constFind(key.path);
        if (found == columnSql.cend())
            return fail("query.unknown_field",
                        {{QStringLiteral("name"), key.path},
                         {QStringLiteral("suggestion"), closestName(key.path, columnSql.keys())}});
        QString sql = *found;
        if (sql.isEmpty()) {
            TZ_ASSIGN(sql, compiler.sortKey(key.path));
        }
        terms.push_back({std::move(sql), key.path, key.descending});
    }
    compiled.text = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                    compiler.from() + memberJoins + QStringLiteral(" WHERE ") + where;
    for (const SortTerm &term : terms) {
        // It depends on what is grouped by; some databases want it said.
        if (dialect.groupsBySortKeys() && !compiled.sql.contains(term.sql) && !groupBy.contains(term.sql))
            groupBy << term.sql;
    }
    if (!groupBy.isEmpty())
        compiled.text += QStringLiteral(" GROUP BY ") + groupBy.join(QStringLiteral(", "));
    compiled.text += orderBy(terms, dialect);
    if (query.limit > 0 || query.offset > 0)
        compiled.text += QStringLiteral(" LIMIT ") + compiler.bind(query.limit > 0 ? qint64(query.limit) : noLimit) +
                         QStringLiteral(" OFFSET ") + compiler.bind(query.offset);
    compiled.values = compiler.values();
    return compiled;
}

Result<std::vector<Value>> RecordReader::Private::row(Statement &statement, const QList<Output> &outputs)
{
    std::vector<Value> values;
    values.reserve(size_t(outputs.size()));
    for (qsizetype i = 0; i < outputs.size(); ++i) {
        const Output &output = outputs[i];
        if (output.isSet) {
            TZ_ASSIGN(ValueList members, this->members(output.entityNumber, statement.id(int(i)), output.fieldNumber));
            values.push_back(Value::fromSet(std::move(members)));
        } else if (output.titleOf) {
            const QString text = textOf(statement.value(int(i)), *output.titleOf);
            values.push_back(text.isEmpty() ? Value() : Value(text));
        } else {
            values.push_back(statement.value(int(i)));
        }
    }
    return values;
}

Result<ValueList> RecordReader::Private::members(int entityNumber, const Id &owner, int fieldNumber)
{
    ValueList members;
    if (owner.isNull())
        return members;
    TZ_ASSIGN(Statement query, reader.m_database.prepare("SELECT value FROM _member "
                                                         "WHERE entity = ?1 AND owner = ?2 AND field = ?3"));
    query.bind(1, entityNumber).bind(2, owner).bind(3, fieldNumber);
    for (;;) {
        TZ_ASSIGN(const bool found, query.step());
        if (!found)
            return members;
        members.push_back(query.value(0));
    }
}

Result<Rows> RecordReader::select(const Query &query) const
{
    TZ_ASSIGN(const Private::Compiled compiled, d->compile(query, false));
    TZ_ASSIGN(Statement statement, d->prepared(compiled.text.toUtf8(), compiled.values));
    Rows rows;
    rows.columns = compiled.columns;
    if (query.limit > 0)
        rows.rows.reserve(size_t(std::min(query.limit, 10'000)));
    for (;;) {
        TZ_ASSIGN(const bool found, statement.step());
        if (!found)
            return rows;
        TZ_ASSIGN(std::vector<Value> values, d->row(statement, compiled.outputs));
        rows.rows.push_back(std::move(values));
    }
}

Result<QString> RecordReader::explain(const Query &query) const
{
    TZ_ASSIGN(const Private::Compiled compiled, d->compile(query, false));
    TZ_ASSIGN(Statement statement, d->prepared("EXPLAIN QUERY PLAN " + compiled.text.toUtf8(), compiled.values));
    QString text = compiled.text + u'\n';
    for (;;) {
        TZ_ASSIGN(const bool found, statement.step());
        if (!found)
            return text;
        text += statement.text(3) + u'\n';
    }
}

Result<std::vector<qint64>> RecordReader::rowIds(const Query &query) const
{
    TZ_ASSIGN(const Private::Compiled compiled, d->compile(query, true));
    TZ_ASSIGN(Statement statement, d->prepared(compiled.text.toUtf8(), compiled.values));
    std::vector<qint64> rowIds;
    for (;;) {
        TZ_ASSIGN(const bool found, statement.step());
        if (!found)
            return rowIds;
        rowIds.push_back(statement.integer(0));
    }
}

Result<Rows> RecordReader::rowsAt(const QString &entity, const QStringList &fields,
                                  std::span<const qint64> rowIds) const
{
    TZ_TRY(d->ready());
    TZ_ASSIGN(const Entity *const of, d->entity(entity));
    d->context.parameters.clear();
    SqlCompiler compiler(*m_catalog, *d->numbers, d->kind, d->context, *of, m_database.dialect());
    const QString wanted = compiler.bind(Value());
    Private::Compiled compiled;
    TZ_TRY(d->addOutputs(compiler, fields.isEmpty() ? Private::ownFields(*of) : fields, compiled));
    compiled.text = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                    compiler.from() + QStringLiteral(" WHERE ") + compiler.alias() + QStringLiteral(".rowid = ") +
                    wanted;
    const ReadSnapshot snapshot(m_database);
    TZ_ASSIGN(Statement statement, m_database.prepare(compiled.text.toUtf8()));
    Rows rows;
    rows.columns = compiled.columns;
    rows.rows.resize(rowIds.size());
    for (size_t i = 0; i < rowIds.size(); ++i) {
        statement.bind(1, rowIds[i]);
        for (size_t k = 1; k < compiler.values().size(); ++k)
            statement.bind(int(k) + 1, compiler.values()[k]);
        TZ_ASSIGN(const bool found, statement.step());
        if (found) {
            TZ_ASSIGN(rows.rows[i], d->row(statement, compiled.outputs));
        }
        statement.reset();
    }
    return rows;
}

Result<qint64> RecordReader::rowIdOf(const Entity &entity, const Id &id) const
{
    TZ_TRY(beforeReading());
    TZ_ASSIGN(Statement statement,
              m_database.prepare("SELECT rowid FROM " + quoted(entity.table).toUtf8() + " WHERE id = ?1"));
    statement.bind(1, id);
    TZ_ASSIGN(const bool found, statement.step());
    return found ? statement.integer(0) : 0;
}

Result<std::optional<Record>> RecordReader::find(const Entity &entity, const Id &id, bool withDeleted) const
{
    TZ_TRY(d->ready());
    auto plan = d->finds.find(&entity);
    if (plan == d->finds.end()) {
        TZ_ASSIGN(Private::Find made, d->compileFind(entity));
        plan = d->finds.emplace(&entity, std::move(made)).first;
    }
    const Private::Find &find = plan->second;
    std::optional<Record> record;
    {
        TZ_ASSIGN(Statement statement, m_database.prepare(find.sql));
        statement.bind(1, id);
        TZ_ASSIGN(const bool found, statement.step());
        if (!found)
            return record;
        const bool isReplica = d->kind == SchemaKind::Replica;
        const qint64 state = statement.integer(1);
        const bool deleted = isReplica ? (state & recordstate::deletedLocally) != 0 : state != 0;
        if (deleted && !withDeleted)
            return record;
        record.emplace(entity, id);
        record->rev = statement.integer(0);
        record->state = isReplica ? int(state) : 0;
        record->deleted = deleted;
        for (size_t i = 0; i < find.columns.size(); ++i)
            record->values[size_t(find.columns[i])] = statement.value(int(i) + 2);
    }
    if (find.hasSets) {
        TZ_ASSIGN(Statement members, m_database.prepare("SELECT field, value FROM _member "
                                                        "WHERE entity = ?1 AND owner = ?2"));
        members.bind(1, d->numbers->entity(entity)).bind(2, id);
        std::map<int, ValueList> sets;
        for (;;) {
            TZ_ASSIGN(const bool found, members.step());
            if (!found)
                break;
            const int index = d->numbers->fieldIndexAt(entity, int(members.integer(0)));
            if (index >= 0 && entity.fieldAt(index).isSet())
                sets[index].push_back(members.value(1));
        }
        for (auto &[index, set] : sets)
            record->values[size_t(index)] = Value::fromSet(std::move(set));
    }
    if (!find.computed.empty()) {
        SqlCompiler compiler(*m_catalog, *d->numbers, d->kind, d->context, entity, m_database.dialect());
        const QString wanted = compiler.bind(Value(id));
        Private::Compiled compiled;
        TZ_TRY(d->addOutputs(compiler, find.computedNames, compiled));
        const QString sql = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) +
                            QStringLiteral(" FROM ") + compiler.from() + QStringLiteral(" WHERE ") + compiler.alias() +
                            QStringLiteral(".id = ") + wanted;
        TZ_ASSIGN(Statement statement, d->prepared(sql.toUtf8(), compiler.values()));
        TZ_ASSIGN(const bool found, statement.step());
        for (size_t i = 0; found && i < find.computed.size(); ++i)
            record->values[size_t(find.computed[i])] = statement.value(int(i));
    }
    return record;
}

Result<RecordReader::Private::Find> RecordReader::Private::compileFind(const Entity &entity) const
{
    Find find;
    QStringList columns{QStringLiteral("_rev"),
                        kind == SchemaKind::Replica ? QStringLiteral("_state") : QStringLiteral("_deleted_rev")};
    for (const Field &field : entity.fields) {
        if (field.hasColumn()) {
            find.columns.push_back(field.index);
            columns << quoted(field.name);
        } else if (field.isSet()) {
            find.hasSets = true;
        } else if (field.formula) {
            find.computed.push_back(field.index);
            find.computedNames << field.name;
        }
    }
    find.sql = (QStringLiteral("SELECT ") + columns.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                quoted(entity.table) + QStringLiteral(" WHERE id = ?1"))
                   .toUtf8();
    return find;
}

} // namespace tz
