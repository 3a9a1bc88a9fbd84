// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/departmentviews.h"

#include <QObject>

namespace tz::customers {

/// The customer pool as a page, and what matters of a customer beside its form.
class CustomersViews final : public QObject, public DepartmentViews {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "tongzhou.DepartmentViews/1" FILE "views.json")
    Q_INTERFACES(tz::DepartmentViews)

public:
    void contribute(ViewContributions &to) override;
};

} // namespace tz::customers
