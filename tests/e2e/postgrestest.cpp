// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/postgres.h"
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include "core/base/clock.h"

#include <QFileInfo>
#include <QThread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// A database that is busy with other tests may let a server wait too long; the message says to try again.
void syncPatiently(const Laptop &laptop)
{
    for (int attempt = 1; attempt < 5; ++attempt) {
        const auto outcome = laptop.run({u"sync"_s});
        if (outcome.exitCode == 0)
            return;
        INFO(outcome.errors.toStdString());
        REQUIRE(outcome.errors.contains("cannot reach its database"));
        QThread::msleep(500);
    }
    laptop.must({u"sync"_s});
}

const QString account = u"customers.account"_s;

QHash<QString, int> names(const Laptop &laptop)
{
    QHash<QString, int> count;
    for (const QJsonObject &row : laptop.rows(account, {u"--fields"_s, u"name"_s}))
        ++count[row.value(u"name"_s).toString()];
    return count;
}

/// With a password, to see that it shows nowhere; the test's server asks for none.
QString withPassword(QString url)
{
    return url.replace(u"tongzhou@"_s, u"tongzhou:hush-hush@"_s);
}

} // namespace

TEST_CASE("two servers on one database: laptops meet, and kill -9 of one loses nothing and doubles nothing",
          "[e2e][postgres]")
{
    PostgresServer &postgres = PostgresServer::shared();
    Server one(withPassword(postgres.newDatabase()));
    Server two(Server::Beside{one});
    one.addUser(u"anna"_s, {u"sales_manager"_s});
    two.addUser(u"bo"_s, {u"sales_manager"_s});
    one.start();
    two.start();
    Laptop anna, bo;
    anna.login(one, u"anna"_s);
    bo.login(two, u"bo"_s);
    syncPatiently(anna);
    syncPatiently(bo);

    SeededEntropy dice(1);
    QSet<QString> made;
    for (int round = 0; round < 3; ++round) {
        const QString hers = u"Anna %1"_s.arg(round), his = u"Bo %1"_s.arg(round);
        anna.create(account, {u"name="_s + hers});
        bo.create(account, {u"name="_s + his});
        made << hers << his;
        const auto sync = anna.begin({u"sync"_s});
        QThread::msleep(dice.next64() % 300);
        one.kill();
        sync->waitForFinished(120'000);
        // The other one goes on.
        syncPatiently(bo);
        CHECK(names(bo).value(his) == 1);
        one.start();
    }
    syncPatiently(anna);
    syncPatiently(bo);
    Laptop witness;
    witness.login(two, u"admin"_s);
    syncPatiently(witness);
    const auto seen = names(witness);
    for (const QString &name : made) {
        CAPTURE(name.toStdString());
        CHECK(seen.value(name) == 1);
    }
    CHECK(names(anna) == seen);
    CHECK(names(bo) == seen);
    for (const Laptop *laptop : {&anna, &bo}) {
        const QJsonObject status = laptop->json({u"status"_s});
        CHECK(status.value(u"waiting"_s).toInt() == 0);
        CHECK(status.value(u"rejected"_s).toInt() == 0);
    }

    // Without the database both say so, and a laptop's work waits for it.
    postgres.crash();
    anna.create(account, {u"name=Meanwhile"_s});
    CHECK(anna.run({u"sync"_s}).exitCode != 0);
    postgres.start();
    syncPatiently(anna);
    syncPatiently(bo);
    CHECK(names(bo).value(u"Meanwhile"_s) == 1);

    one.stop();
    two.stop();
    for (const Server *server : {&one, &two}) {
        CHECK_FALSE(server->log().contains("hush-hush"));
        const QFileInfo remembered(server->dataFolder() + u"/database"_s);
        CHECK(remembered.exists());
        CHECK((remembered.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    }
}

TEST_CASE("a server moves from its file to PostgreSQL and its laptops do not notice", "[e2e][postgres]")
{
    PostgresServer &postgres = PostgresServer::shared();
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop anna;
    anna.login(server, u"anna"_s);
    syncPatiently(anna);
    anna.create(account, {u"name=Before"_s});
    syncPatiently(anna);
    anna.create(account, {u"name=Unsent"_s});
    server.stop();

    const QString url = withPassword(postgres.newDatabase());
    server.command({u"migrate"_s, u"--data"_s, server.dataFolder(), u"--to"_s, url});
    CHECK_FALSE(QFile::exists(server.dataFolder() + u"/server.sqlite"_s));
    CHECK(QFile::exists(server.dataFolder() + u"/server-before-migration.sqlite"_s));
    server.start();
    syncPatiently(anna);
    CHECK(anna.json({u"status"_s}).value(u"waiting"_s).toInt() == 0);
    Laptop fresh;
    fresh.login(server, u"anna"_s);
    syncPatiently(fresh);
    const auto there = names(fresh);
    CHECK(there == names(anna));
    CHECK(there.value(u"Before"_s) == 1);
    CHECK(there.value(u"Unsent"_s) == 1);
    CHECK(server.output({u"user"_s, u"list"_s}).contains("anna"));
    CHECK_FALSE(server.log().contains("hush-hush"));
    CHECK(postgres.run("SELECT count(*) FROM " + url.section(u'=', 1).toUtf8() + ".report_customers_account") == "2");
}
