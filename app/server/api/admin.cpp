// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/admin.h"

#include "server/storage/audittrail.h"

#include <QStorageInfo>

#include <algorithm>
#include <map>

namespace tz::server::admin {

namespace {

Result<ScopePtr> adminScope(Service &service, Connection &connection, const Session &session)
{
    TZ_ASSIGN(ScopePtr scope, service.scopes().of(connection, session.user));
    if (!scope->active)
        return fail("auth.user_disabled");
    if (!scope->actor.isAdmin())
        return fail("admin.denied");
    return scope;
}

Result<QByteArray> people(Service &service, const Session &, const QByteArray &)
{
    TZ_ASSIGN(const wire::AdminPeople people, service.people().everybody());
    return wire::encode(people);
}

Result<QByteArray> change(Service &service, const Session &session, const QByteArray &body)
{
    TZ_ASSIGN(const wire::AdminChange question, wire::decodeAdminChange(body));
    wire::AdminChanged changed;
    TZ_ASSIGN(changed.id, service.people().change({session.user, session.device}, question));
    return wire::encode(changed);
}

Result<QByteArray> devices(Service &service, const Session &, const QByteArray &)
{
    TZ_ASSIGN(wire::AdminDevices devices, service.people().devices());
    service.presence().complete(devices);
    return wire::encode(devices);
}

Result<QByteArray> device(Service &service, const Session &session, const QByteArray &body)
{
    TZ_ASSIGN(const wire::AdminDeviceOrder order, wire::decodeAdminDeviceOrder(body));
    // Nobody is to lock themselves out by a slip.
    if (order.device == session.device && !order.own)
        return fail("admin.own_device");
    const Doer doer{session.user, session.device};
    if (order.order == QLatin1String("sign_out")) {
        TZ_TRY(service.people().signOutDevice(order.device, doer));
        return QByteArray();
    }
    const bool wipe = order.order == QLatin1String("wipe");
    if (!wipe && order.order != QLatin1String("revoke"))
        return fail("wire.malformed", {{QStringLiteral("reason"), QStringLiteral("unknown order")}});
    TZ_TRY(service.people().revokeDevice(order.device, {wipe, order.discardUnsent}, doer));
    return QByteArray();
}

void addDisk(wire::AdminStatus &status, const QString &folder)
{
    const QStorageInfo disk(folder);
    if (!disk.isValid() || !disk.isReady())
        return;
    status.diskFree = disk.bytesAvailable();
    status.diskBytes = disk.bytesTotal();
}

Result<QByteArray> status(Service &service, const Session &, const QByteArray &)
{
    wire::AdminStatus status;
    status.program = QStringLiteral("tongzhou-server " TZ_VERSION);
    Storage &storage = service.storage();
    status.nowMs = storage.environment().clock->nowMs();
    status.startedAtMs = service.presence().startedAtMs();
    const Presence::Network network = service.presence().network();
    status.queues = network.queues;
    status.certificateEndsAtMs = network.certificateEndsAtMs;
    addDisk(status, service.folder());
    TZ_ASSIGN(Storage::Lease connection, storage.read());
    TZ_ASSIGN(const Backend::Figures figures, storage.backend()->figures(connection->db()));
    status.database = figures.kind;
    status.databaseVersion = figures.version;
    status.databaseBytes = figures.bytes;
    TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
    status.rev = now.rev;
    status.revAtMs = now.atMs;
    TZ_ASSIGN(status.processes, service.presence().processes(connection->db()));
    for (const wire::AdminProcess &process : status.processes)
        status.connected += process.connected;
    TZ_ASSIGN(const wire::AdminPeople people, service.people().everybody());
    status.users = std::ranges::count_if(people.users, [](const wire::AdminUser &user) { return user.active; });
    TZ_ASSIGN(Statement devices, connection->db().prepare("SELECT count(*) FROM device WHERE token IS NOT NULL AND "
                                                          "revoked_at IS NULL"));
    TZ_TRY(devices.step());
    status.devices = devices.integer(0);
    return wire::encode(status);
}

Result<QByteArray> audit(Service &service, const Session &session, const QByteArray &body)
{
    TZ_ASSIGN(const wire::AuditQuestion question, wire::decodeAuditQuestion(body));
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, adminScope(service, *connection, session));
    TZ_ASSIGN(const wire::AuditPage page, searchAudit(*connection, *scope, question));
    return wire::encode(page);
}

using Endpoint = Result<QByteArray> (*)(Service &, const Session &, const QByteArray &);

const std::map<QByteArray, Endpoint> &endpointTable()
{
    static const std::map<QByteArray, Endpoint> table{{"people", people}, {"change", change}, {"devices", devices},
                                                      {"device", device}, {"status", status}, {"audit", audit}};
    return table;
}

} // namespace

Result<QByteArray> answer(Service &service, const Session &session, const QByteArray &path, const QByteArray &body)
{
    {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_TRY(adminScope(service, *connection, session));
    }
    const auto endpoint = endpointTable().find(path.mid(qsizetype(sizeof root) - 1));
    if (endpoint == endpointTable().end())
        return fail("server.unknown_path");
    return endpoint->second(service, session, body);
}

std::vector<QByteArray> paths()
{
    std::vector<QByteArray> all;
    for (const auto &[name, endpoint] : endpointTable())
        all.push_back(root + name);
    return all;
}

} // namespace tz::server::admin
