// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// Deals in figures: how many, won, lost and open, won in total, win rate, mean days from talks to close, average deal,
/// velocity, share of deals whose promised close moved to a later month. Parameters from and to: the day of closing
/// (open deals count whatever the dates).
Result<ReportResult> summaryReport(const ReportContext &context);
/// Win rate, won total and lost deals by agent, by product and by source; deals closed from … to.
Result<ReportResult> winRateReport(const ReportContext &context);
/// Agents by won total with the targets of the same months.
Result<ReportResult> leaderboardReport(const ReportContext &context);
/// Open deals by stage and by how long they have been in it, and the stale ones, longest first.
Result<ReportResult> ageingReport(const ReportContext &context);
/// Lost deals by reason, and to whom.
Result<ReportResult> lossReport(const ReportContext &context);

} // namespace tz::pipeline
