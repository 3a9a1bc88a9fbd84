// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>

#include <functional>

/// What the server's figures are compared with, and how often something can be done.
namespace tz::bench {

/// Calls `work(n)` again and again on so many threads until the time is over and adds up what it answers. Answers that
/// per second.
double perSecond(int threads, int ms, const std::function<int(int thread)> &work);

/// Rows a second that the same database takes as bare durable inserts of the same records, so many in a transaction;
/// PostgreSQL over so many connections at once, SQLite has only one writer.
double bareRate(const QString &database, int connections, int rowsPerTransaction, int ms);

/// One TCP round trip over loopback and two durable SQLite commits, in seconds: what the way of an edit from one laptop
/// to another costs at the least.
struct RoundTrip {
    double median;
    double p99;
};
RoundTrip bareRoundTrip(int rounds);

} // namespace tz::bench
