// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// Fills the fields by which leads are compared: company trunk and telephone number.
Result<> normaliseLead(const RuleContext &context);
/// Leads that may be the same person: by mobile (95), by e-mail (90), by company and name (80).
Result<QList<Duplicate>> similarLeads(const Reader &reader, const Record &lead);
/// The next contact that was agreed on stands on the lead and on the opportunity, where its owner wrote it.
Result<> carryNextContact(const EffectContext &context);

} // namespace tz::pipeline
