// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QtPlugin>

namespace tz {

/// The widget half of a department; loaded by the desktop only.
class TZ_WORKBENCH_EXPORT DepartmentViews {
public:
    virtual ~DepartmentViews() = default;
    /// Adds pages, form panels and dashboard cards. Widgets are made when first shown.
    virtual void contribute(ViewContributions &to) = 0;
};

} // namespace tz

Q_DECLARE_INTERFACE(tz::DepartmentViews, "tongzhou.DepartmentViews/1")
