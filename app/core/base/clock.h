// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QtCore/qglobal.h>

#include <span>

namespace tz {

/// Time as the program sees it: a seam, so that tests and the simulation decide what time it is.
class TZ_CORE_EXPORT Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 UTC, as the machine believes; may jump.
    virtual qint64 nowMs() const = 0;
    /// Milliseconds that only ever grow; the origin means nothing.
    virtual qint64 monotonicMs() const = 0;
};

/// The machine's own clock. Thread-safe.
class TZ_CORE_EXPORT SystemClock final : public Clock {
public:
    qint64 nowMs() const override;
    qint64 monotonicMs() const override;
};

/// A clock that stands until it is told to go on. For tests.
class TZ_CORE_EXPORT ManualClock final : public Clock {
public:
    explicit ManualClock(qint64 nowMs = 1'790'000'000'000)
        : m_nowMs(nowMs)
    {
    }
    qint64 nowMs() const override { return m_nowMs; }
    qint64 monotonicMs() const override { return m_monotonicMs; }
    void advanceMs(qint64 ms)
    {
        m_nowMs += ms;
        m_monotonicMs += ms;
    }
    /// The user sets the wall clock; the monotonic one does not care.
    void setNowMs(qint64 ms) { m_nowMs = ms; }

private:
    qint64 m_nowMs;
    qint64 m_monotonicMs = 0;
};

/// Randomness: a seam like Clock.
class TZ_CORE_EXPORT Entropy {
public:
    virtual ~Entropy() = default;
    virtual void fill(std::span<unsigned char> bytes) = 0;
    quint64 next64();
};

/// The operating system's generator. Thread-safe.
class TZ_CORE_EXPORT SystemEntropy final : public Entropy {
public:
    void fill(std::span<unsigned char> bytes) override;
};

/// The same numbers for the same seed on every platform (splitmix64). For demo data, tests and the simulation.
class TZ_CORE_EXPORT SeededEntropy final : public Entropy {
public:
    explicit SeededEntropy(quint64 seed)
        : m_state(seed)
    {
    }
    void fill(std::span<unsigned char> bytes) override;

private:
    quint64 m_state;
};

} // namespace tz
