// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"
#include "core/store/profile.h"
#include "replica/workspace/workspace.h"
#include "tests/bench/wireclient.h"
#include "tests/support/processes.h"

#include <QElapsedTimer>

namespace tz::bench {

/// Waits until `done` holds, serving events; ends the program when that takes too long. Sleeps between events, as a
/// program does that waits for its user: processEvents() with a time limit would spin and take a core from those who
/// are measured.
void waitFor(const char *what, const std::function<bool()> &done, int longestMs = 60'000);

/// The departments that were built, for the replicas in this process.
DepartmentHost &departments();

/// What the records of the bench are on a server with the real departments.
extern const char *const customerEntity;
/// The same values as valuesOf(i), in the customer's fields.
const QStringList &customerFields();
Draft::Values customerValues(int i);
Change customerCreated(int i, const Id &id);

/// A company with its own server: a real process on loopback, SQLite or PostgreSQL.
class Company {
public:
    /// `database`: address of a PostgreSQL database; empty: SQLite.
    explicit Company(const QString &database = {});
    /// Sales managers user0, user1 …, who see everything, each with so many signed-in devices. Before start().
    void addUsers(int count, int devicesEach);
    void start() { m_server.start(); }
    void stop() { m_server.stop(); }
    /// So many customers, sent as imports do. Answers the seconds.
    double fill(int records);

    quint16 port() const { return m_server.port(); }
    /// Tokens of all devices made by addUsers().
    const std::vector<QByteArray> &tokens() const { return m_tokens; }
    WireClient client(size_t device) const { return WireClient(port(), m_tokens.at(device)); }
    /// Opens the profile and signs in as user `n`, on another device than those of addUsers(). `done`: signed in.
    std::unique_ptr<Workspace> signIn(const QString &profile, int user, std::function<void()> done = {});
    /// The same, and waits until everything is there.
    std::unique_ptr<Workspace> copy(const QString &profile, int user);

    /// A figure of /metrics.
    qint64 metric(const QByteArray &name) const;
    qint64 residentKiB() const;
    /// Processor time that the server has used.
    double cpuSeconds() const;

private:
    QString m_database;
    test::Server m_server;
    int m_users = 0;
    std::vector<QByteArray> m_tokens;
};

} // namespace tz::bench
