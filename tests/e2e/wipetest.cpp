// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/database.h"
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QDir>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

/// The line of `device list` for this device.
QByteArray listed(const Server &server, const QString &device)
{
    for (const QByteArray &line : server.output({u"device"_s, u"list"_s}).split('\n')) {
        if (line.startsWith(device.toLatin1()))
            return line;
    }
    return {};
}

void revoke(const Server &server, const QString &device, const QStringList &options)
{
    server.command(QStringList{u"device"_s, u"revoke"_s, device, u"--data"_s, server.dataFolder()} + options);
}

} // namespace

TEST_CASE("a laptop that is to be erased loses every byte at its next contact and says so", "[e2e][wipe]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop anna;
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});
    anna.create(account, {u"name=EraseMarker Shipping"_s});
    anna.must({u"sync"_s});
    anna.create(account, {u"name=EraseMarker Unsent"_s});
    QDir(anna.profile()).mkpath(u"drafts"_s);
    QFile draft(anna.profile() + u"/drafts/one.json"_s);
    REQUIRE(draft.open(QFile::WriteOnly));
    draft.write("EraseMarker Draft");
    draft.close();
    const QByteArray token = anna.token().toLatin1();
    const QString device = anna.json({u"status"_s}).value(u"device"_s).toString();
    CHECK(bytesOf(anna.profile()).contains("EraseMarker"));

    revoke(server, device, {u"--wipe"_s});
    CHECK(listed(server, device).contains("not confirmed"));
    const Outcome outcome = anna.run({u"sync"_s});
    CHECK(outcome.exitCode == 1);
    CHECK(outcome.errors.contains("had the copy on this computer erased"));
    CHECK(outcome.errors.contains("went with them: 1"));
    const QByteArray left = bytesOf(anna.profile());
    CHECK_FALSE(left.contains("EraseMarker"));
    CHECK_FALSE(left.contains(token));
    const QByteArray line = listed(server, device);
    CHECK(line.contains("erased"));
    CHECK(line.contains("1 unsent changes discarded"));

    // The profile is nobody's now, and may become somebody's again.
    CHECK(anna.json({u"status"_s}).value(u"account"_s) == u"none"_s);
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});
    CHECK(anna.json({u"status"_s}).value(u"device"_s).toString() != device);
    CHECK(anna.rows(account).size() == 1);
}

TEST_CASE("an erasure that could not be confirmed at once is confirmed at the next start", "[e2e][wipe]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.create(account, {u"name=EraseMarker Trading"_s});
    laptop.must({u"sync"_s});
    const QString device = laptop.json({u"status"_s}).value(u"device"_s).toString();
    const QByteArray token = laptop.token().toLatin1();
    revoke(server, device, {u"--wipe"_s});
    // What a crash in the middle leaves behind: the order, and some of the files.
    int status = 0;
    const QByteArray refused = post(server, u"/v1/hello"_s, token, {}, &status);
    CHECK(status == 401);
    const qsizetype at = refused.indexOf("nonce") + 5;
    // A text of 43 characters: two bytes of header.
    const QByteArray nonce = refused.mid(at + 2, 43);
    QFile order(laptop.profile() + u"/erase.json"_s);
    REQUIRE(order.open(QFile::WriteOnly));
    order.write("{\"server\": \"" + server.url().toUtf8() + "\", \"nonce\": \"" + nonce + "\", \"unsent\": 0}");
    order.close();
    CHECK(laptop.json({u"status"_s}).value(u"account"_s) == u"none"_s);
    CHECK_FALSE(bytesOf(laptop.profile()).contains("EraseMarker"));
    CHECK(listed(server, device).contains("erased"));
    CHECK_FALSE(QFile::exists(order.fileName()));
}

TEST_CASE("a copy without contact for too long locks itself and opens again after contact", "[e2e][wipe]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    const QString id = laptop.create(account, {u"name=Patient Harbour"_s});
    {
        auto database = Database::open(laptop.profile() + u"/replica.sqlite"_s);
        REQUIRE_RESULT(database);
        // The last contact was 61 days ago.
        auto shift = (*database)->prepare("UPDATE sync_state SET value = CAST(CAST(value AS INTEGER) - 61 * 86400000 "
                                          "AS TEXT) WHERE name = 'lease_until'");
        REQUIRE_RESULT(shift);
        REQUIRE_RESULT(shift->run());
        REQUIRE((*database)->changedRows() == 1);
    }
    server.stop();
    for (const QStringList &words :
         {QStringList{u"query"_s, account}, QStringList{u"search"_s, u"Patient"_s},
          QStringList{u"history"_s, account, id}, QStringList{u"create"_s, account, u"name=B"_s}}) {
        const Outcome outcome = laptop.run(words);
        CHECK(outcome.exitCode == 1);
        CHECK(outcome.errors.contains("had no contact with the server for 61 days and has locked itself"));
        CHECK_FALSE(outcome.out.contains("Patient"));
    }
    CHECK(laptop.json({u"status"_s}).value(u"locked"_s).toBool());
    CHECK(laptop.run({u"sync"_s}).exitCode == 1);
    CHECK(laptop.run({u"query"_s, account}).exitCode == 1);
    server.start();
    // Nothing was lost over it.
    CHECK(laptop.json({u"sync"_s}).value(u"pushed"_s).toInt() == 1);
    CHECK(laptop.rows(account).contains(id));
    CHECK_FALSE(laptop.json({u"status"_s}).value(u"locked"_s).toBool());
}
