// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/webhooks/courier.h"

#include "core/base/check.h"

namespace tz::server {

namespace {
/// Without a wake-up it looks again after this.
constexpr qint64 restMs = 5'000;
/// While much is delivered, what has arrived is noted so often; after a crash the rest is delivered once more.
constexpr qint64 saveEveryMs = 1'000;
/// Entries about other kinds of record are not noted before there are so many.
constexpr qint64 entriesUnsaved = 10'000;
constexpr qint64 firstPauseMs = 1'000;
constexpr qint64 longestPauseMs = 3'600'000;
constexpr qint64 doublings = 12;
} // namespace

Courier::Courier(Storage &storage, Scopes &scopes, Webhooks &webhooks, const Id &webhook, const Id &holder,
                 Sender sender, Counters &counters, const std::atomic<bool> &stopping)
    : m_storage(storage)
    , m_scopes(scopes)
    , m_webhooks(webhooks)
    , m_id(webhook)
    , m_holder(holder)
    , m_sender(std::move(sender))
    , m_counters(counters)
    , m_stopping(stopping)
{
}

qint64 Courier::nowMs() const
{
    return m_storage.environment().clock->nowMs();
}

qint64 Courier::pauseMs(qint64 failures, Entropy &entropy)
{
    const qint64 whole = std::min(longestPauseMs, firstPauseMs << std::min(failures, doublings));
    return whole / 2 + qint64(entropy.next64() % quint64(whole / 2 + 1));
}

std::optional<qint64> Courier::step()
{
    Result<std::optional<qint64>> next;
    try {
        next = tryStep();
    } catch (const CheckFailed &fault) {
        next = fail("server.internal", {{QStringLiteral("condition"), QString::fromLatin1(fault.condition)}});
    }
    if (next)
        return *next;
    qWarning("webhook %s: %s", qPrintable(m_id.toString()), qPrintable(next.error().toString()));
    return restMs;
}

Result<> Courier::save(const WebhookProgress &progress, bool keep)
{
    m_savedAtMs = m_storage.environment().clock->monotonicMs();
    return m_webhooks.save(m_id, progress, keep);
}

Result<std::optional<qint64>> Courier::tryStep()
{
    TZ_ASSIGN(std::optional<Webhook> webhook, m_webhooks.find(m_id));
    if (!webhook || webhook->progress.disabledAtMs > 0)
        return std::optional<qint64>();
    const qint64 wait = webhook->progress.nextAtMs - nowMs();
    // A clock that was set back must not keep deliveries away for ever.
    if (wait > 0 && wait <= longestPauseMs)
        return std::optional(std::min(wait, restMs));
    bool isHeld = false;
    WebhookProgress progress = webhook->progress;
    const qint64 saved = progress.seq;
    progress.seq = std::max(progress.seq, m_seen);
    bool isUnsaved = false;
    for (bool isEnd = false; !isEnd;) {
        WebhookEvents next;
        {
            const auto reader = UserReader::open(m_storage, m_scopes, webhook->user);
            // A user who is shut out hears nothing, and is waited for.
            if (!reader) {
                if (!reader.error().code.startsWith("auth."))
                    return fail(reader.error());
                noteFailure(progress, reader.error());
                TZ_TRY(save(progress, false));
                return std::optional(restMs);
            }
            TZ_ASSIGN(next, eventsAfter(**reader, *webhook, progress.seq));
        }
        if (!next.events.empty() && !isHeld && m_storage.backend()->isShared()) {
            TZ_ASSIGN(isHeld, m_webhooks.hold(m_id, m_holder));
            // Another process delivers; or did, and this is what it left.
            TZ_ASSIGN(webhook, m_webhooks.find(m_id));
            if (!isHeld || !webhook)
                return std::optional(restMs);
            if (webhook->progress.seq > progress.seq) {
                progress = webhook->progress;
                continue;
            }
        }
        for (const WebhookEvent &event : next.events) {
            TZ_ASSIGN(const bool goesOn, deliver(*webhook, event, progress));
            if (!goesOn) {
                TZ_TRY(save(progress, false));
                return std::optional(std::max<qint64>(0, std::min(restMs, progress.nextAtMs - nowMs())));
            }
            isUnsaved = true;
            if (m_storage.environment().clock->monotonicMs() - m_savedAtMs >= saveEveryMs) {
                TZ_TRY(save(progress, true));
                if (isHeld)
                    TZ_TRY(m_webhooks.hold(m_id, m_holder));
                isUnsaved = false;
            }
        }
        progress.seq = next.seq;
        progress.rev = next.rev;
        isEnd = next.isEnd || m_stopping.load();
    }
    m_seen = progress.seq;
    if (isUnsaved || isHeld || progress.seq - saved >= entriesUnsaved)
        TZ_TRY(save(progress, false));
    return std::optional(restMs);
}

Result<bool> Courier::deliver(const Webhook &webhook, const WebhookEvent &event, WebhookProgress &progress)
{
    if (m_stopping.load())
        return false;
    const qint64 seconds = nowMs() / 1000;
    const Delivery delivery{webhook.url,
                            event.body,
                            {{"Tongzhou-Delivery", event.delivery.toString().toLatin1()},
                             {"Tongzhou-Event", event.event.toLatin1()},
                             {"Tongzhou-Signature", webhookSignature(webhook.secret, seconds, event.body)}}};
    if (const auto sent = m_sender(delivery); !sent) {
        noteFailure(progress, sent.error());
        return false;
    }
    ++m_counters.delivered;
    progress.seq = event.seq;
    progress.rev = event.rev;
    progress.deliveredAtMs = nowMs();
    progress.failures = progress.failingSinceMs = progress.nextAtMs = 0;
    progress.lastError.reset();
    return true;
}

void Courier::noteFailure(WebhookProgress &progress, const Error &error)
{
    ++m_counters.failed;
    const qint64 now = nowMs();
    progress.nextAtMs = now + pauseMs(progress.failures, *m_storage.environment().entropy);
    if (++progress.failures == 1)
        progress.failingSinceMs = now;
    progress.lastError = error;
    if (now - progress.failingSinceMs < Webhooks::patienceMs)
        return;
    progress.disabledAtMs = now;
    qWarning("webhook %s is switched off, it failed for too long: %s", qPrintable(m_id.toString()),
             qPrintable(error.toString()));
}

} // namespace tz::server
