// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/postgres.h"

#include "tests/support/catch.h"

#include <libpq-fe.h>

#include <QDir>
#include <QTcpServer>

#include <csignal>
#include <pwd.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace tz::test {

namespace {

QString programs()
{
    if (qEnvironmentVariableIsSet("TZ_POSTGRES"))
        return qEnvironmentVariable("TZ_POSTGRES");
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    return found.isEmpty() ? QString() : versions.filePath(found.last() + QStringLiteral("/bin"));
}

/// PostgreSQL refuses to run as root: then it is the user that its package made.
const passwd *otherUser()
{
    return geteuid() == 0 ? getpwnam("postgres") : nullptr;
}

/// Starts a program that ends when this process does, also when that is killed.
pid_t launch(const QString &program, const QStringList &arguments, const QString &log)
{
    QStringList words{QStringLiteral("setpriv"), QStringLiteral("--pdeathsig=KILL")};
    if (otherUser())
        words << QStringLiteral("--reuid=postgres") << QStringLiteral("--regid=postgres")
              << QStringLiteral("--clear-groups");
    words << programs() + u'/' + program;
    words << arguments;
    std::vector<QByteArray> bytes;
    for (const QString &word : words)
        bytes.push_back(word.toLocal8Bit());
    std::vector<char *> pointers;
    for (QByteArray &word : bytes)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const QByteArray logPath = log.toLocal8Bit();
    // Or it would be said again by the child.
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        if (!std::freopen(logPath.constData(), "a", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
            _exit(126);
        execvp(pointers.front(), pointers.data());
        _exit(127);
    }
    return child;
}

std::string contents(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll().right(4000).toStdString() : std::string();
}

} // namespace

PostgresServer::PostgresServer(const QString &place)
{
    if (!QFile::exists(programs() + QStringLiteral("/initdb")))
        FAIL("PostgreSQL's server is not installed (package postgresql-15, or its folder in TZ_POSTGRES)");
    QByteArray pattern =
        ((place.isEmpty() ? QDir::tempPath() : place) + QStringLiteral("/tongzhou-postgresql-XXXXXX")).toLocal8Bit();
    REQUIRE(mkdtemp(pattern.data()));
    m_folder = QString::fromLocal8Bit(pattern);
    if (const passwd *user = otherUser())
        REQUIRE(chown(pattern.constData(), user->pw_uid, user->pw_gid) == 0);
    const QString log = m_folder + QStringLiteral("/initdb.log");
    const pid_t made =
        launch(QStringLiteral("initdb"),
               {QStringLiteral("-D"), m_folder + QStringLiteral("/data"), QStringLiteral("-U"),
                QStringLiteral("tongzhou"), QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"),
                QStringLiteral("UTF8"), QStringLiteral("--locale=C.UTF-8"), QStringLiteral("-N")},
               log);
    int status = 0;
    REQUIRE(waitpid(made, &status, 0) == made);
    INFO(contents(log));
    REQUIRE(status == 0);
    start();
}

PostgresServer::~PostgresServer()
{
    if (m_process > 0) {
        ::kill(m_process, SIGQUIT);
        waitpid(m_process, nullptr, 0);
    }
    QDir(m_folder).removeRecursively();
}

PostgresServer &PostgresServer::shared()
{
    static PostgresServer server;
    return server;
}

bool PostgresServer::isWanted()
{
    return qEnvironmentVariable("TZ_TEST_DATABASE") == QLatin1String("postgresql");
}

void PostgresServer::start()
{
    const QString log = m_folder + QStringLiteral("/server.log");
    // Somebody else may take the free port before PostgreSQL does.
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (m_port == 0) {
            QTcpServer probe;
            REQUIRE(probe.listen(QHostAddress::LocalHost));
            m_port = probe.serverPort();
        }
        m_process = launch(QStringLiteral("postgres"),
                           {QStringLiteral("-D"), m_folder + QStringLiteral("/data"), QStringLiteral("-p"),
                            QString::number(m_port), QStringLiteral("-c"), QStringLiteral("listen_addresses=127.0.0.1"),
                            QStringLiteral("-c"), QStringLiteral("unix_socket_directories=") + m_folder,
                            QStringLiteral("-c"), QStringLiteral("max_connections=200")},
                           log);
        for (int waited = 0; waited < 1500; ++waited) {
            if (PQping(address().toUtf8().constData()) == PQPING_OK)
                return;
            int status = 0;
            if (waitpid(m_process, &status, WNOHANG) == m_process) {
                m_process = 0;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        if (m_schemas == 0)
            m_port = 0;
    }
    FAIL("PostgreSQL does not start: " << contents(log));
}

void PostgresServer::crash()
{
    ::kill(m_process, SIGQUIT);
    waitpid(m_process, nullptr, 0);
    m_process = 0;
}

void PostgresServer::startIfEnded()
{
    if (m_process > 0 && waitpid(m_process, nullptr, WNOHANG) == 0)
        return;
    m_process = 0;
    start();
}

QString PostgresServer::address(const QString &database) const
{
    return QStringLiteral("postgresql://tongzhou@127.0.0.1:%1/%2").arg(m_port).arg(database);
}

QString PostgresServer::newTemplate()
{
    const QString name = QStringLiteral("d%1").arg(++m_schemas);
    run("CREATE DATABASE " + name.toLatin1());
    return address(name);
}

QString PostgresServer::copyOf(const QString &made)
{
    const QString name = QStringLiteral("d%1").arg(++m_schemas);
    run("CREATE DATABASE " + name.toLatin1() + " TEMPLATE " + made.section(u'/', 3).toLatin1());
    return address(name);
}

QString PostgresServer::newDatabase()
{
    return address() + QStringLiteral("?schema=t%1").arg(++m_schemas);
}

QByteArray PostgresServer::run(const QByteArray &sql, const QString &url) const
{
    const QByteArray at = (url.isEmpty() ? address() : url.section(u'?', 0, 0)).toUtf8();
    const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(PQconnectdb(at.constData()), PQfinish);
    INFO(PQerrorMessage(connection.get()));
    REQUIRE(PQstatus(connection.get()) == CONNECTION_OK);
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(PQexec(connection.get(), sql.constData()), PQclear);
    INFO(sql.toStdString() << ": " << PQresultErrorMessage(result.get()));
    const ExecStatusType status = PQresultStatus(result.get());
    REQUIRE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK));
    return PQntuples(result.get()) > 0 ? QByteArray(PQgetvalue(result.get(), 0, 0)) : QByteArray();
}

} // namespace tz::test
