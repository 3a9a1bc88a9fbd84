// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/actor.h"
#include "core/store/recordreader.h"

#include <QMutex>
#include <QThreadPool>

#include <any>
#include <memory>

namespace tz {

/// Reads of a program with a user interface that may take long: each on a worker thread with a reading connection of
/// its own. A later task with the same name cancels the earlier one. Belongs to one thread, on which `done` is called.
class ReaderPool : public QObject {
    Q_OBJECT
public:
    using Work = std::function<std::any(RecordReader &)>;
    using Done = std::function<void(std::any)>;

    ReaderPool(QString path, std::function<qint64()> nowMs);
    /// Cancels everything and waits for it.
    ~ReaderPool() override;

    void setCatalog(CatalogPtr catalog);
    void setActor(const Actor &actor, int utcOffsetSeconds);
    void run(const QString &slot, Work work, Done done);

private:
    struct Connection {
        std::unique_ptr<Database> database;
        std::unique_ptr<RecordReader> reader;
        CatalogPtr catalog;
    };
    /// One task under way; shared with the worker.
    struct Task {
        QMutex mutex;
        Database *running = nullptr;
        bool cancelled = false;
        void cancel();
    };
    /// An idle connection, or a new one; null when the file cannot be read.
    std::unique_ptr<Connection> borrow();
    void giveBack(std::unique_ptr<Connection> connection);

    const QString m_path;
    const std::function<qint64()> m_nowMs;
    QThreadPool m_threads;
    QMutex m_mutex;
    std::vector<std::unique_ptr<Connection>> m_idle;
    CatalogPtr m_catalog;
    Actor m_actor;
    int m_utcOffsetSeconds = 0;
    QHash<QString, std::shared_ptr<Task>> m_slots;
    QList<std::weak_ptr<Task>> m_tasks;
};

} // namespace tz
