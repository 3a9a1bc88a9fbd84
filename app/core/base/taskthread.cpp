// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/taskthread.h"

namespace tz {

TaskThread::~TaskThread()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wakes.notify_one();
    m_thread.join();
}

void TaskThread::start(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    if (m_thread.joinable())
        m_wakes.notify_one();
    else
        m_thread = std::thread([this] { run(); });
}

void TaskThread::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wakes.wait(lock, [this] { return m_ends || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        std::function<void()> task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

} // namespace tz
