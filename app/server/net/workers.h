// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <optional>

namespace tz::server {

/// Threads for one kind of work with a bounded queue before them, so that no kind can starve another.
class Workers {
public:
    Workers(const char *name, size_t threads, int longestQueue)
        : m_name(name)
        , m_pool(threads)
        , m_longest(longestQueue + int(threads))
    {
    }
    /// Waits for what it was given: of a coroutine that a pool has not ended when it goes, Asio loses the memory.
    ~Workers() { join(); }
    Workers(const Workers &) = delete;
    /// Runs `work` on a thread of the pool; the coroutine goes on where it was. Nothing: too many wait already.
    template <class Work>
    boost::asio::awaitable<std::optional<std::invoke_result_t<Work>>> run(Work work)
    {
        using Made = std::invoke_result_t<Work>;
        if (m_queued.fetch_add(1) >= m_longest) {
            --m_queued;
            co_return std::nullopt;
        }
        std::optional<Made> answer = co_await boost::asio::co_spawn(
            m_pool, [&work]() -> boost::asio::awaitable<std::optional<Made>> { co_return std::optional<Made>(work()); },
            boost::asio::use_awaitable);
        --m_queued;
        co_return answer;
    }
    template <class Work>
    void post(Work work)
    {
        boost::asio::post(m_pool, std::move(work));
    }
    void join() { m_pool.join(); }
    const char *name() const { return m_name; }
    int queued() const { return m_queued.load(); }

private:
    const char *m_name;
    boost::asio::thread_pool m_pool;
    int m_longest;
    std::atomic<int> m_queued{0};
};

} // namespace tz::server
