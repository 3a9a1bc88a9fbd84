// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QtGlobal>

#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tz::server {

/// Remembers under which audience keys something changed since the process began, so that a wake-up's pull looks at the
/// few keys that matter instead of asking the database about each of the user's. Thread-safe.
class RecentKeys {
public:
    /// A group was committed: `before` is the revision that it found, `keys` what it touched.
    void note(qint64 before, qint64 rev, const std::vector<qint64> &keys);
    /// What was noted may not hold: the database lost revisions.
    void forget();
    /// Those of the user's keys (ascending) under which something changed in (cursor, upto]. Nothing: not known,
    /// because the cursor is older than what is remembered or another process committed in between.
    std::optional<std::vector<qint64>> changed(qint64 cursor, qint64 upto, const std::vector<qint64> &userKeys) const;

private:
    mutable std::mutex m_mutex;
    qint64 m_from = -1;
    qint64 m_upto = -1;
    std::unordered_map<qint64, qint64> m_last;
};

} // namespace tz::server
