// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/numberwire.h"
#include "server/accounts/accounts.h"
#include "server/api/service.h"

/// One function an endpoint: from the decoded question, of a known session but where it says otherwise, to the answer.
namespace tz::server::endpoints {

/// For who has no session yet: slowed down by their address.
Result<wire::SignInWays> signInWays(Service &service, const QByteArray &address);
Result<wire::HelloAnswer> hello(Service &service, const Session &session, const wire::HelloRequest &request);
Result<wire::PushAnswer> push(Service &service, const Session &session, wire::PushRequest request);
/// News are small and never wait. A backfill (a first copy, a gained key, a long absence) stands in the service's line:
/// until it is served, its page is empty and says the place. Backfill that is asked for among news comes in small
/// pages.
enum class PullKind { News, Backfill };
Result<wire::Page> pull(Service &service, const Session &session, wire::PullRequest request, PullKind kind);
/// Numbers that the device may give away while it is out of reach.
Result<wire::NumbersAnswer> numbers(Service &service, const Session &session, const wire::NumbersRequest &request);
/// What the server holds of records that a replica has and no page confirms. A record that the user may not see is
/// answered as `evict`, one that nobody here ever heard of as `unknown`.
Result<wire::StateAnswer> state(Service &service, const Session &session, const wire::StateRequest &request);
Result<wire::HistoryAnswer> history(Service &service, const Session &session, const wire::HistoryRequest &request);

} // namespace tz::server::endpoints
