// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"
#include "server/options.h"

/// What administrators do for other programs: tokens of the HTTP API and webhooks.
namespace tz::server {

Result<> tokenCommand(Service &service, const Options &options);
Result<> webhookCommand(Service &service, const Options &options);

} // namespace tz::server
