// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"
#include "server/feed/userreader.h"
#include "server/rest/parameters.h"
#include "server/rest/problem.h"

namespace tz::server::rest {

/// One request whose token is known.
struct Call {
    Service &service;
    const Request &request;
    const Address &address;
    ApiSession session;
    /// Where an error that is returned now lies.
    Place place = {};
    /// The answer was given before, under the same Idempotency-Key.
    bool repeated = false;

    Result<std::unique_ptr<UserReader>> read() const
    {
        return UserReader::open(service.storage(), service.scopes(), session.user, &session.scope);
    }
};

} // namespace tz::server::rest
