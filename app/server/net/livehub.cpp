// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/net/livehub.h"

#include <algorithm>

namespace tz::server {

namespace {
/// Both ascending.
bool meet(const std::vector<qint64> &a, const std::vector<qint64> &b)
{
    auto i = a.begin();
    auto k = b.begin();
    while (i != a.end() && k != b.end()) {
        if (*i == *k)
            return true;
        *i < *k ? ++i : ++k;
    }
    return false;
}
} // namespace

void LiveHub::add(const std::shared_ptr<LiveListener> &listener, Api::Listener who)
{
    std::lock_guard lock(m_mutex);
    m_entries[listener.get()] = Entry{listener, std::move(who)};
}

void LiveHub::update(const LiveListener &listener, std::vector<qint64> keys)
{
    std::lock_guard lock(m_mutex);
    if (const auto entry = m_entries.find(&listener); entry != m_entries.end())
        entry->second.who.keys = std::move(keys);
}

void LiveHub::remove(const LiveListener &listener)
{
    std::lock_guard lock(m_mutex);
    m_entries.erase(&listener);
}

void LiveHub::committed(const Commit &commit)
{
    std::vector<std::pair<std::shared_ptr<LiveListener>, bool>> concerned;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &[key, entry] : m_entries) {
            if (!commit.scopesChanged && !commit.onlyAuthor.isNull() && entry.who.device == commit.onlyAuthor)
                continue;
            if (!commit.scopesChanged && !meet(commit.keys, entry.who.keys))
                continue;
            if (auto listener = entry.listener.lock())
                concerned.emplace_back(std::move(listener), commit.scopesChanged);
        }
    }
    for (const auto &[listener, scope] : concerned)
        scope ? listener->scopeChanged(commit.rev) : listener->wake(commit.rev);
}

std::vector<Id> LiveHub::devices() const
{
    std::lock_guard lock(m_mutex);
    std::vector<Id> devices;
    for (const auto &[key, entry] : m_entries)
        devices.push_back(entry.who.device);
    return devices;
}

int LiveHub::count() const
{
    std::lock_guard lock(m_mutex);
    return int(m_entries.size());
}

} // namespace tz::server
