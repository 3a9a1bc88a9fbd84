// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/postgres/address.h"

#include <libpq-fe.h>

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace tz::server {

struct PostgresResultFree {
    void operator()(PGresult *result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresResultFree>;

/// One execution of a prepared statement, or of a text without parameters.
struct PostgresCommand {
    QByteArray name;
    QByteArray sql; ///< where there is no name
    /// Binary, in the types of the statement; null: NULL.
    std::vector<QByteArray> values;
};

/// One connection by libpq that comes back by itself after it was lost. Belongs to one thread at a time, but for
/// interrupt().
class PostgresConnection {
public:
    enum class Role {
        Writer, ///< waits as long as it takes; a transaction that idles is ended by the database
        Reader, ///< may only read; its statements end with the request's Deadline
        Plain,  ///< neither: listening, moving an installation
    };
    PostgresConnection(PostgresAddress address, Role role);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection &) = delete;
    PostgresConnection &operator=(const PostgresConnection &) = delete;

    /// Connects where there is no connection. Errors: store.unreachable {path, detail}, server.database_unfit {reason}.
    Result<> ensure();
    /// Counts connections: what was prepared on another one is not there any more.
    int generation() const { return m_generation; }
    PGconn *handle() const { return m_handle; }
    bool isConnected() const { return m_handle && PQstatus(m_handle) == CONNECTION_OK; }
    bool inTransaction() const;
    /// Statements without parameters. The last one's result.
    Result<PostgresResult> query(const QByteArray &sql);
    /// One after the other, sent together: one way there and back. The last one's result; what comes behind an error is
    /// not executed.
    Result<PostgresResult> pipeline(std::span<const PostgresCommand> commands);
    /// Waits for what was sent, to the end. `sent`: what libpq's sending function answered.
    Result<PostgresResult> await(int sent);
    /// Waits so long for something to arrive, and takes it in. False: nothing did.
    bool waitForInput(int forMs);
    void interrupt();
    /// store.unreachable of this database.
    Error lost(const QString &detail) const;
    Role role() const { return m_role; }
    const PostgresAddress &address() const { return m_address; }

private:
    Result<> connect();
    void close();
    Error errorOf(const PGresult *result) const;

    PostgresAddress m_address;
    Role m_role;
    PGconn *m_handle = nullptr;
    int m_generation = 0;
    /// When the last attempt failed: others need not wait for the same.
    std::optional<qint64> m_failedAtMs;
    QString m_failure;
    std::mutex m_cancelMutex;
    PGcancel *m_cancel = nullptr;
};

} // namespace tz::server
