// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/recycling.h"

namespace tz::pipeline {

/// Whether the actor may claim this lead now: daily limit, the previous owner waits, fresh leads are locked.
/// Errors: pipeline.claim_limit_reached {limit}, pipeline.claim_previous_owner {until}, pipeline.claim_fresh {until}.
Result<> guardClaim(const RuleContext &context);
/// Takes back leads that nobody worked on and reminds owners some days before. Job; runs as the system.
Result<> recycleLeads(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft);

} // namespace tz::pipeline
