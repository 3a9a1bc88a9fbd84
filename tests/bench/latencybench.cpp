// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/database.h"
#include "replica/workspace/workspace.h"
#include "tests/bench/benchmark.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

namespace tz::bench {

namespace {

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

void runServerCommand(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(TZ_BIN_DIR "/tongzhou-server"), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("tongzhou-server: %s", process.readAllStandardError().constData());
}

/// Waits until `done` holds, serving events; ends the program after a minute. Sleeps between events, as a program does
/// that waits for its user: processEvents() with a time limit would spin and take a core from those who are measured.
void waitFor(const char *what, const std::function<bool()> &done)
{
    QElapsedTimer timer;
    timer.start();
    QTimer tick;
    tick.start(20);
    while (!done()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (timer.elapsed() > 60'000)
            qFatal("waited a minute for: %s", what);
    }
}

/// What the way costs at the least: one TCP round trip over loopback and two durable SQLite commits.
double bareRoundTrip(int rounds, double *p99)
{
    QTemporaryDir folder;
    auto a = std::move(*must(Database::open(folder.filePath(QStringLiteral("a.sqlite")))));
    auto b = std::move(*must(Database::open(folder.filePath(QStringLiteral("b.sqlite")))));
    for (Database *database : {a.get(), b.get()}) {
        must(database->setDurable(true));
        must(database->execute("CREATE TABLE t(x)"));
    }
    quint16 port = 0;
    QScopedPointer<QThread> echo;
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    port = probe.serverPort();
    probe.close();
    echo.reset(QThread::create([port] {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost, port) || !server.waitForNewConnection(10'000))
            return;
        QTcpSocket *socket = server.nextPendingConnection();
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        while (socket->waitForReadyRead(10'000)) {
            socket->write(socket->readAll());
            socket->flush();
        }
    }));
    echo->start();
    QTcpSocket client;
    for (int attempt = 0; attempt < 100; ++attempt) {
        client.connectToHost(QHostAddress::LocalHost, port);
        if (client.waitForConnected(100))
            break;
        QThread::msleep(20);
    }
    client.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const QByteArray message(300, 'x');
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        times.push_back(seconds([&] {
            must(a->execute("INSERT INTO t VALUES(1)"));
            client.write(message);
            for (qsizetype got = 0; got < message.size();) {
                if (!client.waitForReadyRead(10'000))
                    qFatal("the echo does not answer");
                got += client.readAll().size();
            }
            must(b->execute("INSERT INTO t VALUES(1)"));
        }));
    }
    client.disconnectFromHost();
    echo->wait();
    *p99 = percentile(times, 0.99);
    return median(times);
}

} // namespace

void latencyBenchmarks(Report &report, const Options &options)
{
    if (!options.wants("latency") || !QFile::exists(QStringLiteral(TZ_BIN_DIR "/tongzhou-server")))
        return;
    QTemporaryDir folder;
    const QString data = folder.filePath(QStringLiteral("server"));
    const QString password = folder.filePath(QStringLiteral("password"));
    const QString portFile = folder.filePath(QStringLiteral("port"));
    writeFile(password, "correct horse battery");
    runServerCommand(
        {QStringLiteral("init"), QStringLiteral("--data"), data, QStringLiteral("--admin-password-file"), password});
    for (const char *user : {"anna", "berta"})
        runServerCommand({QStringLiteral("user"), QStringLiteral("add"), QString::fromLatin1(user),
                          QStringLiteral("--data"), data, QStringLiteral("--role"), QStringLiteral("sales_manager"),
                          QStringLiteral("--team"), QStringLiteral("North"), QStringLiteral("--password-file"),
                          password});
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(QStringLiteral(TZ_BIN_DIR "/tongzhou-server"),
                 {QStringLiteral("serve"), QStringLiteral("--data"), data, QStringLiteral("--listen"),
                  QStringLiteral("127.0.0.1:0"), QStringLiteral("--port-file"), portFile});
    waitFor("the server", [&] { return QFile::exists(portFile) && QFile(portFile).size() > 0; });
    QFile portReader(portFile);
    if (!portReader.open(QIODevice::ReadOnly))
        qFatal("no port file");
    const QUrl url(QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(portReader.readAll().trimmed()));

    DepartmentHost host;
    host.scan(QStringLiteral(TZ_BIN_DIR "/departments"));
    host.start();
    const auto signIn = [&](const char *name) {
        auto workspace = std::move(*must(Workspace::open(folder.filePath(QString::fromLatin1(name)), host)));
        Workspace::Login login;
        login.server = url;
        login.user = QString::fromLatin1(name);
        login.password = QStringLiteral("correct horse battery");
        login.deviceName = login.user;
        bool signedIn = false;
        workspace->signIn(login, [&](Result<> result) {
            must(result);
            signedIn = true;
        });
        waitFor("signing in", [&] {
            return signedIn && workspace->status().complete &&
                   workspace->status().connection == SyncStatus::Connection::Online;
        });
        return workspace;
    };
    const auto a = signIn("anna");
    const auto b = signIn("berta");

    const QString entity = QStringLiteral("customers.account");
    int seen = 0;
    QObject::connect(b.get(), &Workspace::changed, b.get(), [&](const QString &changed, const QList<Id> &) {
        if (changed == entity)
            ++seen;
    });
    Draft first = a->draft();
    const Id id = first.create(entity, {{QStringLiteral("name"), QStringLiteral("Latency Ltd")}});
    a->apply(std::move(first), [](Result<Receipt> result) { must(result); });
    waitFor("the first record on B", [&] { return seen > 0; });

    std::vector<double> times;
    const int rounds = 100 * options.rounds;
    for (int i = 0; i < rounds; ++i) {
        // An idle moment between edits, longer than the pause between wake-ups: the usual case.
        QElapsedTimer pause;
        pause.start();
        waitFor("a pause", [&] { return pause.elapsed() >= 60; });
        const int before = seen;
        QElapsedTimer timer;
        timer.start();
        Draft edit = a->draft();
        edit.update(entity, id, {{QStringLiteral("name"), QStringLiteral("Latency %1 Ltd").arg(i)}});
        a->apply(std::move(edit), [](Result<Receipt> result) { must(result); });
        waitFor("the edit on B", [&] { return seen != before; });
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    double bare99 = 0;
    const double bare = bareRoundTrip(rounds, &bare99);
    report.add(QStringLiteral("latency of an edit from A's form to B's screen, median"), median(times),
               QStringLiteral("ms"), bare * 1e3, Report::Bar::None, 0);
    report.add(QStringLiteral("latency of an edit from A's form to B's screen, p99"), percentile(times, 0.99),
               QStringLiteral("ms"), bare99 * 1e3, Report::Bar::None, 0);
    server.terminate();
    server.waitForFinished(10'000);
}

} // namespace tz::bench
