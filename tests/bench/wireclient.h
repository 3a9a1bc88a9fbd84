// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <QByteArray>

namespace tz::bench {

/// A connected TCP socket over loopback that blocks. Whatever goes wrong ends the program: a benchmark that cannot run
/// has no figures.
class Socket {
public:
    explicit Socket(quint16 port);
    ~Socket();
    Socket(Socket &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_buffer(std::move(other.m_buffer))
    {
    }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    int descriptor() const { return m_descriptor; }
    void write(const QByteArray &bytes);
    /// The next `size` bytes; waits for them.
    QByteArray take(qsizetype size);
    /// Everything up to and with `end`.
    QByteArray takeUntil(const QByteArray &end);
    /// Whether take() would find something at once, or within so many milliseconds.
    bool wait(int ms) const;

private:
    void fill();
    int m_descriptor;
    QByteArray m_buffer;
};

/// The wake-up channel of one device.
class WakeChannel {
public:
    WakeChannel(quint16 port, const QByteArray &token);
    int descriptor() const { return m_socket.descriptor(); }
    bool wait(int ms) const { return m_socket.wait(ms); }
    /// The next message, waited for: the revision that it says; answers a ping with a pong and says -1.
    qint64 read();

private:
    Socket m_socket;
};

/// One device that speaks the protocol without a replica behind it, so that many fit into one process and hardly take
/// anything from the server that is measured. Used by one thread at a time.
class WireClient {
public:
    WireClient(quint16 port, QByteArray token);

    /// Greets: from now on it knows the numbers, the keys and the newest revision, which becomes its cursor.
    void hello();
    wire::PushAnswer push(std::vector<Batch> batches);
    /// The next page after the cursor, and moves it. `keepCursor`: answers the same page every time.
    wire::Page pull(bool keepCursor = false);
    /// To begin with everything, as a new copy does.
    void forget() { m_cursor = {}; }
    wire::Mark cursor() const { return m_cursor; }
    void setCursor(const wire::Mark &mark) { m_cursor = mark; }
    /// A batch with the next number.
    Batch batch(std::vector<Change> changes, bool independent = false);

    /// Bytes of the last answer's body as they were sent, and unpacked.
    qint64 packedBytes() const { return m_packed; }
    qint64 plainBytes() const { return m_plain; }

private:
    QByteArray post(const QByteArray &path, const QByteArray &cbor);
    Socket m_socket;
    QByteArray m_token;
    wire::Mark m_cursor;
    qint64 m_nextNo = 1;
    qint64 m_keysVersion = 0;
    QHash<QString, QString> m_visibility;
    QString m_catalog;
    qint64 m_packed = 0;
    qint64 m_plain = 0;
};

/// A new id; thread-safe.
Id newId();

} // namespace tz::bench
