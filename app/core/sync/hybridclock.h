// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

namespace tz {

/// Hybrid logical clock: `unix_ms << 16 | counter`. A tie-break among truly concurrent edits, never more.
/// Belongs to one thread.
class TZ_CORE_EXPORT HybridClock {
public:
    explicit HybridClock(const Clock &clock)
        : m_clock(clock)
    {
    }
    /// max(last + 1, (wall + offset) << 16).
    qint64 tick();
    qint64 last() const { return m_last; }
    /// After start (persisted value) and after an answer: the clamped value that the server returned replaces what a
    /// wrong clock may have poisoned.
    void setLast(qint64 last) { m_last = last; }
    /// Server time minus local time, milliseconds.
    void setOffsetMs(qint64 offset) { m_offsetMs = offset; }
    qint64 offsetMs() const { return m_offsetMs; }
    static qint64 millisecondsOf(qint64 hlc) { return hlc >> 16; }
    static qint64 fromMilliseconds(qint64 ms) { return ms << 16; }

private:
    const Clock &m_clock;
    qint64 m_last = 0;
    qint64 m_offsetMs = 0;
};

} // namespace tz
