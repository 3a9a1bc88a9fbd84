// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/department.h"

#include <QObject>

namespace tz::foundation {

/// People, teams, roles, currencies and what else every department stands on.
class Foundation final : public QObject, public Department {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "tongzhou.Department/1" FILE "module.json")
    Q_INTERFACES(tz::Department)

public:
    Result<> contribute(Contributions &to) override;
};

} // namespace tz::foundation
