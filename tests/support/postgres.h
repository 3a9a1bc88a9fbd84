// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

namespace tz::test {

/// A PostgreSQL server of its own in a temporary folder, on a free port of loopback, with the settings that it comes
/// with. It dies with this process, however that ends. Needs the programs of PostgreSQL (TZ_POSTGRES: their folder).
class PostgresServer {
public:
    /// `place`: where the folder is made; empty: among the temporary ones.
    explicit PostgresServer(const QString &place = {});
    ~PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    /// One for all tests of this process, started when the first one asks.
    static PostgresServer &shared();
    /// Whether tests that serve both databases are to use this one (TZ_TEST_DATABASE=postgresql).
    static bool isWanted();

    /// For `tongzhou-server --database`, with a schema that nobody has used.
    QString newDatabase();
    /// A copy of the whole database that `made` was the address of; nobody may be connected to that.
    QString copyOf(const QString &made);
    /// A database of its own instead of a schema in the common one, to be copied.
    QString newTemplate();
    QString address(const QString &database = QStringLiteral("postgres")) const;
    /// Runs statements as the administrator, in the common database or that of `url`; the first column of the last
    /// result's first row. The test fails when they do.
    QByteArray run(const QByteArray &sql, const QString &url = {}) const;
    void start();
    /// At once, as when the machine fails; what was committed is there after start().
    void crash();
    /// Starts it when it has ended by itself, which it does when its disk stays full.
    void startIfEnded();

private:
    QString m_folder;
    pid_t m_process = 0;
    int m_port = 0;
    int m_schemas = 0;
};

} // namespace tz::test
