// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/recentkeys.h"

namespace tz::server {

namespace {
constexpr size_t mostRemembered = 1'000'000;
}

void RecentKeys::note(const wire::Mark &before, const wire::Mark &after, const std::vector<qint64> &keys)
{
    std::lock_guard lock(m_mutex);
    // A revision in between is another process's, and what it touched is unknown here: begin anew behind it.
    if (before.rev != m_upto.rev || before.chain != m_upto.chain || m_last.size() > mostRemembered) {
        m_last.clear();
        m_from = before.rev;
    }
    for (const qint64 key : keys)
        m_last[key] = after.rev;
    m_upto = after;
}

std::optional<std::vector<qint64>> RecentKeys::changed(qint64 cursor, const wire::Mark &now,
                                                       const std::vector<qint64> &userKeys) const
{
    std::lock_guard lock(m_mutex);
    // A snapshot may show a commit a moment before it is noted here.
    if (m_from < 0 || cursor < m_from || now.rev != m_upto.rev || now.chain != m_upto.chain)
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
