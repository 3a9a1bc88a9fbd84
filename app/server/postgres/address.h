// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

namespace tz::server {

/// Which PostgreSQL database, and which schema of it is this installation's.
struct PostgresAddress {
    /// For libpq; may hold a password, so it is never shown.
    QByteArray url;
    QByteArray schema;
    /// "host:port/database", for people.
    QString shown;

    /// "postgresql://user@host:port/database?schema=tongzhou"; whatever else libpq understands may stand in it, and
    /// what is missing comes from its environment (PGHOST, PGPASSWORD, PGPASSFILE …). Errors: server.bad_database
    /// {reason}, which never quotes the address.
    static Result<PostgresAddress> parse(const QString &url);
    /// What the processes of this installation listen to.
    QByteArray channel() const { return "tongzhou_" + schema; }
};

} // namespace tz::server
