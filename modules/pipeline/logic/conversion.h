// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// Makes of a lead what it has become: links the customer chosen (or one with the same name, else a new one), the
/// person (one with the same mobile or e-mail, else a new one) and, if it has a name or an amount, an opportunity;
/// what the actor wrote about the lead is shown with them from now on.
Result<> convertLead(const EffectContext &context);

} // namespace tz::pipeline
