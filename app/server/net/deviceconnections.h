// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace tz::server {

/// One network connection as far as the limit on connections is concerned.
struct OpenConnection {
    /// Ends it; may be called on any thread and must only pass the wish on.
    std::function<void()> close;
    /// It is the wake-up channel.
    bool live = false;
    /// A request of it is being worked on. Guarded by DeviceConnections.
    bool working = false;
    /// Guarded by DeviceConnections.
    Id device;
};

/// At most so many connections a device. A laptop that changed its network leaves dead ones behind: the newest wins
/// over the oldest idle one, and only a device whose connections all work is refused another. Thread-safe.
class DeviceConnections {
public:
    explicit DeviceConnections(int most)
        : m_most(most)
    {
    }
    /// The connection speaks for this device and works for it. Errors: net.too_many_connections {limit}.
    Result<> enter(const std::shared_ptr<OpenConnection> &connection, const Id &device);
    /// Its request has been answered.
    void idle(OpenConnection &connection);
    void leave(OpenConnection &connection);
    int count(const Id &device) const;

private:
    void remove(OpenConnection &connection);
    int m_most;
    mutable std::mutex m_mutex;
    /// The oldest first.
    std::unordered_map<Id, std::vector<std::shared_ptr<OpenConnection>>> m_devices;
};

} // namespace tz::server
