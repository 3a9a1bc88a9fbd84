// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/net/deviceconnections.h"

#include <algorithm>

namespace tz::server {

Result<> DeviceConnections::enter(const std::shared_ptr<OpenConnection> &connection, const Id &device)
{
    std::shared_ptr<OpenConnection> dropped;
    {
        std::lock_guard lock(m_mutex);
        if (connection->device != device)
            remove(*connection);
        auto &open = m_devices[device];
        if (std::ranges::find(open, connection) == open.end()) {
            // One wake-up channel is enough: an older one is of a network that is gone.
            auto victim = std::ranges::find_if(
                open, [&](const auto &other) { return connection->live && other->live && !other->working; });
            if (victim == open.end() && int(open.size()) >= m_most) {
                victim = std::ranges::find_if(open, [](const auto &other) { return !other->live && !other->working; });
                if (victim == open.end())
                    return fail("net.too_many_connections", {{QStringLiteral("limit"), m_most}});
            }
            if (victim != open.end()) {
                dropped = *victim;
                dropped->device = {};
                open.erase(victim);
            }
            open.push_back(connection);
            connection->device = device;
        }
        connection->working = true;
    }
    if (dropped && dropped->close)
        dropped->close();
    return {};
}

void DeviceConnections::idle(OpenConnection &connection)
{
    std::lock_guard lock(m_mutex);
    connection.working = false;
}

void DeviceConnections::leave(OpenConnection &connection)
{
    std::lock_guard lock(m_mutex);
    remove(connection);
}

void DeviceConnections::remove(OpenConnection &connection)
{
    const auto known = m_devices.find(connection.device);
    if (connection.device.isNull() || known == m_devices.end())
        return;
    std::erase_if(known->second, [&](const auto &other) { return other.get() == &connection; });
    if (known->second.empty())
        m_devices.erase(known);
    connection.device = {};
}

int DeviceConnections::count(const Id &device) const
{
    std::lock_guard lock(m_mutex);
    const auto known = m_devices.find(device);
    return known == m_devices.end() ? 0 : int(known->second.size());
}

} // namespace tz::server
