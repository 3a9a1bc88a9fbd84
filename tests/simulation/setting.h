// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "server/environment.h"
#include "tests/simulation/memorydisk.h"

#include <QTemporaryDir>

#include <map>

namespace tz::sim {

/// Where every run begins: a company with its teams and people on a fresh server, and a laptop on which nobody has
/// signed in. Made once and copied for each run.
class Setting {
public:
    static Setting &get();

    /// The program as it was, and its next version, which knows one field more.
    DepartmentHost &host(bool newer) { return newer ? m_newer : m_older; }
    const MemoryDisk::Files &serverFiles() const { return m_serverFiles; }
    const MemoryDisk::Files &laptopFiles() const { return m_laptopFiles; }
    QString serverFolder() const { return m_folder.path(); }
    /// So many pages of the write-ahead log, instead of thousands, so that checkpoints come among the faults.
    static constexpr char oftenCheckpoints[] = "PRAGMA wal_autocheckpoint=40";
    static QString replicaPath() { return QStringLiteral("/replica.sqlite"); }
    static QString password() { return QStringLiteral("correct horse battery"); }
    static server::Environment environment(const Clock &clock, Entropy &entropy, const MemoryDisk &disk);

    const std::map<QString, Id> &users() const { return m_users; }
    const std::map<QString, Id> &teams() const { return m_teams; }
    const std::map<QString, Id> &roles() const { return m_roles; }

private:
    Setting();
    void found();

    DepartmentHost m_older, m_newer;
    QTemporaryDir m_folder;
    MemoryDisk::Files m_serverFiles, m_laptopFiles;
    std::map<QString, Id> m_users, m_teams, m_roles;
};

} // namespace tz::sim
