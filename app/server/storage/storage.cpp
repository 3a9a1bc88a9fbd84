// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/storage.h"

#include "core/store/customfields.h"
#include "server/deadline.h"

#include <sqlite3.h>

#include <QDir>
#include <QFileInfo>

namespace tz::server {

namespace {
constexpr size_t idleConnections = 16;
/// Steps of SQLite's machine between two looks at the clock: some tenths of a millisecond.
constexpr int stepsBetweenLooks = 20'000;
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
    TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO principal(id) VALUES(?1)"));
    TZ_TRY(insert.bind(1, id).run());
    // Not remembered before it is committed: find() will read it.
    return database.lastInsertedRow();
}

void Principals::forget()
{
    std::lock_guard lock(m_mutex);
    m_known.clear();
}

Storage::Storage(QString folder, DepartmentHost &host, const Environment &environment)
    : m_folder(std::move(folder))
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
    const QString path = QDir(folder).filePath(QStringLiteral("server.sqlite"));
    if (create) {
        if (!QDir().mkpath(folder))
            return fail("store.cannot_open", {{QStringLiteral("path"), folder}});
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    } else if (environment.vfs.isEmpty() && !QFileInfo::exists(path)) {
        return fail("server.not_initialised", {{QStringLiteral("path"), folder}});
    }
    std::unique_ptr<Storage> storage(new Storage(folder, host, environment));
    Database::Options options;
    options.vfs = environment.vfs;
    options.cacheKiB = 64 * 1024;
    TZ_ASSIGN(storage->m_writer.database, Database::open(path, options));
    // Its companions get the file's permissions from SQLite.
    if (create && environment.vfs.isEmpty())
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    TZ_TRY(storage->prepare());
    return storage;
}

Result<> Storage::prepare()
{
    Database &database = *m_writer.database;
    // What was acknowledged is on the disk.
    TZ_TRY(database.setDurable(true));
    if (!m_environment.checkpoints)
        TZ_TRY(database.execute("PRAGMA wal_autocheckpoint=0"));
    CatalogPtr catalog = m_host.catalog();
    TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(database, *catalog, SchemaKind::Server));
    if (!plan.isEmpty())
        TZ_TRY(plan.execute(database));
    TZ_TRY(createTables(database));
    TZ_ASSIGN(CatalogNumbers numbers, CatalogNumbers::load(database, *catalog));
    TZ_ASSIGN(ModelPtr model, makeModel(catalog, m_host.contributions(), std::move(numbers)));
    {
        std::lock_guard lock(m_mutex);
        m_model = std::move(model);
        m_idle.clear();
    }
    TZ_TRY(equip(m_writer, true));
    // Again after new custom fields, when others read it.
    if (!m_serverId.isNull())
        return {};
    TZ_ASSIGN(const QByteArray id, setting(database, "server_id"));
    if (const auto known = Id::fromBytes(id)) {
        m_serverId = *known;
    } else {
        IdSource ids(*m_environment.clock, *m_environment.entropy);
        m_serverId = ids.next();
        TZ_TRY(setSetting(database, "server_id", m_serverId.toBytes()));
    }
    return {};
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
    TZ_ASSIGN(const auto fields, customFields(*m_writer.database, SchemaKind::Server));
    m_host.setCustomFields(fields);
    m_writer.reader.reset();
    m_writer.rows.reset();
    m_writer.database->clearStatements();
    return prepare();
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
        Database::Options options;
        options.mode = Database::Mode::ReadOnly;
        options.vfs = m_environment.vfs;
        TZ_ASSIGN(connection->database,
                  Database::open(QDir(m_folder).filePath(QStringLiteral("server.sqlite")), options));
        sqlite3_progress_handler(
            connection->database->handle(), stepsBetweenLooks, [](void *) { return int(Deadline::isOver()); }, nullptr);
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
    TZ_TRY(database.execute("BEGIN"));
    return Snapshot(&database);
}

Snapshot::~Snapshot()
{
    if (m_database)
        (void)m_database->execute("COMMIT");
}

} // namespace tz::server
