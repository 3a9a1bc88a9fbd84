// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include <QProcess>

namespace tz::cli {

namespace {

QString connectionName(SyncStatus::Connection connection)
{
    switch (connection) {
    case SyncStatus::Connection::Standalone:
        return QStringLiteral("standalone");
    case SyncStatus::Connection::SignedOut:
        return QStringLiteral("signed_out");
    case SyncStatus::Connection::Offline:
        return QStringLiteral("offline");
    case SyncStatus::Connection::Connecting:
        return QStringLiteral("connecting");
    case SyncStatus::Connection::Online:
        return QStringLiteral("online");
    }
    return {};
}

class Login : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "login",
            "--server URL (--user NAME --password-file FILE | --sso [--browser COMMAND])",
            QT_TRANSLATE_NOOP("cli", "Sign in to a server and keep this device's token."),
            {{"server", "URL", QT_TRANSLATE_NOOP("cli", "Address of the server: https://host:port.")},
             {"user", "NAME", QT_TRANSLATE_NOOP("cli", "Sign-in name.")},
             {"password-file", "FILE",
              QT_TRANSLATE_NOOP("cli", "File whose first line is the password; - for standard input.")},
             {"ca-file", "FILE",
              QT_TRANSLATE_NOOP("cli", "Certificate authority to trust (PEM) instead of the system's.")},
             {"device", "NAME", QT_TRANSLATE_NOOP("cli", "Name of this computer for administrators.")},
             {"code", "CODE", QT_TRANSLATE_NOOP("cli", "What the authenticator app shows, with two-step sign-in.")},
             {"sso", nullptr,
              QT_TRANSLATE_NOOP("cli",
                                "Instead of name and password: sign in with your company account, in the browser.")},
             {"browser", "COMMAND",
              QT_TRANSLATE_NOOP("cli", "Program that opens the sign-in page; it gets the address as its last argument. "
                                       "Otherwise BROWSER.")}},
            0,
            0,
            CommandSpec::Needs::Profile};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const Arguments &given = context.arguments();
        const bool sso = given.has("sso");
        for (const auto &[needed, option] :
             {std::pair(true, "server"), std::pair(!sso, "user"), std::pair(!sso, "password-file")}) {
            if (needed && given.value(option).isEmpty())
                return fail("cli.missing_option",
                            {{QStringLiteral("option"), QString(QLatin1String("--") + QLatin1String(option))}});
        }
        Credentials credentials;
        credentials.server = QUrl(given.value("server"), QUrl::StrictMode);
        credentials.user = given.value("user");
        credentials.caFile = given.value("ca-file");
        credentials.deviceName = given.value("device");
        credentials.code = given.value("code");
        if (sso) {
            credentials.openBrowser = [&context](const QUrl &page) { openPage(context, page); };
        } else {
            TZ_ASSIGN(credentials.password, passwordFrom(given.value("password-file")));
        }
        Result<> result;
        const bool joins = context.replica().isStandalone();
        QObject::connect(
            &context.replica(), &LocalReplica::joining, &context.replica(), [&context](qint64 done, qint64 all) {
                context.note(translated(QT_TRANSLATE_NOOP("cli", "Made ready for the server: %1 of %2 records"))
                                 .arg(done)
                                 .arg(all));
            });
        context.wait([&](std::function<void()> finish) {
            context.replica().signIn(credentials, [&result, finish](Result<> done) {
                result = std::move(done);
                finish();
            });
        });
        TZ_TRY(result);
        // Whoever joins has been told.
        if (!joins)
            learnRights(context);
        TZ_ASSIGN(const qint64 waiting, context.replica().state().waiting());
        const Account &account = context.replica().account();
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("user")).text(account.user.toString());
            json.key(QStringLiteral("device")).text(account.device.toString());
            json.key(QStringLiteral("server")).text(account.server.toString());
            json.key(QStringLiteral("joined")).boolean(joins);
            json.key(QStringLiteral("waiting")).number(waiting).endObject();
            context.print(json);
        } else {
            context.print(translated(QT_TRANSLATE_NOOP("cli", "Signed in to %1 as %2."))
                              .arg(account.server.toString(), account.userName));
            if (joins)
                context.print(
                    translated(QT_TRANSLATE_NOOP("cli", "Everything in this profile waits to be sent (%1 batches): "
                                                        "run sync."))
                        .arg(waiting));
        }
        return {};
    }

private:
    static void openPage(Context &context, const QUrl &page);
    static void learnRights(Context &context);
};

void Login::openPage(Context &context, const QUrl &page)
{
    const QString address = QString::fromLatin1(page.toEncoded());
    context.note(translated(QT_TRANSLATE_NOOP("cli", "Sign in here: %1")).arg(address));
    QStringList command = QProcess::splitCommand(context.arguments().value("browser", qEnvironmentVariable("BROWSER")));
    if (command.isEmpty())
        return;
    const QString program = command.takeFirst();
    if (!QProcess::startDetached(program, command << address))
        context.note(Error("cli.cannot_start", {{QStringLiteral("program"), program}}));
}

/// The server's first answer says what this user may do: without it nothing could be created before the first sync.
void Login::learnRights(Context &context)
{
    LocalReplica &replica = context.replica();
    context.wait([&](std::function<void()> finish) {
        QObject::connect(&replica, &LocalReplica::actorChanged, &replica, finish);
        QObject::connect(&replica, &LocalReplica::quiet, &replica, finish);
        QObject::connect(&replica, &LocalReplica::failed, &replica, finish);
        QObject::connect(&replica, &LocalReplica::signedOut, &replica, finish);
        replica.start(false, [finish](bool begun) {
            if (!begun)
                finish();
        });
    });
    if (Replicator *replicator = replica.replicator())
        replicator->stop();
}

class Logout : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"logout",
                                      "",
                                      QT_TRANSLATE_NOOP("cli", "Forget this device's token; the records stay."),
                                      {},
                                      0,
                                      0,
                                      CommandSpec::Needs::Account,
                                      true};
        return spec;
    }
    Result<> run(Context &context) override
    {
        Result<> result;
        context.wait([&](std::function<void()> finish) {
            context.replica().signOut([&result, finish](Result<> done) {
                result = std::move(done);
                finish();
            });
        });
        return result;
    }
};

class Standalone : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "standalone",
            "[NAME]",
            QT_TRANSLATE_NOOP("cli", "Make a profile for this computer only, without a server."),
            {{"demo", nullptr, QT_TRANSLATE_NOOP("cli", "Fill it with an invented company to look at.")}},
            0,
            1,
            CommandSpec::Needs::Profile};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const QString name =
            context.arguments().positional.value(0, qEnvironmentVariable("USER", QStringLiteral("me")));
        TZ_TRY(context.replica().startStandalone(name));
        if (context.arguments().has("demo"))
            TZ_TRY(context.replica().addDemonstration());
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("user")).text(context.store().actor().user.toString()).endObject();
            context.print(json);
        } else {
            context.print(translated(QT_TRANSLATE_NOOP("cli", "This profile belongs to %1 and stays on this computer."))
                              .arg(name));
        }
        return {};
    }
};

class Status : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"status",
                                      "",
                                      QT_TRANSLATE_NOOP("cli", "Say whose profile this is and what waits."),
                                      {},
                                      0,
                                      0,
                                      CommandSpec::Needs::Profile};
        return spec;
    }
    Result<> run(Context &context) override
    {
        LocalReplica &replica = context.replica();
        const Account &account = replica.account();
        const Actor &actor = context.store().actor();
        TZ_ASSIGN(const qint64 waiting, replica.state().waiting());
        TZ_ASSIGN(const auto rejected, replica.state().rejected());
        qint64 conflicts = 0;
        if (context.catalog().entity(u"foundation.conflict")) {
            TZ_ASSIGN(conflicts,
                      context.store().count(QStringLiteral("foundation.conflict"), QStringLiteral("state == 'open'")));
        }
        const QString connection = !replica.isReady()       ? QStringLiteral("none")
                                   : replica.isStandalone() ? connectionName(SyncStatus::Connection::Standalone)
                                                            : QStringLiteral("server");
        const auto cursor = replica.state().cursor();
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("account")).text(connection);
            json.key(QStringLiteral("server")).text(account.server.toString());
            json.key(QStringLiteral("user_name")).text(account.userName);
            json.key(QStringLiteral("user")).text(actor.user.toString());
            json.key(QStringLiteral("device")).text(actor.device.toString());
            json.key(QStringLiteral("roles")).texts(actor.roles);
            json.key(QStringLiteral("team"));
            if (actor.team)
                json.text(actor.team.toString());
            else
                json.null();
            json.key(QStringLiteral("revision")).number(cursor.rev);
            json.key(QStringLiteral("complete")).boolean(replica.isStandalone() || replica.state().isComplete());
            json.key(QStringLiteral("locked")).boolean(replica.isLocked());
            json.key(QStringLiteral("waiting")).number(waiting);
            json.key(QStringLiteral("conflicts")).number(conflicts);
            json.key(QStringLiteral("rejected")).number(qint64(rejected.size())).endObject();
            context.print(json);
            return {};
        }
        if (!replica.isReady()) {
            context.print(translated(QT_TRANSLATE_NOOP("cli", "Nobody has signed in to this profile yet.")));
            return {};
        }
        context.print(
            replica.isStandalone()
                ? translated(QT_TRANSLATE_NOOP("cli", "%1, on this computer only")).arg(replica.userTitle())
                : translated(QT_TRANSLATE_NOOP("cli", "%1 at %2")).arg(replica.userTitle(), account.server.toString()));
        context.print(translated(QT_TRANSLATE_NOOP("cli", "Roles: %1")).arg(actor.roles.join(QStringLiteral(", "))));
        context.print(translated(QT_TRANSLATE_NOOP("cli", "Waiting to be sent: %1; conflicts: %2; refused: %3"))
                          .arg(waiting)
                          .arg(conflicts)
                          .arg(rejected.size()));
        if (replica.isLocked())
            context.note(replica.lock());
        if (!replica.isStandalone() && !replica.state().isComplete())
            context.print(translated(QT_TRANSLATE_NOOP("cli", "Not everything has been fetched yet: run sync.")));
        return {};
    }
};

} // namespace

void addAccountCommands(Commands &to)
{
    to.push_back(std::make_unique<Login>());
    to.push_back(std::make_unique<Logout>());
    to.push_back(std::make_unique<Standalone>());
    to.push_back(std::make_unique<Status>());
}

} // namespace tz::cli
