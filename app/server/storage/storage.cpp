// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/storage.h"

#include "core/store/customfields.h"
#include "server/storage/digests.h"

namespace tz::server {

namespace {
constexpr size_t idleConnections = 16;

Result<qint64> customFieldStamp(Database &database)
{
    TZ_ASSIGN(const bool exists, database.hasTable(QStringLiteral("foundation_custom_field")));
    if (!exists)
        return 0;
    TZ_ASSIGN(Statement select, database.prepare("SELECT max(_rev) FROM foundation_custom_field"));
    TZ_TRY(select.step());
    return select.integer(0);
}
} // namespace

Result<qint64> Principals::find(Database &database, const Id &id)
{
    std::lock_guard lock(m_mutex);
    if (const auto known = m_known.find(id); known != m_known.end())
        return known->second;
    TZ_ASSIGN(Statement select, database.prepare("SELECT n FROM principal WHERE id = ?1"));
    select.bind(1, id);
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return unknown;
    const qint64 n = select.integer(0);
    m_known.emplace(id, n);
    return n;
}

Result<qint64> Principals::assign(Database &database, const Id &id)
{
    TZ_ASSIGN(const qint64 n, find(database, id));
    if (n != unknown)
        return n;
    TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO principal(id) VALUES(?1) RETURNING n"));
    // Not remembered before it is committed: find() will read it.
    TZ_TRY(insert.bind(1, id).step());
    return insert.integer(0);
}

void Principals::forget()
{
    std::lock_guard lock(m_mutex);
    m_known.clear();
}

Storage::Storage(std::shared_ptr<Backend> backend, DepartmentHost &host, const Environment &environment)
    : m_backend(std::move(backend))
    , m_host(host)
    , m_environment(environment)
{
}

Storage::~Storage()
{
    // The writer goes last, so that it finds nobody else and can empty the write-ahead log.
    m_idle.clear();
    m_writer.reader.reset();
    m_writer.rows.reset();
    m_writer.database.reset();
}

Result<std::unique_ptr<Storage>> Storage::open(const QString &folder, DepartmentHost &host,
                                               const Environment &environment, bool create)
{
    for (const DepartmentHost::Status &status : host.status()) {
        // Judging changes without a department's rules would be wrong.
        if (!status.running)
            return fail("server.departments_failed",
                        {{QStringLiteral("department"), status.spec.id}, {QStringLiteral("reason"), status.failure}});
    }
    TZ_ASSIGN(std::unique_ptr<Backend> backend, Backend::open(folder, environment, create));
    std::unique_ptr<Storage> storage(new Storage(std::move(backend), host, environment));
    TZ_ASSIGN(storage->m_writer.database, storage->m_backend->writer());
    TZ_TRY(storage->prepare());
    return storage;
}

Result<ModelPtr> Storage::prepareSchema(Database &database)
{
    TZ_TRY(m_backend->beginSchema(database));
    CatalogPtr catalog = m_host.catalog();
    TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(database, *catalog, SchemaKind::Server));
    TZ_TRY(plan.execute(database));
    TZ_TRY(createTables(database));
    TZ_ASSIGN(CatalogNumbers numbers, CatalogNumbers::load(database, *catalog));
    TZ_ASSIGN(ModelPtr model, makeModel(catalog, m_host.contributions(), std::move(numbers)));
    TZ_TRY(m_backend->finishSchema(database, *model, !plan.isEmpty()));
    TZ_TRY(ensureDigests(database, *model));
    return model;
}

Result<> Storage::prepare()
{
    Database &database = *m_writer.database;
    // Of several processes one after the other makes the tables, and sees what the one before it made.
    std::optional<Transaction> turn;
    if (m_backend->isShared()) {
        TZ_ASSIGN(Transaction taken, Transaction::begin(database));
        turn.emplace(std::move(taken));
    }
    TZ_ASSIGN(ModelPtr model, prepareSchema(database));
    // Again after new custom fields, when others read it.
    if (m_serverId.isNull()) {
        TZ_ASSIGN(const QByteArray id, setting(database, "server_id"));
        const auto known = Id::fromBytes(id);
        const Id server = known ? *known : IdSource(*m_environment.clock, *m_environment.entropy).next();
        if (!known)
            TZ_TRY(setSetting(database, "server_id", server.toBytes()));
        m_serverId = server;
    }
    if (turn)
        TZ_TRY(turn->commit());
    {
        std::lock_guard lock(m_mutex);
        m_model = std::move(model);
        m_idle.clear();
    }
    return equip(m_writer, true);
}

Result<> Storage::ensureWriter()
{
    return m_writer.rows ? Result<>() : reloadCustomFields();
}

Result<> Storage::equip(Connection &connection, bool writing) const
{
    connection.model = model();
    connection.reader = std::make_unique<RecordReader>(*connection.database, connection.model->catalog);
    const Clock *clock = m_environment.clock;
    connection.reader->setContext({}, {}, m_environment.utcOffsetSeconds ? m_environment.utcOffsetSeconds() : 0,
                                  [clock] { return clock->nowMs(); });
    if (writing)
        connection.rows =
            std::make_unique<RowWriter>(*connection.database, connection.model->catalog, SchemaKind::Server);
    return {};
}

ModelPtr Storage::model() const
{
    std::lock_guard lock(m_mutex);
    return m_model;
}

Result<> Storage::reloadCustomFields()
{
    // Before the fields: whatever comes in between is noticed later.
    TZ_ASSIGN(const qint64 stamp, customFieldStamp(*m_writer.database));
    TZ_ASSIGN(const auto fields, customFields(*m_writer.database, SchemaKind::Server));
    m_host.setCustomFields(fields);
    m_writer.reader.reset();
    m_writer.rows.reset();
    m_writer.database->clearStatements();
    TZ_TRY(prepare());
    m_fieldStamp = stamp;
    return {};
}

Result<bool> Storage::hasNewCustomFields(Database &database) const
{
    TZ_ASSIGN(const qint64 stamp, customFieldStamp(database));
    return stamp > m_fieldStamp.load();
}

Result<Storage::Lease> Storage::read()
{
    std::unique_ptr<Connection> connection;
    {
        std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            connection = std::move(m_idle.back());
            m_idle.pop_back();
        }
    }
    if (!connection) {
        connection = std::make_unique<Connection>();
        TZ_ASSIGN(connection->database, m_backend->reader());
    }
    if (connection->model != model())
        TZ_TRY(equip(*connection, false));
    return Lease(*this, std::move(connection));
}

void Storage::giveBack(std::unique_ptr<Connection> connection)
{
    std::lock_guard lock(m_mutex);
    if (m_idle.size() < idleConnections)
        m_idle.push_back(std::move(connection));
}

Storage::Lease::Lease(Storage &storage, std::unique_ptr<Connection> connection)
    : m_storage(&storage)
    , m_connection(std::move(connection))
{
}

Storage::Lease::~Lease()
{
    if (m_connection)
        m_storage->giveBack(std::move(m_connection));
}

Result<Snapshot> Snapshot::begin(Database &database)
{
    TZ_TRY(database.beginSnapshot());
    return Snapshot(&database);
}

Snapshot::~Snapshot()
{
    if (m_database)
        m_database->endSnapshot();
}

} // namespace tz::server
