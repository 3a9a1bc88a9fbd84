// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/listener.h"

#include <chrono>

namespace tz::server {

namespace {
constexpr auto retryAfter = std::chrono::seconds(1);
/// How long the thread waits for the network before it looks whether it is to end.
constexpr int waitMs = 200;
} // namespace

PostgresListener::PostgresListener(PostgresAddress address, std::function<void()> told)
    : m_connection(std::move(address), PostgresConnection::Role::Plain)
    , m_told(std::move(told))
    , m_thread([this] { run(); })
{
}

PostgresListener::~PostgresListener()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_end.notify_all();
    m_thread.join();
}

bool PostgresListener::pause()
{
    std::unique_lock lock(m_mutex);
    m_end.wait_for(lock, retryAfter, [this] { return m_ending.load(); });
    return !m_ending;
}

void PostgresListener::run()
{
    bool warned = false;
    do {
        auto listening = m_connection.ensure();
        if (listening) {
            auto said = m_connection.query("LISTEN \"" + m_connection.address().channel() + '"');
            if (!said)
                listening = fail(said.error());
        }
        if (!listening) {
            if (!std::exchange(warned, true))
                qWarning("cannot hear of other processes' commits: %s", qPrintable(listening.error().toString()));
            continue;
        }
        warned = false;
        m_listening = true;
        m_told();
        while (!m_ending && m_connection.isConnected()) {
            if (!m_connection.waitForInput(waitMs))
                continue;
            bool heard = false;
            while (PGnotify *const notify = PQnotifies(m_connection.handle())) {
                heard = true;
                PQfreemem(notify);
            }
            if (heard)
                m_told();
        }
        m_listening = false;
    } while (pause());
}

} // namespace tz::server
