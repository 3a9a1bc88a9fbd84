// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/people.h"

#include "core/logic/contributions.h"

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
    draft.label = QStringLiteral("user");
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
            draft.label = QStringLiteral("team");
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
    Id user;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(user, m_accounts.userNamed(*connection, name));
    }
    Draft draft(m_ids);
    draft.label = QStringLiteral("user");
    draft.update(QStringLiteral("foundation.user"), user, {{QStringLiteral("active"), Value(!disabled)}});
    Batch batch = batchOf(draft);
    TZ_TRY(m_committer.runAsSystem(std::move(batch)));
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE account SET disabled = ?2 WHERE \"user\" = ?1"));
        TZ_TRY(update.bind(1, user).bind(2, qint64(disabled)).run());
        TZ_TRY(noteShutOut(writer.db()));
        if (!disabled)
            return {};
        TZ_ASSIGN(Statement devices,
                  writer.db().prepare("UPDATE device SET token = NULL, old_token = NULL WHERE \"user\" = ?1"));
        return devices.bind(1, user).run();
    });
}

Result<> People::setPassword(const QString &name, const QString &password)
{
    TZ_ASSIGN(const Id user, userNamed(name));
    return m_accounts.setPassword(user, password);
}

Result<> People::endTwoStep(const QString &name)
{
    TZ_ASSIGN(const Id user, userNamed(name));
    return m_accounts.endTwoStep(user);
}

Result<Id> People::userNamed(const QString &name)
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    return m_accounts.userNamed(*connection, name);
}

Result<std::vector<People::UserLine>> People::users()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    const Model &model = *connection->model;
    std::vector<UserLine> lines;
    TZ_ASSIGN(Statement select,
              connection->db().prepare(
                  "SELECT u.id, coalesce(a.disabled, 0), (SELECT count(*) FROM device d WHERE d.\"user\" = u.id "
                  "AND d.token IS NOT NULL) FROM \"" +
                  model.user->table.toUtf8() +
                  "\" u LEFT JOIN account a ON a.\"user\" = u.id WHERE u._deleted_rev = 0 ORDER BY u.name"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return lines;
        TZ_ASSIGN(const std::optional<Record> user, connection->reader->find(*model.user, select.id(0)));
        if (!user)
            continue;
        UserLine &line = lines.emplace_back();
        line.name = user->value(u"name").toText();
        line.displayName = user->value(u"display_name").toText();
        for (const Value &role : user->value(u"roles").toList())
            if (const auto record = connection->reader->find(*model.role, role.toId()); record && *record)
                line.roles << (*record)->value(u"name").toText();
        // From the top of the tree, as it is given on the command line.
        QStringList path;
        for (Id team = user->value(u"team").toId(); !team.isNull() && path.size() < 16;) {
            TZ_ASSIGN(const std::optional<Record> record, connection->reader->find(*model.team, team));
            if (!record)
                break;
            path.prepend(record->value(u"name").toText());
            team = record->value(u"parent").toId();
        }
        line.team = path.join(u'/');
        line.disabled = select.integer(1) != 0 || !user->value(u"active").toBool();
        line.devices = int(select.integer(2));
    }
}

Result<std::vector<People::DeviceLine>> People::devices()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(
        Statement select,
        connection->db().prepare(
            "SELECT d.id, d.name, u.name, d.seen_at, d.revoked_at, d.token, d.waiting, d.wipe_asked_at, d.wiped_at, "
            "d.wiped_unsent FROM device d LEFT JOIN \"" +
            connection->model->user->table.toUtf8() +
            "\" u ON u.id = d.\"user\" WHERE d.id NOT IN (SELECT device FROM api_token) ORDER BY u.name, d.no"));
    std::vector<DeviceLine> lines;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return lines;
        lines.push_back({select.id(0), select.text(1), select.text(2), select.integer(3), !select.isNull(4),
                         !select.isNull(5), select.integer(6), select.integer(7), select.integer(8),
                         select.integer(9)});
    }
}

Result<> People::revokeDevice(const Id &device, const Revocation &how)
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
        return noteShutOut(writer.db());
    };
    return m_committer.runTransaction(work);
}

} // namespace tz::server
