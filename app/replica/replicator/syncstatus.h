// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"
#include "core/store/replicastate.h"

#include <QMetaType>

namespace tz {

/// What the status line says about the network and about unsent work: two different things.
struct SyncStatus {
    enum class Connection { Standalone, SignedOut, Offline, Connecting, Online };
    Connection connection = Connection::Standalone;
    /// Batches that wait for the server.
    qint64 waiting = 0;
    /// Conflicts and refused batches that the user has not looked at.
    qint64 attention = 0;
    bool busy = false;
    /// First sync or a long absence: not everything is here yet.
    bool complete = true;
    /// Rows received of rows expected; expected -1: unknown.
    qint64 received = 0;
    qint64 expected = -1;
    /// Place in the server's line before it sends a first copy; 0: none.
    int position = 0;
    qint64 lastContactMs = 0;
    qint64 offlineSinceMs = 0;
    /// When the server is tried again; 0: no attempt is planned.
    qint64 nextAttemptMs = 0;
    /// Records that a restored server knows nothing of, so many that the user is to be asked before they are set aside;
    /// 0: none.
    qint64 toSetAside = 0;
    /// The last comparison with the server's sums.
    std::optional<IntegrityReport> integrity;
    /// Last failure; empty code: none.
    Error error;
};

} // namespace tz

Q_DECLARE_METATYPE(tz::SyncStatus)
