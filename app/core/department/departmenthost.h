// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/department.h"

#include <QPluginLoader>

#include <memory>

namespace tz {

/// Finds the departments, loads them in the order of their needs and holds what they declare and contribute.
///
/// scanned → resolved → loaded → contributed → running, or failed with a reason. Not thread-safe while it loads;
/// afterwards catalog() and contributions() may be read from any thread.
class TZ_CORE_EXPORT DepartmentHost {
public:
    struct Status {
        DepartmentSpec spec;
        QString file;
        bool running = false;
        /// English reason (with the codes' sentences) when it does not run.
        QString failure;
        QList<CatalogFault> faults;
    };

    DepartmentHost();
    ~DepartmentHost();

    /// Reads the metadata of every library in the folder (the view halves are left to the desktop).
    void scan(const QString &folder);
    /// A department without a library: tests, and departments compiled in.
    void adopt(std::unique_ptr<Department> department, DepartmentFiles files);
    /// Resolves, loads and contributes everything found; the catalog is complete afterwards.
    /// Never fails as a whole; see status(). `customFields`: pairs of entity and field object.
    void start(const QList<std::pair<QString, QJsonObject>> &customFields = {});
    /// A new catalog with other custom fields; the departments stay loaded.
    void setCustomFields(const QList<std::pair<QString, QJsonObject>> &customFields);

    CatalogPtr catalog() const { return m_catalog; }
    const Contributions &contributions() const { return m_contributions; }
    const QList<Status> &status() const { return m_status; }
    /// What is wrong with the company's own fields that are left out of the catalog.
    const QList<CatalogFault> &customFieldFaults() const { return m_customFieldFaults; }
    bool allRunning() const;
    /// Where the running program's departments lie: the folder "departments" beside the executable (or above it, as
    /// installed), or TONGZHOU_DEPARTMENTS. Declarations are those inside the libraries, unless TONGZHOU_MODULES names
    /// a source folder ("modules"): then they are read from there at each start, without a build.
    static QString defaultFolder();

private:
    struct Loaded;
    void resolve();
    void load(Loaded &department);
    void compose(const QList<std::pair<QString, QJsonObject>> &customFields);
    bool contributeAll();
    void failThoseInNeed();
    Loaded *find(const QString &id);

    std::vector<std::unique_ptr<Loaded>> m_loaded;
    CatalogPtr m_catalog;
    Contributions m_contributions;
    QList<Status> m_status;
    QList<CatalogFault> m_customFieldFaults;
};

} // namespace tz
