// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "replica/export.h"

#include <QObject>

#include <functional>

namespace tz {

/// The seam between the sync client and the network: requests with one answer each, and a signal that there is
/// something new to pull. Tests and the simulation put a loop in its place. Lives on the replica's thread.
class TZ_REPLICA_EXPORT Transport : public QObject {
    Q_OBJECT
public:
    /// Plain CBOR of the answer, or why there is none: the server's own error with params "status", or
    /// net.unreachable {host}, net.timeout {host}, net.tls {reason}, net.bad_answer {status}.
    using Callback = std::function<void(Result<QByteArray>)>;

    using QObject::QObject;
    /// `body` is plain CBOR. The callback comes exactly once, later, on this thread, and never after cancel().
    virtual void post(const QString &path, const QByteArray &body, int timeoutMs, Callback callback) = 0;
    /// Forgets all requests under way.
    virtual void cancel() = 0;
    /// Sent with every request from now on; empty: none.
    virtual void setToken(const QString &token) = 0;
    /// Opens the channel that wakes this replica; liveChanged() tells what became of it.
    virtual void openLive() = 0;
    virtual void closeLive() = 0;
    virtual bool isLive() const = 0;

Q_SIGNALS:
    /// The server has something for this device. `rev` 0: unknown up to where.
    void wake(qint64 rev);
    void liveChanged(bool open);
    /// The system says that there is a network again.
    void reachable();
};

} // namespace tz
