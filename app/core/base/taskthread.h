// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tz {

/// A thread that does one thing after the other; begins with the first and ends when all are done. Not one of Qt's
/// pool: there work of others would be in front, and the thread sanitizer does not see how Qt hands work over.
class TZ_CORE_EXPORT TaskThread {
public:
    TaskThread() = default;
    /// Waits until all that was started is done.
    ~TaskThread();
    TaskThread(const TaskThread &) = delete;
    TaskThread &operator=(const TaskThread &) = delete;
    /// From one thread only.
    void start(std::function<void()> task);

private:
    void run();
    std::mutex m_mutex;
    std::condition_variable m_wakes;
    std::deque<std::function<void()>> m_tasks;
    bool m_ends = false;
    std::thread m_thread;
};

} // namespace tz
