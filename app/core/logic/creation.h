// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/judge.h"

namespace tz {

/// The create that makes the record on a server as it is here, as far as the judge's actor may. Its batch is an import.
TZ_CORE_EXPORT Change creationOf(const Judge &judge, const Record &record);

} // namespace tz
