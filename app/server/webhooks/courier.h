// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/webhooks/events.h"
#include "server/webhooks/sender.h"

#include <atomic>

namespace tz::server {

/// Delivers for one webhook, one event after the other: an event is sent until it arrived, and none before it. Belongs
/// to one thread.
class Courier {
public:
    struct Counters {
        std::atomic<qint64> delivered{0}, failed{0};
    };

    /// `holder`: this process. `stopping` ends a step between two deliveries.
    Courier(Storage &storage, Scopes &scopes, Webhooks &webhooks, const Id &webhook, const Id &holder, Sender sender,
            Counters &counters, const std::atomic<bool> &stopping);

    /// Delivers what is due. Answers after how many milliseconds there may be something to do again, whether or not
    /// something is committed meanwhile; nothing: the webhook is gone or switched off.
    std::optional<qint64> step();

    /// Before attempt `failures` + 1: doubles from a second to an hour, and half of it is chance.
    static qint64 pauseMs(qint64 failures, Entropy &entropy);

private:
    Result<std::optional<qint64>> tryStep();
    /// False: stop here, it failed or is to end.
    Result<bool> deliver(const Webhook &webhook, const WebhookEvent &event, WebhookProgress &progress);
    void noteFailure(WebhookProgress &progress, const Error &error);
    Result<> save(const WebhookProgress &progress, bool keep);
    qint64 nowMs() const;

    Storage &m_storage;
    Scopes &m_scopes;
    Webhooks &m_webhooks;
    Id m_id, m_holder;
    Sender m_sender;
    Counters &m_counters;
    const std::atomic<bool> &m_stopping;
    /// Looked at without finding anything since it was saved.
    qint64 m_seen = 0;
    qint64 m_savedAtMs = 0;
};

} // namespace tz::server
