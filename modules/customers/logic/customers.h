// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/department.h"

#include <QObject>

namespace tz::customers {

/// Companies, people, what was said to them, and the pool of customers that nobody cares for.
class Customers final : public QObject, public Department {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "tongzhou.Department/1" FILE "module.json")
    Q_INTERFACES(tz::Department)

public:
    Result<> contribute(Contributions &to) override;
};

} // namespace tz::customers
