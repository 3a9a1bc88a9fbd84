// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

#include <QtPlugin>

namespace tz {

/// Number of the plugin interface; module.json names the one it was written for.
inline constexpr int departmentApi = 1;

/// The GUI-free half of a department; loaded by desktop, server and command line.
class TZ_CORE_EXPORT Department {
public:
    virtual ~Department() = default;
    /// Adds this department's rules, effects, actions, reports and jobs. Called once, after the catalog is complete
    /// and before any record is read. Keeps no state; must not touch the store here.
    virtual Result<> contribute(Contributions &to) = 0;
};

} // namespace tz

Q_DECLARE_INTERFACE(tz::Department, "tongzhou.Department/1")
