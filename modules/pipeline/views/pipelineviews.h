// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/departmentviews.h"

#include <QObject>

namespace tz::pipeline {

/// The lead pool as a page, and forecast, funnel and figures as cards of the home page.
class PipelineViews final : public QObject, public DepartmentViews {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "tongzhou.DepartmentViews/1" FILE "views.json")
    Q_INTERFACES(tz::DepartmentViews)

public:
    void contribute(ViewContributions &to) override;
};

} // namespace tz::pipeline
