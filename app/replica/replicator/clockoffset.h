// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "replica/export.h"

#include <deque>

namespace tz {

/// Server time minus local time, from the contact with the shortest round trip of the last eight. Measured on the
/// monotonic clock, so that somebody who sets the wall clock meanwhile changes nothing.
class TZ_REPLICA_EXPORT ClockOffset {
public:
    explicit ClockOffset(const Clock &clock)
        : m_clock(clock)
    {
    }
    void requestSent() { m_sentAt = m_clock.monotonicMs(); }
    /// `serverMs`: what the server's clock said when it answered the request.
    void answered(qint64 serverMs);
    bool isKnown() const { return !m_samples.empty(); }
    /// Milliseconds to add to the wall clock as it is now.
    qint64 ms() const;

private:
    struct Sample {
        qint64 roundTripMs;
        /// Server time at monotonic zero.
        qint64 origin;
    };
    const Clock &m_clock;
    qint64 m_sentAt = 0;
    std::deque<Sample> m_samples;
};

} // namespace tz
