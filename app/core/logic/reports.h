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
/// The same for a report that need not be in the catalog (a chart declared with an entity). A grouped query tells with
/// every row the filter that lists the records behind it.
TZ_CORE_EXPORT Result<ReportResult> runReport(const ReportSpec &spec, const Contributions &contributions,
                                              ReportContext context);

} // namespace tz
