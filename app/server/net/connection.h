// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"
#include "server/net/deviceconnections.h"
#include "server/net/httpserver.h"
#include "server/net/livehub.h"
#include "server/net/workers.h"
#include "server/webhooks/deliverer.h"

#include <atomic>

namespace tz::server {

/// What all connections share.
struct NetContext {
    Api &api;
    NetLimits limits;
    LiveHub hub;
    Workers signIns{"sign-in", 2, 64};
    /// Signing in through somebody else's service, which may be slow: passwords must not wait for it.
    Workers providers{"provider", 4, 64};
    Workers pushes{"push", 4, 256};
    Workers pulls{"pull", 4, 256};
    /// Few and long: a place in the line is given before (api/rations.h), so that hardly anything waits here.
    Workers backfills{"backfill", 4, 256};
    /// Contents of attached files, in and out: long ones must not keep anything else waiting.
    Workers blobs{"blob", 2, 256};
    Workers others{"other", 2, 256};
    /// The HTTP API: what other programs ask must not keep laptops waiting, nor one of them the others: each has half
    /// of these at most (DeviceConnections).
    Workers programs{"api", 8, 256};
    /// Jobs of departments and the look for foreign commits.
    Workers upkeep{"upkeep", 1, 8};
    DeviceConnections devices;
    /// What goes out by itself.
    Deliverer deliverer;
    std::atomic<int> connections{0};
    std::atomic<int> underWay{0};
    std::atomic<bool> stopping{false};
    std::atomic<qint64> requests{0}, rejected{0}, timeouts{0}, bytesIn{0}, bytesOut{0};

    NetContext(Api &a, const NetLimits &l)
        : api(a)
        , limits(l)
        , devices(l.connectionsPerDevice)
        , deliverer(a.service().storage(), a.service().scopes(), a.service().webhooks(), sendOverHttp)
    {
    }
    QByteArray metrics() const;
    std::array<const Workers *, 9> allWorkers() const
    {
        return {&signIns, &providers, &pushes, &pulls, &backfills, &blobs, &others, &programs, &upkeep};
    }
};

} // namespace tz::server
