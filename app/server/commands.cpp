// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/commands.h"

#include "core/base/messages.h"
#include "server/api/service.h"
#include "server/copies/copies.h"
#include "server/databasefile.h"
#include "server/net/httpserver.h"
#include "server/openidcommand.h"
#include "server/options.h"
#include "server/postgres/migration.h"
#include "server/programcommands.h"
#include "server/sentences.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QSaveFile>

#include <cstdio>

namespace tz::server {

void printRow(const QStringList &cells)
{
    std::printf("%s\n", qPrintable(cells.join(u'\t')));
}

QString day(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

Result<QString> firstLineOf(const QString &path)
{
    QFile file(path);
    if (!(path == QLatin1String("-") ? file.open(stdin, QFile::ReadOnly) : file.open(QFile::ReadOnly)))
        return fail("server.cannot_read",
                    {{QStringLiteral("path"), path}, {QStringLiteral("reason"), file.errorString()}});
    QByteArray line = file.readLine(64 * 1024);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

namespace {

const char usage[] = R"(tongzhou-server: the central server of Tongzhou CRM

  init      --data DIR --admin-password-file F [--database URL]
                                                     makes a new server; the first user is "admin"
  serve     --data DIR [--listen 127.0.0.1:8420] [--tls-cert F --tls-key F] [--port-file F]
  user add  NAME --data DIR [--role R]... [--team A/B] [--display-name N] --password-file F
  user list --data DIR
  user set-password NAME --data DIR --password-file F
  user disable|enable NAME --data DIR
  user end-two-step NAME --data DIR                  for who has lost the authenticator app
  team add  PATH --data DIR                          "North/Berlin" makes what is missing
  device list --data DIR                             with the changes that each had not sent, and what became of erasures
  device revoke ID --data DIR                        shuts it out
  device revoke ID --wipe [--discard-unsent] --data DIR
                                                     and has it erase its copy at its next contact
  token add NAME --user U --scope S... [--expires 2027-12-31] --data DIR
                                                     lets another program use the HTTP API with the rights of U, as far
                                                     as the scopes reach: read:*, read:pipeline.*, write:pipeline.lead;
                                                     prints the token, which is shown this once
  token list --data DIR
  token revoke NAME --data DIR
  openid set --issuer URL --client-id ID [--client-secret-file F] [--claim preferred_username]
             [--scope "openid profile email"] --data DIR
                                                     users may sign in with their company accounts, too: the provider
                                                     names them in that claim by their sign-in name here
  openid show|off --data DIR
  webhook add URL --entity E --event create,update,delete --user U [--allow-http] --data DIR
                                                     tells another program of changes that U may see; prints the
                                                     webhook's id and the secret that signs, which is shown this once
  webhook list --data DIR
  webhook enable|remove ID --data DIR
  demo      --data DIR --password-file F             fills a new server with a made-up company
  backup    --data DIR --output FILE                  copies everything, also while the server runs
  restore   --data DIR --input FILE [--over]         puts a backup in place; --over: of a server that is there, which
                                                     is kept aside
  migrate   --data DIR --to URL                      moves a stopped server from its file into PostgreSQL

The data is in a file in DIR, or in PostgreSQL: --database postgresql://USER@HOST:PORT/NAME[?schema=tongzhou], which
DIR remembers. Passwords for it belong into ~/.pgpass or PGPASSFILE.
Passwords are the first line of a file ("-": standard input). User, team, device, token, openid and webhook
commands also work while the server runs. Listening on anything but loopback needs a certificate. docs/administrators says more.
)";

int complain(const Error &error)
{
    // On a server's console the code stays in sight: it is what the documentation and the logs name.
    std::fprintf(stderr, "tongzhou-server: %s\n  (%s)\n", qPrintable(describe(error)), qPrintable(error.toString()));
    return 1;
}

int wrongUsage(const QString &why)
{
    std::fprintf(stderr, "tongzhou-server: %s\n\n%s", qPrintable(why), usage);
    return 2;
}

Result<QString> passwordFrom(const QString &path)
{
    if (path.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("--password-file")}});
    TZ_ASSIGN(const QString password, firstLineOf(path));
    if (password.isEmpty())
        return fail("account.password_short", {{QStringLiteral("min"), 1}});
    if (password.toUtf8().size() < 8)
        std::fprintf(stderr, "tongzhou-server: this password is short; 8 characters or more are better\n");
    return password;
}

/// The program's surroundings: departments, clock, the data folder's lock.
class Program {
public:
    explicit Program(const QString &data)
        : m_data(data)
        , m_lock(QDir(data).filePath(QStringLiteral("server.lock")))
    {
        m_lock.setStaleLockTime(0);
        m_environment.clock = &m_clock;
        m_environment.entropy = &m_entropy;
        m_environment.utcOffsetSeconds = [] { return QDateTime::currentDateTime().offsetFromUtc(); };
    }

    Result<> loadDepartments()
    {
        m_host.scan(DepartmentHost::defaultFolder());
        m_host.start();
        if (m_host.status().isEmpty())
            return fail("server.no_departments", {{QStringLiteral("path"), DepartmentHost::defaultFolder()}});
        return {};
    }
    /// True: nobody else has the data. Otherwise a server runs on it, and this process leaves SQLite's log alone.
    bool takeLock()
    {
        m_environment.checkpoints = m_lock.tryLock(0);
        return m_environment.checkpoints;
    }
    Error inUse() const
    {
        qint64 pid = 0;
        QString host, program;
        m_lock.getLockInfo(&pid, &host, &program);
        return Error("server.in_use", {{QStringLiteral("path"), m_data}, {QStringLiteral("pid"), pid}});
    }
    QString data() const { return m_data; }
    /// Takes the address of the database that was given, or else the one that the folder remembers.
    Result<> chooseDatabase(const QString &given)
    {
        TZ_ASSIGN(m_environment.database, given.isEmpty() ? rememberedDatabase(m_data) : Result<QString>(given));
        if (!given.isEmpty() && QFile::exists(sqliteFile()))
            return fail("server.has_file", {{QStringLiteral("path"), sqliteFile()}});
        return {};
    }
    QString sqliteFile() const { return QDir(m_data).filePath(QStringLiteral("server.sqlite")); }
    bool isShared() const { return !m_environment.database.isEmpty(); }
    /// Once the database has been used.
    Result<> rememberDatabase() const
    {
        return isShared() ? server::rememberDatabase(m_data, m_environment.database) : Result<>();
    }
    DepartmentHost &host() { return m_host; }
    const Environment &environment() const { return m_environment; }

private:
    QString m_data;
    QLockFile m_lock;
    SystemClock m_clock;
    SystemEntropy m_entropy;
    Environment m_environment;
    DepartmentHost m_host;
};

Result<> init(Program &program, const Options &options)
{
    TZ_ASSIGN(const QString password, passwordFrom(options.value("admin-password-file")));
    if (!QDir().mkpath(program.data()))
        return fail("store.cannot_open", {{QStringLiteral("path"), program.data()}});
    if (!program.takeLock())
        return fail(program.inUse());
    if (QFile::exists(program.sqliteFile()))
        return fail("server.already_initialised", {{QStringLiteral("path"), program.data()}});
    std::shared_ptr<Backend> backend;
    Result<> made = [&]() -> Result<> {
        TZ_ASSIGN(const auto service, Service::open(program.data(), program.host(), program.environment(), true));
        backend = service->storage().backend();
        return service->people().initialise(password);
    }();
    // Half a server is none: the next attempt begins anew.
    if (!made && backend)
        backend->discard();
    return made ? program.rememberDatabase() : made;
}

Result<> migrate(Program &program, const Options &options)
{
    const QString to = options.value("to");
    if (to.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("--to")}});
    if (program.isShared() || !QFile::exists(program.sqliteFile()))
        return fail("server.not_initialised", {{QStringLiteral("path"), program.data()}});
    if (!program.takeLock())
        return fail(program.inUse());
    // With the custom fields, and brought up to date.
    {
        TZ_ASSIGN(const auto service, Service::open(program.data(), program.host(), program.environment(), false));
    }
    Migration moved;
    {
        TZ_ASSIGN(const auto from, Database::open(program.sqliteFile()));
        TZ_ASSIGN(moved, migrateToPostgres(*from, to, *program.host().catalog()));
    }
    TZ_TRY(rememberDatabase(program.data(), to));
    // Kept, but nobody is to serve it by mistake: laptops would find two servers of one history.
    const QString kept = QDir(program.data()).filePath(QStringLiteral("server-before-migration.sqlite"));
    if (!QFile::rename(program.sqliteFile(), kept))
        return fail("server.cannot_write", {{QStringLiteral("path"), kept}, {QStringLiteral("reason"), QString()}});
    std::fprintf(stderr, "tongzhou-server: moved %lld rows of %lld tables; the old file is %s\n", moved.rows,
                 moved.tables, qPrintable(kept));
    return {};
}

Result<> makeBackup(Program &program, const Options &options)
{
    const QString output = options.value("output");
    if (output.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("--output")}});
    TZ_ASSIGN(const Manifest manifest, backup(program.data(), program.environment(), output));
    std::fprintf(stderr, "tongzhou-server: %s holds everything up to revision %lld (%lld bytes)\n", qPrintable(output),
                 manifest.revision, manifest.size);
    return {};
}

Result<> restoreBackup(Program &program, const Options &options)
{
    const QString input = options.value("input");
    if (input.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("--input")}});
    if (!QDir().mkpath(program.data()))
        return fail("store.cannot_open", {{QStringLiteral("path"), program.data()}});
    if (!program.takeLock())
        return fail(program.inUse());
    const bool over = options.switches.contains(QStringLiteral("over"));
    TZ_ASSIGN(const Restored restored, restore(program.data(), program.environment(), input, over));
    TZ_TRY(program.rememberDatabase());
    if (!restored.keptAside.isEmpty())
        std::fprintf(stderr, "tongzhou-server: what was there before is kept: %s\n", qPrintable(restored.keptAside));
    std::fprintf(stderr,
                 "tongzhou-server: restored as of %s, revision %lld; it goes on at revision %lld\n"
                 "Laptops that come give back what they had sent since then.\n",
                 qPrintable(day(restored.from.madeAtMs)), restored.from.revision, restored.revision);
    return {};
}

Result<> serve(Program &program, const Options &options)
{
    // On PostgreSQL several may serve, and the folder holds nothing but the database's address.
    if (!program.isShared() && !program.takeLock())
        return fail(program.inUse());
    NetOptions net;
    const QString listen =
        options.value("listen").isEmpty() ? QStringLiteral("127.0.0.1:8420") : options.value("listen");
    const qsizetype colon = listen.lastIndexOf(u':');
    bool number = false;
    net.port = listen.mid(colon + 1).toUShort(&number);
    if (colon < 0 || !number)
        return fail("net.bad_address", {{QStringLiteral("address"), listen}});
    net.address = listen.first(colon);
    if (net.address.startsWith(u'[') && net.address.endsWith(u']'))
        net.address = net.address.mid(1).chopped(1);
    if (net.address == QLatin1String("localhost"))
        net.address = QStringLiteral("127.0.0.1");
    net.certificateFile = options.value("tls-cert");
    net.keyFile = options.value("tls-key");
    TZ_ASSIGN(const std::unique_ptr<Api> api, Api::open(program.data(), program.host(), program.environment()));
    TZ_TRY(program.rememberDatabase());
    TZ_ASSIGN(const std::unique_ptr<HttpServer> server, HttpServer::listen(*api, net));
    server->start();
    if (const QString path = options.value("port-file"); !path.isEmpty()) {
        // Appears whole or not at all: whoever waits for it may read it at once.
        QSaveFile file(path);
        if (!file.open(QFile::WriteOnly) || file.write(QByteArray::number(server->port()) + '\n') < 0 || !file.commit())
            return fail("server.cannot_write",
                        {{QStringLiteral("path"), path}, {QStringLiteral("reason"), file.errorString()}});
    }
    std::fprintf(stderr, "tongzhou-server: serving %s on %s://%s:%d\n",
                 qPrintable(api->service().storage().backend()->place()),
                 net.certificateFile.isEmpty() ? "http" : "https", qPrintable(net.address), int(server->port()));
    server->waitForSignal();
    std::fprintf(stderr, "tongzhou-server: stopped\n");
    return {};
}

Result<> user(Service &service, const Options &options)
{
    People &people = service.people();
    const QString verb = options.word(1);
    const QString name = options.word(2);
    if (verb == QLatin1String("list")) {
        TZ_ASSIGN(const wire::AdminPeople all, people.everybody());
        for (const wire::AdminUser &line : all.users) {
            QStringList roles;
            for (const wire::AdminRole &role : all.roles) {
                if (std::ranges::find(line.roles, role.id) != line.roles.end())
                    roles << role.name;
            }
            printRow({line.name, line.displayName, roles.join(u','), wire::teamPath(all, line.team),
                      line.active ? QStringLiteral("active") : QStringLiteral("disabled"),
                      QStringLiteral("%1 devices").arg(line.devices)});
        }
        return {};
    }
    if (name.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("NAME")}});
    if (verb == QLatin1String("disable") || verb == QLatin1String("enable"))
        return people.setDisabled(name, verb == QLatin1String("disable"));
    if (verb == QLatin1String("end-two-step"))
        return people.endTwoStep(name);
    TZ_ASSIGN(const QString password, passwordFrom(options.value("password-file")));
    if (verb == QLatin1String("password") || verb == QLatin1String("set-password"))
        return people.setPassword(name, password);
    NewUser made;
    made.name = name;
    made.displayName = options.value("display-name");
    made.roles = options.all("role");
    made.team = options.value("team");
    made.password = password;
    TZ_TRY(people.addUser(made));
    return {};
}

QString stateOf(const wire::AdminDevice &line)
{
    if (line.wipedAtMs > 0)
        return QStringLiteral("erased %1, %2 unsent changes discarded").arg(day(line.wipedAtMs)).arg(line.wipedUnsent);
    if (line.wipeAskedAtMs > 0)
        return QStringLiteral("erasing asked %1, not confirmed").arg(day(line.wipeAskedAtMs));
    if (line.revokedAtMs > 0)
        return QStringLiteral("revoked");
    return line.signedIn ? QStringLiteral("signed in") : QStringLiteral("signed out");
}

Result<> device(Service &service, const Options &options)
{
    if (options.word(1) == QLatin1String("list")) {
        TZ_ASSIGN(const wire::AdminDevices all, service.people().devices());
        for (const wire::AdminDevice &line : all.devices)
            printRow({line.id.toString(), line.userName, line.name, day(line.seenAtMs),
                      QStringLiteral("%1 unsent").arg(line.waiting), stateOf(line)});
        return {};
    }
    const auto id = Id::fromString(options.word(2));
    if (!id)
        return fail("account.unknown_device", {{QStringLiteral("id"), options.word(2)}});
    People::Revocation how;
    how.wipe = options.switches.contains(QStringLiteral("wipe"));
    how.discardUnsent = options.switches.contains(QStringLiteral("discard-unsent"));
    TZ_TRY(service.people().revokeDevice(*id, how));
    if (how.wipe)
        std::fprintf(stderr,
                     "tongzhou-server: it erases its copy at its next contact; \"device list\" says when it has\n");
    return {};
}

Result<> demo(Service &service, const Options &options)
{
    TZ_ASSIGN(const QString password, passwordFrom(options.value("password-file")));
    return service.people().addDemonstration(password);
}

Result<> administer(Program &program, const Options &options)
{
    (void)program.takeLock();
    TZ_ASSIGN(const auto service, Service::open(program.data(), program.host(), program.environment(), false));
    TZ_TRY(program.rememberDatabase());
    const QString noun = options.word(0);
    if (noun == QLatin1String("user"))
        return user(*service, options);
    if (noun == QLatin1String("device"))
        return device(*service, options);
    if (noun == QLatin1String("token"))
        return tokenCommand(*service, options);
    if (noun == QLatin1String("openid"))
        return openIdCommand(*service, options);
    if (noun == QLatin1String("webhook"))
        return webhookCommand(*service, options);
    if (noun == QLatin1String("demo"))
        return demo(*service, options);
    TZ_TRY(service->people().ensureTeam(options.word(2)));
    return {};
}

} // namespace

int runCommand(const QStringList &arguments)
{
    static const QHash<QString, QStringList> verbs{
        {QStringLiteral("init"), {}},
        {QStringLiteral("serve"), {}},
        {QStringLiteral("demo"), {}},
        {QStringLiteral("migrate"), {}},
        {QStringLiteral("backup"), {}},
        {QStringLiteral("restore"), {}},
        {QStringLiteral("user"),
         {QStringLiteral("add"), QStringLiteral("list"), QStringLiteral("password"), QStringLiteral("set-password"),
          QStringLiteral("disable"), QStringLiteral("enable"), QStringLiteral("end-two-step")}},
        {QStringLiteral("team"), {QStringLiteral("add")}},
        {QStringLiteral("token"), {QStringLiteral("add"), QStringLiteral("list"), QStringLiteral("revoke")}},
        {QStringLiteral("openid"), {QStringLiteral("set"), QStringLiteral("show"), QStringLiteral("off")}},
        {QStringLiteral("webhook"),
         {QStringLiteral("add"), QStringLiteral("list"), QStringLiteral("enable"), QStringLiteral("remove")}},
        {QStringLiteral("device"), {QStringLiteral("list"), QStringLiteral("revoke")}}};
    QCommandLineParser parser;
    for (const char *name : {"data",          "admin-password-file",
                             "password-file", "listen",
                             "tls-cert",      "tls-key",
                             "port-file",     "role",
                             "team",          "display-name",
                             "database",      "to",
                             "user",          "scope",
                             "expires",       "entity",
                             "event",         "output",
                             "input",         "issuer",
                             "client-id",     "client-secret-file",
                             "claim"})
        parser.addOption({QString::fromLatin1(name), QString(), QStringLiteral("value")});
    for (const char *name : {"wipe", "discard-unsent", "allow-http", "over"})
        parser.addOption({QString::fromLatin1(name), QString()});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QString()});
    parser.addOption({QStringLiteral("version"), QString()});
    if (!parser.parse(arguments))
        return wrongUsage(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        std::printf("%s", usage);
        return 0;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        std::printf("tongzhou-server %s\n", TZ_VERSION);
        return 0;
    }
    Options options;
    options.words = parser.positionalArguments();
    for (const QString &name : parser.optionNames()) {
        options.switches.insert(name);
        if (!options.values.contains(name)) {
            for (const QString &value : parser.values(name))
                options.values.insert(name, value);
        }
    }
    const auto verb = verbs.constFind(options.word(0));
    if (verb == verbs.constEnd() || (!verb->isEmpty() && !verb->contains(options.word(1))))
        return wrongUsage(options.words.isEmpty() ? QStringLiteral("what is to be done?")
                                                  : QStringLiteral("unknown command: ") + options.words.join(u' '));
    if (options.value("data").isEmpty())
        return wrongUsage(QStringLiteral("--data DIR is missing"));
    if (options.value("tls-cert").isEmpty() != options.value("tls-key").isEmpty())
        return wrongUsage(QStringLiteral("--tls-cert and --tls-key belong together"));

    addServerSentences();
    Program program(options.value("data"));
    Result<> done = program.chooseDatabase(options.value("database"));
    if (done)
        done = program.loadDepartments();
    if (done) {
        if (options.word(0) == QLatin1String("init"))
            done = init(program, options);
        else if (options.word(0) == QLatin1String("serve"))
            done = serve(program, options);
        else if (options.word(0) == QLatin1String("migrate"))
            done = migrate(program, options);
        else if (options.word(0) == QLatin1String("backup"))
            done = makeBackup(program, options);
        else if (options.word(0) == QLatin1String("restore"))
            done = restoreBackup(program, options);
        else
            done = administer(program, options);
    }
    return done ? 0 : complain(done.error());
}

} // namespace tz::server
