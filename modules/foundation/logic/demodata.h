// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::foundation {

/// 远航智能装备, a maker of machines with six sales teams and its people.
Result<> demoData(const SeedContext &context);

} // namespace tz::foundation
