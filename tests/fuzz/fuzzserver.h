// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/database.h"
#include "server/api/service.h"
#include "tests/support/messages.h"

#include <QTemporaryDir>

namespace tz::fuzz {

/// A server that has what the messages of tests/support/messages.h speak of. Whatever a run does to it, the next one
/// finds it as it was made, so that every finding can be repeated alone.
class FuzzServer {
public:
    /// One for all runs of this process.
    static FuzzServer &shared();

    server::Api &api() { return *m_api; }
    /// Of an administrator's and of a salesman's laptop, and of another program.
    const QByteArray &admin() const { return m_admin; }
    const QByteArray &user() const { return m_user; }
    const QByteArray &program() const { return m_program; }
    /// Counts the servers: what was made for another one is of no use any more.
    int generation() const { return m_generation; }

    /// To be called after each run: checks that what it left is sound, and takes it back.
    void settle();

private:
    FuzzServer();
    void open();
    void make();
    server::Answer ask(const char *path, const QByteArray &token, const QByteArray &cbor);
    /// Whether anything was committed since the server was opened.
    bool isChanged();
    void checkRecords();
    QByteArray signIn(const QString &user, const QString &password);

    ManualClock m_clock;
    SeededEntropy m_entropy{7};
    QTemporaryDir m_folder;
    DepartmentHost m_host;
    server::Environment m_environment;
    std::unique_ptr<server::Api> m_api;
    /// A connection of our own, to see what others do.
    std::unique_ptr<Database> m_watching;
    qint64 m_version = 0;
    QByteArray m_file;
    QByteArray m_admin, m_user, m_program;
    int m_generation = 0;
};

} // namespace tz::fuzz
