// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/presence.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>

namespace tz::server {

namespace {
constexpr qint64 noteEveryMs = 30'000;
/// Whoever was not heard of for so long is taken to be gone: a few notes may be late, or lost with a process.
constexpr qint64 goneAfterMs = 3 * noteEveryMs;
constexpr qint64 forgetProcessMs = 86'400'000;
} // namespace

Presence::Presence(Storage &storage, Committer &committer)
    : m_storage(storage)
    , m_committer(committer)
    , m_process(IdSource(*storage.environment().clock, *storage.environment().entropy).next())
{
}

void Presence::begin(std::function<Network()> network)
{
    {
        std::lock_guard lock(m_mutex);
        m_network = std::move(network);
        m_startedAtMs = m_storage.environment().clock->nowMs();
        m_notedAtMs = 0;
    }
    if (const auto noted = note(); !noted)
        qWarning("that this process serves was not noted: %s", qPrintable(noted.error().toString()));
}

void Presence::end()
{
    {
        std::lock_guard lock(m_mutex);
        m_network = nullptr;
        m_startedAtMs = 0;
    }
    const auto gone = m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement erase, writer.db().prepare("DELETE FROM process WHERE id = ?1"));
        return erase.bind(1, m_process).run();
    });
    if (!gone)
        qWarning("that this process has ended was not noted: %s", qPrintable(gone.error().toString()));
}

Presence::Network Presence::network() const
{
    std::function<Network()> ask;
    {
        std::lock_guard lock(m_mutex);
        ask = m_network;
    }
    return ask ? ask() : Network();
}

qint64 Presence::startedAtMs() const
{
    std::lock_guard lock(m_mutex);
    return m_startedAtMs;
}

void Presence::served(const Id &device, qint64 rev)
{
    std::lock_guard lock(m_mutex);
    m_served.insert(device, {rev, m_storage.environment().clock->nowMs()});
}

void Presence::complete(wire::AdminDevices &devices) const
{
    const Network now = network();
    std::lock_guard lock(m_mutex);
    for (wire::AdminDevice &device : devices.devices) {
        if (const auto served = m_served.constFind(device.id); served != m_served.constEnd()) {
            device.rev = served->rev;
            device.seenAtMs = std::max(device.seenAtMs, served->atMs);
        }
        if (std::ranges::find(now.listening, device.id) != now.listening.end() && device.signedIn) {
            device.connected = true;
            device.seenAtMs = devices.nowMs;
        }
    }
}

Result<> Presence::note()
{
    const qint64 now = m_storage.environment().clock->nowMs();
    QHash<Id, Served> served;
    {
        std::lock_guard lock(m_mutex);
        if (m_notedAtMs > 0 && now - m_notedAtMs < noteEveryMs && now >= m_notedAtMs)
            return {};
        if (m_served.isEmpty() && !m_network)
            return {};
        m_notedAtMs = now;
        served.swap(m_served);
    }
    const Network network = this->network();
    const auto noted =
        m_committer.runTransaction([&](Connection &writer) { return write(writer, served, network, now); });
    if (noted)
        return {};
    // Kept for the next time, but for what has become newer meanwhile.
    std::lock_guard lock(m_mutex);
    for (auto it = served.cbegin(); it != served.cend(); ++it) {
        if (!m_served.contains(it.key()))
            m_served.insert(it.key(), it.value());
    }
    return noted;
}

Result<> Presence::write(Connection &writer, const QHash<Id, Served> &served, const Network &network,
                         qint64 nowMs) const
{
    TZ_ASSIGN(Statement update,
              writer.db().prepare("UPDATE device SET served_rev = ?2, seen_at = CASE WHEN coalesce(seen_at, 0) < ?3 "
                                  "THEN ?3 ELSE seen_at END WHERE id = ?1"));
    for (auto it = served.cbegin(); it != served.cend(); ++it)
        TZ_TRY(update.bind(1, it.key()).bind(2, it->rev).bind(3, it->atMs).run());
    TZ_ASSIGN(Statement live, writer.db().prepare("UPDATE device SET live_until = ?2, seen_at = ?3 WHERE id = ?1"));
    for (const Id &device : network.listening)
        TZ_TRY(live.bind(1, device).bind(2, nowMs + goneAfterMs).bind(3, nowMs).run());
    const qint64 started = startedAtMs();
    if (started == 0)
        return {};
    TZ_ASSIGN(Statement insert,
              writer.db().prepare("INSERT INTO process(id, host, pid, program, started_at, seen_at, connected) "
                                  "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(id) DO UPDATE SET "
                                  "seen_at = excluded.seen_at, connected = excluded.connected"));
    TZ_TRY(insert.bind(1, m_process)
               .bind(2, QSysInfo::machineHostName())
               .bind(3, QCoreApplication::applicationPid())
               .bind(4, QStringLiteral("tongzhou-server " TZ_VERSION))
               .bind(5, started)
               .bind(6, nowMs)
               .bind(7, qint64(network.listening.size()))
               .run());
    TZ_ASSIGN(Statement forget, writer.db().prepare("DELETE FROM process WHERE seen_at < ?1"));
    return forget.bind(1, nowMs - forgetProcessMs).run();
}

Result<std::vector<wire::AdminProcess>> Presence::processes(Database &database) const
{
    const qint64 now = m_storage.environment().clock->nowMs();
    TZ_ASSIGN(Statement select, database.prepare("SELECT host, program, pid, started_at, seen_at, connected, id FROM "
                                                 "process WHERE seen_at > ?1 ORDER BY started_at, id"));
    select.bind(1, now - goneAfterMs);
    const qint64 listening = qint64(network().listening.size());
    std::vector<wire::AdminProcess> processes;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return processes;
        const bool isThis = select.id(6) == m_process;
        processes.push_back({select.text(0), select.text(1), select.integer(2), select.integer(3),
                             isThis ? now : select.integer(4), isThis ? listening : select.integer(5)});
    }
}

} // namespace tz::server
