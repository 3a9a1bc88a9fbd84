// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/sqlcompiler.h"

#include "core/catalog/suggest.h"
#include "core/catalog/visibility.h"
#include "core/locale/collation.h"

namespace tz {

namespace {
constexpr int deepestPath = 4;
constexpr int deepestTitle = 2;
constexpr int deepestFormula = 16;
// Values that the catalog does not know (any more) sort behind those that it knows.
constexpr int unknownChoice = 1'000'000;

QString choiceOrder(const QString &column, const QStringList &names, SqlCompiler &compiler)
{
    if (names.isEmpty())
        return column;
    QString sql = QStringLiteral("CASE ") + column;
    for (qsizetype i = 0; i < names.size(); ++i)
        sql += QStringLiteral(" WHEN ") + compiler.bind(names[i]) + QStringLiteral(" THEN ") + QString::number(i);
    return sql + QStringLiteral(" ELSE CASE WHEN ") + column + QStringLiteral(" IS NOT NULL THEN ") +
           QString::number(unknownChoice) + QStringLiteral(" END END");
}

QStringList choiceNames(const Entity &entity, const Field &field)
{
    QStringList names;
    if (field.type == FieldType::State && entity.states && entity.states->field == field.name) {
        for (const State &state : entity.states->states)
            names << state.name;
    } else if (field.type == FieldType::Enum || field.type == FieldType::State) {
        for (const Choice &choice : field.choices)
            names << choice.name;
    }
    return names;
}
} // namespace

QString quoted(const QString &identifier)
{
    return u'"' + identifier + u'"';
}

const Entity *targetOf(const Catalog &catalog, const Field &field)
{
    if (!field.to.isEmpty())
        return catalog.entity(field.to);
    if (field.type == FieldType::User)
        return catalog.entity(u"foundation.user");
    if (field.type == FieldType::Team)
        return catalog.entity(u"foundation.team");
    return nullptr;
}

bool hasStoredSortKey(const Entity &entity)
{
    const Field *const title = entity.titleField();
    return title && title->isText() && title->type != FieldType::Enum && title->type != FieldType::State &&
           title->hasColumn();
}

bool isFoundBySortKey(const Entity &entity, const Field &field)
{
    // A computed title may be written without its key.
    return field.name == entity.title && !field.isDerived() && hasStoredSortKey(entity);
}

QString livingSql(SchemaKind kind, const QString &alias)
{
    const QString prefix = alias.isEmpty() ? QString() : alias + u'.';
    return kind == SchemaKind::Replica ? u'(' + prefix + QStringLiteral("_state & 2) = 0")
                                       : prefix + QStringLiteral("_deleted_rev = 0");
}

QString deletedSql(SchemaKind kind, const QString &alias)
{
    const QString prefix = alias.isEmpty() ? QString() : alias + u'.';
    return kind == SchemaKind::Replica ? u'(' + prefix + QStringLiteral("_state & 2) <> 0")
                                       : prefix + QStringLiteral("_deleted_rev <> 0");
}

// What expressions see of one table of the statement.
class SqlCompiler::Scope : public expression::SqlScope {
public:
    Scope(SqlCompiler &compiler, int table)
        : m_compiler(compiler)
        , m_table(table)
    {
    }

    Result<QString> column(const QStringList &path) override
    {
        TZ_ASSIGN(const Resolved at, m_compiler.resolve(m_table, path));
        switch (at.kind) {
        case Resolved::Kind::System:
            return m_compiler.aliasAt(at.table) + u'.' + at.rest;
        case Resolved::Kind::Title:
            return m_compiler.titleSql(at.table, 0);
        case Resolved::Kind::Field:
        case Resolved::Kind::Member:
        case Resolved::Kind::Property:
            break;
        }
        return m_compiler.columnSql(at.table, *at.field);
    }
    QString bind(const Value &value) override { return m_compiler.bind(value); }
    QString bindAs(const Value &value, expression::Kind kind) override
    {
        return m_compiler.m_dialect.typed(m_compiler.bind(value), kind);
    }
    Result<QString> setHas(const QStringList &path, const QString &member) override
    {
        TZ_ASSIGN(const QString where, set(path));
        return QStringLiteral("EXISTS(SELECT 1 FROM _member WHERE ") + where + QStringLiteral(" AND value = ") +
               m_compiler.m_dialect.anyValue(member) + u')';
    }
    Result<QString> setCount(const QStringList &path) override
    {
        TZ_ASSIGN(const QString where, set(path));
        return QStringLiteral("(SELECT count(*) FROM _member WHERE ") + where + u')';
    }
    Result<QString> nearText(const QStringList &path, const ValueList &texts) override
    {
        TZ_ASSIGN(const Resolved at, m_compiler.resolve(m_table, path));
        if (at.kind != Resolved::Kind::Field || !isFoundBySortKey(m_compiler.entityAt(at.table), *at.field))
            return QString();
        QStringList keys;
        for (const Value &text : texts)
            keys << m_compiler.bind(Value(collation::sortKey(text.toText())));
        return m_compiler.aliasAt(at.table) + QStringLiteral("._sort IN (") + keys.join(QStringLiteral(", ")) + u')';
    }
    const expression::Context &context() const override { return m_compiler.m_context; }

private:
    Result<QString> set(const QStringList &path)
    {
        TZ_ASSIGN(const Resolved at, m_compiler.resolve(m_table, path));
        if (!at.field)
            return fail(m_compiler.unknownField(m_table, path.join(u'.')));
        const Entity &entity = m_compiler.entityAt(at.table);
        return QStringLiteral("entity = %1 AND owner = %2.id AND field = %3")
            .arg(m_compiler.m_numbers.entity(entity))
            .arg(m_compiler.aliasAt(at.table))
            .arg(m_compiler.m_numbers.field(entity, at.field->index));
    }
    SqlCompiler &m_compiler;
    int m_table;
};

SqlCompiler::SqlCompiler(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                         const expression::Context &context, const Entity &entity, const SqlDialect &dialect,
                         QString aliasPrefix)
    : m_catalog(catalog)
    , m_numbers(numbers)
    , m_kind(kind)
    , m_context(context)
    , m_dialect(dialect)
    , m_prefix(std::move(aliasPrefix))
{
    m_tables.append({&entity, QString(), 0});
    m_from = quoted(entity.table) + QStringLiteral(" AS ") + aliasAt(0);
}

QString SqlCompiler::bind(const Value &value)
{
    m_values->push_back(value);
    return u'?' + QString::number(m_values->size());
}

QString SqlCompiler::visibleSql(const Entity &entity, const QString &alias) const
{
    const QString sql = m_context.visibility ? m_context.visibility->condition(entity, alias) : QString();
    return sql.isEmpty() ? sql : QStringLiteral(" AND ") + sql;
}

bool SqlCompiler::sees(int table, const Field &field) const
{
    return Visibility::sees(m_context.visibility, entityAt(table), field);
}

// Sums and counts are kept in columns over all records, which is right only for whoever may see all of these.
bool SqlCompiler::isOverUnseen(const Entity &entity, const Field &field) const
{
    if (!m_context.visibility)
        return false;
    if (!field.rollup)
        return field.formula && isAnyOverUnseen(entity, field.formula->paths());
    const Entity *const child = m_catalog.entity(field.rollup->entity);
    if (!child)
        return false;
    const QStringList filtered = field.rollup->filter ? field.rollup->filter->paths() : QStringList();
    return !visibleSql(*child, QString()).isEmpty() ||
           isAnyOverUnseen(*child, QStringList(field.rollup->value) + filtered);
}

bool SqlCompiler::isAnyOverUnseen(const Entity &entity, const QStringList &paths) const
{
    return std::ranges::any_of(paths, [&](const QString &path) {
        const Entity *at = &entity;
        for (const QString &name : path.split(u'.')) {
            const Field *const field = at->field(name);
            if (field && field->isDerived() && isOverUnseen(*at, *field))
                return true;
            const Entity *const target = field && field->isReference() ? targetOf(m_catalog, *field) : nullptr;
            if (!target)
                return false;
            if (!visibleSql(*target, QString()).isEmpty())
                return true;
            at = target;
        }
        return false;
    });
}

Error SqlCompiler::unknownField(int table, const QString &name) const
{
    QStringList names;
    for (const Field &field : entityAt(table).fields) {
        if (sees(table, field))
            names << field.name;
    }
    return Error("query.unknown_field", {{QStringLiteral("name"), name},
                                         {QStringLiteral("entity"), entityAt(table).fullName},
                                         {QStringLiteral("suggestion"), closestName(name, names)}});
}

Result<SqlCompiler::Resolved> SqlCompiler::resolve(int table, const QStringList &path)
{
    Resolved at;
    at.table = table;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const QString &name = path[i];
        const bool isLast = i + 1 == path.size();
        const Entity &entity = entityAt(at.table);
        if (m_context.visibility && !m_context.visibility->sees(entity))
            return fail(unknownField(at.table, path.join(u'.')));
        if (isLast && name == QLatin1String("_title")) {
            at.kind = Resolved::Kind::Title;
            return at;
        }
        const bool ofReplica = name == QLatin1String("_state");
        if (isLast && (name == QLatin1String("id") || name == QLatin1String("_rev") ||
                       (ofReplica && m_kind == SchemaKind::Replica) ||
                       (m_kind == SchemaKind::Server && name == QLatin1String("_deleted_rev")))) {
            at.kind = Resolved::Kind::System;
            at.rest = name;
            return at;
        }
        const Field *field = entity.field(name);
        if (!field && !isLast && name == QLatin1String("state"))
            field = entity.stateField();
        if (!field || !sees(at.table, *field))
            return fail(unknownField(at.table, path.join(u'.')));
        if (isLast) {
            at.field = field;
            return at;
        }
        const bool isLastButOne = i + 2 == path.size();
        if (isLastButOne && (field->type == FieldType::Address || field->type == FieldType::Json)) {
            at.field = field;
            at.rest = path.last();
            at.kind = Resolved::Kind::Member;
            return at;
        }
        if (isLastButOne && field->type == FieldType::State && entity.states) {
            at.field = field;
            at.rest = path.last();
            at.kind = Resolved::Kind::Property;
            return at;
        }
        if (!field->isReference())
            return fail(unknownField(at.table, path.join(u'.')));
        TZ_ASSIGN(at.table, join(at.table, *field));
    }
    return fail(unknownField(table, path.join(u'.')));
}

Result<int> SqlCompiler::join(int table, const Field &reference)
{
    const QString path = m_tables[table].path + u'.' + reference.name;
    for (qsizetype i = 1; i < m_tables.size(); ++i) {
        if (m_tables[i].path == path)
            return int(i);
    }
    const Entity *const target = targetOf(m_catalog, reference);
    const int depth = m_tables[table].depth + 1;
    if (!target || depth > deepestPath)
        return fail(unknownField(table, path.mid(1)));
    TZ_ASSIGN(const QString column, columnSql(table, reference));
    m_tables.append({target, path, depth});
    const int joined = int(m_tables.size()) - 1;
    const QString alias = aliasAt(joined);
    m_joins << QStringLiteral(" LEFT JOIN ") + quoted(target->table) + QStringLiteral(" AS ") + alias +
                   QStringLiteral(" ON ") + alias + QStringLiteral(".id = ") + column + QStringLiteral(" AND ") +
                   livingSql(m_kind, alias) + visibleSql(*target, alias);
    m_from += m_joins.last();
    return joined;
}

Result<QString> SqlCompiler::columnSql(int table, const Field &field)
{
    const bool isOver = isOverUnseen(entityAt(table), field);
    if (field.hasColumn() && !isOver)
        return aliasAt(table) + u'.' + quoted(field.name);
    if (field.rollup && isOver)
        return rollupSql(m_catalog, m_numbers, m_kind, m_context, field, aliasAt(table), *this);
    if (!field.formula)
        return QStringLiteral("NULL");
    if (m_formulaDepth >= deepestFormula)
        return fail("query.too_deep", {{QStringLiteral("name"), field.name}});
    ++m_formulaDepth;
    Scope scope(*this, table);
    auto sql = field.formula->toSql(scope);
    --m_formulaDepth;
    if (!sql)
        return sql;
    return u'(' + *sql + u')';
}

Result<QString> SqlCompiler::titleSql(int table, int depth)
{
    const Field *const title = entityAt(table).titleField();
    if (!title || title->isSet() || title->isLines() || !sees(table, *title))
        return QStringLiteral("NULL");
    if (title->isReference()) {
        if (depth >= deepestTitle || !targetOf(m_catalog, *title) || m_tables[table].depth >= deepestPath)
            return QStringLiteral("NULL");
        TZ_ASSIGN(const int joined, join(table, *title));
        return titleSql(joined, depth + 1);
    }
    return columnSql(table, *title);
}

Result<QString> SqlCompiler::titleSortSql(int table, int depth)
{
    const Entity &entity = entityAt(table);
    const Field *const title = entity.titleField();
    if (!title || !sees(table, *title))
        return QStringLiteral("NULL");
    if (hasStoredSortKey(entity))
        return aliasAt(table) + QStringLiteral("._sort");
    if (title->isReference() && depth < deepestTitle && targetOf(m_catalog, *title) &&
        m_tables[table].depth < deepestPath) {
        TZ_ASSIGN(const int joined, join(table, *title));
        return titleSortSql(joined, depth + 1);
    }
    TZ_ASSIGN(const QString sql, titleSql(table, depth));
    return title->isText() ? m_dialect.sortKey(sql) : sql;
}

Result<QString> SqlCompiler::sortSql(const Resolved &at)
{
    switch (at.kind) {
    case Resolved::Kind::System:
        return aliasAt(at.table) + u'.' + at.rest;
    case Resolved::Kind::Title:
        return titleSortSql(at.table, 0);
    case Resolved::Kind::Member: {
        TZ_ASSIGN(const QString column, columnSql(at.table, *at.field));
        return m_dialect.sortKey(QStringLiteral("tz_member(") + column + QStringLiteral(", ") + bind(at.rest) + u')');
    }
    case Resolved::Kind::Property: {
        TZ_ASSIGN(const QString column, columnSql(at.table, *at.field));
        QString sql = QStringLiteral("CASE ") + column;
        for (const State &state : entityAt(at.table).states->states) {
            sql += QStringLiteral(" WHEN ") + bind(state.name) + QStringLiteral(" THEN ");
            if (at.rest == QLatin1String("final"))
                sql += state.final ? u'1' : u'0';
            else if (const auto found = state.properties.constFind(at.rest); found != state.properties.cend())
                sql += QString::number(*found);
            else
                sql += QStringLiteral("NULL");
        }
        return sql + QStringLiteral(" END");
    }
    case Resolved::Kind::Field:
        break;
    }
    const Entity &entity = entityAt(at.table);
    const Field &field = *at.field;
    if (&field == entity.titleField() && hasStoredSortKey(entity))
        return aliasAt(at.table) + QStringLiteral("._sort");
    if (field.isSet() || field.isLines())
        return QStringLiteral("NULL");
    // References stand in lists by their titles, so that is how they are sorted.
    if (field.isReference() && targetOf(m_catalog, field) && m_tables[at.table].depth < deepestPath) {
        TZ_ASSIGN(const int joined, join(at.table, field));
        return titleSortSql(joined, 0);
    }
    TZ_ASSIGN(const QString column, columnSql(at.table, field));
    if (const QStringList names = choiceNames(entity, field); !names.isEmpty())
        return choiceOrder(column, names, *this);
    return field.isText() ? m_dialect.sortKey(column) : column;
}

Result<SqlCompiler::Target> SqlCompiler::target(const QString &path)
{
    TZ_ASSIGN(const Resolved at, resolve(0, path.split(u'.')));
    Target target;
    target.entity = &entityAt(at.table);
    target.alias = aliasAt(at.table);
    switch (at.kind) {
    case Resolved::Kind::System:
        target.sql = target.alias + u'.' + at.rest;
        return target;
    case Resolved::Kind::Title: {
        target.isTitle = true;
        TZ_ASSIGN(target.sql, titleSql(at.table, 0));
        return target;
    }
    case Resolved::Kind::Member: {
        TZ_ASSIGN(const QString column, columnSql(at.table, *at.field));
        target.sql = QStringLiteral("tz_member(") + column + QStringLiteral(", ") + bind(at.rest) + u')';
        return target;
    }
    case Resolved::Kind::Property: {
        TZ_ASSIGN(target.sql, sortSql(at));
        return target;
    }
    case Resolved::Kind::Field:
        break;
    }
    target.field = at.field;
    if (at.field->isSet()) {
        target.isSet = true;
        target.sql = target.alias + QStringLiteral(".id");
        return target;
    }
    TZ_ASSIGN(target.sql, columnSql(at.table, *at.field));
    return target;
}

Result<QString> SqlCompiler::condition(const expression::Expression &expression)
{
    Scope scope(*this, 0);
    return expression.toSql(scope);
}

Result<QString> SqlCompiler::condition(const QString &text)
{
    expression::Scope scope;
    scope.catalog = &m_catalog;
    scope.entity = &entityAt(0);
    scope.expected = expression::Type{expression::Kind::Bool, 0};
    scope.visibility = m_context.visibility;
    for (auto it = m_context.parameters.cbegin(); it != m_context.parameters.cend(); ++it) {
        // An integer may be a number of any scale, a date or a time: it takes the type of what it is compared with.
        expression::Type type;
        if (it->isText())
            type.kind = expression::Kind::Text;
        else if (it->isId())
            type.kind = expression::Kind::Id;
        else if (it->isList())
            type.kind = expression::Kind::Set;
        scope.parameters.insert(it.key(), type);
    }
    TZ_ASSIGN(const ExpressionPtr compiled, expression::Expression::compile(text, scope));
    return condition(*compiled);
}

Result<QString> SqlCompiler::sortKey(const QString &path)
{
    TZ_ASSIGN(const Resolved at, resolve(0, path.split(u'.')));
    return sortSql(at);
}

Result<SqlCompiler::KeyValue> SqlCompiler::keyOf(const QString &path, const Value &value)
{
    TZ_ASSIGN(const Resolved at, resolve(0, path.split(u'.')));
    if (value.isNull())
        return KeyValue{};
    const bool isStored = at.kind == Resolved::Kind::Title ||
                          (at.kind == Resolved::Kind::Field && at.field == entityAt(at.table).titleField());
    // The column _sort holds our keys everywhere.
    const bool ours = m_dialect.hasOurSortKeys() || (isStored && hasStoredSortKey(entityAt(at.table)));
    const auto plain = [&value, ours] {
        return KeyValue{value.isText() && ours ? Value(collation::sortKey(value.toText())) : value, nullptr};
    };
    if (at.kind != Resolved::Kind::Field)
        return at.kind == Resolved::Kind::System ? KeyValue{value, nullptr} : plain();
    if (const QStringList names = choiceNames(entityAt(at.table), *at.field); !names.isEmpty()) {
        const qsizetype index = names.indexOf(value.toText());
        return KeyValue{Value(qint64(index < 0 ? unknownChoice : index)), nullptr};
    }
    if (at.field->isReference() && value.isId()) {
        if (const Entity *const referred = targetOf(m_catalog, *at.field))
            return KeyValue{value, referred};
    }
    return plain();
}

Result<QString> SqlCompiler::derived(const Field &field)
{
    if (field.rollup)
        return rollupSql(m_catalog, m_numbers, m_kind, m_context, field, aliasAt(0), *this);
    if (!field.formula)
        return QStringLiteral("NULL");
    Scope scope(*this, 0);
    return field.formula->toSql(scope);
}

Result<QString> rollupSql(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                          const expression::Context &context, const Field &field, const QString &alias,
                          SqlCompiler &owner)
{
    const Rollup &rollup = *field.rollup;
    const Entity *const child = catalog.entity(rollup.entity);
    const Field *const by = child ? child->field(rollup.by) : nullptr;
    const bool isCount = rollup.kind == Rollup::Kind::Count;
    if (!by || !by->hasColumn())
        return isCount ? QStringLiteral("0") : QStringLiteral("NULL");
    // Other names than those around it: its own formulas may hold rollups too.
    SqlCompiler inner(catalog, numbers, kind, context, *child, owner.dialect(), owner.aliasPrefix() + u'r');
    inner.shareValues(owner);
    QString aggregate = QStringLiteral("count(*)");
    if (!isCount) {
        TZ_ASSIGN(const SqlCompiler::Target value, inner.target(rollup.value));
        switch (rollup.kind) {
        case Rollup::Kind::Sum:
            aggregate = QStringLiteral("coalesce(tz_sum(%1), 0)").arg(value.sql);
            break;
        case Rollup::Kind::Min:
            aggregate = QStringLiteral("min(%1)").arg(value.sql);
            break;
        case Rollup::Kind::Max:
            aggregate = QStringLiteral("max(%1)").arg(value.sql);
            break;
        case Rollup::Kind::Average:
            aggregate = QStringLiteral("tz_average(%1, %2)")
                            .arg(value.sql)
                            .arg(std::max(0, field.scale - (value.field ? value.field->scale : 0)));
            break;
        case Rollup::Kind::Count:
            break;
        }
    }
    QString where = inner.alias() + u'.' + quoted(by->name) + QStringLiteral(" = ") + alias +
                    QStringLiteral(".id AND ") + livingSql(kind, inner.alias()) +
                    inner.visibleSql(*child, inner.alias());
    if (rollup.filter) {
        TZ_ASSIGN(const QString filter, inner.condition(*rollup.filter));
        where += QStringLiteral(" AND ") + filter;
    }
    return QStringLiteral("(SELECT ") + aggregate + QStringLiteral(" FROM ") + inner.from() +
           QStringLiteral(" WHERE ") + where + u')';
}

QList<const Field *> formulasOverRollups(const Entity &entity)
{
    QList<const Field *> ordered;
    QSet<QString> changing;
    for (const Field &field : entity.fields) {
        if (field.rollup)
            changing.insert(field.name);
    }
    // Formulas may stand in any order; each round adds those whose sources are known by then.
    for (bool again = !changing.isEmpty(); again;) {
        again = false;
        for (const Field &field : entity.fields) {
            if (!field.formula || changing.contains(field.name))
                continue;
            const QStringList &paths = field.formula->paths();
            if (std::any_of(paths.begin(), paths.end(), [&](const QString &path) { return changing.contains(path); })) {
                changing.insert(field.name);
                if (field.hasColumn())
                    ordered.append(&field);
                again = true;
            }
        }
    }
    return ordered;
}

Result<QList<DerivedUpdate>> derivedUpdates(const Catalog &catalog, const CatalogNumbers &numbers, SchemaKind kind,
                                            const expression::Context &context, const Entity &entity,
                                            const SqlDialect &dialect)
{
    QList<DerivedUpdate> updates;
    const auto add = [&](std::span<const Field *const> fields) -> Result<> {
        SqlCompiler compiler(catalog, numbers, kind, context, entity, dialect);
        const QString id = compiler.bind(Value());
        QStringList assignments;
        for (const Field *const field : fields) {
            TZ_ASSIGN(const QString value, compiler.derived(*field));
            assignments << quoted(field->name) + QStringLiteral(" = ") + value;
        }
        const QString sql = QStringLiteral("UPDATE ") + quoted(entity.table) + QStringLiteral(" AS ") +
                            compiler.alias() + QStringLiteral(" SET ") + assignments.join(QStringLiteral(", ")) +
                            QStringLiteral(" WHERE id = ") + id;
        updates.append({sql.toUtf8(), compiler.values()});
        return {};
    };
    std::vector<const Field *> rollups;
    for (const Field &field : entity.fields) {
        if (field.rollup && field.hasColumn())
            rollups.push_back(&field);
    }
    if (rollups.empty())
        return updates;
    TZ_TRY(add(rollups));
    // One after the other: a formula may read what the one before has written.
    for (const Field *const field : formulasOverRollups(entity))
        TZ_TRY(add(std::span(&field, 1)));
    return updates;
}

} // namespace tz
