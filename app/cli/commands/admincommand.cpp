// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/commands/admin.h"

#include <algorithm>

namespace tz::cli::admin {

namespace {

const QString userEntity = QStringLiteral("foundation.user");
const QString teamEntity = QStringLiteral("foundation.team");
const QString roleEntity = QStringLiteral("foundation.role");

constexpr char usage[] =
    "users | user add|set|remove NAME [field=value …] | teams | team add|set|remove NAME [field=value …] | roles | "
    "role add|set|remove NAME [field=value …] | rights [ROLE] | devices | sign-out|revoke|wipe DEVICE | status | audit";

Error wrongUse()
{
    return Error("cli.wrong_arguments", {{QStringLiteral("command"), QStringLiteral("admin")},
                                         {QStringLiteral("arguments"), QString::fromUtf8(usage)}});
}

/// Empty: none was given.
Result<QString> passwordIn(const Arguments &given)
{
    if (!given.has("password-file"))
        return QString();
    TZ_ASSIGN(const QString password, passwordFrom(given.value("password-file")));
    if (password.isEmpty())
        return fail("account.password_short", {{QStringLiteral("min"), 1}});
    return password;
}

/// Whom or what a name means, as the server has them now. A team may be given as a path.
Result<Id> idOf(const wire::AdminPeople &people, const QString &entity, const QString &name)
{
    if (const auto id = Id::fromString(name))
        return *id;
    std::vector<Id> found;
    if (entity == userEntity) {
        for (const wire::AdminUser &user : people.users) {
            if (user.name.compare(name, Qt::CaseInsensitive) == 0)
                found.push_back(user.id);
        }
    } else if (entity == roleEntity) {
        for (const wire::AdminRole &role : people.roles) {
            if (role.name == name || role.label == name)
                found.push_back(role.id);
        }
    } else {
        for (const wire::AdminTeam &team : people.teams) {
            if (team.name == name || wire::teamPath(people, team.id) == name)
                found.push_back(team.id);
        }
    }
    if (found.size() == 1)
        return found.front();
    return fail(found.empty() ? "cli.link_not_found" : "cli.link_ambiguous",
                {{QStringLiteral("value"), name}, {QStringLiteral("entity"), entity}});
}

Result<> change(Context &context, const QString &entityName)
{
    const Arguments &given = context.arguments();
    static const QHash<QString, ChangeKind> verbs{{QStringLiteral("add"), ChangeKind::Create},
                                                  {QStringLiteral("set"), ChangeKind::Update},
                                                  {QStringLiteral("remove"), ChangeKind::Delete}};
    const auto verb = verbs.constFind(given.at(1));
    const QString name = given.at(2);
    if (verb == verbs.constEnd() || name.isEmpty())
        return fail(wrongUse());
    wire::AdminChange question;
    question.kind = *verb;
    question.entity = entityName;
    TZ_ASSIGN(const Entity *const entity, context.entity(entityName));
    TZ_ASSIGN(const auto values, context.assignments(*entity, 3));
    if (*verb == ChangeKind::Create) {
        question.fields << QStringLiteral("name");
        question.values.push_back(Value(name));
    } else {
        TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
        TZ_ASSIGN(question.id, idOf(people, entityName, name));
    }
    for (const auto &[field, value] : values) {
        question.fields << field;
        question.values.push_back(value);
    }
    TZ_ASSIGN(question.password, passwordIn(given));
    TZ_ASSIGN(const Id id, wait<Id>(context, [&](auto done) { administration(context).change(question, done); }));
    if (context.json()) {
        Json json;
        json.beginObject().key(u"id").text(id.toString()).endObject();
        context.print(json);
        return {};
    }
    if (*verb == ChangeKind::Create)
        context.print(id.toString());
    if (*verb == ChangeKind::Create && entityName == userEntity && question.password.isEmpty())
        context.note(translated(QT_TRANSLATE_NOOP(
            "cli", "There is no password yet: nobody can sign in before admin user set … --password-file F.")));
    return {};
}

Result<Id> deviceNamed(Context &context, const QString &name)
{
    if (const auto id = Id::fromString(name))
        return *id;
    TZ_ASSIGN(const wire::AdminDevices all,
              wait<wire::AdminDevices>(context, [&](auto done) { administration(context).devices(done); }));
    std::vector<Id> found;
    for (const wire::AdminDevice &device : all.devices) {
        if (device.name == name)
            found.push_back(device.id);
    }
    if (found.size() == 1)
        return found.front();
    if (found.empty())
        return fail("account.unknown_device", {{QStringLiteral("id"), name}});
    return fail("cli.link_ambiguous",
                {{QStringLiteral("value"), name}, {QStringLiteral("entity"), QStringLiteral("foundation.device")}});
}

Result<> orderDevice(Context &context, const QString &order)
{
    const Arguments &given = context.arguments();
    if (given.at(1).isEmpty())
        return fail(wrongUse());
    wire::AdminDeviceOrder question;
    question.order = order == QLatin1String("sign-out") ? QStringLiteral("sign_out") : order;
    TZ_ASSIGN(question.device, deviceNamed(context, given.at(1)));
    question.discardUnsent = given.has("discard-unsent");
    question.own = given.has("this-computer");
    Result<> done;
    context.wait([&](std::function<void()> finish) {
        administration(context).order(question, [&done, finish](Result<> answer) {
            done = std::move(answer);
            finish();
        });
    });
    TZ_TRY(done);
    if (context.json()) {
        Json json;
        json.beginObject().key(u"device").text(question.device.toString());
        json.key(u"order").text(question.order).endObject();
        context.print(json);
    } else if (order == QLatin1String("wipe")) {
        context.note(translated(
            QT_TRANSLATE_NOOP("cli", "It erases its copy at its next contact; admin devices says when it has.")));
    }
    return {};
}

class Admin : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "admin",
            usage,
            QT_TRANSLATE_NOOP("cli", "Look after users, teams, roles, devices and the server (administrators only)."),
            {{"password-file", "FILE",
              QT_TRANSLATE_NOOP("cli", "File whose first line is the password; - for standard input.")},
             {"discard-unsent", nullptr,
              QT_TRANSLATE_NOOP("cli", "Erase a copy although it has changes that it has not sent.")},
             {"this-computer", nullptr, QT_TRANSLATE_NOOP("cli", "Yes, the computer that I am working on.")},
             {"from", "TIME", QT_TRANSLATE_NOOP("cli", "Audit trail: from this day or time on.")},
             {"until", "TIME", QT_TRANSLATE_NOOP("cli", "Audit trail: until the end of this day, or until this time.")},
             {"user", "NAME",
              QT_TRANSLATE_NOOP("cli", "Audit trail: what this user did; server for the server itself.")},
             {"entity", "ENTITY", QT_TRANSLATE_NOOP("cli", "Audit trail: records of this kind.")},
             {"record", "ID", QT_TRANSLATE_NOOP("cli", "Audit trail: this record.")},
             {"field", "FIELD", QT_TRANSLATE_NOOP("cli", "Audit trail: changes of this field.")},
             {"action", "ACTION",
              QT_TRANSLATE_NOOP("cli", "Audit trail: create, update, delete, restore or an action by its name.")},
             {"limit", "N", QT_TRANSLATE_NOOP("cli", "At most so many entries; 200 unless told.")},
             {"output", "FILE",
              QT_TRANSLATE_NOOP("cli", "Audit trail: write all of it to this file, as CSV; - for standard output.")}},
            1,
            -1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const QString what = context.arguments().at(0);
        static const QHash<QString, Result<> (*)(Context &)> lists{
            {QStringLiteral("users"), printUsers},     {QStringLiteral("teams"), printTeams},
            {QStringLiteral("roles"), printRoles},     {QStringLiteral("rights"), printRights},
            {QStringLiteral("devices"), printDevices}, {QStringLiteral("status"), printStatus},
            {QStringLiteral("audit"), printAudit}};
        static const QHash<QString, QString> kinds{{QStringLiteral("user"), userEntity},
                                                   {QStringLiteral("team"), teamEntity},
                                                   {QStringLiteral("role"), roleEntity}};
        if (const auto list = lists.constFind(what); list != lists.constEnd()) {
            const qsizetype most = what == QLatin1String("rights") ? 2 : 1;
            return context.arguments().positional.size() > most ? fail(wrongUse()) : (*list)(context);
        }
        if (const auto kind = kinds.constFind(what); kind != kinds.constEnd())
            return change(context, *kind);
        if (what == QLatin1String("sign-out") || what == QLatin1String("revoke") || what == QLatin1String("wipe"))
            return orderDevice(context, what);
        return fail(wrongUse());
    }
};

} // namespace

Administration administration(Context &context)
{
    return Administration([&replica = context.replica()](const QString &path, const QByteArray &body,
                                                         Administration::Done<QByteArray> done) {
        replica.ask(path, body, std::move(done));
    });
}

Result<wire::AdminPeople> everybody(Context &context)
{
    return wait<wire::AdminPeople>(context, [&](auto done) { administration(context).people(done); });
}

} // namespace tz::cli::admin

namespace tz::cli {

void addAdminCommand(Commands &to)
{
    to.push_back(std::make_unique<admin::Admin>());
}

} // namespace tz::cli
