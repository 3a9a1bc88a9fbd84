// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"

#include <QList>
#include <QStringList>

namespace tz {

/// Who acts: the user whose rights count, and from which device.
struct Actor {
    Id user;
    /// Role names ("sales").
    QStringList roles;
    /// The user's own team, and all teams below it, the own one first.
    Id team;
    QList<Id> teams;
    Id device;
    /// Stands in for the program itself (server jobs, demo data): may everything.
    bool system = false;

    bool isAdmin() const { return system || roles.contains(QLatin1String("admin")); }
};

} // namespace tz
