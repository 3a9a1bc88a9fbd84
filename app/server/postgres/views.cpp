// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/views.h"

#include "core/store/sqlcompiler.h"

#include <QCryptographicHash>

namespace tz::server {

namespace {

struct ViewColumn {
    QByteArray name;
    QByteArray type;
    QByteArray sql;
};

QByteArray identifier(const QByteArray &name)
{
    return '"' + shortName(name) + '"';
}

QByteArray uuid(const QByteArray &column)
{
    return "encode(" + column + ", 'hex')::uuid";
}

ViewColumn columnOf(const Model &model, const Entity &entity, const Field &field)
{
    const QByteArray name = shortName(field.name.toUtf8());
    const QByteArray column = "t." + identifier(field.name.toUtf8());
    if (field.isSet())
        // Ids and texts stand in one column: an id is marked, and shown as everywhere.
        return {name, "text[]",
                "ARRAY(SELECT CASE WHEN left(m.value, 2) = E'\\x01i' THEN substr(m.value, 3)::uuid::text ELSE m.value "
                "END FROM _member m WHERE m.entity = " +
                    QByteArray::number(model.numbers.entity(entity)) + " AND m.owner = t.id AND m.field = " +
                    QByteArray::number(model.numbers.field(entity, field.index)) + " ORDER BY 1)"};
    if (field.isReference())
        return {name, "uuid", uuid(column)};
    if (field.type == FieldType::Bool)
        return {name, "boolean", column};
    if (field.type == FieldType::Date)
        return {name, "date", "DATE '1970-01-01' + " + column + "::integer"};
    if (field.type == FieldType::DateTime)
        return {name, "timestamp with time zone", "to_timestamp(" + column + " / 1000.0)"};
    if (field.type == FieldType::Duration)
        return {name, "interval", "make_interval(secs => " + column + ')'};
    if (field.isNumber() && field.scale > 0)
        return {name, "numeric",
                "round(" + column + " * 1e-" + QByteArray::number(field.scale) + ", " +
                    QByteArray::number(field.scale) + ')'};
    if (field.isNumber())
        return {name, "bigint", column};
    return {name, "text", column};
}

std::vector<ViewColumn> columnsOf(const Model &model, const Entity &entity)
{
    std::vector<ViewColumn> columns{{"id", "uuid", uuid("t.id")}};
    for (const Field &field : entity.fields) {
        if ((field.hasColumn() || field.isSet()) && field.name != QLatin1String("id"))
            columns.push_back(columnOf(model, entity, field));
    }
    return columns;
}

/// Name and type of each column of a view, in its order; empty: there is none.
Result<std::vector<std::pair<QByteArray, QByteArray>>> shownNow(PostgresEngine &engine, const QByteArray &view)
{
    TZ_ASSIGN(const auto select,
              engine.prepare("SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a "
                             "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
                             "WHERE n.nspname = current_schema() AND c.relkind = 'v' AND c.relname = ?1 "
                             "AND a.attnum > 0 ORDER BY a.attnum"));
    select->bindText(1, view);
    std::vector<std::pair<QByteArray, QByteArray>> columns;
    for (;;) {
        TZ_ASSIGN(const bool row, select->step());
        if (!row)
            return columns;
        columns.emplace_back(select->bytes(0), select->bytes(1));
    }
}

/// "GRANT SELECT ON … TO …" for everybody who may read the view now.
Result<QByteArray> grantsOn(PostgresEngine &engine, const QByteArray &view)
{
    TZ_ASSIGN(const auto select,
              engine.prepare("SELECT CASE WHEN r.oid IS NULL THEN 'PUBLIC' ELSE quote_ident(r.rolname) END "
                             "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                             "CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee "
                             "WHERE n.nspname = current_schema() AND c.relname = ?1 AND g.privilege_type = 'SELECT' "
                             "AND g.grantee <> c.relowner"));
    select->bindText(1, view);
    QByteArray sql;
    for (;;) {
        TZ_ASSIGN(const bool row, select->step());
        if (!row)
            return sql;
        sql += "GRANT SELECT ON \"" + view + "\" TO " + select->bytes(0) + ";\n";
    }
}

Result<> refresh(PostgresEngine &engine, const QByteArray &view, const QByteArray &table,
                 std::vector<ViewColumn> columns)
{
    TZ_ASSIGN(const auto shown, shownNow(engine, view));
    // A view can get further columns at its end: those it has stay in their order, whatever the order of the fields.
    std::vector<ViewColumn> ordered;
    for (const auto &known : shown) {
        const auto same = std::find_if(columns.begin(), columns.end(), [&known](const ViewColumn &column) {
            return column.name == known.first && column.type == known.second;
        });
        if (same == columns.end())
            break;
        ordered.push_back(std::move(*same));
        columns.erase(same);
    }
    const bool extends = ordered.size() == shown.size();
    std::move(columns.begin(), columns.end(), std::back_inserter(ordered));
    QByteArray sql;
    QByteArray grants;
    if (!extends) {
        // A field is gone or of another type. What was made upon the view by others must not keep the server from
        // starting: then the old view stays.
        TZ_ASSIGN(grants, grantsOn(engine, view));
        TZ_TRY(engine.executeRaw("SAVEPOINT view"));
        if (const auto dropped = engine.executeRaw("DROP VIEW \"" + view + '"'); !dropped) {
            qWarning("%s stays as it was: %s", view.constData(), qPrintable(dropped.error().toString()));
            return engine.executeRaw("ROLLBACK TO SAVEPOINT view; RELEASE SAVEPOINT view");
        }
        TZ_TRY(engine.executeRaw("RELEASE SAVEPOINT view"));
    }
    for (const ViewColumn &column : ordered)
        sql += (sql.isEmpty() ? "" : ", ") + column.sql + " AS " + identifier(column.name);
    return engine.executeRaw("CREATE OR REPLACE VIEW \"" + view + "\" AS SELECT " + sql + " FROM " + identifier(table) +
                             " t WHERE t._deleted_rev = 0;\n" + grants);
}

} // namespace

Result<> refreshViews(PostgresEngine &engine, const Model &model)
{
    std::vector<std::pair<const Entity *, std::vector<ViewColumn>>> wanted;
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const Entity *entity : model.catalog->entities()) {
        std::vector<ViewColumn> columns = columnsOf(model, *entity);
        hash.addData(entity->table.toUtf8());
        for (const ViewColumn &column : columns)
            hash.addData(column.name + ' ' + column.type + ' ' + column.sql + '\n');
        wanted.emplace_back(entity, std::move(columns));
    }
    const QByteArray version = hash.result().toHex();
    {
        TZ_ASSIGN(const auto known, engine.prepare("SELECT value FROM _meta WHERE name = 'views'"));
        TZ_ASSIGN(const bool found, known->step());
        if (found && known->bytes(0) == version)
            return {};
    }
    for (auto &[entity, columns] : wanted) {
        const QByteArray table = entity->table.toUtf8();
        TZ_TRY(refresh(engine, shortName("report_" + table), table, std::move(columns)));
    }
    return engine.executeRaw("INSERT INTO _meta(name, value) VALUES ('views', '" + version +
                             "') ON CONFLICT(name) DO UPDATE SET value = excluded.value");
}

} // namespace tz::server
