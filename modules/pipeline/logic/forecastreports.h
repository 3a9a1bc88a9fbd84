// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// Won, weighted open value and target by month. Parameters: from (default: this month), months (default 6, at most
/// 36), owner, team.
Result<ReportResult> forecastReport(const ReportContext &context);
/// The funnel of the deals opened from … to: how many came how far, conversion from step to step, time in each
/// stage, and where conversion is worse than in the twelve months before (with the chance that it is luck).
Result<ReportResult> funnelReport(const ReportContext &context);

} // namespace tz::pipeline
