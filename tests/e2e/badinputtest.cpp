// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QElapsedTimer>
#include <QThread>
#include <QtEndian>

#include <unistd.h>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

Outcome attempt(const Laptop &laptop, const Server &server, const QString &user, const QString &passwordFile)
{
    return laptop.run({u"login"_s, u"--server"_s, server.url(), u"--user"_s, user, u"--password-file"_s, passwordFile});
}

} // namespace

TEST_CASE("a wrong password is refused with a sentence, and guessing is slowed down", "[e2e]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales"_s});
    server.start();
    Laptop laptop;
    const QString wrong = server.passwordFile(u"admin"_s);
    const Outcome first = attempt(laptop, server, u"anna"_s, wrong);
    CHECK(first.exitCode == 1);
    CHECK(first.out.isEmpty());
    CHECK(first.errors.contains("The name or the password is wrong."));
    bool slowed = false;
    for (int i = 0; i < 12 && !slowed; ++i)
        slowed = attempt(laptop, server, u"anna"_s, wrong).errors.contains("Too many attempts");
    CHECK(slowed);
    CHECK(laptop.run({u"query"_s, account}).exitCode == 1);
}

TEST_CASE("a token that the server does not know any more leaves the unsent work alone", "[e2e]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    QFile token(laptop.profile() + u"/token"_s);
    REQUIRE(token.open(QFile::WriteOnly | QFile::Truncate));
    token.write("not-a-token");
    token.close();
    laptop.create(account, {u"name=Unsent Ltd"_s});
    const Outcome refused = laptop.run({u"sync"_s});
    CHECK(refused.exitCode == 1);
    CHECK(refused.errors.contains("sign in again"));
    CHECK(laptop.json({u"status"_s}).value(u"waiting"_s).toInt() == 1);
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    // Signing in may have sent it already; what counts is that it is there.
    CHECK(laptop.json({u"status"_s}).value(u"waiting"_s).toInt() == 0);
    Laptop other;
    other.login(server, u"admin"_s);
    other.must({u"sync"_s});
    CHECK(other.run({u"query"_s, account, u"--filter"_s, u"name == 'Unsent Ltd'"_s}).out.contains("Unsent Ltd"));
}

TEST_CASE("a server that cannot be reached is said so, and the work goes on", "[e2e]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    server.kill();
    laptop.create(account, {u"name=Offline Ltd"_s});
    const Outcome offline = laptop.run({u"sync"_s});
    CHECK(offline.exitCode == 1);
    CHECK(offline.errors.contains("cannot be reached"));
    CHECK(laptop.rows(account).size() == 1);
    server.start();
    CHECK(laptop.json({u"sync"_s}).value(u"pushed"_s).toInt() == 1);
}

TEST_CASE("a damaged replica is set aside, filled again, and the unsent work is saved", "[e2e]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    for (int i = 0; i < 20; ++i)
        laptop.create(account, {u"name=Sent %1"_s.arg(i)});
    laptop.must({u"sync"_s});
    const auto before = laptop.rows(account);
    const QString unsent = laptop.create(account, {u"name=Unsent Ltd"_s});

    // The program ended well, so it is only looked at because somebody has been there since.
    CHECK(QFile::exists(laptop.profile() + u"/closed"_s));
    // The pages of the customers' table: found by what stands in them.
    QFile file(laptop.profile() + u"/replica.sqlite"_s);
    REQUIRE(file.open(QFile::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype page = qFromBigEndian<quint16>(bytes.constData() + 16);
    int ruined = 0;
    for (qsizetype at = page; at + page <= bytes.size(); at += page) {
        const QByteArray one = bytes.mid(at, page);
        if (one.contains("Sent 7") && !one.contains("CREATE TABLE")) {
            bytes.replace(at, 64, QByteArray(64, '\xa5'));
            ++ruined;
        }
    }
    REQUIRE(ruined > 0);
    file.seek(0);
    file.write(bytes);
    file.close();

    const Outcome opened = laptop.run({u"status"_s});
    CHECK(opened.exitCode == 0);
    CHECK(opened.errors.contains("set aside"));
    CHECK(QDir(laptop.profile()).entryList({u"*damaged*"_s}).size() >= 1);
    laptop.must({u"sync"_s});
    const auto after = laptop.rows(account);
    CHECK(after.size() == before.size() + 1);
    CHECK(after.contains(unsent));
    for (auto row = before.begin(); row != before.end(); ++row)
        CHECK(after.value(row.key()) == *row);
}

TEST_CASE("a file that is no database is set aside too", "[e2e]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.create(account, {u"name=Sent Ltd"_s});
    laptop.must({u"sync"_s});
    for (const QString &name : {u"/replica.sqlite-wal"_s, u"/replica.sqlite-shm"_s})
        QFile::remove(laptop.profile() + name);
    QFile file(laptop.profile() + u"/replica.sqlite"_s);
    REQUIRE(file.open(QFile::WriteOnly | QFile::Truncate));
    file.write(QByteArray(20'000, 'x'));
    file.close();
    const Outcome opened = laptop.run({u"sync"_s});
    CHECK(opened.exitCode == 0);
    CHECK(opened.errors.contains("set aside"));
    CHECK(laptop.rows(account).size() == 1);
}

TEST_CASE("a second program on the same profile is told who has it", "[e2e]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    QTemporaryDir folder;
    QFile file(folder.filePath(u"many.csv"_s));
    REQUIRE(file.open(QFile::WriteOnly));
    file.write("name\n");
    for (int i = 0; i < 5000; ++i)
        file.write("Customer " + QByteArray::number(i) + '\n');
    file.close();
    const auto first = laptop.begin({u"import"_s, account, file.fileName()});
    // Only once the import has the profile: a query that comes before it would shut the import out.
    QElapsedTimer clock;
    clock.start();
    while (!QFile::exists(laptop.profile() + u"/lock"_s) && clock.elapsed() < 20'000)
        QThread::msleep(2);
    REQUIRE(first->state() == QProcess::Running);
    const Outcome second = laptop.run({u"query"_s, account, u"--count"_s});
    CHECK(second.exitCode == 1);
    CHECK(second.errors.contains("Another program has this profile open"));
    REQUIRE(first->waitForFinished(120'000));
    CHECK(first->exitCode() == 0);
    CHECK(laptop.rows(account, {u"--fields"_s, u"name"_s}).size() == 5000);
}

TEST_CASE("a lock that a killed program left empty does not shut the profile for ever", "[e2e]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    QFile lock(laptop.profile() + u"/lock"_s);
    REQUIRE(lock.open(QFile::WriteOnly | QFile::Truncate));
    lock.close();
    CHECK(laptop.run({u"status"_s}).exitCode == 0);
}

TEST_CASE("a profile that cannot be written is said so", "[e2e]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    if (geteuid() == 0) {
        // Root may write anywhere but where nothing can be written.
        const Laptop nowhere(u"/proc/tongzhou"_s);
        const Outcome outcome = nowhere.run({u"status"_s});
        CHECK(outcome.exitCode == 1);
        CHECK_FALSE(outcome.errors.isEmpty());
        return;
    }
    for (const QFileInfo &file : QDir(laptop.profile()).entryInfoList(QDir::Files))
        QFile::setPermissions(file.filePath(), QFile::ReadOwner);
    QFile::setPermissions(laptop.profile(), QFile::ReadOwner | QFile::ExeOwner);
    const Outcome outcome = laptop.run({u"create"_s, account, u"name=No"_s});
    QFile::setPermissions(laptop.profile(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    CHECK(outcome.exitCode == 1);
    CHECK(outcome.errors.contains("cannot be written"));
}

TEST_CASE("what was typed wrongly is named, with what would be right", "[e2e]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    struct Case {
        QStringList words;
        QByteArray expected;
        int exitCode;
    };
    const QList<Case> cases{
        {{u"qery"_s, account}, "Did you mean query?", 2},
        {{u"query"_s, u"customers.acount"_s}, "Did you mean customers.account?", 2},
        {{u"query"_s, account, u"--limt"_s, u"3"_s}, "Did you mean --limit?", 2},
        {{u"create"_s, account, u"nothing"_s}, "field=value", 2},
        {{u"create"_s, account, u"website"_s}, "field=value", 2},
        {{u"create"_s, account, u"colour=red"_s}, "colour", 1},
        {{u"create"_s, account, u"next_contact=tomorrow-ish"_s}, "YYYY-MM-DD", 1},
        {{u"query"_s, account, u"--filter"_s, u"name =="_s}, "", 1},
        {{u"login"_s, u"--server"_s, u"crm"_s, u"--user"_s, u"a"_s, u"--password-file"_s, u"/nowhere"_s},
         "/nowhere",
         2},
        {{u"import"_s, account, u"/nowhere.csv"_s}, "/nowhere.csv", 1},
    };
    for (const Case &one : cases) {
        const Outcome outcome = laptop.run(one.words);
        CAPTURE(one.words.join(QLatin1Char(' ')).toStdString(), outcome.errors.toStdString());
        CHECK(outcome.exitCode == one.exitCode);
        CHECK(outcome.out.isEmpty());
        CHECK_FALSE(outcome.errors.isEmpty());
        CHECK(outcome.errors.contains(one.expected));
    }
}
