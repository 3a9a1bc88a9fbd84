// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/commands/admin.h"

#include "core/catalog/labels.h"
#include "core/logic/rightstable.h"

#include <QLocale>

#include <algorithm>

namespace tz::cli::admin {

namespace {

QString timeText(qint64 ms)
{
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
}

/// RFC 3339 in UTC; null: never.
void writeTime(Json &json, const char *key, qint64 ms)
{
    json.key(QLatin1String(key));
    ms > 0 ? json.text(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs)) : json.null();
}

void writeId(Json &json, const char *key, const Id &id)
{
    json.key(QLatin1String(key));
    id.isNull() ? json.null() : json.text(id.toString());
}

QString reachName(Reach reach)
{
    switch (reach) {
    case Reach::None:
        return QStringLiteral("none");
    case Reach::Own:
        return QStringLiteral("own");
    case Reach::Team:
        return QStringLiteral("team");
    case Reach::All:
        return QStringLiteral("all");
    }
    return {};
}

QString reachText(Reach reach)
{
    switch (reach) {
    case Reach::None:
        return QStringLiteral("–");
    case Reach::Own:
        return translated(QT_TRANSLATE_NOOP("cli", "own"));
    case Reach::Team:
        return translated(QT_TRANSLATE_NOOP("cli", "team"));
    case Reach::All:
        return translated(QT_TRANSLATE_NOOP("cli", "all"));
    }
    return {};
}

QStringList roleNames(const wire::AdminPeople &people, const wire::AdminUser &user)
{
    QStringList names;
    for (const wire::AdminRole &role : people.roles) {
        if (std::ranges::find(user.roles, role.id) != user.roles.end())
            names << role.name;
    }
    return names;
}

QString stateName(const wire::AdminDevice &device)
{
    if (device.wipedAtMs > 0)
        return QStringLiteral("wiped");
    if (device.wipeAskedAtMs > 0)
        return QStringLiteral("wipe_asked");
    if (device.revokedAtMs > 0)
        return QStringLiteral("revoked");
    if (device.connected)
        return QStringLiteral("connected");
    return device.signedIn ? QStringLiteral("signed_in") : QStringLiteral("signed_out");
}

QString stateText(const wire::AdminDevice &device)
{
    if (device.wipedAtMs > 0)
        return translated(QT_TRANSLATE_NOOP("cli", "erased %1, %2 unsent changes lost"))
            .arg(timeText(device.wipedAtMs))
            .arg(device.wipedUnsent);
    if (device.wipeAskedAtMs > 0)
        return translated(QT_TRANSLATE_NOOP("cli", "erasing asked %1, not confirmed"))
            .arg(timeText(device.wipeAskedAtMs));
    if (device.revokedAtMs > 0)
        return translated(QT_TRANSLATE_NOOP("cli", "shut out %1")).arg(timeText(device.revokedAtMs));
    if (device.connected)
        return translated(QT_TRANSLATE_NOOP("cli", "connected"));
    return device.signedIn ? translated(QT_TRANSLATE_NOOP("cli", "signed in"))
                           : translated(QT_TRANSLATE_NOOP("cli", "signed out"));
}

void writeRights(Json &json, const EntityRights &rights)
{
    json.beginObject().key(u"entity").text(rights.entity->fullName);
    json.key(u"read").text(reachName(rights.grant.read));
    json.key(u"write").text(reachName(rights.grant.write));
    json.key(u"create").boolean(rights.grant.create);
    json.key(u"delete").text(reachName(rights.remove));
    json.key(u"assign").boolean(rights.grant.assign);
    QStringList hidden = rights.grant.hidden.values();
    hidden.sort();
    json.key(u"hidden").texts(hidden);
    json.key(u"actions").beginObject();
    for (const EntityRights::Action &action : rights.actions)
        json.key(action.transition->action).text(reachName(action.reach));
    json.endObject().endObject();
}

QStringList rightsRow(const EntityRights &rights)
{
    QStringList hidden, actions;
    for (const QString &name : rights.grant.hidden) {
        const Field *field = rights.entity->field(name);
        hidden << (field ? label(*rights.entity, *field) : name);
    }
    hidden.sort();
    for (const EntityRights::Action &action : rights.actions) {
        if (action.reach != Reach::None)
            actions << action.transition->action;
    }
    return {rights.entity->fullName,
            reachText(rights.grant.read),
            reachText(rights.grant.write),
            rights.grant.create ? translated(QT_TRANSLATE_NOOP("cli", "yes")) : QStringLiteral("–"),
            reachText(rights.remove),
            hidden.join(QStringLiteral(", ")),
            actions.join(QStringLiteral(", "))};
}

void writeStatus(Json &json, const wire::AdminStatus &status)
{
    json.beginObject().key(u"program").text(status.program);
    json.key(u"database").text(status.database);
    json.key(u"database_version").text(status.databaseVersion);
    json.key(u"database_bytes").number(status.databaseBytes);
    json.key(u"revision").number(status.rev);
    writeTime(json, "revision_at", status.revAtMs);
    writeTime(json, "now", status.nowMs);
    writeTime(json, "started_at", status.startedAtMs);
    json.key(u"users").number(status.users);
    json.key(u"devices").number(status.devices);
    json.key(u"connected").number(status.connected);
    json.key(u"processes").beginArray();
    for (const wire::AdminProcess &process : status.processes) {
        json.beginObject().key(u"host").text(process.host);
        json.key(u"pid").number(process.pid);
        json.key(u"program").text(process.program);
        writeTime(json, "started_at", process.startedAtMs);
        json.key(u"connected").number(process.connected).endObject();
    }
    json.endArray().key(u"queues").beginObject();
    for (const wire::AdminQueue &queue : status.queues)
        json.key(queue.work).number(queue.waiting);
    json.endObject().key(u"disk_free_bytes");
    status.diskFree < 0 ? json.null() : json.number(status.diskFree);
    json.key(u"disk_bytes");
    status.diskBytes < 0 ? json.null() : json.number(status.diskBytes);
    writeTime(json, "certificate_ends_at", status.certificateEndsAtMs);
    json.endObject();
}

} // namespace

Result<> printUsers(Context &context)
{
    TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
    Json json;
    json.beginObject().key(u"users").beginArray();
    QList<QStringList> rows;
    for (const wire::AdminUser &user : people.users) {
        const QStringList roles = roleNames(people, user);
        const QString team = wire::teamPath(people, user.team);
        json.beginObject().key(u"id").text(user.id.toString());
        json.key(u"name").text(user.name);
        json.key(u"display_name").text(user.displayName);
        json.key(u"roles").texts(roles);
        json.key(u"team").text(team);
        json.key(u"active").boolean(user.active);
        json.key(u"has_password").boolean(user.hasPassword);
        json.key(u"devices").number(user.devices);
        writeTime(json, "seen_at", user.seenAtMs);
        json.endObject();
        const QString state = !user.active       ? translated(QT_TRANSLATE_NOOP("cli", "switched off"))
                              : user.hasPassword ? translated(QT_TRANSLATE_NOOP("cli", "active"))
                                                 : translated(QT_TRANSLATE_NOOP("cli", "no password yet"));
        rows << QStringList{user.name,
                            user.displayName,
                            roles.join(QStringLiteral(", ")),
                            team,
                            state,
                            QString::number(user.devices),
                            timeText(user.seenAtMs)};
    }
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Sign-in name")),
                            translated(QT_TRANSLATE_NOOP("cli", "Name")), translated(QT_TRANSLATE_NOOP("cli", "Roles")),
                            translated(QT_TRANSLATE_NOOP("cli", "Team")), translated(QT_TRANSLATE_NOOP("cli", "State")),
                            translated(QT_TRANSLATE_NOOP("cli", "Devices")),
                            translated(QT_TRANSLATE_NOOP("cli", "Last contact"))},
                           rows);
    return {};
}

Result<> printTeams(Context &context)
{
    TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
    QList<std::pair<QString, const wire::AdminTeam *>> teams;
    for (const wire::AdminTeam &team : people.teams)
        teams.append({wire::teamPath(people, team.id), &team});
    std::ranges::sort(teams, {}, &std::pair<QString, const wire::AdminTeam *>::first);
    Json json;
    json.beginObject().key(u"teams").beginArray();
    QList<QStringList> rows;
    for (const auto &[path, team] : teams) {
        const auto manager = std::ranges::find(people.users, team->manager, &wire::AdminUser::id);
        const QString name = manager == people.users.end() ? QString() : manager->name;
        json.beginObject().key(u"id").text(team->id.toString());
        json.key(u"path").text(path);
        writeId(json, "parent", team->parent);
        json.key(u"manager").text(name);
        json.key(u"members").number(team->members).endObject();
        rows << QStringList{path, name, QString::number(team->members)};
    }
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Team")),
                            translated(QT_TRANSLATE_NOOP("cli", "Manager")),
                            translated(QT_TRANSLATE_NOOP("cli", "Members"))},
                           rows);
    return {};
}

Result<> printRoles(Context &context)
{
    TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
    Json json;
    json.beginObject().key(u"roles").beginArray();
    QList<QStringList> rows;
    for (const wire::AdminRole &role : people.roles) {
        json.beginObject().key(u"id").text(role.id.toString());
        json.key(u"name").text(role.name);
        json.key(u"label").text(role.label);
        json.key(u"lease_days");
        role.leaseDays > 0 ? json.number(role.leaseDays) : json.null();
        json.key(u"users").number(role.users).endObject();
        rows << QStringList{role.name, role.label, QString::number(role.users),
                            role.leaseDays > 0 ? QString::number(role.leaseDays) : QString()};
    }
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Role")), translated(QT_TRANSLATE_NOOP("cli", "Label")),
                            translated(QT_TRANSLATE_NOOP("cli", "Users")),
                            translated(QT_TRANSLATE_NOOP("cli", "Days without contact"))},
                           rows);
    return {};
}

Result<> printRights(Context &context)
{
    TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
    const QString wanted = context.arguments().at(1);
    if (!wanted.isEmpty() && std::ranges::find(people.roles, wanted, &wire::AdminRole::name) == people.roles.end())
        return fail("account.unknown_role", {{QStringLiteral("name"), wanted}});
    Json json;
    json.beginObject().key(u"roles").beginArray();
    for (const wire::AdminRole &role : people.roles) {
        if (!wanted.isEmpty() && role.name != wanted)
            continue;
        json.beginObject().key(u"role").text(role.name).key(u"rights").beginArray();
        QList<QStringList> rows;
        for (const EntityRights &rights : rightsOfRole(context.catalog(), role.name)) {
            writeRights(json, rights);
            if (!rights.isNothing())
                rows << rightsRow(rights);
        }
        json.endArray().endObject();
        if (context.json())
            continue;
        context.print(role.label.isEmpty() || role.label == role.name
                          ? role.name
                          : QStringLiteral("%1 (%2)").arg(role.name, role.label));
        context.printTable(
            {translated(QT_TRANSLATE_NOOP("cli", "Entity")), translated(QT_TRANSLATE_NOOP("cli", "Read")),
             translated(QT_TRANSLATE_NOOP("cli", "Edit")), translated(QT_TRANSLATE_NOOP("cli", "Create")),
             translated(QT_TRANSLATE_NOOP("cli", "Delete")), translated(QT_TRANSLATE_NOOP("cli", "Hidden fields")),
             translated(QT_TRANSLATE_NOOP("cli", "Actions"))},
            rows);
        context.print(QString());
    }
    if (context.json())
        context.print(json.endArray().endObject());
    return {};
}

Result<> printDevices(Context &context)
{
    TZ_ASSIGN(const wire::AdminDevices all,
              wait<wire::AdminDevices>(context, [&](auto done) { administration(context).devices(done); }));
    const Id own = context.replica().account().device;
    Json json;
    json.beginObject().key(u"revision").number(all.rev).key(u"devices").beginArray();
    QList<QStringList> rows;
    for (const wire::AdminDevice &device : all.devices) {
        json.beginObject().key(u"id").text(device.id.toString());
        json.key(u"name").text(device.name);
        json.key(u"user").text(device.userName);
        json.key(u"program").text(device.program);
        json.key(u"state").text(stateName(device));
        writeTime(json, "seen_at", device.seenAtMs);
        json.key(u"behind").number(all.rev - device.rev);
        json.key(u"waiting").number(device.waiting);
        json.key(u"this_computer").boolean(device.id == own);
        writeTime(json, "revoked_at", device.revokedAtMs);
        writeTime(json, "wipe_asked_at", device.wipeAskedAtMs);
        writeTime(json, "wiped_at", device.wipedAtMs);
        json.key(u"wiped_unsent").number(device.wipedUnsent).endObject();
        rows << QStringList{device.id.toString(),
                            device.userName,
                            device.name,
                            device.program,
                            timeText(device.seenAtMs),
                            QString::number(all.rev - device.rev),
                            QString::number(device.waiting),
                            stateText(device)};
    }
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable(
            {translated(QT_TRANSLATE_NOOP("cli", "Device")), translated(QT_TRANSLATE_NOOP("cli", "User")),
             translated(QT_TRANSLATE_NOOP("cli", "Name")), translated(QT_TRANSLATE_NOOP("cli", "Program")),
             translated(QT_TRANSLATE_NOOP("cli", "Last contact")), translated(QT_TRANSLATE_NOOP("cli", "Behind")),
             translated(QT_TRANSLATE_NOOP("cli", "Unsent")), translated(QT_TRANSLATE_NOOP("cli", "State"))},
            rows);
    return {};
}

Result<> printStatus(Context &context)
{
    TZ_ASSIGN(const wire::AdminStatus status,
              wait<wire::AdminStatus>(context, [&](auto done) { administration(context).status(done); }));
    if (context.json()) {
        Json json;
        writeStatus(json, status);
        context.print(json);
        return {};
    }
    const QLocale locale;
    QList<QStringList> rows{
        {translated(QT_TRANSLATE_NOOP("cli", "Program")), status.program},
        {translated(QT_TRANSLATE_NOOP("cli", "Database")),
         QStringLiteral("%1 %2, %3")
             .arg(status.database, status.databaseVersion, locale.formattedDataSize(status.databaseBytes))},
        {translated(QT_TRANSLATE_NOOP("cli", "Revision")),
         QStringLiteral("%1 (%2)").arg(status.rev).arg(timeText(status.revAtMs))},
        {translated(QT_TRANSLATE_NOOP("cli", "Running since")), timeText(status.startedAtMs)},
        {translated(QT_TRANSLATE_NOOP("cli", "Active users")), QString::number(status.users)},
        {translated(QT_TRANSLATE_NOOP("cli", "Devices")),
         translated(QT_TRANSLATE_NOOP("cli", "%1 signed in, %2 connected")).arg(status.devices).arg(status.connected)}};
    for (const wire::AdminProcess &process : status.processes)
        rows << QStringList{translated(QT_TRANSLATE_NOOP("cli", "Process")),
                            translated(QT_TRANSLATE_NOOP("cli", "%1, pid %2, since %3, %4 connected"))
                                .arg(process.host)
                                .arg(process.pid)
                                .arg(timeText(process.startedAtMs))
                                .arg(process.connected)};
    QStringList queues;
    for (const wire::AdminQueue &queue : status.queues)
        queues << QStringLiteral("%1 %2").arg(queue.work).arg(queue.waiting);
    rows << QStringList{translated(QT_TRANSLATE_NOOP("cli", "Requests under way")), queues.join(QStringLiteral(", "))};
    if (status.diskFree >= 0)
        rows << QStringList{
            translated(QT_TRANSLATE_NOOP("cli", "Free on the disk")),
            translated(QT_TRANSLATE_NOOP("cli", "%1 of %2"))
                .arg(locale.formattedDataSize(status.diskFree), locale.formattedDataSize(status.diskBytes))};
    rows << QStringList{
        translated(QT_TRANSLATE_NOOP("cli", "Certificate")),
        status.certificateEndsAtMs > 0
            ? translated(QT_TRANSLATE_NOOP("cli", "valid until %1")).arg(timeText(status.certificateEndsAtMs))
            : translated(QT_TRANSLATE_NOOP("cli", "none: without TLS"))};
    context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Server")), context.replica().account().server.toString()},
                       rows);
    return {};
}

} // namespace tz::cli::admin
