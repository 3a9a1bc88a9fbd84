// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"
#include "server/options.h"

namespace tz::server {

/// Says, shows or ends through which provider users sign in with their company accounts.
Result<> openIdCommand(Service &service, const Options &options);

} // namespace tz::server
