// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/processes.h"

#include "core/sync/wire.h"
#include "tests/support/catch.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>
#include <QThread>

#include <csignal>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace tz::test {

namespace {

constexpr int longestMs = 120'000;
constexpr int startMs = 30'000;

QProcessEnvironment environment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TONGZHOU_TOKEN_STORE"), QStringLiteral("file"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    return environment;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(file.open(QFile::WriteOnly));
    REQUIRE(file.write(bytes) == bytes.size());
}

Outcome finish(QProcess &process, const QStringList &words)
{
    Outcome outcome;
    if (!process.waitForFinished(longestMs)) {
        process.kill();
        process.waitForFinished();
        FAIL("no end: " << words.join(QLatin1Char(' ')).toStdString());
    }
    outcome.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    return outcome;
}

} // namespace

QString programFolder()
{
    return QStringLiteral(TZ_BINARY_DIR "/bin");
}

Server::Server(QString database)
    : m_database(std::move(database))
{
    write(passwordFile(QStringLiteral("admin")), "admin-password\n");
    command(QStringList{QStringLiteral("init"), QStringLiteral("--admin-password-file"),
                        passwordFile(QStringLiteral("admin"))} +
            dataOptions());
    // From now on the folder knows.
    m_database.clear();
}

Server::Server(Beside beside)
    : m_beside(&beside.other)
{
    QFile file(beside.other.dataFolder() + QStringLiteral("/database"));
    REQUIRE(file.open(QFile::ReadOnly));
    m_database = QString::fromUtf8(file.readAll()).trimmed();
}

QStringList Server::dataOptions() const
{
    QStringList options{QStringLiteral("--data"), dataFolder()};
    if (!m_database.isEmpty())
        options << QStringLiteral("--database") << m_database;
    return options;
}

Server::~Server()
{
    if (isRunning())
        kill();
}

void Server::command(const QStringList &words) const
{
    (void)printed(words);
}

QByteArray Server::printed(const QStringList &words) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(programFolder() + QStringLiteral("/tongzhou-server"), words);
    const Outcome outcome = finish(process, words);
    if (outcome.exitCode != 0)
        FAIL("tongzhou-server " << words.join(QLatin1Char(' ')).toStdString() << ": " << outcome.errors.toStdString());
    return outcome.out;
}

QByteArray Server::output(const QStringList &words) const
{
    return printed(words + dataOptions());
}

QString Server::passwordFile(const QString &user) const
{
    return m_beside ? m_beside->passwordFile(user) : m_folder.filePath(user + QStringLiteral(".password"));
}

void Server::addUser(const QString &name, const QStringList &roles, const QString &team) const
{
    write(passwordFile(name), name.toUtf8() + "-password\n");
    QStringList words = QStringList{QStringLiteral("user"), QStringLiteral("add"), name,
                                    QStringLiteral("--password-file"), passwordFile(name)} +
                        dataOptions();
    for (const QString &role : roles)
        words << QStringLiteral("--role") << role;
    if (!team.isEmpty())
        words << QStringLiteral("--team") << team;
    command(words);
}

void Server::start(bool tls)
{
    m_tls = m_tls || tls;
    if (m_tls && !QFile::exists(caFile())) {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                       QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
                       QStringLiteral("-nodes"), QStringLiteral("-subj"), QStringLiteral("/CN=127.0.0.1"),
                       QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"),
                       QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-keyout"),
                       m_folder.filePath(QStringLiteral("key.pem")), QStringLiteral("-out"), caFile()});
        REQUIRE(openssl.waitForFinished(longestMs));
        REQUIRE(openssl.exitCode() == 0);
    }
    const QString portFile = m_folder.filePath(QStringLiteral("port"));
    QFile::remove(portFile);
    QStringList words =
        QStringList{QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port),
                    QStringLiteral("--port-file"), portFile} +
        dataOptions();
    if (m_tls)
        words << QStringLiteral("--tls-cert") << caFile() << QStringLiteral("--tls-key")
              << m_folder.filePath(QStringLiteral("key.pem"));
    m_process.setProcessEnvironment(environment());
#ifdef Q_OS_LINUX
    // It ends when this process does, also when that is killed.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("out")), QIODevice::Append);
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("err")), QIODevice::Append);
    m_process.start(programFolder() + QStringLiteral("/tongzhou-server"), words);
    REQUIRE(m_process.waitForStarted(startMs));
    QElapsedTimer clock;
    clock.start();
    while (!QFile::exists(portFile)) {
        if (m_process.state() == QProcess::NotRunning || clock.elapsed() > startMs)
            FAIL("the server did not start: " << log().toStdString());
        m_process.waitForFinished(20);
    }
    QFile file(portFile);
    REQUIRE(file.open(QFile::ReadOnly));
    m_port = file.readAll().trimmed().toUShort();
    REQUIRE(m_port > 0);
}

void Server::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

void Server::stop()
{
    m_process.terminate();
    REQUIRE(m_process.waitForFinished(startMs));
    CHECK(m_process.exitCode() == 0);
}

bool Server::isRunning() const
{
    return m_process.state() != QProcess::NotRunning;
}

QString Server::url() const
{
    return QStringLiteral("%1://127.0.0.1:%2")
        .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
        .arg(m_port);
}

QByteArray Server::log() const
{
    QFile file(m_folder.filePath(QStringLiteral("err")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

Laptop::Laptop(QString profileFolder)
    : m_profile(std::move(profileFolder))
{
    if (m_profile.isEmpty()) {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(QStringLiteral("profile"));
    }
}

std::unique_ptr<QProcess> Laptop::begin(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->start(programFolder() + QStringLiteral("/tongzhou-cli"),
                   QStringList{QStringLiteral("--profile"), m_profile} + words);
    REQUIRE(process->waitForStarted(startMs));
    return process;
}

Outcome Laptop::run(const QStringList &words) const
{
    const auto process = begin(words);
    return finish(*process, words);
}

QJsonObject Laptop::json(const QStringList &words) const
{
    const Outcome outcome = run(words + QStringList{QStringLiteral("--json")});
    if (outcome.exitCode != 0)
        FAIL("tongzhou-cli " << words.join(QLatin1Char(' ')).toStdString() << ": " << outcome.errors.toStdString());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(outcome.out, &error);
    if (error.error != QJsonParseError::NoError)
        FAIL("no JSON document: " << outcome.out.left(500).toStdString());
    return document.object();
}

void Laptop::must(const QStringList &words) const
{
    const Outcome outcome = run(words);
    if (outcome.exitCode != 0)
        FAIL("tongzhou-cli " << words.join(QLatin1Char(' ')).toStdString() << ": " << outcome.errors.toStdString());
}

void Laptop::login(const Server &server, const QString &user) const
{
    QStringList words{
        QStringLiteral("login"),           QStringLiteral("--server"), server.url(), QStringLiteral("--user"), user,
        QStringLiteral("--password-file"), server.passwordFile(user)};
    if (server.url().startsWith(QLatin1String("https")))
        words << QStringLiteral("--ca-file") << server.caFile();
    must(words);
}

QString Laptop::create(const QString &entity, const QStringList &assignments) const
{
    return json(QStringList{QStringLiteral("create"), entity} + assignments).value(QLatin1String("id")).toString();
}

QHash<QString, QJsonObject> Laptop::rows(const QString &entity, const QStringList &options) const
{
    QHash<QString, QJsonObject> rows;
    const QJsonObject answer = json(QStringList{QStringLiteral("query"), entity} + options);
    for (const QJsonValue &row : answer.value(QLatin1String("rows")).toArray())
        rows.insert(row.toObject().value(QLatin1String("id")).toString(), row.toObject());
    return rows;
}

QString Laptop::token() const
{
    QFile file(m_profile + QStringLiteral("/token"));
    return file.open(QFile::ReadOnly) ? QString::fromLatin1(file.readAll()).trimmed() : QString();
}

QByteArray bytesOf(const QString &folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QFile::ReadOnly))
            all += file.readAll();
    }
    return all;
}

Reply request(const Server &server, const QByteArray &method, const QByteArray &target,
              const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body)
{
    // Plain HTTP by hand: what is tested must not pass through the client under test.
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
    Reply reply;
    if (!socket.waitForConnected(startMs))
        return reply;
    QByteArray head = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    const bool saysLength =
        std::ranges::none_of(headers, [](const auto &one) { return one.first == "Transfer-Encoding"; });
    if (saysLength && (!body.isEmpty() || method != "GET"))
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    socket.write(head + "\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(startMs))
        answer += socket.readAll();
    answer += socket.readAll();
    const qsizetype split = answer.indexOf("\r\n\r\n");
    if (split < 0)
        return reply;
    reply.status = answer.mid(9, 3).toInt();
    for (const QByteArray &line : answer.left(split).split('\n').mid(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    reply.body = answer.mid(split + 4);
    if (reply.headers.value("content-encoding") == "zstd") {
        auto plain = wire::decompress(reply.body);
        REQUIRE_RESULT(plain);
        reply.body = *plain;
    }
    return reply;
}

QByteArray post(const Server &server, const QString &path, const QByteArray &token, const QByteArray &body, int *status)
{
    QList<std::pair<QByteArray, QByteArray>> headers{{"Content-Type", "application/cbor"},
                                                     {"Accept", "application/cbor"}};
    if (!token.isEmpty())
        headers.append(std::pair<QByteArray, QByteArray>("Authorization", "Bearer " + token));
    const Reply reply = request(server, "POST", path.toLatin1(), headers, body);
    REQUIRE(reply.status > 0);
    if (status)
        *status = reply.status;
    return reply.body;
}

} // namespace tz::test
