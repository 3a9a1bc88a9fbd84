// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>

namespace tz::server {

class Api;

/// Limits and times of the network side; the defaults are the protocol's, tests take shorter times.
struct NetLimits {
    qsizetype headerBytes = 16 * 1024;
    int idleMs = 300'000;  ///< a kept connection without a request
    int headerMs = 10'000; ///< from a request's first byte to the end of its header; to the first byte of all
    /// To the end of a request's body, again until it is done, and again for the answer to be taken.
    int requestMs = 30'000;
    /// The last two of these for a page of a backfill.
    int backfillMs = 120'000;
    int wakeEveryMs = 50;
    int connections = 4000;
    int connectionsPerDevice = 4;
    int pollMs = 250;
    int jobsMs = 10'000;
};

struct NetOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    /// PEM files; empty: plain HTTP, which is allowed on loopback only.
    QString certificateFile;
    QString keyFile;
    NetLimits limits;
    int ioThreads = 2;
};

/// HTTP, WebSocket and TLS in front of an Api: limits, time-outs, wake-ups. Knows nothing of records.
class HttpServer {
public:
    /// Binds and listens. Errors: net.bad_address {address}, net.tls_required {address}, net.certificate {path,
    /// reason}, net.cannot_listen {address, reason}.
    static Result<std::unique_ptr<HttpServer>> listen(Api &api, const NetOptions &options);
    ~HttpServer();

    quint16 port() const;
    /// Starts the threads and returns.
    void start();
    /// Takes no more connections, lets requests under way finish (10 s at most) and ends the threads.
    void stop();
    /// Runs until SIGTERM or SIGINT (or stop() from another thread).
    void waitForSignal();

private:
    HttpServer();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz::server
