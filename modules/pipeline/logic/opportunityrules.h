// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// The stages of open deals in their order, then won: the steps of the funnel.
const QStringList &funnelStages();
bool isOpenStage(QStringView stage);

/// An opportunity without a name gets one from customer and product.
/// Errors: pipeline.opportunity_unnamed.
Result<> nameOpportunity(const RuleContext &context);
/// Keeps the probability at what the pipeline says of the stage, unless the owner has an own estimate.
Result<> followStage(const RuleContext &context);
/// Dates that go with a stage: since when, closed on; and the first date that was promised.
/// Errors: pipeline.closed_before_talks {engaged, closed}.
Result<> dateOpportunity(const RuleContext &context);
/// Only sales managers open a decided deal again. Errors: pipeline.reopen_needs_manager.
Result<> guardReopening(const RuleContext &context);

/// Writes a stage change whenever a deal changes its stage or begins. What the program itself makes (demonstration,
/// jobs) brings its own history.
Result<> recordStageChange(const EffectContext &context);
/// A deal whose amount follows its products gets their total.
Result<> followLines(const EffectContext &context);

} // namespace tz::pipeline
