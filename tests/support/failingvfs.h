// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>

#include <memory>

namespace tz::test {

/// A SQLite file system that fails when told to. It passes everything on to the platform's; while it is told nothing
/// it only counts. Open databases with Database::Options::vfs = name(); close them before it goes. One thread
/// at a time.
class FailingVfs {
public:
    explicit FailingVfs(const QByteArray &name);
    ~FailingVfs();
    FailingVfs(const FailingVfs &) = delete;
    FailingVfs &operator=(const FailingVfs &) = delete;

    QByteArray name() const;
    /// The call-th call from now on (from 1) fails with an I/O error; with `forGood` all later ones too.
    void failAt(int call, bool forGood = false);
    /// Writes that would make a file longer fail as on a full disk.
    void setDiskFull(bool full);
    /// Files can be opened for reading only.
    void setReadOnly(bool readOnly);
    /// Back to passing everything on.
    void heal();
    /// Calls since the last failAt() or heal().
    int calls() const;
    /// Of these the calls that waited for the disk.
    int syncs() const;
    /// Whether a call has failed since then.
    bool hasFailed() const;

    struct Private;

private:
    std::unique_ptr<Private> d;
};

} // namespace tz::test
