// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/recycling.h"

namespace tz::customers {

/// Whether the actor may release or claim this customer now.
/// Errors: customers.locked, customers.claim_limit_reached {limit}, customers.claim_previous_owner {until}.
Result<> guardAccountPool(const RuleContext &context);
/// Takes back customers that nobody has been in touch with and reminds owners some days before. Job; runs as the
/// system.
Result<> recycleAccounts(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft);
/// One pool rule for everybody.
Result<> initialData(const SeedContext &context);

} // namespace tz::customers
