// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/backend.h"

#include "core/locale/collation.h"
#include "core/store/sqlcompiler.h"
#include "server/postgres/functions.h"
#include "server/postgres/listener.h"
#include "server/postgres/views.h"

namespace tz::server {

namespace {

/// Texts are sorted as everywhere by keys that the database cannot make: where a migration emptied the column, it is
/// filled from here.
Result<> fillSortKeys(Database &writer, const Catalog &catalog)
{
    for (const Entity *entity : catalog.entities()) {
        if (!hasStoredSortKey(*entity))
            continue;
        const QByteArray table = quoted(entity->table).toUtf8();
        const QByteArray title = quoted(entity->title).toUtf8();
        TZ_ASSIGN(Statement select, writer.prepare("SELECT id, " + title + " FROM " + table +
                                                   " WHERE _sort IS NULL AND " + title + " IS NOT NULL"));
        TZ_ASSIGN(Statement update, writer.prepare("UPDATE " + table + " SET _sort = ?2 WHERE id = ?1"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_TRY(update.bind(1, select.id(0)).bind(2, collation::sortKey(select.text(1))).run());
        }
    }
    return {};
}

class PostgresBackend final : public Backend {
public:
    explicit PostgresBackend(PostgresAddress address)
        : m_address(std::move(address))
    {
    }

    Result<> make(bool create)
    {
        m_first = std::make_unique<PostgresEngine>(m_address, PostgresConnection::Role::Writer);
        PostgresEngine &engine = *m_first;
        TZ_ASSIGN(const bool exists, engine.hasTable(QStringLiteral("counter")));
        if (exists && create)
            return fail("server.already_initialised", {{QStringLiteral("path"), place()}});
        if (!exists && !create)
            return fail("server.database_empty", {{QStringLiteral("path"), place()}});
        TZ_ASSIGN(const auto collation, engine.prepare("SELECT count(*) FROM pg_collation WHERE collname IN "
                                                       "('zh-x-icu', 'und-x-icu')"));
        TZ_TRY(collation->step());
        if (collation->integer(0) < 2)
            return fail("server.database_unfit",
                        {{QStringLiteral("reason"), QStringLiteral("it was built without ICU")}});
        return create ? makeSchema(engine) : Result<>();
    }

    QString place() const override
    {
        return m_address.shown + QStringLiteral(", schema ") + QString::fromUtf8(m_address.schema);
    }
    bool isShared() const override { return true; }
    Result<std::unique_ptr<Database>> writer() override { return database(PostgresConnection::Role::Writer); }
    Result<std::unique_ptr<Database>> reader() override { return database(PostgresConnection::Role::Reader); }

    Result<> beginSchema(Database &writer) override
    {
        // Computed columns may need them; where the database is new there is nothing to compute yet.
        TZ_ASSIGN(const bool exists, writer.hasTable(QStringLiteral("_meta")));
        return exists ? createFunctions(engineOf(writer)) : Result<>();
    }

    Result<> finishSchema(Database &writer, const Model &model, bool changed) override
    {
        PostgresEngine &engine = engineOf(writer);
        TZ_TRY(createFunctions(engine));
        if (changed)
            TZ_TRY(fillSortKeys(writer, *model.catalog));
        return refreshViews(engine, model);
    }

    std::unique_ptr<Announcements> listen(std::function<void()> told) override
    {
        return std::make_unique<PostgresListener>(m_address, std::move(told));
    }

    Result<Figures> figures(Database &reader) override
    {
        TZ_ASSIGN(Statement select,
                  reader.prepare("SELECT current_setting('server_version'), (SELECT "
                                 "sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relnamespace = "
                                 "current_schema()::regnamespace AND c.relkind = 'r')"));
        TZ_TRY(select.step());
        return Figures{QStringLiteral("postgresql"), select.text(0), select.integer(1)};
    }

    void discard() override
    {
        PostgresEngine engine(m_address, PostgresConnection::Role::Plain);
        // A schema that was there before was empty, and may have its rights from somebody else.
        const QByteArray sql = m_madeSchema ? "DROP SCHEMA \"" + m_address.schema + "\" CASCADE" : QByteArray(R"sql(
DO $$ DECLARE made record; BEGIN
    FOR made IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind = 'v' LOOP
        EXECUTE 'DROP VIEW ' || made.name;
    END LOOP;
    FOR made IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind = 'r' LOOP
        EXECUTE 'DROP TABLE ' || made.name;
    END LOOP;
    FOR made IN SELECT p.oid::regprocedure AS name, p.prokind FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = current_schema() ORDER BY p.prokind LOOP
        EXECUTE CASE made.prokind WHEN 'a' THEN 'DROP AGGREGATE ' ELSE 'DROP FUNCTION ' END || made.name;
    END LOOP;
END $$)sql");
        if (const auto gone = engine.executeRaw(sql); !gone)
            qWarning("%s", qPrintable(gone.error().toString()));
    }

private:
    static PostgresEngine &engineOf(Database &database) { return static_cast<PostgresEngine &>(*database.engine()); }

    Result<std::unique_ptr<Database>> database(PostgresConnection::Role role)
    {
        const bool isWriter = role == PostgresConnection::Role::Writer;
        std::unique_ptr<PostgresEngine> engine = isWriter ? std::move(m_first) : nullptr;
        if (!engine)
            engine = std::make_unique<PostgresEngine>(m_address, role);
        TZ_TRY(engine->connection().ensure());
        return Database::over(std::move(engine));
    }

    Result<> makeSchema(PostgresEngine &engine)
    {
        TZ_ASSIGN(const auto schema,
                  engine.prepare("SELECT (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid) "
                                 "FROM pg_namespace n WHERE n.nspname = ?1"));
        schema->bindText(1, m_address.schema);
        TZ_ASSIGN(const bool exists, schema->step());
        if (exists && schema->integer(0) > 0)
            return fail("server.database_not_empty", {{QStringLiteral("path"), place()}});
        if (exists)
            return {};
        m_madeSchema = true;
        return engine.executeRaw("CREATE SCHEMA \"" + m_address.schema + '"');
    }

    PostgresAddress m_address;
    /// That looked whether there is a server; becomes the writer.
    std::unique_ptr<PostgresEngine> m_first;
    bool m_madeSchema = false;
};

} // namespace

Result<std::unique_ptr<Backend>> openPostgres(const QString &url, bool create)
{
    TZ_ASSIGN(PostgresAddress address, PostgresAddress::parse(url));
    auto backend = std::make_unique<PostgresBackend>(std::move(address));
    TZ_TRY(backend->make(create));
    return std::unique_ptr<Backend>(std::move(backend));
}

} // namespace tz::server
