// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/accounts.h"
#include "server/api/service.h"

/// One function an endpoint: from the decoded question of a known session to the answer.
namespace tz::server::endpoints {

Result<wire::HelloAnswer> hello(Service &service, const Session &session, const wire::HelloRequest &request);
Result<wire::PushAnswer> push(Service &service, const Session &session, wire::PushRequest request);
Result<wire::Page> pull(Service &service, const Session &session, const wire::PullRequest &request);
Result<wire::HistoryAnswer> history(Service &service, const Session &session, const wire::HistoryRequest &request);

} // namespace tz::server::endpoints
