// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/recordreader.h"
#include "core/store/rowwriter.h"
#include "server/environment.h"
#include "server/storage/backend.h"
#include "server/storage/model.h"
#include "server/storage/tables.h"

#include <atomic>
#include <mutex>
#include <unordered_map>

namespace tz::server {

/// One connection to the server's database with what is made for it. Used by one thread at a time.
struct Connection {
    std::unique_ptr<Database> database;
    ModelPtr model;
    std::unique_ptr<RecordReader> reader;
    std::unique_ptr<RowWriter> rows; ///< of the writer only

    Database &db() { return *database; }
    const Catalog &catalog() const { return *model->catalog; }
};

/// Small numbers of users and teams in audience keys; given once, never changed. Thread-safe.
class Principals {
public:
    /// Number that no record has, for people whom no record names yet.
    static constexpr qint64 unknown = (qint64(1) << 38) - 1;
    Result<qint64> find(Database &database, const Id &id);
    /// Gives a number where there is none; inside the committer's transaction.
    Result<qint64> assign(Database &database, const Id &id);
    /// After a rolled-back transaction: what was given in it does not hold.
    void forget();

private:
    std::mutex m_mutex;
    std::unordered_map<Id, qint64> m_known;
};

/// The server's data (see Backend): one writing connection and a pool of reading ones.
class Storage {
public:
    /// `create`: makes it; otherwise server.not_initialised {path} when there is none.
    static Result<std::unique_ptr<Storage>> open(const QString &folder, DepartmentHost &host,
                                                 const Environment &environment, bool create);
    ~Storage();

    /// A reading connection borrowed from the pool; returns by itself.
    class Lease {
    public:
        Lease(Storage &storage, std::unique_ptr<Connection> connection);
        Lease(Lease &&) noexcept = default;
        Lease &operator=(Lease &&) = delete;
        ~Lease();
        Connection &operator*() const { return *m_connection; }
        Connection *operator->() const { return m_connection.get(); }

    private:
        Storage *m_storage;
        std::unique_ptr<Connection> m_connection;
    };
    Result<Lease> read();
    /// Only inside the committer's turn.
    Connection &writer() { return m_writer; }
    ModelPtr model() const;
    /// Custom fields changed: schema, catalog and connections follow. Inside the committer's turn, outside a
    /// transaction.
    Result<> reloadCustomFields();
    /// After a reload that failed (the database was away) the writer is not whole: tries again. Inside the committer's
    /// turn, outside a transaction.
    Result<> ensureWriter();
    /// Whether another process changed custom fields since they were loaded here, as the connection sees it.
    Result<bool> hasNewCustomFields(Database &database) const;
    Principals &principals() { return m_principals; }
    const Environment &environment() const { return m_environment; }
    const Id &serverId() const { return m_serverId; }
    const std::shared_ptr<Backend> &backend() const { return m_backend; }

private:
    Storage(std::shared_ptr<Backend> backend, DepartmentHost &host, const Environment &environment);
    Result<> prepare();
    Result<ModelPtr> prepareSchema(Database &database);
    Result<> equip(Connection &connection, bool writing) const;
    void giveBack(std::unique_ptr<Connection> connection);

    std::shared_ptr<Backend> m_backend;
    DepartmentHost &m_host;
    Environment m_environment;
    Id m_serverId;
    Connection m_writer;
    Principals m_principals;
    mutable std::mutex m_mutex;
    ModelPtr m_model;
    /// Newest revision of a custom field when they were loaded.
    std::atomic<qint64> m_fieldStamp{0};
    std::vector<std::unique_ptr<Connection>> m_idle;
};

/// Begins a read snapshot and ends it.
class Snapshot {
public:
    static Result<Snapshot> begin(Database &database);
    Snapshot(Snapshot &&other) noexcept
        : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    ~Snapshot();

private:
    explicit Snapshot(Database *database)
        : m_database(database)
    {
    }
    Database *m_database;
};

} // namespace tz::server
