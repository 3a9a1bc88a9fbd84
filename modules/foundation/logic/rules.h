// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::foundation {

/// No team is part of itself. Errors: foundation.team_circle.
Result<> guardTeamTree(const RuleContext &context);
/// Currency codes are three capital letters. Errors: foundation.currency_code {value}.
Result<> normaliseCurrency(const RuleContext &context);
/// Names of custom fields are plain. Errors: foundation.field_name {value}.
Result<> checkCustomField(const RuleContext &context);
/// A meeting does not end before it begins. Errors: foundation.meeting_ends_early.
Result<> checkMeeting(const RuleContext &context);

} // namespace tz::foundation
