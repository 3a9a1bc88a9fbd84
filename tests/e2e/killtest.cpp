// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include "core/base/clock.h"

#include <QThread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;
constexpr int rowsAtOnce = 40;

/// TZ_KILLS=50 for the full run; fewer where time is short.
int kills()
{
    return qEnvironmentVariableIntValue("TZ_KILLS") > 0 ? qEnvironmentVariableIntValue("TZ_KILLS") : 8;
}

quint64 seed()
{
    const quint64 given = qEnvironmentVariable("TZ_SEED", u"1"_s).toULongLong();
    return given ? given : quint64(QDateTime::currentMSecsSinceEpoch());
}

void wait(SeededEntropy &dice, int mostMs)
{
    QThread::msleep(dice.next64() % quint64(mostMs + 1));
}

QHash<QString, int> names(const Laptop &laptop)
{
    QHash<QString, int> count;
    for (const QJsonObject &row : laptop.rows(account, {u"--fields"_s, u"name"_s}))
        ++count[row.value(u"name"_s).toString()];
    return count;
}

} // namespace

TEST_CASE("kill -9 of client and server at random moments loses nothing acknowledged and doubles nothing", "[e2e]")
{
    const quint64 began = seed();
    CAPTURE(began);
    SeededEntropy dice(began);
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop laptop;
    laptop.login(server, u"anna"_s);
    laptop.must({u"sync"_s});
    QTemporaryDir folder;

    // The expected values live here, outside of everything that is killed.
    QSet<QString> acknowledged;
    QSet<QString> attempted;
    const QString counter = laptop.create(account, {u"name=Counter"_s, u"employees=0"_s});
    int counterAcknowledged = 0;
    int counterAttempted = 0;

    for (int round = 0; round < kills(); ++round) {
        const QString single = u"Single %1"_s.arg(round);
        laptop.create(account, {u"name="_s + single});
        acknowledged.insert(single);

        counterAttempted = round + 1;
        const Outcome counted = laptop.run({u"update"_s, account, counter, u"employees=%1"_s.arg(counterAttempted)});
        if (counted.exitCode == 0)
            counterAcknowledged = counterAttempted;

        // An import, killed or not.
        const QString path = folder.filePath(u"rows.csv"_s);
        QFile file(path);
        REQUIRE(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write("name\n");
        QStringList rows;
        for (int row = 0; row < rowsAtOnce; ++row) {
            rows << u"Row %1-%2"_s.arg(round).arg(row);
            file.write(rows.last().toUtf8() + '\n');
        }
        file.close();
        const auto import = laptop.begin({u"import"_s, account, path});
        if (dice.next64() % 2) {
            wait(dice, 400);
            import->kill();
        }
        REQUIRE(import->waitForFinished(120'000));
        if (import->exitStatus() == QProcess::NormalExit && import->exitCode() == 0)
            acknowledged.unite(QSet<QString>(rows.begin(), rows.end()));
        attempted.unite(QSet<QString>(rows.begin(), rows.end()));

        // A sync, in which one of the two dies.
        const auto sync = laptop.begin({u"sync"_s});
        wait(dice, 500);
        if (dice.next64() % 2) {
            sync->kill();
            sync->waitForFinished();
        } else {
            server.kill();
            sync->waitForFinished(120'000);
            server.start();
        }
    }

    laptop.must({u"sync"_s});
    Laptop witness;
    witness.login(server, u"admin"_s);
    witness.must({u"sync"_s});
    const auto here = names(laptop);
    const auto there = names(witness);
    CHECK(here == there);
    int lost = 0;
    for (const QString &name : acknowledged)
        lost += there.value(name) == 1 ? 0 : 1;
    CHECK(lost == 0);
    int doubled = 0;
    for (auto name = there.begin(); name != there.end(); ++name)
        doubled += *name > 1 ? 1 : 0;
    CHECK(doubled == 0);
    for (auto name = there.begin(); name != there.end(); ++name) {
        if (!acknowledged.contains(name.key()) && !attempted.contains(name.key()) && name.key() != u"Counter"_s)
            FAIL_CHECK("from nowhere: " << name.key().toStdString());
    }
    const int counted = witness.rows(account).value(counter).value(u"employees"_s).toInt();
    CHECK(counted >= counterAcknowledged);
    CHECK(counted <= counterAttempted);
    const QJsonObject status = laptop.json({u"status"_s});
    CHECK(status.value(u"waiting"_s).toInt() == 0);
    CHECK(status.value(u"rejected"_s).toInt() == 0);
    CHECK(status.value(u"conflicts"_s).toInt() == 0);
}
