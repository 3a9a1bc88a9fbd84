// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/recentkeys.h"

namespace tz::server {

namespace {
constexpr size_t mostRemembered = 1'000'000;
}

void RecentKeys::note(qint64 before, qint64 rev, const std::vector<qint64> &keys)
{
    std::lock_guard lock(m_mutex);
    // A revision in between is another process's, and what it touched is unknown here: begin anew behind it.
    if (before != m_upto || m_last.size() > mostRemembered) {
        m_last.clear();
        m_from = before;
    }
    for (const qint64 key : keys)
        m_last[key] = rev;
    m_upto = rev;
}

void RecentKeys::forget()
{
    std::lock_guard lock(m_mutex);
    m_last.clear();
    m_from = m_upto = -1;
}

std::optional<std::vector<qint64>> RecentKeys::changed(qint64 cursor, qint64 upto,
                                                       const std::vector<qint64> &userKeys) const
{
    std::lock_guard lock(m_mutex);
    // A snapshot may show a commit a moment before it is noted here.
    if (m_from < 0 || cursor < m_from || upto > m_upto)
        return std::nullopt;
    std::vector<qint64> keys;
    for (const qint64 key : userKeys) {
        const auto last = m_last.find(key);
        if (last != m_last.end() && last->second > cursor)
            keys.push_back(key);
    }
    return keys;
}

} // namespace tz::server
