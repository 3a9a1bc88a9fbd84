// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <vector>

namespace tz::server {

/// What this server asks of, or tells, another one.
struct HttpQuestion {
    QString url;
    /// Empty: GET, otherwise POST.
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};
struct HttpReply {
    int status = 0;
    QByteArray body;
    /// All of the body came, and it was not longer than allowed.
    bool isWhole = false;
};

/// HTTP(S), ten seconds for all of it; waits on the calling thread. Certificates are checked against the system's
/// (OpenSSL's SSL_CERT_FILE and SSL_CERT_DIR count), redirections are not followed. Errors: net.unreachable {host},
/// net.timeout {host}, net.tls {host, reason}, net.not_http {host}.
Result<HttpReply> askOverHttp(const HttpQuestion &question, quint64 mostBytes);

} // namespace tz::server
