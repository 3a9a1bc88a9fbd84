// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/api.h"

#include <mutex>
#include <unordered_set>

namespace tz::server {

/// One open wake-up channel as the hub sees it.
class LiveListener {
public:
    virtual ~LiveListener() = default;
    /// Something for this device is durable. Called on the committing thread: must only pass it on.
    virtual void wake(qint64 rev) = 0;
    /// The user's keys may be others now: look them up, then wake.
    virtual void scopeChanged(qint64 rev) = 0;
};

/// Knows whom a commit concerns. Thread-safe.
class LiveHub {
public:
    void add(const std::shared_ptr<LiveListener> &listener, Api::Listener who);
    void update(const LiveListener &listener, std::vector<qint64> keys);
    void remove(const LiveListener &listener);
    void committed(const Commit &commit);
    int count() const;
    /// The devices that listen; one may be in it twice for a moment.
    std::vector<Id> devices() const;

private:
    struct Entry {
        std::weak_ptr<LiveListener> listener;
        Api::Listener who;
    };
    mutable std::mutex m_mutex;
    std::unordered_map<const LiveListener *, Entry> m_entries;
};

} // namespace tz::server
