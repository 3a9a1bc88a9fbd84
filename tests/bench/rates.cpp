// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/rates.h"

#include "core/store/database.h"
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"

#include <libpq-fe.h>

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <memory>
#include <thread>

namespace tz::bench {

namespace {

/// One connection that inserts the bench's records and nothing else.
class PostgresInserter {
public:
    explicit PostgresInserter(const QString &database)
        : m_connection(PQconnectdb(database.section(u'?', 0, 0).toUtf8().constData()), PQfinish)
    {
        if (PQstatus(m_connection.get()) != CONNECTION_OK)
            qFatal("PostgreSQL: %s", PQerrorMessage(m_connection.get()));
    }
    void execute(const char *sql) { check(PQexec(m_connection.get(), sql)); }
    void prepare()
    {
        check(PQprepare(m_connection.get(), "bare",
                        "INSERT INTO bare VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)", 13, nullptr));
    }
    void insert(int i)
    {
        const std::vector<Value> values = valuesOf(i);
        std::vector<QByteArray> texts{newRowId(i)};
        for (const Value &value : values)
            texts.push_back(value.isText() ? value.toText().toUtf8() : QByteArray::number(value.toInteger()));
        std::vector<const char *> pointers;
        for (const QByteArray &text : texts)
            pointers.push_back(text.constData());
        check(PQexecPrepared(m_connection.get(), "bare", int(pointers.size()), pointers.data(), nullptr, nullptr, 0));
    }

private:
    static QByteArray newRowId(int i) { return idOf(i).toString().toLatin1(); }
    void check(PGresult *result)
    {
        const ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COMMAND_OK)
            qFatal("PostgreSQL: %s", PQerrorMessage(m_connection.get()));
    }
    std::unique_ptr<PGconn, void (*)(PGconn *)> m_connection;
};

double barePostgresRate(const QString &database, int connections, int rowsPerTransaction, int ms)
{
    std::vector<std::unique_ptr<PostgresInserter>> inserters;
    for (int n = 0; n < connections; ++n)
        inserters.push_back(std::make_unique<PostgresInserter>(database));
    PostgresInserter &first = *inserters.front();
    first.execute("SET client_min_messages = warning");
    first.execute("DROP TABLE IF EXISTS bare");
    first.execute("CREATE TABLE bare(id UUID NOT NULL UNIQUE, name TEXT, short_name TEXT, industry TEXT, city TEXT, "
                  "phone TEXT, email TEXT, website TEXT, level TEXT, revenue BIGINT, employees BIGINT, "
                  "founded BIGINT, note TEXT)");
    for (const auto &inserter : inserters)
        inserter->prepare();
    std::atomic<int> next{0};
    const double rate = perSecond(connections, ms, [&](int n) {
        PostgresInserter &inserter = *inserters[size_t(n)];
        const int from = next.fetch_add(rowsPerTransaction);
        if (rowsPerTransaction > 1)
            inserter.execute("BEGIN");
        for (int i = from; i < from + rowsPerTransaction; ++i)
            inserter.insert(i);
        if (rowsPerTransaction > 1)
            inserter.execute("COMMIT");
        return rowsPerTransaction;
    });
    first.execute("DROP TABLE bare");
    return rate;
}

} // namespace

double perSecond(int threads, int ms, const std::function<int(int)> &work)
{
    std::atomic<qint64> done{0};
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> running;
    for (int n = 0; n < threads; ++n) {
        running.emplace_back([&, n] {
            while (timer.elapsed() < ms)
                done += work(n);
        });
    }
    for (std::thread &thread : running)
        thread.join();
    return double(done.load()) / (double(timer.nsecsElapsed()) / 1e9);
}

double bareRate(const QString &database, int connections, int rowsPerTransaction, int ms)
{
    if (!database.isEmpty())
        return barePostgresRate(database, connections, rowsPerTransaction, ms);
    QTemporaryDir folder;
    // Some first, to see how many fit into the time.
    const double rate = bareInsertRate(folder.filePath(QStringLiteral("first.sqlite")), 200 * rowsPerTransaction,
                                       rowsPerTransaction, true);
    return bareInsertRate(folder.filePath(QStringLiteral("bare.sqlite")), std::max(200, int(rate * ms / 1000)),
                          rowsPerTransaction, true);
}

RoundTrip bareRoundTrip(int rounds)
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
    return {median(times), percentile(times, 0.99)};
}

} // namespace tz::bench
