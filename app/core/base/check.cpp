// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"

#include <QtGlobal>

namespace tz {

void checkFailed(const char *condition, const char *file, int line)
{
    qCritical("check failed: %s (%s:%d)", condition, file, line);
    throw CheckFailed(condition, file, line);
}

} // namespace tz
