// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/webhooks/sender.h"

#include "server/net/httpclient.h"

namespace tz::server {

namespace {
/// Of what the receiver answers; nobody reads it.
constexpr quint64 answerBytes = 64 * 1024;
} // namespace

Result<> sendOverHttp(const Delivery &delivery)
{
    HttpQuestion question{delivery.url, delivery.body, delivery.headers};
    question.headers.emplace_back("Content-Type", "application/json");
    const auto reply = askOverHttp(question, answerBytes);
    if (!reply)
        return fail(reply.error().is("net.not_http") ? Error("webhook.bad_answer") : reply.error());
    if (reply->status < 200 || reply->status > 299)
        return fail("webhook.status", {{QStringLiteral("status"), reply->status}});
    return {};
}

} // namespace tz::server
