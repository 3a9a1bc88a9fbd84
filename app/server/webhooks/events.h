// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/feed/userreader.h"
#include "server/webhooks/webhooks.h"

namespace tz::server {

/// One change of one record, to be told.
struct WebhookEvent {
    qint64 seq = 0, rev = 0;
    /// The same each time that it is delivered.
    Id delivery;
    QString event;
    QByteArray body;
};

struct WebhookEvents {
    std::vector<WebhookEvent> events;
    /// Everything up to here has been looked at.
    qint64 seq = 0, rev = 0;
    /// Nothing is behind it.
    bool isEnd = true;
};

/// What the webhook is to be told of the audit trail behind `seq`, in its order, as its user may see it now. A change
/// of fields that the user may not see is no event, and what is not visible any more is left out.
Result<WebhookEvents> eventsAfter(UserReader &reader, const Webhook &webhook, qint64 seq);

/// "t=SECONDS,v1=HEX": HMAC-SHA256 of "SECONDS.BODY" under the secret.
QByteArray webhookSignature(const QByteArray &secret, qint64 seconds, const QByteArray &body);

} // namespace tz::server
