// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/postgres/connection.h"
#include "server/storage/backend.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <thread>

namespace tz::server {

/// Hears on a connection of its own what the other processes announce. When the connection breaks it connects anew;
/// until then isListening() says no.
class PostgresListener final : public Announcements {
public:
    /// `told` is called on the listener's thread, also after each connecting: something may have been missed.
    PostgresListener(PostgresAddress address, std::function<void()> told);
    ~PostgresListener() override;
    bool isListening() const override { return m_listening.load(); }

private:
    void run();
    bool pause();

    PostgresConnection m_connection;
    std::function<void()> m_told;
    std::atomic<bool> m_listening{false};
    std::atomic<bool> m_ending{false};
    std::mutex m_mutex;
    std::condition_variable m_end;
    std::thread m_thread;
};

} // namespace tz::server
