// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"

namespace tz::server::jobs {

/// Runs the departments' jobs that are due, as the system, and the server's own upkeep (once a day: departures,
/// contents of tombstones and stored answers older than 180 days go; the ids of deleted records stay for ever).
Result<> runDue(Service &service);
Result<> upkeep(Service &service);

} // namespace tz::server::jobs
