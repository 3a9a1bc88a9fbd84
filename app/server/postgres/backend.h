// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/postgres/address.h"
#include "server/storage/backend.h"

namespace tz::server {

/// `create`: makes the schema where it is missing; server.already_initialised when a server is in it. Errors also:
/// server.bad_database {reason}, server.database_unfit {reason}, store.unreachable.
Result<std::unique_ptr<Backend>> openPostgres(const QString &url, bool create);

} // namespace tz::server
