// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz {

/// Runs a declared report, whether it is one query or a function of its department: the same for the desktop, the
/// command line and tests. Parameters that are not given get their declared defaults.
/// Errors: report.unknown {name}, report.not_allowed {name}, report.missing {parameter}, report.failed {name, reason},
/// query.*, expression.*, the function's own.
TZ_CORE_EXPORT Result<ReportResult> runReport(const QString &fullName, const Contributions &contributions,
                                              ReportContext context);

} // namespace tz
