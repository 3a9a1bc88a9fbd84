// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <functional>
#include <vector>

namespace tz::server {

struct Delivery {
    QString url;
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};

/// Delivers and waits for the answer. Errors: net.unreachable {host}, net.timeout {host}, net.tls {host, reason},
/// webhook.bad_answer, webhook.status {status}.
using Sender = std::function<Result<>(const Delivery &delivery)>;

/// A POST by askOverHttp(). Success is any status 2xx.
Result<> sendOverHttp(const Delivery &delivery);

} // namespace tz::server
