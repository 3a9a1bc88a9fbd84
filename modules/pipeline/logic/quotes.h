// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// What a quote says is fixed once it is sent: whoever wants another makes a new version.
/// Errors: pipeline.quote_is_fixed.
Result<> guardQuote(const RuleContext &context);
/// The same for its lines. Errors: pipeline.quote_is_fixed.
Result<> guardQuoteLine(const RuleContext &context);
/// A new draft with the same lines and the next version number takes the place of the quote.
Result<> reviseQuote(const EffectContext &context);
/// An accepted quote gives the opportunity its amount, where the actor may change it.
Result<> acceptQuote(const EffectContext &context);
/// A target counts for a month: any day of it becomes the first.
Result<> roundTargetMonth(const RuleContext &context);

} // namespace tz::pipeline
