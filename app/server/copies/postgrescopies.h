// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "server/copies/copies.h"

namespace tz::server {

/// Server, revision and fingerprint as the connection's snapshot has them.
Result<> describe(Database &database, Manifest &manifest);
/// The data is what the manifest says (copies.damaged {path}); from here on history is another one. Answers where it
/// goes on.
Result<qint64> moveHistoryOn(Database &database, const Manifest &manifest, const Environment &environment,
                             const QString &input);

/// By pg_dump, from the snapshot that the manifest is taken from.
Result<> backupPostgres(const Environment &environment, const QString &content, Manifest &manifest);
/// By pg_restore, in one transaction. A schema with tables is renamed (`over`), and gets its name back when that fails.
Result<Restored> restorePostgres(const Environment &environment, const QString &input, const Manifest &manifest,
                                 bool over);

} // namespace tz::server
