// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <chrono>
#include <optional>

namespace tz::server {

/// Until when the request on this thread has to be answered. Reading connections end their statements then
/// (store.interrupted), and whoever waits for the committer's turn leaves the line; a group under way is finished.
class Deadline {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Holds for this thread as long as the object lives.
    explicit Deadline(std::optional<Time> at)
        : m_before(s_at)
    {
        s_at = at;
    }
    ~Deadline() { s_at = m_before; }
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

    static std::optional<Time> current() { return s_at; }
    static bool isOver() { return s_at && std::chrono::steady_clock::now() >= *s_at; }

private:
    static inline thread_local std::optional<Time> s_at;
    std::optional<Time> m_before;
};

} // namespace tz::server
