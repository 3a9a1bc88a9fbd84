// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/copies/archive.h"
#include "server/environment.h"

/// Backups of a server and the way back (docs/decisions/0030).
namespace tz::server {

/// Copies the data, with the contents of attached files, as it was at one revision. Servers may go on meanwhile, and
/// wait for nothing. Errors: copies.exists {path}, copies.no_tool {tool}, copies.tool_failed {tool, detail},
/// server.not_initialised {path}, store.*, those of pack().
Result<Manifest> backup(const QString &folder, const Environment &environment, const QString &output);

struct Restored {
    Manifest from;
    /// Where the server goes on: so far from where it was that no revision means two things.
    qint64 revision = 0;
    /// Where the data that was there before is now; empty: there was none.
    QString keptAside;
};
/// Puts a backup in place of a stopped server's data, or where there is none. `over`: also in place of a living
/// installation, which is kept aside. Nothing is changed when it fails. The environment's database says whether the
/// data goes into PostgreSQL. Errors: copies.living {path}, copies.other_kind {path, kind}, copies.other_schema {path,
/// schema}, copies.no_tool, copies.tool_failed, store.*, those of unpack().
Result<Restored> restore(const QString &folder, const Environment &environment, const QString &input, bool over);

} // namespace tz::server
