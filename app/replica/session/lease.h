// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "replica/export.h"

namespace tz {

/// How long a copy of the company's records may be used without contact to the server. After that the program shows
/// nothing of it until there has been contact again. Kept in sync_state; needs the synctables. Works on the thread of
/// the database. A clock that is set back wins nothing: the latest time that was ever seen counts.
class TZ_REPLICA_EXPORT Lease {
public:
    Lease(Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }
    /// Contact: the server's clock said `serverMs` and grants `days` from now on. Errors: store.*.
    Result<> renew(qint64 serverMs, int days);
    /// The same with the days that were granted last. Writes at most once an hour.
    Result<> extend();
    /// Notes the time and answers whether the lease has run out. Never for a copy that has none. Errors: store.*.
    Result<bool> isOver();
    /// When it runs out, in milliseconds since 1970 by the server's clock; 0: no lease.
    qint64 untilMs() const;
    int days() const;
    /// Days since the last contact, as far as this computer knows.
    int daysWithoutContact() const;

private:
    qint64 number(const char *name) const;
    /// The server's time as it must at least be.
    qint64 nowMs() const;
    Database &m_database;
    const Clock &m_clock;
};

} // namespace tz
