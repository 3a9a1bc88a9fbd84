// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/webhooks/deliverer.h"

namespace tz::server {

namespace {
/// The command line makes, removes and enables webhooks while this runs, and tells nobody.
constexpr qint64 lookEveryMs = 1'000;
/// Many commits in a row are looked at together.
constexpr std::chrono::milliseconds gathering(20);
} // namespace

Deliverer::Deliverer(Storage &storage, Scopes &scopes, Webhooks &webhooks, Sender sender)
    : m_storage(storage)
    , m_scopes(scopes)
    , m_webhooks(webhooks)
    , m_sender(std::move(sender))
{
}

Deliverer::~Deliverer()
{
    stop();
}

void Deliverer::start()
{
    const Environment &environment = m_storage.environment();
    m_holder = IdSource(*environment.clock, *environment.entropy).next();
    m_watcher = std::thread([this] { watch(); });
}

void Deliverer::stop()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_watcher.joinable())
        m_watcher.join();
}

void Deliverer::wake()
{
    {
        std::lock_guard lock(m_mutex);
        ++m_wakes;
    }
    m_changed.notify_all();
}

void Deliverer::rest(qint64 ms, quint64 &seen)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::milliseconds(ms), [&] { return m_wakes != seen || m_stopping.load(); });
    if (m_wakes != seen)
        m_changed.wait_for(lock, gathering, [&] { return m_stopping.load(); });
    seen = m_wakes;
}

void Deliverer::watch()
{
    while (!m_stopping.load()) {
        const auto active = m_webhooks.active();
        for (const Id &id : active.value_or(std::vector<Id>())) {
            std::unique_ptr<Worker> &worker = m_workers[id];
            if (worker && !worker->hasEnded.load())
                continue;
            if (worker)
                worker->thread.join();
            worker = std::make_unique<Worker>();
            worker->thread = std::thread([this, &worker = *worker, id] { work(worker, id); });
        }
        std::erase_if(m_workers, [](auto &entry) {
            const bool hasEnded = entry.second->hasEnded.load();
            if (hasEnded)
                entry.second->thread.join();
            return hasEnded;
        });
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::milliseconds(lookEveryMs), [this] { return m_stopping.load(); });
    }
    for (auto &[id, worker] : m_workers)
        worker->thread.join();
    m_workers.clear();
}

void Deliverer::work(Worker &worker, const Id &webhook)
{
    Courier courier(m_storage, m_scopes, m_webhooks, webhook, m_holder, m_sender, m_counters, m_stopping);
    quint64 seen = 0;
    while (!m_stopping.load()) {
        {
            std::lock_guard lock(m_mutex);
            seen = m_wakes;
        }
        const std::optional<qint64> next = courier.step();
        if (!next)
            break;
        rest(*next, seen);
    }
    worker.hasEnded = true;
}

QByteArray Deliverer::metrics() const
{
    QByteArray text;
    const auto add = [&](const char *name, const char *help, qint64 value) {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + " counter\n" + name + ' ' +
                QByteArray::number(value) + '\n';
    };
    add("tongzhou_webhook_deliveries_total", "Deliveries that arrived.", m_counters.delivered);
    add("tongzhou_webhook_failures_total", "Attempts to deliver that failed.", m_counters.failed);
    return text + m_webhooks.metrics();
}

} // namespace tz::server
