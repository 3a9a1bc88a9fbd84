// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/people.h"

#include "core/logic/contributions.h"
#include "server/storage/audittrail.h"

#include <algorithm>

namespace tz::server {

namespace {
struct ShippedRole {
    const char *name;
    const char *label;
};
constexpr ShippedRole shippedRoles[] = {
    {"admin", "Administrator"}, {"sales", "Sales"}, {"sales_manager", "Sales manager"}, {"viewer", "Viewer"}};

Value text(const QString &value)
{
    return value.isEmpty() ? Value() : Value(value);
}

Batch batchOf(Draft &draft)
{
    Batch batch;
    batch.label = draft.label;
    batch.changes = std::move(draft.changes());
    return batch;
}
} // namespace

People::People(Storage &storage, Committer &committer, Accounts &accounts)
    : m_storage(storage)
    , m_committer(committer)
    , m_accounts(accounts)
    , m_ids(*storage.environment().clock, *storage.environment().entropy)
{
}

Result<> People::initialise(const QString &adminPassword)
{
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        if (m_accounts.userNamed(*connection, QStringLiteral("admin")))
            return fail("server.already_initialised", {{QStringLiteral("path"), m_storage.backend()->place()}});
    }
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        const Environment &environment = m_storage.environment();
        const SeedContext seeds{*connection->reader,
                                *environment.entropy,
                                m_ids,
                                environment.clock->nowMs(),
                                environment.utcOffsetSeconds ? environment.utcOffsetSeconds() : 0,
                                [this](Draft draft) { return m_committer.runAsSystem(batchOf(draft)); }};
        for (const SeedFunction &seed : connection->model->contributions->initial())
            TZ_TRY(seed(seeds));
    }
    // Departments may have brought their roles along; these four there are in any case.
    Draft draft(m_ids);
    draft.label = QStringLiteral("init");
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        for (const ShippedRole &role : shippedRoles) {
            const QString name = QString::fromLatin1(role.name);
            TZ_ASSIGN(const std::optional<Id> there, roleNamed(*connection, name));
            if (!there)
                draft.create(QStringLiteral("foundation.role"), Id::fromName(QString(QStringLiteral("role:") + name)),
                             {{QStringLiteral("name"), Value(name)},
                              {QStringLiteral("label"), Value(QString::fromLatin1(role.label))}});
        }
    }
    TZ_TRY(m_committer.runAsSystem(batchOf(draft)));
    NewUser admin;
    admin.name = QStringLiteral("admin");
    admin.displayName = QStringLiteral("Administrator");
    admin.roles = {QStringLiteral("admin")};
    admin.password = adminPassword;
    TZ_TRY(addUser(admin));
    return {};
}

Result<> People::addDemonstration(const QString &password)
{
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        const Environment &environment = m_storage.environment();
        // The same company every time.
        SeededEntropy dice(1);
        const SeedContext seeds{*connection->reader,
                                dice,
                                m_ids,
                                environment.clock->nowMs(),
                                environment.utcOffsetSeconds ? environment.utcOffsetSeconds() : 0,
                                [this](Draft draft) { return m_committer.runAsSystem(batchOf(draft)); }};
        for (const SeedFunction &seed : connection->model->contributions->demo())
            TZ_TRY(seed(seeds));
    }
    std::vector<Id> strangers;
    bool lina = false;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(Statement select,
                  connection->db().prepare("SELECT id FROM \"" + connection->model->user->table.toUtf8() +
                                           "\" WHERE _deleted_rev = 0 AND id NOT IN (SELECT \"user\" FROM account)"));
        TZ_ASSIGN(strangers, select.ids());
        lina = m_accounts.userNamed(*connection, QStringLiteral("lina")).has_value();
    }
    for (const Id &user : strangers)
        TZ_TRY(m_accounts.setPassword(user, password));
    if (!lina) {
        NewUser user;
        user.name = QStringLiteral("lina");
        user.displayName = QStringLiteral("李娜");
        user.roles = {QStringLiteral("sales_manager")};
        user.password = password;
        TZ_TRY(addUser(user));
    }
    return {};
}

Result<std::optional<Id>> People::roleNamed(Connection &connection, const QString &name)
{
    TZ_ASSIGN(Statement select, connection.db().prepare("SELECT id FROM \"" + connection.model->role->table.toUtf8() +
                                                        "\" WHERE name = ?1 AND _deleted_rev = 0"));
    select.bind(1, name);
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return std::optional<Id>();
    return std::optional<Id>(select.id(0));
}

Result<Id> People::addUser(const NewUser &user)
{
    Draft draft(m_ids);
    draft.label = QStringLiteral("console");
    ValueList roles;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        if (m_accounts.userNamed(*connection, user.name))
            return fail("account.user_exists", {{QStringLiteral("name"), user.name}});
        for (const QString &name : user.roles) {
            TZ_ASSIGN(const std::optional<Id> role, roleNamed(*connection, name));
            if (!role)
                return fail("account.unknown_role", {{QStringLiteral("name"), name}});
            roles.emplace_back(*role);
        }
    }
    // Before anything is written: a password that is refused must not leave a user behind.
    Id team;
    if (user.password.isEmpty())
        return fail("account.password_short", {{QStringLiteral("min"), 1}});
    if (!user.team.isEmpty()) {
        TZ_ASSIGN(team, ensureTeam(user.team));
    }
    Draft::Values values{
        {QStringLiteral("name"), text(user.name)},
        {QStringLiteral("display_name"), text(user.displayName.isEmpty() ? user.name : user.displayName)},
        {QStringLiteral("roles"), Value::fromSet(std::move(roles))},
        {QStringLiteral("active"), Value(true)}};
    if (!team.isNull())
        values.emplace_back(QStringLiteral("team"), Value(team));
    const Id id = draft.create(QStringLiteral("foundation.user"), std::move(values));
    TZ_TRY(m_committer.runAsSystem(batchOf(draft)));
    TZ_TRY(m_accounts.setPassword(id, user.password));
    return id;
}

Result<Id> People::ensureTeam(const QString &path)
{
    Id above;
    const QStringList names = path.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : names) {
        const QString name = part.trimmed();
        std::optional<Id> found;
        {
            TZ_ASSIGN(Storage::Lease connection, m_storage.read());
            TZ_ASSIGN(Statement select,
                      connection->db().prepare("SELECT id FROM \"" + connection->model->team->table.toUtf8() +
                                               "\" WHERE name = ?1 AND _deleted_rev = 0 AND " +
                                               (above.isNull() ? "parent IS NULL" : "parent = ?2")));
            select.bind(1, name);
            if (!above.isNull())
                select.bind(2, above);
            TZ_ASSIGN(const bool row, select.step());
            if (row)
                found = select.id(0);
        }
        if (!found) {
            Draft draft(m_ids);
            draft.label = QStringLiteral("console");
            Draft::Values values{{QStringLiteral("name"), text(name)}};
            if (!above.isNull())
                values.emplace_back(QStringLiteral("parent"), Value(above));
            found = draft.create(QStringLiteral("foundation.team"), std::move(values));
            TZ_TRY(m_committer.runAsSystem(batchOf(draft)));
        }
        above = *found;
    }
    return above;
}

Result<> People::setDisabled(const QString &name, bool disabled)
{
    wire::AdminChange change;
    change.entity = QStringLiteral("foundation.user");
    TZ_ASSIGN(change.id, userNamed(name));
    change.fields = {QStringLiteral("active")};
    change.values = {Value(!disabled)};
    TZ_TRY(this->change({}, change));
    return {};
}

Result<> People::setPassword(const QString &name, const QString &password)
{
    wire::AdminChange change;
    change.entity = QStringLiteral("foundation.user");
    TZ_ASSIGN(change.id, userNamed(name));
    if (password.isEmpty())
        return fail("account.password_short", {{QStringLiteral("min"), 1}});
    change.password = password;
    TZ_TRY(this->change({}, change));
    return {};
}

Result<> People::endTwoStep(const QString &name)
{
    TZ_ASSIGN(const Id user, userNamed(name));
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_TRY(m_accounts.endTwoStep(writer, user));
        return note(writer, {}, writer.model->user, user, "end_two_step");
    });
}

Result<Id> People::userNamed(const QString &name)
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    return m_accounts.userNamed(*connection, name);
}

Result<Id> People::change(const Doer &doer, const wire::AdminChange &change)
{
    static const QStringList administered{QStringLiteral("foundation.user"), QStringLiteral("foundation.team"),
                                          QStringLiteral("foundation.role")};
    const bool isKnownKind =
        change.kind == ChangeKind::Create || change.kind == ChangeKind::Update || change.kind == ChangeKind::Delete;
    if (!administered.contains(change.entity) || !isKnownKind)
        return fail("admin.not_administered", {{QStringLiteral("entity"), change.entity}});
    if (size_t(change.fields.size()) != change.values.size() ||
        (!change.password.isEmpty() && change.entity != administered.front()))
        return fail("wire.malformed", {{QStringLiteral("reason"), QStringLiteral("fields and values differ")}});
    // Before anything is written: a password that is refused must leave nothing behind.
    QByteArray hash;
    if (!change.password.isEmpty()) {
        TZ_ASSIGN(hash, m_accounts.hashOf(change.password));
    }
    IdSource ids(*m_storage.environment().clock, *m_storage.environment().entropy);
    Change made;
    made.kind = change.kind;
    made.entity = change.entity;
    made.id = change.id.isNull() && change.kind == ChangeKind::Create ? ids.next() : change.id;
    for (qsizetype i = 0; i < change.fields.size(); ++i)
        made.edits.push_back({change.fields.at(i), change.values[size_t(i)], {}});
    Batch batch;
    batch.label = doer.isServer() ? QStringLiteral("console") : QStringLiteral("administration");
    const std::optional<qint64> expected =
        change.expectedRev > 0 ? std::optional(change.expectedRev) : std::optional<qint64>();
    // A new password alone changes nothing of the record.
    if (change.kind != ChangeKind::Update || !made.edits.empty()) {
        batch.changes.push_back(std::move(made));
        const Id id = batch.changes.front().id;
        TZ_TRY(m_committer.runFor(doer, std::move(batch), expected));
        if (change.entity == administered.front())
            TZ_TRY(settleAccount(doer, change, id, hash));
        return id;
    }
    TZ_TRY(settleAccount(doer, change, change.id, hash));
    return change.id;
}

Result<> People::settleAccount(const Doer &doer, const wire::AdminChange &change, const Id &id, const QByteArray &hash)
{
    const qsizetype at = change.fields.indexOf(QStringLiteral("active"));
    const bool switches = at >= 0 && change.kind == ChangeKind::Update;
    const bool isOut = change.kind == ChangeKind::Delete || (switches && !change.values[size_t(at)].toBool());
    if (hash.isEmpty() && !switches && !isOut)
        return {};
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        if (!hash.isEmpty()) {
            TZ_ASSIGN(const std::optional<Record> user, writer.reader->find(*writer.model->user, id));
            if (!user)
                return fail("account.unknown_user", {{QStringLiteral("name"), id.toString()}});
            TZ_TRY(m_accounts.keepHash(writer, id, hash));
            TZ_TRY(note(writer, doer, writer.model->user, id, "set_password"));
            TZ_TRY(m_accounts.endSessions(writer, id, doer.device));
        }
        if (switches || isOut) {
            TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE account SET disabled = ?2 WHERE \"user\" = ?1"));
            TZ_TRY(update.bind(1, id).bind(2, qint64(isOut)).run());
        }
        return isOut ? m_accounts.endSessions(writer, id) : Result<>();
    });
}

Result<> People::note(Connection &writer, const Doer &doer, const Entity *entity, const Id &id, const char *action)
{
    if (!entity)
        return {};
    // Of the revision at which it happened: it makes none itself, because no laptop has anything to fetch.
    TZ_ASSIGN(const Revision now, currentRevision(writer.db()));
    AuditRow row;
    row.rev = now.rev;
    row.batch = IdSource(*m_storage.environment().clock, *m_storage.environment().entropy).next();
    row.entity = writer.model->numbers.entity(*entity);
    row.record = id;
    row.kind = ChangeKind::Action;
    row.name = QString::fromLatin1(action);
    row.user = doer.user;
    row.device = doer.device;
    row.atMs = m_storage.environment().clock->nowMs();
    row.label = doer.isServer() ? QStringLiteral("console") : QStringLiteral("administration");
    return addToAudit(writer.db(), row);
}

Result<std::vector<wire::AdminUser>> People::users(Connection &connection)
{
    const Model &model = *connection.model;
    TZ_ASSIGN(Statement select,
              connection.db().prepare(
                  "SELECT u.id, coalesce(a.disabled, 0), a.hash, a.changed_at, (SELECT count(*) FROM device d WHERE "
                  "d.\"user\" = u.id AND d.token IS NOT NULL AND d.revoked_at IS NULL), (SELECT max(d.seen_at) FROM "
                  "device d WHERE d.\"user\" = u.id), u._rev FROM \"" +
                  model.user->table.toUtf8() +
                  "\" u LEFT JOIN account a ON a.\"user\" = u.id WHERE u._deleted_rev = 0 ORDER BY u.name"));
    std::vector<wire::AdminUser> users;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return users;
        TZ_ASSIGN(const std::optional<Record> record, connection.reader->find(*model.user, select.id(0)));
        if (!record)
            continue;
        wire::AdminUser &user = users.emplace_back();
        user.id = record->id;
        user.rev = select.integer(6);
        user.name = record->value(u"name").toText();
        user.displayName = record->value(u"display_name").toText();
        user.email = record->value(u"email").toText();
        user.phone = record->value(u"phone").toText();
        user.jobTitle = record->value(u"job_title").toText();
        user.team = record->value(u"team").toId();
        for (const Value &role : record->value(u"roles").toList())
            user.roles.push_back(role.toId());
        const Value active = record->value(u"active");
        user.active = select.integer(1) == 0 && (active.isNull() || active.toBool());
        user.hasPassword = !select.isNull(2);
        user.passwordAtMs = select.integer(3);
        user.devices = select.integer(4);
        user.seenAtMs = select.integer(5);
    }
}

Result<std::vector<wire::AdminTeam>> People::teams(Connection &connection, const std::vector<wire::AdminUser> &users)
{
    TZ_ASSIGN(Statement select, connection.db().prepare("SELECT id, _rev, name, parent, manager FROM \"" +
                                                        connection.model->team->table.toUtf8() +
                                                        "\" WHERE _deleted_rev = 0 ORDER BY name"));
    std::vector<wire::AdminTeam> teams;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return teams;
        wire::AdminTeam &team = teams.emplace_back();
        team.id = select.id(0);
        team.rev = select.integer(1);
        team.name = select.text(2);
        team.parent = select.isNull(3) ? Id() : select.id(3);
        team.manager = select.isNull(4) ? Id() : select.id(4);
        team.members =
            std::ranges::count_if(users, [&](const auto &user) { return user.active && user.team == team.id; });
    }
}

Result<std::vector<wire::AdminRole>> People::roles(Connection &connection, const std::vector<wire::AdminUser> &users)
{
    TZ_ASSIGN(Statement select,
              connection.db().prepare("SELECT id, _rev, name, label, description, lease_days FROM \"" +
                                      connection.model->role->table.toUtf8() +
                                      "\" WHERE _deleted_rev = 0 ORDER BY name"));
    std::vector<wire::AdminRole> roles;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return roles;
        wire::AdminRole &role = roles.emplace_back();
        role.id = select.id(0);
        role.rev = select.integer(1);
        role.name = select.text(2);
        role.label = select.text(3);
        role.description = select.text(4);
        role.leaseDays = select.integer(5);
        role.users = std::ranges::count_if(users, [&](const auto &user) {
            return user.active && std::ranges::find(user.roles, role.id) != user.roles.end();
        });
    }
}

Result<wire::AdminPeople> People::everybody()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    wire::AdminPeople people;
    TZ_ASSIGN(people.users, users(*connection));
    TZ_ASSIGN(people.teams, teams(*connection, people.users));
    TZ_ASSIGN(people.roles, roles(*connection, people.users));
    return people;
}

Result<wire::AdminDevices> People::devices()
{
    wire::AdminDevices answer;
    answer.nowMs = m_storage.environment().clock->nowMs();
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
    answer.rev = now.rev;
    TZ_ASSIGN(Statement select,
              connection->db().prepare(
                  "SELECT d.id, d.name, d.program, d.\"user\", u.name, d.made_at, d.seen_at, d.served_rev, d.waiting, "
                  "d.token, d.live_until, d.revoked_at, d.wipe_asked_at, d.wiped_at, d.wiped_unsent FROM device d "
                  "LEFT JOIN \"" +
                  connection->model->user->table.toUtf8() +
                  "\" u ON u.id = d.\"user\" WHERE d.id NOT IN (SELECT device FROM api_token) "
                  "ORDER BY u.name, d.seen_at DESC, d.no"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return answer;
        wire::AdminDevice &device = answer.devices.emplace_back();
        device.id = select.id(0);
        device.name = select.text(1);
        device.program = select.text(2);
        device.user = select.isNull(3) ? Id() : select.id(3);
        device.userName = select.text(4);
        device.madeAtMs = select.integer(5);
        device.seenAtMs = select.integer(6);
        device.rev = select.integer(7);
        device.waiting = select.integer(8);
        device.revokedAtMs = select.integer(11);
        device.signedIn = !select.isNull(9) && device.revokedAtMs == 0;
        device.connected = device.signedIn && select.integer(10) > answer.nowMs;
        device.wipeAskedAtMs = select.integer(12);
        device.wipedAtMs = select.integer(13);
        device.wipedUnsent = select.integer(14);
    }
}

Result<> People::revokeDevice(const Id &device, const Revocation &how, const Doer &doer)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    const QString nonce = how.wipe ? newToken(*m_storage.environment().entropy) : QString();
    const auto work = [&](Connection &writer) -> Result<> {
        {
            TZ_ASSIGN(Statement select, writer.db().prepare("SELECT waiting FROM device WHERE id = ?1"));
            select.bind(1, device);
            TZ_ASSIGN(const bool found, select.step());
            if (!found)
                return fail("account.unknown_device", {{QStringLiteral("id"), device.toString()}});
            if (how.wipe && !how.discardUnsent && select.integer(0) > 0)
                return fail("account.unsent_work",
                            {{QStringLiteral("id"), device.toString()}, {QStringLiteral("count"), select.integer(0)}});
        }
        // The token stays, so that the device hears that it is revoked, and that it is to erase its copy.
        TZ_ASSIGN(
            Statement update,
            writer.db().prepare("UPDATE device SET revoked_at = coalesce(revoked_at, ?2), "
                                "wipe_nonce = coalesce(wipe_nonce, ?3), "
                                "wipe_asked_at = coalesce(wipe_asked_at, CASE WHEN ?3 IS NULL THEN NULL ELSE ?2 END) "
                                "WHERE id = ?1"));
        update.bind(1, device).bind(2, now);
        how.wipe ? update.bind(3, nonce) : update.bind(3, nullptr);
        TZ_TRY(update.run());
        TZ_TRY(note(writer, doer, writer.catalog().entity(u"foundation.device"), device, how.wipe ? "wipe" : "revoke"));
        return noteShutOut(writer.db());
    };
    return m_committer.runTransaction(work);
}

Result<> People::signOutDevice(const Id &device, const Doer &doer)
{
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        // The token of a revoked one stays, see revokeDevice().
        TZ_ASSIGN(
            Statement update,
            writer.db().prepare("UPDATE device SET token = CASE WHEN revoked_at IS NULL THEN NULL ELSE token END, "
                                "old_token = NULL, old_until = NULL WHERE id = ?1"));
        TZ_TRY(update.bind(1, device).run());
        if (writer.db().changedRows() == 0)
            return fail("account.unknown_device", {{QStringLiteral("id"), device.toString()}});
        TZ_TRY(note(writer, doer, writer.catalog().entity(u"foundation.device"), device, "sign_out"));
        return noteShutOut(writer.db());
    });
}

} // namespace tz::server
