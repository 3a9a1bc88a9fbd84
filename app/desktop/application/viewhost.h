// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "workbench/department/departmentviews.h"

namespace tz {

/// Loads the widget halves of the departments that run. A half that does not load leaves its department with what every
/// entity gets for nothing. GUI thread.
class ViewHost {
public:
    struct Status {
        QString department;
        QString file;
        bool running = false;
        /// English reason when it does not run.
        QString failure;
    };

    /// Libraries <id>_views in the folder, for those of the host's departments that run.
    void load(const QString &folder, const QList<DepartmentHost::Status> &departments);
    /// Views compiled in: tests.
    void adopt(const QString &department, DepartmentViews &views);

    const ViewContributions &contributions() const { return m_contributions; }
    const QList<Status> &status() const { return m_status; }
    const PageSpec *page(const QString &name) const;
    QList<PanelSpec> panelsOf(const QString &entity) const;

private:
    ViewContributions m_contributions;
    QList<Status> m_status;
};

} // namespace tz
