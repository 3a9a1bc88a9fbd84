// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/processes.h"
#include "tests/support/receiver.h"

#include <QElapsedTimer>
#include <QMessageAuthenticationCode>
#include <QThread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

struct Hook {
    QString id;
    QByteArray secret;
};

Hook addHook(const Server &server, const QString &url, const QString &user,
             const QString &events = u"create,update,delete"_s)
{
    const QByteArrayList made =
        server.output({u"webhook"_s, u"add"_s, url, u"--entity"_s, account, u"--event"_s, events, u"--user"_s, user})
            .trimmed()
            .split('\t');
    REQUIRE(made.size() == 2);
    return {QString::fromLatin1(made[0]), made[1]};
}

bool isSigned(const Receiver::Got &got, const QByteArray &secret)
{
    const QByteArray signature = got.headers.value("tongzhou-signature");
    const QByteArray time = signature.mid(2, signature.indexOf(',') - 2);
    const QByteArray expected =
        QMessageAuthenticationCode::hash(time + '.' + got.body, secret, QCryptographicHash::Sha256).toHex();
    const qint64 age = QDateTime::currentSecsSinceEpoch() - time.toLongLong();
    return signature == "t=" + time + ",v1=" + expected && age >= 0 && age < 120;
}

/// "event name" of each, without what came twice.
QStringList told(const std::vector<Receiver::Got> &deliveries)
{
    QStringList all;
    QSet<QByteArray> known;
    for (const Receiver::Got &got : deliveries) {
        if (known.contains(got.headers.value("tongzhou-delivery")))
            continue;
        known << got.headers.value("tongzhou-delivery");
        const QJsonObject json = got.json();
        all << json.value(u"event"_s).toString() + u' ' +
                   json.value(u"record"_s).toObject().value(u"name"_s).toString();
    }
    return all;
}

} // namespace

TEST_CASE("webhooks arrive signed and in order, across refusals, restarts and kill -9", "[e2e][webhooks]")
{
    Server server;
    server.addUser(u"nina"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"sam"_s, {u"sales"_s}, u"South"_s);
    server.start();
    Receiver receiver;
    const Hook hook = addHook(server, receiver.url("/hook?from=crm"), u"nina"_s);
    Laptop nina, sam;
    nina.login(server, u"nina"_s);
    sam.login(server, u"sam"_s);
    nina.must({u"sync"_s});
    sam.must({u"sync"_s});
    sam.create(account, {u"name=SouthMarker"_s});
    sam.must({u"sync"_s});
    const QString first = nina.create(account, {u"name=One"_s});
    nina.must({u"sync"_s});
    REQUIRE(told(receiver.accepted(1)) == QStringList{u"create One"_s});
    const Receiver::Got got = receiver.accepted(1).front();
    CHECK(got.line == "POST /hook?from=crm HTTP/1.1");
    CHECK(got.headers.value("content-type") == "application/json");
    CHECK(isSigned(got, hook.secret));
    CHECK(got.json().value(u"id"_s).toString().toLatin1() == got.headers.value("tongzhou-delivery"));

    // It refuses twice, redirects once: nothing is left out, nothing overtakes.
    receiver.answer(500, 2);
    for (const QString &name : {u"Two"_s, u"Three"_s})
        nina.create(account, {u"name="_s + name});
    nina.must({u"update"_s, account, first, u"name=One more"_s});
    nina.must({u"sync"_s});
    REQUIRE(told(receiver.accepted(4)).mid(1) == QStringList{u"create Two"_s, u"create Three"_s, u"update One more"_s});
    CHECK(receiver.got().size() >= 6);
    receiver.answer(302, 1);
    nina.create(account, {u"name=Four"_s});
    nina.must({u"sync"_s});
    CHECK(told(receiver.accepted(5)).last() == u"create Four"_s);

    // The server dies amid refusals.
    receiver.answer(503, 1'000'000);
    nina.create(account, {u"name=Five"_s});
    nina.must({u"sync"_s});
    QElapsedTimer clock;
    clock.start();
    while (!server.output({u"webhook"_s, u"list"_s}).contains("failing since") && clock.elapsed() < 30'000)
        QThread::msleep(100);
    CHECK(server.output({u"webhook"_s, u"list"_s}).contains("503"));
    CHECK(request(server, "GET", "/metrics", {}).body.contains("tongzhou_webhooks{state=\"failing\"} 1"));
    server.kill();
    receiver.answer(204, 0);
    server.start();
    nina.create(account, {u"name=Six"_s});
    nina.must({u"sync"_s});
    const auto all = receiver.accepted(7);
    const QStringList names = told(all);
    CHECK(names.mid(names.indexOf(u"create Five"_s)) == QStringList{u"create Five"_s, u"create Six"_s});
    for (const Receiver::Got &one : receiver.got()) {
        CHECK(isSigned(one, hook.secret));
        CHECK_FALSE(one.body.contains("SouthMarker"));
    }

    // Removed while it runs.
    server.command({u"webhook"_s, u"remove"_s, hook.id, u"--data"_s, server.dataFolder()});
    CHECK(server.output({u"webhook"_s, u"list"_s}).isEmpty());
    const size_t before = receiver.got().size();
    nina.create(account, {u"name=Seven"_s});
    nina.must({u"sync"_s});
    QThread::msleep(500);
    CHECK(receiver.got().size() == before);
    CHECK_FALSE(server.log().contains(hook.secret));
}

TEST_CASE("a receiver that is away or slow keeps neither edits nor other receivers waiting", "[e2e][webhooks]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Receiver receiver;
    // Nobody accepts there: packets to it are not answered.
    addHook(server, u"http://127.0.0.1:1/hook"_s, u"anna"_s);
    addHook(server, receiver.url(), u"anna"_s);
    Laptop anna;
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 5; ++i)
        anna.create(account, {u"name=Quick %1"_s.arg(i)});
    anna.must({u"sync"_s});
    CHECK(told(receiver.accepted(5)).size() == 5);
    const QByteArray list = server.output({u"webhook"_s, u"list"_s});
    CHECK(list.contains("cannot be reached"));
}

TEST_CASE("what is delivered over TLS goes to who has the right certificate", "[e2e][webhooks]")
{
    // Another server of ours stands for the receiver: it answers what it does not know with a status.
    Server receiver;
    receiver.start(true);
    for (const bool isTrusted : {false, true}) {
        Server server;
        server.addUser(u"anna"_s, {u"sales_manager"_s});
        if (isTrusted)
            qputenv("SSL_CERT_FILE", receiver.caFile().toLocal8Bit());
        server.start();
        qunsetenv("SSL_CERT_FILE");
        addHook(server, receiver.url() + u"/hook"_s, u"anna"_s);
        Laptop anna;
        anna.login(server, u"anna"_s);
        anna.create(account, {u"name=Secret"_s});
        anna.must({u"sync"_s});
        QByteArray list;
        QElapsedTimer clock;
        clock.start();
        while (!list.contains("failing since") && clock.elapsed() < 30'000) {
            list = server.output({u"webhook"_s, u"list"_s});
            QThread::msleep(100);
        }
        INFO(list.toStdString());
        CHECK(list.contains(isTrusted ? "status 401" : "is not safe"));
    }
}

TEST_CASE("of two servers on PostgreSQL one delivers, and the other when that one dies", "[e2e][webhooks][postgres]")
{
    PostgresServer &postgres = PostgresServer::shared();
    Server one(postgres.newDatabase());
    Server two(Server::Beside{one});
    one.addUser(u"anna"_s, {u"sales_manager"_s});
    one.start();
    two.start();
    Receiver receiver;
    const Hook hook = addHook(one, receiver.url(), u"anna"_s);
    Laptop anna;
    anna.login(two, u"anna"_s);
    QStringList expected;
    for (int i = 0; i < 10; ++i) {
        anna.create(account, {u"name=%1"_s.arg(i)});
        expected << u"create %1"_s.arg(i);
        if (i % 3 == 0)
            anna.must({u"sync"_s});
    }
    anna.must({u"sync"_s});
    CHECK(told(receiver.accepted(10)) == expected);
    one.kill();
    anna.create(account, {u"name=After"_s});
    anna.must({u"sync"_s});
    expected << u"create After"_s;
    QElapsedTimer clock;
    clock.start();
    while (told(receiver.accepted(10)) != expected && clock.elapsed() < 45'000)
        QThread::msleep(50);
    CHECK(told(receiver.accepted(11)) == expected);
    for (const Receiver::Got &got : receiver.got())
        CHECK(isSigned(got, hook.secret));
}
