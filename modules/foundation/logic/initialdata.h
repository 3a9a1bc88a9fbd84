// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::foundation {

/// Roles, common currencies and units. Rates are rough figures of 2026 for the yuan as the company's own currency;
/// an administrator sets the real ones.
Result<> initialData(const SeedContext &context);

} // namespace tz::foundation
