// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "server/deadline.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace tz {
struct Id;
}

namespace tz::server {

class Service;

/// The HTTP API for other programs (docs/administrators/http-api.md), without sockets.
namespace rest {

inline constexpr char root[] = "/api/";

struct Request {
    /// "GET", "POST" …
    QByteArray method;
    /// Path and query as sent: "/api/v1/records/pipeline.lead?limit=10".
    QByteArray target;
    /// As sent in "Authorization: Bearer …"; empty: none.
    QByteArray token;
    QByteArray body;
    QByteArray contentType;
    /// If-Match; empty: not given.
    QByteArray ifMatch;
    /// Idempotency-Key; empty: not given.
    QByteArray idempotencyKey;
    QByteArray acceptLanguage;
    /// Until when it has to be answered (server.too_slow); none: whenever.
    std::optional<Deadline::Time> deadline;
    /// Asked once it is known which token speaks, before anything is done for it; null: every one may.
    std::function<Result<>(const Id &device)> admit;
};

struct Answer {
    int status = 200;
    /// Empty: there is no body.
    QByteArray type;
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};

/// Thread-safe; runs on the calling thread and may wait for a commit. A fault is an answer too.
Answer handle(Service &service, const Request &request);

/// A fault that is found before a request is known in full.
Answer refusal(const Error &error, int status, const QByteArray &acceptLanguage);

} // namespace rest
} // namespace tz::server
