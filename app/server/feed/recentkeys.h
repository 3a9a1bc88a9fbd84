// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tz::server {

/// Remembers under which audience keys something changed since the process began, so that a wake-up's pull looks at the
/// few keys that matter instead of asking the database about each of the user's. Thread-safe.
class RecentKeys {
public:
    /// A group was committed: `before` is what it found, `after` what it made of it, `keys` what it touched.
    void note(const wire::Mark &before, const wire::Mark &after, const std::vector<qint64> &keys);
    /// Those of the user's keys (ascending) under which something changed in (cursor, now]. Nothing: not known,
    /// because the cursor is older than what is remembered or another process committed in between.
    /// Nor is anything known of another history: a database that lost revisions may have had the same ones anew.
    std::optional<std::vector<qint64>> changed(qint64 cursor, const wire::Mark &now,
                                               const std::vector<qint64> &userKeys) const;

private:
    mutable std::mutex m_mutex;
    qint64 m_from = -1;
    wire::Mark m_upto{-1, {}};
    std::unordered_map<qint64, qint64> m_last;
};

} // namespace tz::server
