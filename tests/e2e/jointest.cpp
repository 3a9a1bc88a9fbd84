// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QThread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;
const QString contact = u"customers.contact"_s;
const QString link = u"customers.account_contact"_s;
const QString deal = u"pipeline.opportunity"_s;
const QString note = u"foundation.note"_s;
constexpr int accounts = 900;
constexpr int contacts = 600;
constexpr int deals = 500;

QByteArray customer(int n)
{
    return u"Customer %1 Ltd"_s.arg(n, 4, 10, QLatin1Char('0')).toUtf8();
}

void import(const Laptop &laptop, const QString &folder, const QString &entity, const QByteArray &csv, int rows)
{
    const QString path = folder + u"/rows.csv"_s;
    QFile file(path);
    REQUIRE(file.open(QFile::WriteOnly | QFile::Truncate));
    file.write(csv);
    file.close();
    const QJsonObject report = laptop.json({u"import"_s, entity, path});
    CHECK(report.value(u"created"_s).toInt() == rows);
    CHECK(report.value(u"refused"_s).toArray().isEmpty());
}

/// A profile for one computer with 2,000 records of several kinds, some of them edited, moved on and deleted.
struct Alone {
    Laptop laptop;
    QString edited, pooled, deleted, first;

    Alone()
    {
        QTemporaryDir folder;
        laptop.must({u"standalone"_s, u"Wang"_s});
        QByteArray csv = "name,description,tags\n";
        for (int n = 0; n < accounts; ++n)
            csv += customer(n) + ",text " + QByteArray::number(n) + ",red\n";
        import(laptop, folder.path(), account, csv, accounts);
        csv = "name,email\n";
        for (int n = 0; n < contacts; ++n)
            csv += "Person " + QByteArray::number(n) + ",p" + QByteArray::number(n) + "@example.com\n";
        import(laptop, folder.path(), contact, csv, contacts);
        csv = "name,account,amount,stage,close_date\n";
        for (int n = 0; n < deals; ++n)
            csv += "Deal " + QByteArray::number(n) + "," + customer(n) + ',' + QByteArray::number(n) +
                   (n % 2 ? ".5,negotiation,2026-12-24\n" : ".5,prospecting,\n");
        import(laptop, folder.path(), deal, csv, deals);
        edited = laptop.create(account, {u"name=Edited Ltd"_s});
        laptop.must({u"update"_s, account, edited, u"website=https://edited.example.com"_s, u"currency=EUR"_s});
        pooled = laptop.create(account, {u"name=Nobody's Ltd"_s});
        laptop.must({u"act"_s, account, pooled, u"release"_s});
        deleted = laptop.create(account, {u"name=Gone Ltd"_s});
        laptop.must({u"delete"_s, account, deleted});
        first = laptop.create(contact, {u"name=First Person"_s});
        laptop.create(link, {u"account="_s + edited, u"contact="_s + first});
        laptop.create(note, {u"subject=Written alone"_s, u"text=Nothing of this may be lost"_s});
    }
};

/// Rows by id, with what may be compared between laptops.
QHash<QString, QJsonObject> rows(const Laptop &laptop, const QString &entity)
{
    return laptop.rows(entity, {u"--limit"_s, u"100000"_s});
}

void compare(const Laptop &a, const Laptop &b)
{
    for (const QString &entity : {account, contact, link, deal, note, u"foundation.currency"_s, u"foundation.unit"_s,
                                  u"foundation.role"_s, u"pipeline.pipeline_stage"_s}) {
        CAPTURE(entity.toStdString());
        const auto here = rows(a, entity);
        const auto there = rows(b, entity);
        CHECK(here.size() == there.size());
        int different = 0;
        for (auto row = here.begin(); row != here.end(); ++row)
            different += there.value(row.key()) == *row ? 0 : 1;
        CHECK(different == 0);
    }
}

QStringList login(const Server &server, const QString &user)
{
    return {
        u"login"_s, u"--server"_s, server.url(), u"--user"_s, user, u"--password-file"_s, server.passwordFile(user)};
}

} // namespace

TEST_CASE("a profile that was alone joins a server: everything arrives, once, and as it was", "[e2e][join]")
{
    Server server;
    server.addUser(u"wang"_s, {u"sales_manager"_s});
    server.start();
    Laptop witness;
    witness.login(server, u"admin"_s);
    witness.must({u"sync"_s});
    const qsizetype currencies = rows(witness, u"foundation.currency"_s).size();
    const qsizetype stages = rows(witness, u"pipeline.pipeline_stage"_s).size();
    const qsizetype users = rows(witness, u"foundation.user"_s).size();

    Alone alone;
    const auto before = rows(alone.laptop, deal);
    const QJsonObject joined = alone.laptop.json(login(server, u"wang"_s));
    CHECK(joined.value(u"joined"_s).toBool());
    CHECK(joined.value(u"waiting"_s).toInt() > 4);
    // Nothing is sent yet, and everything is still here to work with.
    CHECK(rows(alone.laptop, account).size() == accounts + 2);
    const QString late = alone.laptop.create(account, {u"name=Between Ltd"_s});
    alone.laptop.must({u"update"_s, account, alone.edited, u"phone=+49 30 1234567"_s});

    const QJsonObject synced = alone.laptop.json({u"sync"_s});
    CHECK(synced.value(u"waiting"_s).toInt() == 0);
    CHECK(synced.value(u"refused"_s).toInt() == 0);
    CHECK(synced.value(u"rejected"_s).toInt() == 0);
    CHECK(synced.value(u"conflicts"_s).toInt() == 0);
    CHECK(synced.value(u"complete"_s).toBool());
    witness.must({u"sync"_s});
    compare(alone.laptop, witness);

    const auto all = rows(witness, account);
    CHECK(all.size() == accounts + 3);
    CHECK(all.contains(late));
    CHECK_FALSE(all.contains(alone.deleted));
    CHECK(all.value(alone.edited).value(u"website"_s) == u"https://edited.example.com"_s);
    CHECK(all.value(alone.edited).value(u"phone"_s).toString().contains(u"1234567"_s));
    CHECK_FALSE(all.value(alone.edited).value(u"currency"_s).toString().isEmpty());
    const QString wang = alone.laptop.json({u"status"_s}).value(u"user"_s).toString();
    CHECK(all.value(alone.edited).value(u"owner"_s) == wang);
    CHECK(all.value(alone.edited).value(u"created_by"_s) == wang);
    // Nobody's stays nobody's.
    CHECK(all.value(alone.pooled).value(u"owner"_s).isNull());
    const auto after = rows(witness, deal);
    CHECK(after.size() == deals);
    int different = 0;
    for (auto row = before.begin(); row != before.end(); ++row) {
        for (const QString &field : {u"name"_s, u"number"_s, u"amount"_s, u"stage"_s, u"close_date"_s, u"created_at"_s})
            different += after.value(row.key()).value(field) == row->value(field) ? 0 : 1;
    }
    CHECK(different == 0);
    CHECK(rows(witness, contact).size() == contacts + 1);
    CHECK(rows(witness, note).size() == 1);
    // What every company begins with is there once, and nobody became two persons.
    CHECK(rows(witness, u"foundation.currency"_s).size() == currencies);
    CHECK(rows(witness, u"pipeline.pipeline_stage"_s).size() == stages);
    CHECK(rows(witness, u"foundation.user"_s).size() == users);
    // What had been deleted is deleted there too, and what it was can still be read.
    QStringList kinds, values;
    for (const QJsonValue &entry : witness.json({u"history"_s, account, alone.deleted}).value(u"entries"_s).toArray()) {
        kinds << entry.toObject().value(u"kind"_s).toString();
        values << entry.toObject().value(u"after"_s).toString();
    }
    CHECK(kinds.contains(u"delete"_s));
    CHECK(kinds.contains(u"create"_s));
    CHECK(values.contains(u"Gone Ltd"_s));
}

TEST_CASE("joining goes on after kill -9 at any moment", "[e2e][join]")
{
    SeededEntropy dice(7);
    Server server;
    server.addUser(u"wang"_s, {u"sales_manager"_s});
    server.start();
    Alone alone;
    for (int round = 0; round < 4; ++round) {
        const auto process = alone.laptop.begin(login(server, u"wang"_s));
        QThread::msleep(100 + dice.next64() % 900);
        process->kill();
        process->waitForFinished();
    }
    alone.laptop.must(login(server, u"wang"_s));
    for (int round = 0; round < 4; ++round) {
        const auto process = alone.laptop.begin({u"sync"_s});
        QThread::msleep(100 + dice.next64() % 900);
        process->kill();
        process->waitForFinished();
    }
    const QJsonObject synced = alone.laptop.json({u"sync"_s});
    CHECK(synced.value(u"rejected"_s).toInt() == 0);
    CHECK(synced.value(u"waiting"_s).toInt() == 0);
    Laptop witness;
    witness.login(server, u"admin"_s);
    witness.must({u"sync"_s});
    compare(alone.laptop, witness);
    CHECK(rows(witness, account).size() == accounts + 2);
    CHECK(rows(witness, contact).size() == contacts + 1);
    CHECK(rows(witness, deal).size() == deals);
}

TEST_CASE("a wrong password and fields that only an administrator may bring leave a profile alone", "[e2e][join]")
{
    Server server;
    server.addUser(u"wang"_s, {u"sales_manager"_s});
    server.start();
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    const QString id = laptop.create(account, {u"name=Mine"_s});
    Outcome outcome = laptop.run({u"login"_s, u"--server"_s, server.url(), u"--user"_s, u"wang"_s, u"--password-file"_s,
                                  server.passwordFile(u"admin"_s)});
    CHECK(outcome.exitCode == 1);
    CHECK(outcome.errors.contains("password is wrong"));
    laptop.create(u"foundation.custom_field"_s,
                  {u"entity=customers.account"_s, u"name=x_rank"_s,
                   u"definition={\"name\": \"x_rank\", \"type\": \"integer\", \"label\": \"Rank\"}"_s});
    laptop.must({u"update"_s, account, id, u"x_rank=7"_s});
    outcome = laptop.run(login(server, u"wang"_s));
    CHECK(outcome.exitCode == 1);
    CHECK(outcome.errors.contains("only an administrator can bring"));
    CHECK(laptop.json({u"status"_s}).value(u"account"_s) == u"standalone"_s);
    CHECK(rows(laptop, account).value(id).value(u"x_rank"_s).toInt() == 7);

    // The administrator brings them, values and all.
    laptop.must(login(server, u"admin"_s));
    CHECK(laptop.json({u"sync"_s}).value(u"rejected"_s).toInt() == 0);
    CHECK(laptop.json({u"status"_s}).value(u"waiting"_s).toInt() == 0);
    CHECK(rows(laptop, account).value(id).value(u"x_rank"_s).toInt() == 7);
    // By the server's word, not only by what was kept here.
    QStringList values;
    for (const QJsonValue &entry : laptop.json({u"history"_s, account, id}).value(u"entries"_s).toArray())
        values << entry.toObject().value(u"field"_s).toString();
    CHECK(values.contains(u"x_rank"_s));
}
