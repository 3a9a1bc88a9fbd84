// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/processes.h"

#include <QDir>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

QStringList names(const Laptop &laptop)
{
    QStringList names;
    for (const QJsonObject &row : laptop.rows(account, {u"--fields"_s, u"name"_s}))
        names << row.value(u"name"_s).toString();
    names.sort();
    return names;
}

void backUpAndRestore(const QString &database)
{
    QTemporaryDir shelf;
    const QString file = shelf.filePath(u"last night.backup"_s);
    Server server(database);
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.create(account, {u"name=In the backup"_s});
    laptop.must({u"sync"_s});
    // The server serves meanwhile.
    server.output({u"backup"_s, u"--output"_s, file});
    CHECK((QFile(file).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    laptop.create(account, {u"name=After the backup"_s});
    laptop.must({u"sync"_s});

    if (database.isEmpty()) {
        const Outcome running = server.attempt({u"restore"_s, u"--input"_s, file, u"--over"_s});
        CHECK(running.exitCode != 0);
        CHECK(running.errors.contains("server.in_use"));
    }
    server.stop();
    const Outcome living = server.attempt({u"restore"_s, u"--input"_s, file});
    CHECK(living.exitCode != 0);
    CHECK(living.errors.contains("--over"));
    CHECK(living.errors.contains("copies.living"));
    server.output({u"restore"_s, u"--input"_s, file, u"--over"_s});
    server.start();
    Laptop anew;
    anew.login(server, u"admin"_s);
    anew.must({u"sync"_s});
    CHECK(names(anew) == QStringList{u"In the backup"_s});
    // What was there is kept.
    if (database.isEmpty()) {
        CHECK(QDir(server.dataFolder()).entryList({u"server.sqlite.before-restore-*"_s}).size() == 1);
    } else {
        const QByteArray schema = database.section(u'=', -1).toUtf8();
        CHECK(PostgresServer::shared().run("SELECT count(*) FROM pg_namespace WHERE nspname LIKE '" + schema +
                                           "\\_before\\_%'") == "1");
    }
}

} // namespace

TEST_CASE("a running server is backed up, and restored when it is stopped", "[e2e][restore]")
{
    backUpAndRestore({});
}

TEST_CASE("a server on PostgreSQL is backed up and restored", "[e2e][restore][postgres]")
{
    backUpAndRestore(PostgresServer::shared().newDatabase());
}

TEST_CASE("backup and restore say what is wrong with how they are called", "[e2e][restore]")
{
    QTemporaryDir shelf;
    const Server server;
    CHECK(server.attempt({u"backup"_s}).errors.contains("--output is missing"));
    CHECK(server.attempt({u"restore"_s}).errors.contains("--input is missing"));
    const Outcome nowhere = server.attempt({u"backup"_s, u"--output"_s, shelf.filePath(u"no/such/folder/x"_s)});
    CHECK(nowhere.exitCode == 1);
    CHECK(nowhere.errors.contains("copies.cannot_write"));
    const Outcome foreign = server.attempt({u"restore"_s, u"--over"_s, u"--input"_s, server.passwordFile(u"admin"_s)});
    CHECK(foreign.exitCode == 1);
    CHECK(foreign.errors.contains("is not a backup of this program"));
}
