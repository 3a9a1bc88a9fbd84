// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QStringList>

namespace tz {

/// The candidate that somebody who wrote `name` most likely meant ("did you mean …"); empty when none is near.
TZ_CORE_EXPORT QString closestName(QStringView name, const QStringList &candidates);

} // namespace tz
