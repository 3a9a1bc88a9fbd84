// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <functional>
#include <memory>

namespace tz::sim {

/// The disk of one simulated machine: a SQLite file system in memory that knows what is safe. What was written since a
/// file's last sync is in the machine's own memory only: it survives the death of a program and is lost, kept or torn,
/// write by write, when the power fails. Open databases with Database::Options::vfs = name(); close them before it goes
/// and before it is restarted. One thread.
class MemoryDisk {
public:
    /// What lies on it, by path.
    using Files = QHash<QString, QByteArray>;

    explicit MemoryDisk(const QByteArray &name);
    ~MemoryDisk();
    MemoryDisk(const MemoryDisk &) = delete;
    MemoryDisk &operator=(const MemoryDisk &) = delete;

    QByteArray name() const;

    /// The call-th change from now on (write, truncation, sync, deletion; from 1) is the moment in which the machine
    /// stops: this change and all later ones fail, and nothing that its programs do afterwards happened.
    void dieAt(int call);
    /// Stops now, as for a program that is killed: nothing more reaches the disk.
    void die();
    bool isDead() const;
    /// From the call-th change on, `calls` writes find a full disk.
    void fillUp(int call, int calls);
    /// Just before the call-th connection from now on begins to read (from 1), unless one is writing then, this
    /// happens: as if on another core. Nothing waits any more after a null function.
    void beforeRead(int call, std::function<void()> what);

    /// After the death of a program: the system has what was written.
    void restart();
    /// After the machine lost its power: what was not synced is lost, kept or torn at random.
    void restartAfterPowerLoss(Entropy &dice);

    /// As a program would find them now.
    Files files() const;
    void setFiles(const Files &files);
    void rename(const QString &from, const QString &to);
    void remove(const QString &path);
    QByteArray bytes(const QString &path) const;
    void setBytes(const QString &path, const QByteArray &bytes);
    /// Written since its last sync: of a database, a checkpoint that was cut short.
    bool isHalfWritten(const QString &path) const;

    struct Private;

private:
    std::unique_ptr<Private> d;
};

} // namespace tz::sim
