// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/readerpool.h"

#include <QMutexLocker>

namespace tz {

namespace {
constexpr int workers = 2;
}

ReaderPool::ReaderPool(QString path, std::function<qint64()> nowMs)
    : m_path(std::move(path))
    , m_nowMs(std::move(nowMs))
{
    m_threads.setMaxThreadCount(workers);
}

ReaderPool::~ReaderPool()
{
    for (const auto &weak : std::as_const(m_tasks)) {
        if (const auto task = weak.lock())
            task->cancel();
    }
    m_threads.waitForDone();
}

void ReaderPool::Task::cancel()
{
    const QMutexLocker lock(&mutex);
    cancelled = true;
    if (running)
        running->interrupt();
}

void ReaderPool::setCatalog(CatalogPtr catalog)
{
    const QMutexLocker lock(&m_mutex);
    m_catalog = std::move(catalog);
    m_idle.clear();
}

void ReaderPool::setActor(const Actor &actor, int utcOffsetSeconds)
{
    const QMutexLocker lock(&m_mutex);
    m_actor = actor;
    m_utcOffsetSeconds = utcOffsetSeconds;
}

std::unique_ptr<ReaderPool::Connection> ReaderPool::borrow()
{
    std::unique_ptr<Connection> connection;
    CatalogPtr catalog;
    Actor actor;
    int offset = 0;
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_idle.empty()) {
            connection = std::move(m_idle.back());
            m_idle.pop_back();
        }
        catalog = m_catalog;
        actor = m_actor;
        offset = m_utcOffsetSeconds;
    }
    if (!connection) {
        Database::Options options;
        options.mode = Database::Mode::ReadOnly;
        auto database = Database::open(m_path, options);
        if (!database)
            return nullptr;
        connection = std::make_unique<Connection>();
        connection->database = std::move(*database);
        connection->reader = std::make_unique<RecordReader>(*connection->database, catalog);
        connection->catalog = std::move(catalog);
    }
    connection->reader->setContext(actor.user, actor.teams, offset, m_nowMs);
    return connection;
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection)
{
    const QMutexLocker lock(&m_mutex);
    if (connection->catalog == m_catalog)
        m_idle.push_back(std::move(connection));
}

void ReaderPool::run(const QString &slot, Work work, Done done)
{
    auto task = std::make_shared<Task>();
    if (!slot.isEmpty()) {
        if (const auto earlier = m_slots.value(slot))
            earlier->cancel();
        m_slots.insert(slot, task);
    }
    m_tasks.removeIf([](const std::weak_ptr<Task> &weak) { return weak.expired(); });
    m_tasks.append(task);
    m_threads.start([this, task, slot, work = std::move(work), done = std::move(done)] {
        {
            const QMutexLocker lock(&task->mutex);
            if (task->cancelled)
                return;
        }
        auto connection = borrow();
        if (!connection)
            return;
        {
            const QMutexLocker lock(&task->mutex);
            if (task->cancelled)
                return giveBack(std::move(connection));
            task->running = connection->database.get();
        }
        std::any result = work(*connection->reader);
        {
            const QMutexLocker lock(&task->mutex);
            task->running = nullptr;
            if (task->cancelled)
                return giveBack(std::move(connection));
        }
        giveBack(std::move(connection));
        QMetaObject::invokeMethod(
            this,
            [this, task, slot, done, result = std::move(result)]() mutable {
                if (task->cancelled)
                    return;
                if (m_slots.value(slot) == task)
                    m_slots.remove(slot);
                done(std::move(result));
            },
            Qt::QueuedConnection);
    });
}

} // namespace tz
