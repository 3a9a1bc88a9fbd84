// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <functional>

namespace tz::server {

/// What the server takes from outside, so that tests and the simulation can replace it. All outlive the server.
struct Environment {
    const Clock *clock = nullptr;
    Entropy *entropy = nullptr;
    /// Seconds east of UTC now: which day "today" is for rules and numbers.
    std::function<int()> utcOffsetSeconds;
    /// "postgresql://…" (server/postgres/address.h); empty: a SQLite file in the data folder.
    QString database;
    /// A registered SQLite VFS; empty: the platform's.
    QByteArray vfs;
    /// This process empties SQLite's write-ahead log. False for the command line while a server runs on the same data:
    /// two processes that do it at once can damage the file (SQLite before 3.51.3).
    bool checkpoints = true;
    /// Memory of Argon2id in bytes and its passes. Tests take less.
    size_t passwordMemory = size_t(64) << 20;
    unsigned passwordPasses = 3;
};

} // namespace tz::server
