// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/lease.h"

#include "core/store/synctables.h"
#include "core/sync/hybridclock.h"

namespace tz {

namespace {
constexpr char untilName[] = "lease_until";
constexpr char daysName[] = "lease_days";
/// The latest time that this copy has seen, by the server's clock.
constexpr char seenName[] = "lease_seen";
constexpr char offsetName[] = "clock_offset_ms";
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 hourMs = 3'600'000;
} // namespace

qint64 Lease::number(const char *name) const
{
    return synctables::number(m_database, name).value_or(0);
}

qint64 Lease::nowMs() const
{
    // Whoever turns the clock back finds the times of the last look and of the last edit.
    const qint64 edited = HybridClock::millisecondsOf(number(synctables::hlc));
    return std::max({m_clock.nowMs() + number(offsetName), number(seenName), edited});
}

qint64 Lease::untilMs() const
{
    return number(untilName);
}

int Lease::days() const
{
    return int(number(daysName));
}

int Lease::daysWithoutContact() const
{
    const qint64 contact = untilMs() - days() * dayMs;
    return untilMs() == 0 ? 0 : int(std::max<qint64>(0, nowMs() - contact) / dayMs);
}

Result<> Lease::renew(qint64 serverMs, int days)
{
    // The server's time is the truth: also when this computer believed in a later one.
    TZ_TRY(synctables::setNumber(m_database, seenName, serverMs));
    TZ_TRY(synctables::setNumber(m_database, daysName, days));
    return synctables::setNumber(m_database, untilName, serverMs + days * dayMs);
}

Result<> Lease::extend()
{
    const qint64 now = m_clock.nowMs() + number(offsetName);
    const qint64 until = now + days() * dayMs;
    if (days() == 0 || until - untilMs() < hourMs)
        return {};
    return renew(now, days());
}

Result<bool> Lease::isOver()
{
    if (untilMs() == 0)
        return false;
    const qint64 now = nowMs();
    if (now - number(seenName) >= hourMs)
        TZ_TRY(synctables::setNumber(m_database, seenName, now));
    return now > untilMs();
}

} // namespace tz
