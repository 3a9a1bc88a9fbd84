// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/adminwire.h"

#include "core/sync/cborcoding.h"

#include <algorithm>

namespace tz::wire {

namespace {
constexpr qsizetype mostFields = 200;
/// Questions are small; answers tell of everybody.
constexpr qint64 questionItems = 20'000;
constexpr qint64 answerItems = 4'000'000;
} // namespace

template <class A>
void describe(A &a, AdminUser &m)
{
    a.begin(14);
    a(m.id);
    a(m.rev);
    a(m.name);
    a(m.displayName);
    a(m.email);
    a(m.phone);
    a(m.jobTitle);
    a(m.team);
    a(m.roles);
    a(m.active);
    a(m.hasPassword);
    a(m.passwordAtMs);
    a(m.devices);
    a(m.seenAtMs);
    a.end();
}

template <class A>
void describe(A &a, AdminTeam &m)
{
    a.begin(6);
    a(m.id);
    a(m.rev);
    a(m.name);
    a(m.parent);
    a(m.manager);
    a(m.members);
    a.end();
}

template <class A>
void describe(A &a, AdminRole &m)
{
    a.begin(7);
    a(m.id);
    a(m.rev);
    a(m.name);
    a(m.label);
    a(m.description);
    a(m.leaseDays);
    a(m.users);
    a.end();
}

template <class A>
void describe(A &a, AdminPeople &m)
{
    a.begin(3);
    a(m.users);
    a(m.teams);
    a(m.roles);
    a.end();
}

template <class A>
void describe(A &a, AdminChange &m)
{
    a.begin(7);
    a(m.kind);
    a(m.entity);
    a(m.id);
    a(m.expectedRev);
    a(m.fields);
    a.limited(m.values, mostFields);
    a(m.password);
    a.end();
}

template <class A>
void describe(A &a, AdminChanged &m)
{
    a.begin(1);
    a(m.id);
    a.end();
}

template <class A>
void describe(A &a, AdminDevice &m)
{
    a.begin(15);
    a(m.id);
    a(m.name);
    a(m.program);
    a(m.user);
    a(m.userName);
    a(m.madeAtMs);
    a(m.seenAtMs);
    a(m.rev);
    a(m.waiting);
    a(m.signedIn);
    a(m.connected);
    a(m.revokedAtMs);
    a(m.wipeAskedAtMs);
    a(m.wipedAtMs);
    a(m.wipedUnsent);
    a.end();
}

template <class A>
void describe(A &a, AdminDevices &m)
{
    a.begin(3);
    a(m.rev);
    a(m.nowMs);
    a(m.devices);
    a.end();
}

template <class A>
void describe(A &a, AdminDeviceOrder &m)
{
    a.begin(4);
    a(m.order);
    a(m.device);
    a(m.discardUnsent);
    a(m.own);
    a.end();
}

template <class A>
void describe(A &a, AdminProcess &m)
{
    a.begin(6);
    a(m.host);
    a(m.program);
    a(m.pid);
    a(m.startedAtMs);
    a(m.seenAtMs);
    a(m.connected);
    a.end();
}

template <class A>
void describe(A &a, AdminQueue &m)
{
    a.begin(2);
    a(m.work);
    a(m.waiting);
    a.end();
}

template <class A>
void describe(A &a, AdminStatus &m)
{
    a.begin(16);
    a(m.program);
    a(m.database);
    a(m.databaseVersion);
    a(m.databaseBytes);
    a(m.rev);
    a(m.revAtMs);
    a(m.nowMs);
    a(m.startedAtMs);
    a(m.users);
    a(m.devices);
    a(m.connected);
    a(m.processes);
    a(m.queues);
    a(m.diskFree);
    a(m.diskBytes);
    a(m.certificateEndsAtMs);
    a.end();
}

template <class A>
void describe(A &a, AuditQuestion &m)
{
    a.begin(11);
    a(m.fromMs);
    a(m.untilMs);
    a(m.user);
    a(m.byServer);
    a(m.entity);
    a(m.record);
    a(m.field);
    a(m.action);
    a(m.limit);
    a(m.afterMs);
    a(m.afterSeq);
    a.end();
}

template <class A>
void describe(A &a, AuditEntry &m)
{
    a.begin(14);
    a(m.seq);
    a(m.rev);
    a(m.atMs);
    a(m.user);
    a(m.device);
    a(m.entity);
    a(m.record);
    a(m.title);
    a(m.kind);
    a(m.action);
    a(m.field);
    a(m.before);
    a(m.after);
    a(m.label);
    a.end();
}

template <class A>
void describe(A &a, AuditPage &m)
{
    a.begin(3);
    a(m.entries);
    a(m.afterMs);
    a(m.afterSeq);
    a.end();
}

QString teamPath(const AdminPeople &people, const Id &team)
{
    constexpr int deepest = 16;
    QStringList path;
    for (Id at = team; !at.isNull() && path.size() < deepest;) {
        const auto found = std::ranges::find(people.teams, at, &AdminTeam::id);
        if (found == people.teams.end())
            break;
        path.prepend(found->name);
        at = found->parent;
    }
    return path.join(u'/');
}

QByteArray encode(const AdminPeople &m)
{
    return encoded(m);
}
QByteArray encode(const AdminChange &m)
{
    return encoded(m);
}
QByteArray encode(const AdminChanged &m)
{
    return encoded(m);
}
QByteArray encode(const AdminDevices &m)
{
    return encoded(m);
}
QByteArray encode(const AdminDeviceOrder &m)
{
    return encoded(m);
}
QByteArray encode(const AdminStatus &m)
{
    return encoded(m);
}
QByteArray encode(const AuditQuestion &m)
{
    return encoded(m);
}
QByteArray encode(const AuditPage &m)
{
    return encoded(m);
}

Result<AdminPeople> decodeAdminPeople(QByteArrayView cbor)
{
    return decoded<AdminPeople>(cbor, answerItems);
}
Result<AdminChange> decodeAdminChange(QByteArrayView cbor)
{
    return decoded<AdminChange>(cbor, questionItems);
}
Result<AdminChanged> decodeAdminChanged(QByteArrayView cbor)
{
    return decoded<AdminChanged>(cbor, answerItems);
}
Result<AdminDevices> decodeAdminDevices(QByteArrayView cbor)
{
    return decoded<AdminDevices>(cbor, answerItems);
}
Result<AdminDeviceOrder> decodeAdminDeviceOrder(QByteArrayView cbor)
{
    return decoded<AdminDeviceOrder>(cbor, questionItems);
}
Result<AdminStatus> decodeAdminStatus(QByteArrayView cbor)
{
    return decoded<AdminStatus>(cbor, answerItems);
}
Result<AuditQuestion> decodeAuditQuestion(QByteArrayView cbor)
{
    return decoded<AuditQuestion>(cbor, questionItems);
}
Result<AuditPage> decodeAuditPage(QByteArrayView cbor)
{
    return decoded<AuditPage>(cbor, answerItems);
}

} // namespace tz::wire
