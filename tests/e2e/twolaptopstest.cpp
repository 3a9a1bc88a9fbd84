// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;
constexpr int shared = 200;

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(file.open(QFile::WriteOnly));
    file.write(bytes);
}

/// Changes one field of many records offline, in one command: an import that updates.
void editMany(const Laptop &laptop, const QString &folder, const QString &field,
              const QList<std::pair<QString, QString>> &values)
{
    QByteArray csv = "name," + field.toUtf8() + "\n";
    for (const auto &[name, value] : values)
        csv += name.toUtf8() + ',' + value.toUtf8() + '\n';
    const QString path = folder + u"/edit.csv"_s;
    write(path, csv);
    const QJsonObject report =
        laptop.json({u"import"_s, account, path, u"--existing"_s, u"update"_s, u"--keys"_s, u"name"_s});
    CHECK(report.value(u"updated"_s).toInt() == values.size());
    CHECK(report.value(u"refused"_s).toArray().isEmpty());
}

QString customer(int n)
{
    return u"Customer %1 Ltd"_s.arg(n, 3, 10, QLatin1Char('0'));
}

} // namespace

TEST_CASE("two laptops edit the same records offline and agree with the server after both have synced", "[e2e]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s}, u"North"_s);
    server.addUser(u"ben"_s, {u"sales_manager"_s}, u"North"_s);
    server.start();
    QTemporaryDir folder;
    Laptop a, b;
    a.login(server, u"anna"_s);
    b.login(server, u"ben"_s);

    // A makes the common stock; B fetches it.
    QByteArray csv = "name,description\n";
    for (int n = 0; n < shared; ++n)
        csv += customer(n).toUtf8() + ",first\n";
    write(folder.filePath(u"stock.csv"_s), csv);
    a.must({u"sync"_s});
    CHECK(a.json({u"import"_s, account, folder.filePath(u"stock.csv"_s)}).value(u"created"_s).toInt() == shared);
    const QString loser = a.create(account, {u"name=Twin Company West"_s});
    const QString winner = a.create(account, {u"name=Twin Company East"_s, u"phone=+49 30 1234567"_s});
    const QString doomed = a.create(account, {u"name=To be deleted"_s});
    a.must({u"sync"_s});
    b.must({u"sync"_s});
    CHECK(b.rows(account).size() == shared + 3);

    // Offline: both edit the same field of the first half, different fields of the second, B later than A.
    QList<std::pair<QString, QString>> sameA, sameB, otherA, otherB;
    for (int n = 0; n < shared / 2; ++n) {
        sameA << std::pair(customer(n), u"https://a%1.example.com"_s.arg(n));
        sameB << std::pair(customer(n), u"https://b%1.example.com"_s.arg(n));
    }
    for (int n = shared / 2; n < shared; ++n) {
        otherA << std::pair(customer(n), u"https://a%1.example.com"_s.arg(n));
        otherB << std::pair(customer(n), u"b%1@example.com"_s.arg(n));
    }
    editMany(a, folder.path(), u"website"_s, sameA + otherA);
    editMany(b, folder.path(), u"website"_s, sameB);
    editMany(b, folder.path(), u"email"_s, otherB);
    const QString madeByA = a.create(account, {u"name=Made by A"_s});
    const QString madeByB = b.create(account, {u"name=Made by B"_s});
    a.must({u"delete"_s, account, doomed});
    b.must({u"merge"_s, account, winner, loser});

    a.must({u"sync"_s});
    b.must({u"sync"_s});
    a.must({u"sync"_s});

    // Somebody who was never there holds what the server holds.
    Laptop witness;
    witness.login(server, u"admin"_s);
    witness.must({u"sync"_s});
    const auto truth = witness.rows(account);
    const auto atA = a.rows(account);
    const auto atB = b.rows(account);
    CHECK(truth.size() == shared + 3);
    REQUIRE(atA.keys().size() == truth.size());
    REQUIRE(atB.keys().size() == truth.size());
    int different = 0;
    for (auto row = truth.begin(); row != truth.end(); ++row)
        different += (atA.value(row.key()) == *row ? 0 : 1) + (atB.value(row.key()) == *row ? 0 : 1);
    CHECK(different == 0);
    CHECK_FALSE(truth.contains(doomed));
    CHECK_FALSE(truth.contains(loser));
    CHECK(truth.contains(madeByA));
    CHECK(truth.contains(madeByB));

    // Different fields: both stand. The same field: the later edit stands, the earlier is its author's conflict.
    QHash<QString, QJsonObject> byName;
    for (const QJsonObject &row : truth)
        byName.insert(row.value(u"name"_s).toString(), row);
    for (int n = shared / 2; n < shared; ++n) {
        const QJsonObject row = byName.value(customer(n));
        if (row.value(u"website"_s) != u"https://a%1.example.com"_s.arg(n) ||
            row.value(u"email"_s) != u"b%1@example.com"_s.arg(n))
            FAIL_CHECK("both edits must stand: " << QJsonDocument(row).toJson().toStdString());
    }
    const QJsonArray conflicts = a.json({u"conflicts"_s}).value(u"conflicts"_s).toArray();
    CHECK(b.json({u"conflicts"_s}).value(u"conflicts"_s).toArray().isEmpty());
    QHash<QString, QJsonObject> lost;
    for (const QJsonValue &conflict : conflicts)
        lost.insert(conflict.toObject().value(u"title"_s).toString(), conflict.toObject());
    CHECK(conflicts.size() == shared / 2);
    for (int n = 0; n < shared / 2; ++n) {
        CHECK(byName.value(customer(n)).value(u"website"_s) == u"https://b%1.example.com"_s.arg(n));
        const QJsonObject conflict = lost.value(customer(n));
        CHECK(conflict.value(u"field"_s) == u"website"_s);
        CHECK(conflict.value(u"mine"_s) == u"https://a%1.example.com"_s.arg(n));
        CHECK(conflict.value(u"theirs"_s) == u"https://b%1.example.com"_s.arg(n));
    }

    // One click brings the lost edit back, for everybody.
    const QJsonObject first = lost.value(customer(0));
    a.must({u"take"_s, first.value(u"id"_s).toString()});
    a.must({u"sync"_s});
    b.must({u"sync"_s});
    CHECK(b.rows(account).value(first.value(u"record"_s).toString()).value(u"website"_s) ==
          u"https://a0.example.com"_s);
    CHECK(a.json({u"conflicts"_s}).value(u"conflicts"_s).toArray().size() == shared / 2 - 1);
    CHECK(a.json({u"rejected"_s}).value(u"rejected"_s).toArray().isEmpty());
    CHECK(b.json({u"rejected"_s}).value(u"rejected"_s).toArray().isEmpty());
}

TEST_CASE("a laptop signs in and syncs over TLS, and refuses a certificate that it does not know", "[e2e]")
{
    Server server;
    server.start(true);
    Laptop laptop;
    const Outcome refused = laptop.run({u"login"_s, u"--server"_s, server.url(), u"--user"_s, u"admin"_s,
                                        u"--password-file"_s, server.passwordFile(u"admin"_s)});
    CHECK(refused.exitCode == 1);
    CHECK(refused.errors.contains("not safe"));
    laptop.login(server, u"admin"_s);
    laptop.create(account, {u"name=Safe Harbour"_s});
    CHECK(laptop.json({u"sync"_s}).value(u"pushed"_s).toInt() == 1);
    CHECK(QFile::permissions(laptop.profile() + u"/token"_s) ==
          (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
}

TEST_CASE("a first sync brings the values of custom fields along", "[e2e]")
{
    Server server;
    server.addUser(u"boss"_s, {u"admin"_s});
    server.start();
    Laptop a, b;
    a.login(server, u"boss"_s);
    a.must({u"sync"_s});
    // The values are older on the server than the laptop that fetches everything for the first time.
    a.must({u"create"_s, u"foundation.custom_field"_s, u"entity=customers.account"_s, u"name=x_region"_s,
            uR"(definition={"type": "text", "label": "Region", "max": 40})"_s});
    a.must({u"create"_s, account, u"name=Harbour Ltd"_s, u"x_region=North"_s});
    a.must({u"sync"_s});

    b.login(server, u"boss"_s);
    b.must({u"sync"_s});
    const QJsonArray rows =
        b.json({u"query"_s, account, u"--filter"_s, u"name == 'Harbour Ltd'"_s, u"--fields"_s, u"name,x_region"_s})
            .value(u"rows"_s)
            .toArray();
    REQUIRE(rows.size() == 1);
    CHECK(rows.first().toObject().value(u"x_region"_s).toString() == u"North"_s);
}
