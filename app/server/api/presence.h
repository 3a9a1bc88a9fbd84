// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/adminwire.h"
#include "server/storage/committer.h"

namespace tz::server {

/// Which processes serve, which devices listen and up to where each was served. Kept in memory and written down once in
/// a while, in one transaction: a durable commit for each pull would hold up everybody's edits. Thread-safe.
class Presence {
public:
    /// What the network side of this process knows.
    struct Network {
        /// Devices with an open wake-up channel.
        std::vector<Id> listening;
        std::vector<wire::AdminQueue> queues;
        /// 0: no TLS.
        qint64 certificateEndsAtMs = 0;
    };

    Presence(Storage &storage, Committer &committer);

    /// This process serves from now on; it asks `network` whenever it needs to know.
    void begin(std::function<Network()> network);
    /// It does not any more.
    void end();
    /// Empty before begin() and after end().
    Network network() const;
    /// When this process began; 0: it does not serve.
    qint64 startedAtMs() const;

    void served(const Id &device, qint64 rev);
    /// Adds what has not been written down yet.
    void complete(wire::AdminDevices &devices) const;
    /// Writes down what there is, once in half a minute.
    Result<> note();
    /// The processes that serve this database, as far as each said so in the last minutes.
    Result<std::vector<wire::AdminProcess>> processes(Database &database) const;

private:
    struct Served {
        qint64 rev = 0;
        qint64 atMs = 0;
    };
    Result<> write(Connection &writer, const QHash<Id, Served> &served, const Network &network, qint64 nowMs) const;
    Storage &m_storage;
    Committer &m_committer;
    Id m_process;
    mutable std::mutex m_mutex;
    std::function<Network()> m_network;
    QHash<Id, Served> m_served;
    qint64 m_startedAtMs = 0;
    qint64 m_notedAtMs = 0;
};

} // namespace tz::server
