// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/environment.h"

#include <condition_variable>
#include <mutex>

namespace tz::server {

/// Argon2id by libsodium; at most one computation per core at once, others wait, and a bounded number of them.
/// Thread-safe.
class Passwords {
public:
    explicit Passwords(const Environment &environment);
    /// Text to be stored. Errors: account.password_short {min}, account.password_long {max}, server.no_memory,
    /// server.busy.
    Result<QByteArray> hash(const QString &password);
    /// False: it does not match. An empty hash costs the same time and never matches. Errors: server.busy.
    Result<bool> matches(const QByteArray &hash, const QString &password);

private:
    class Place;
    size_t m_memory;
    unsigned m_passes;
    QByteArray m_nobody;
    std::mutex m_mutex;
    std::condition_variable m_free;
    int m_running = 0;
    int m_waiting = 0;
    int m_cores;
};

/// Makes whoever guesses wait: longer with each failure, per user and per address; either may be unknown (empty).
/// Thread-safe, in memory.
class Backoff {
public:
    explicit Backoff(const Clock &clock)
        : m_clock(clock)
    {
    }
    /// Whether the next attempt is looked at now. Errors: auth.wait {seconds}.
    Result<> mayTry(const QByteArray &user, const QByteArray &address);
    void failed(const QByteArray &user, const QByteArray &address);
    void succeeded(const QByteArray &user, const QByteArray &address);

private:
    struct Entry {
        int failures = 0;
        qint64 notBeforeMs = 0;
        qint64 lastMs = 0;
    };
    qint64 waitMs(const QByteArray &user, const QByteArray &address);
    void add(const QByteArray &key, int free, qint64 most);
    const Clock &m_clock;
    std::mutex m_mutex;
    QHash<QByteArray, Entry> m_entries;
};

/// 256 random bits as text, and what is stored of them.
QString newToken(Entropy &entropy);
QByteArray tokenHash(QByteArrayView token);

} // namespace tz::server
