// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::customers {

/// The record on which the action stands goes up in the one that "merged_into" names: fields that are empty there are
/// filled, everything that points to it points there, and it goes to the recycle bin. Undone as one.
/// Errors: customers.merge_target_missing, those of mergeRecords().
Result<> mergeParties(const EffectContext &context);

} // namespace tz::customers
