// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"

#include <deque>
#include <mutex>
#include <unordered_map>

/// Who may ask now, and who has to wait how long. In memory of one server process; all thread-safe.
namespace tz::server {

/// A bucket that fills up by `perHour` an hour and holds `most`: whoever finds something in it takes it.
class Bucket {
public:
    Bucket(double most, double perHour)
        : m_most(most)
        , m_perHour(perHour)
        , m_held(most)
    {
    }
    /// Takes one. Answers 0, or after how many milliseconds there will be one; then nothing is taken.
    qint64 take(qint64 nowMs);
    /// Takes one in any case, if need be of the future: whoever comes next waits longer. Answers the wait.
    qint64 reserve(qint64 nowMs);
    bool isFull(qint64 nowMs) const { return heldAt(nowMs) >= m_most; }

private:
    double heldAt(qint64 nowMs) const;
    void fill(qint64 nowMs);
    double m_most;
    double m_perHour;
    double m_held;
    qint64 m_atMs = -1;
};

/// A bucket for each device (or token, or address).
class Buckets {
public:
    Buckets(const Clock &clock, double most, double perHour)
        : m_clock(clock)
        , m_fresh(most, perHour)
    {
    }
    /// Takes one. Answers 0, or milliseconds until there will be one.
    qint64 waitMs(const Id &whose);

private:
    const Clock &m_clock;
    std::mutex m_mutex;
    std::unordered_map<Id, Bucket> m_buckets;
    const Bucket m_fresh;
};

/// Requests of each token of the HTTP API: twenty a second, after a rest two hundred at once.
class ApiRequests : public Buckets {
public:
    static constexpr int perSecond = 20;
    static constexpr int atOnce = 200;

    explicit ApiRequests(const Clock &clock)
        : Buckets(clock, atOnce, perSecond * 3600.0)
    {
    }
};

/// Questions of those who have not signed in, by their address, which may be a whole office's: one a second, after a
/// rest sixty at once.
class Strangers : public Buckets {
public:
    explicit Strangers(const Clock &clock)
        : Buckets(clock, 60, 3600)
    {
    }
};

/// Hellos of each device: 60 an hour, all of them at once if it likes; after a restart of many devices at once their
/// first pulls are spread.
class Hellos {
public:
    static constexpr int perHour = 60;

    explicit Hellos(const Clock &clock)
        : m_clock(clock)
        , m_devices(clock, perHour, perHour)
    {
    }
    /// 0: this hello counts and is answered. Otherwise milliseconds until the next one will be.
    qint64 waitMs(const Id &device) { return m_devices.waitMs(device); }
    /// Milliseconds after which a device that was just greeted shall go on, so that a thousand do not do it at once.
    qint64 spreadMs();

private:
    const Clock &m_clock;
    Buckets m_devices;
    std::mutex m_mutex;
    Bucket m_all{200, 50 * 3600.0};
};

/// The line before backfills (first copies, gained keys, long absences): few are served at once, page after page until
/// each is complete; the others are told their place.
class BackfillLine {
public:
    static constexpr size_t served = 4;

    explicit BackfillLine(const Clock &clock)
        : m_clock(clock)
    {
    }
    struct Place {
        /// 0: served now, finished() is to follow. Otherwise the number in the line, 1 is the next.
        int position = 0;
        /// After how long to ask again; a device that does not come back in time loses its place.
        qint64 retryAfterMs = 0;
    };
    Place ask(const Id &device);
    /// A page was made. `complete`: the device needs no more, its place is free; otherwise it is kept for a while.
    void finished(const Id &device, bool complete);

private:
    struct Entry {
        Id device;
        qint64 untilMs = 0;
        int underWay = 0;
    };
    void expire(qint64 nowMs);
    const Clock &m_clock;
    std::mutex m_mutex;
    std::deque<Entry> m_served;
    std::deque<Entry> m_waiting;
};

} // namespace tz::server
