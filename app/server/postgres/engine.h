// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/databaseengine.h"
#include "server/postgres/connection.h"
#include "server/postgres/dialect.h"

namespace tz::server {

/// What is prepared on the database for one text; made anew on another connection.
struct PostgresPrepared {
    QByteArray sql;
    std::vector<bool> used; ///< by number: whether the statement has this parameter
    QByteArray name;
    std::vector<Oid> types;
    int generation = -1;
};

/// PostgreSQL behind the store's Database. Parameters and results are binary; a statement's rows are all fetched at
/// once, so that statements may run while others are read.
class PostgresEngine final : public DatabaseEngine {
public:
    PostgresEngine(PostgresAddress address, PostgresConnection::Role role);
    ~PostgresEngine() override;

    const SqlDialect &dialect() const override { return m_dialect; }
    QString name() const override { return m_connection.address().shown; }
    Result<std::unique_ptr<StatementEngine>> prepare(QByteArrayView sql) override;
    Result<> execute(QByteArrayView sql) override;
    qint64 changedRows() override;
    bool inTransaction() const override { return m_isOpen || m_connection.inTransaction(); }
    /// The writer's transaction begins with its turn: nobody else in this schema writes until it ends.
    Result<> begin() override;
    Result<> beginSnapshot() override;
    /// store.unreachable: whether it was committed is not known.
    Result<> commit() override;
    void rollback() override;
    void interrupt() override { m_connection.interrupt(); }
    void clearStatements() override;
    Result<bool> hasTable(const QString &name) override;
    Result<QHash<QString, QString>> columnsOf(const QString &table) override;
    Result<QHash<QString, QString>> indexes() override;
    Result<> announce(const QByteArray &what) override;

    PostgresConnection &connection() { return m_connection; }
    /// Text of PostgreSQL's own, one or several statements.
    Result<> executeRaw(const QByteArray &sql);

private:
    friend class PostgresStatement;
    Result<> beginWith(const QByteArray &sql);
    /// Connected; never anew amid a transaction, whose beginning would be missing.
    Result<> connected();
    Result<> ready(PostgresPrepared &prepared);
    /// Executes it and what was put off before it.
    Result<PostgresResult> execute(PostgresCommand command);
    /// To be sent with the next statement whose result somebody wants: most of a turn's writing has none. A statement
    /// that fails makes everything behind it in the transaction fail, so its error is not missed.
    Result<> putOff(PostgresCommand command);
    Result<> catchUp();

    PostgresDialect m_dialect;
    PostgresConnection m_connection;
    QHash<QByteArray, std::shared_ptr<PostgresPrepared>> m_prepared;
    qint64 m_names = 0;
    /// Grows when the connection is another one or the statements were dropped.
    int m_dropped = 0;
    std::vector<PostgresCommand> m_putOff;
    qint64 m_changedRows = 0;
    bool m_hasCounter = false;
    /// A transaction was begun and not ended, whatever became of the connection.
    bool m_isOpen = false;
};

} // namespace tz::server
