// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/value.h"
#include "core/sync/change.h"

#include <QStringList>

/// What administrators ask the server: users, teams, roles, devices, the server itself and its audit trail. Every
/// question is answered only to who has the role "admin" at that moment (admin.denied). Decoders: wire.*.
namespace tz::wire {

/// /v1/admin/people, asked without a body: everybody, as the server has them.
struct AdminUser {
    Id id;
    qint64 rev = 0;
    QString name, displayName, email, phone, jobTitle;
    Id team;
    std::vector<Id> roles;
    bool active = false;
    /// Without one nobody signs in.
    bool hasPassword = false;
    qint64 passwordAtMs = 0;
    /// Signed in at present.
    qint64 devices = 0;
    qint64 seenAtMs = 0;
};
struct AdminTeam {
    Id id;
    qint64 rev = 0;
    QString name;
    Id parent, manager;
    /// Active users in the team itself.
    qint64 members = 0;
};
struct AdminRole {
    Id id;
    qint64 rev = 0;
    QString name, label, description;
    /// 0: none given.
    qint64 leaseDays = 0;
    /// Active users.
    qint64 users = 0;
};
struct AdminPeople {
    std::vector<AdminUser> users; ///< by name
    std::vector<AdminTeam> teams; ///< by name
    std::vector<AdminRole> roles; ///< by name
};

/// Names from the top of the tree: "North/Berlin"; empty: no team.
TZ_CORE_EXPORT QString teamPath(const AdminPeople &people, const Id &team);

/// /v1/admin/change: creates, changes or deletes a user, team or role; answered with AdminChanged. Errors: those of a
/// push, admin.not_administered {entity}, account.last_admin, account.admin_role, account.password_short {min} …
struct AdminChange {
    ChangeKind kind = ChangeKind::Update; ///< Create, Update or Delete
    QString entity;
    Id id; ///< null with Create: the server gives one
    /// The record's revision that was looked at, against changing what somebody else changed meanwhile
    /// (record.changed_meanwhile); 0: whatever it is.
    qint64 expectedRev = 0;
    QStringList fields;
    ValueList values;
    /// Users only; empty: stays. A new one signs the user out everywhere but on the device that asks.
    QString password;
};
struct AdminChanged {
    Id id;
};

/// /v1/admin/devices, asked without a body.
struct AdminDevice {
    Id id;
    QString name, program;
    Id user;
    QString userName;
    qint64 madeAtMs = 0, seenAtMs = 0;
    /// Revision up to which it was served, batches that it said it had not sent.
    qint64 rev = 0, waiting = 0;
    bool signedIn = false;
    /// It listens right now.
    bool connected = false;
    qint64 revokedAtMs = 0;
    qint64 wipeAskedAtMs = 0, wipedAtMs = 0, wipedUnsent = 0;
};
struct AdminDevices {
    /// Of the server; a device with a smaller one has not got everything.
    qint64 rev = 0;
    qint64 nowMs = 0;
    std::vector<AdminDevice> devices; ///< by user, the newest contact first
};

/// /v1/admin/device; answered without a body. Errors: account.unknown_device, account.unsent_work {id, count},
/// admin.own_device.
struct AdminDeviceOrder {
    /// "sign_out" (the copy stays, and may sign in again), "revoke", "wipe".
    QString order;
    Id device;
    /// Wipe although there is work that it has not sent.
    bool discardUnsent = false;
    /// It is known that this is the device which asks.
    bool own = false;
};

/// /v1/admin/status, asked without a body.
struct AdminProcess {
    QString host, program;
    qint64 pid = 0, startedAtMs = 0, seenAtMs = 0, connected = 0;
};
struct AdminQueue {
    QString work;
    qint64 waiting = 0;
};
struct AdminStatus {
    QString program;
    /// "sqlite" or "postgresql", with the version of the engine.
    QString database, databaseVersion;
    qint64 databaseBytes = 0;
    qint64 rev = 0, revAtMs = 0, nowMs = 0, startedAtMs = 0;
    qint64 users = 0, devices = 0, connected = 0;
    std::vector<AdminProcess> processes; ///< those that serve this database
    std::vector<AdminQueue> queues;      ///< of the process that answers
    /// Of the disk with the data folder; -1: unknown.
    qint64 diskFree = -1, diskBytes = -1;
    /// When the server's certificate ends; 0: it serves without TLS.
    qint64 certificateEndsAtMs = 0;
};

/// /v1/admin/audit: entries for which everything holds that is set, the newest first.
struct AuditQuestion {
    /// from <= at < until; 0: open.
    qint64 fromMs = 0, untilMs = 0;
    Id user;
    /// Only what the server did by itself or by its own console.
    bool byServer = false;
    QString entity;
    Id record;
    QString field;
    /// "create", "update", "delete", "restore", or the name of an action.
    QString action;
    qint64 limit = 100;
    /// Of the last answer, to go on behind it.
    qint64 afterMs = 0, afterSeq = 0;
};
struct AuditEntry {
    qint64 seq = 0, rev = 0, atMs = 0;
    Id user, device;
    QString entity;
    Id record;
    /// As it is called now; empty: it is gone or has no name.
    QString title;
    ChangeKind kind = ChangeKind::Update;
    QString action;
    /// One entry a field; empty: the record as a whole.
    QString field;
    Value before, after;
    QString label;
};
struct AuditPage {
    std::vector<AuditEntry> entries;
    /// Where to go on; afterSeq 0: this was the end. A page may be short although more is to come.
    qint64 afterMs = 0, afterSeq = 0;
};

TZ_CORE_EXPORT QByteArray encode(const AdminPeople &);
TZ_CORE_EXPORT QByteArray encode(const AdminChange &);
TZ_CORE_EXPORT QByteArray encode(const AdminChanged &);
TZ_CORE_EXPORT QByteArray encode(const AdminDevices &);
TZ_CORE_EXPORT QByteArray encode(const AdminDeviceOrder &);
TZ_CORE_EXPORT QByteArray encode(const AdminStatus &);
TZ_CORE_EXPORT QByteArray encode(const AuditQuestion &);
TZ_CORE_EXPORT QByteArray encode(const AuditPage &);

TZ_CORE_EXPORT Result<AdminPeople> decodeAdminPeople(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AdminChange> decodeAdminChange(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AdminChanged> decodeAdminChanged(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AdminDevices> decodeAdminDevices(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AdminDeviceOrder> decodeAdminDeviceOrder(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AdminStatus> decodeAdminStatus(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AuditQuestion> decodeAuditQuestion(QByteArrayView cbor);
TZ_CORE_EXPORT Result<AuditPage> decodeAuditPage(QByteArrayView cbor);

} // namespace tz::wire
