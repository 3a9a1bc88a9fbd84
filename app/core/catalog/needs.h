// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"

namespace tz {

/// The departments in the order of their needs (then by `order` and id). Those that cannot stand, because a need is
/// missing, in `broken` already, or part of a circle, are left out, and `broken` says why.
QStringList orderOfNeeds(const QHash<QString, DepartmentSpec> &all, QHash<QString, QString> &broken);

} // namespace tz
