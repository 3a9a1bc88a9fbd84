// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/storage/backend.h"

namespace tz::server {

/// What a migration moved.
struct Migration {
    qint64 tables = 0;
    qint64 rows = 0;
};

/// Moves a stopped installation from its SQLite file into an empty schema of PostgreSQL, whole and in one transaction;
/// then reads everything back and compares. The file is not touched. Clients go on without noticing: server id,
/// history, devices and their tokens are the same. Errors: server.already_initialised {path}, server.migration_differs
/// {table}, store.*.
Result<Migration> migrateToPostgres(Database &from, const QString &url, const Catalog &catalog);

} // namespace tz::server
