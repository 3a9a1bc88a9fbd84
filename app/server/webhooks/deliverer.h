// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/webhooks/courier.h"

#include <condition_variable>
#include <map>
#include <thread>

namespace tz::server {

/// Runs a courier for each webhook, on a thread of its own: a receiver that is slow or away keeps neither the committer
/// nor another receiver waiting. Thread-safe.
class Deliverer {
public:
    Deliverer(Storage &storage, Scopes &scopes, Webhooks &webhooks, Sender sender);
    ~Deliverer();

    void start();
    /// Lets deliveries under way end, and the threads.
    void stop();
    /// Something was committed. Only passes it on.
    void wake();
    /// Prometheus text.
    QByteArray metrics() const;

private:
    struct Worker {
        std::thread thread;
        std::atomic<bool> hasEnded{false};
    };
    /// Looks for webhooks that came or were enabled.
    void watch();
    void work(Worker &worker, const Id &webhook);
    /// Waits for a wake-up after number `seen`, for the time, or for the end.
    void rest(qint64 ms, quint64 &seen);

    Storage &m_storage;
    Scopes &m_scopes;
    Webhooks &m_webhooks;
    Sender m_sender;
    Id m_holder;
    Courier::Counters m_counters;
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    quint64 m_wakes = 0;
    std::thread m_watcher;
    /// Of the watching thread.
    std::map<Id, std::unique_ptr<Worker>> m_workers;
};

} // namespace tz::server
