// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/processes.h"

#include <QFile>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

QString passwordFile(const QTemporaryDir &folder, const char *password)
{
    const QString path = folder.filePath(QString::fromLatin1(password));
    QFile file(path);
    REQUIRE(file.open(QFile::WriteOnly));
    file.write(password);
    file.write("\n");
    return path;
}

/// The one object of the list for which the member is this.
QJsonObject one(const QJsonArray &list, const char *member, const QString &value)
{
    for (const QJsonValue &item : list) {
        if (item.toObject().value(QLatin1String(member)).toString() == value)
            return item.toObject();
    }
    return {};
}

QStringList admin(const QStringList &words)
{
    return QStringList{u"admin"_s} + words;
}

void login(const Laptop &laptop, const Server &server, const QString &user, const QString &file)
{
    laptop.must({u"login"_s, u"--server"_s, server.url(), u"--user"_s, user, u"--password-file"_s, file});
}

} // namespace

TEST_CASE("an administrator looks after people from the command line", "[e2e][admin]")
{
    QTemporaryDir folder;
    Server server;
    server.addUser(u"anna"_s, {u"sales"_s});
    server.start();
    Laptop boss, anna;
    boss.login(server, u"admin"_s);
    boss.must({u"sync"_s});
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});

    // Nobody else is told anything.
    const Outcome denied = anna.run(admin({u"users"_s}));
    CHECK(denied.exitCode == 1);
    CHECK(denied.out.isEmpty());
    CHECK(denied.errors.contains("Only administrators may do this."));

    boss.must(admin({u"team"_s, u"add"_s, u"North"_s}));
    boss.must({u"sync"_s});
    boss.must(admin({u"team"_s, u"add"_s, u"Berlin"_s, u"parent=North"_s}));
    boss.must({u"sync"_s});
    const QString first = passwordFile(folder, "first-password"), second = passwordFile(folder, "second-password");
    boss.must(admin({u"user"_s, u"add"_s, u"wang"_s, u"display_name=王伟"_s, u"roles=sales"_s, u"team=Berlin"_s,
                     u"--password-file"_s, first}));
    const QJsonObject wang = one(boss.json(admin({u"users"_s})).value(u"users"_s).toArray(), "name", u"wang"_s);
    CHECK(wang.value(u"display_name"_s) == u"王伟"_s);
    CHECK(wang.value(u"team"_s) == u"North/Berlin"_s);
    CHECK(wang.value(u"roles"_s).toArray() == QJsonArray{u"sales"_s});
    CHECK(wang.value(u"active"_s).toBool());
    CHECK(wang.value(u"has_password"_s).toBool());
    CHECK(boss.run(admin({u"users"_s})).out.contains("王伟"));
    CHECK(boss.run(admin({u"teams"_s})).out.contains("North/Berlin"));

    Laptop laptop;
    login(laptop, server, u"wang"_s, first);
    laptop.must({u"sync"_s});
    laptop.create(account, {u"name=Unsent"_s});
    // A new password signs out; nothing that was typed is lost.
    boss.must(admin({u"user"_s, u"set"_s, u"wang"_s, u"--password-file"_s, second}));
    CHECK(laptop.run({u"sync"_s}).exitCode == 1);
    CHECK(laptop.json({u"status"_s}).value(u"waiting"_s).toInt() == 1);
    login(laptop, server, u"wang"_s, second);
    laptop.must({u"sync"_s});
    CHECK(laptop.json({u"status"_s}).value(u"waiting"_s).toInt() == 0);

    boss.must(admin({u"user"_s, u"set"_s, u"wang"_s, u"active=no"_s}));
    CHECK(laptop.run({u"sync"_s}).exitCode == 1);
    CHECK_FALSE(
        one(boss.json(admin({u"users"_s})).value(u"users"_s).toArray(), "name", u"wang"_s).value(u"active"_s).toBool());

    // What is wrong is said, on the other channel, and nothing is done.
    const auto refuses = [&](const QStringList &words, const char *sentence, int code = 1) {
        const Outcome outcome = boss.run(admin(words));
        INFO(words.join(u' ').toStdString() << ": " << outcome.errors.toStdString());
        CHECK(outcome.exitCode == code);
        CHECK(outcome.out.isEmpty());
        CHECK(outcome.errors.contains(sentence));
    };
    refuses({u"user"_s, u"set"_s, u"admin"_s, u"active=no"_s}, "last active administrator");
    refuses({u"user"_s, u"remove"_s, u"admin"_s}, "last active administrator");
    refuses({u"role"_s, u"remove"_s, u"admin"_s}, "cannot be renamed or deleted");
    refuses({u"user"_s, u"add"_s, u"WANG"_s}, "");
    refuses({u"user"_s, u"set"_s, u"nobody"_s, u"active=no"_s}, "There is no “nobody”", 2);
    refuses({u"user"_s, u"explode"_s, u"wang"_s}, "Use it so", 2);
    refuses({u"nonsense"_s}, "Use it so", 2);
    refuses({u"rights"_s, u"pirate"_s}, "There is no role “pirate”.");
    refuses({u"audit"_s, u"--from"_s, u"yesterday"_s}, "is not a date");

    server.kill();
    const Outcome away = boss.run(admin({u"users"_s}));
    CHECK(away.exitCode == 1);
    CHECK(away.errors.contains("cannot be reached"));
}

TEST_CASE("rights are read from the declarations", "[e2e][admin]")
{
    Server server;
    server.start();
    Laptop boss;
    boss.login(server, u"admin"_s);
    boss.must({u"sync"_s});
    const QJsonArray roles = boss.json(admin({u"roles"_s})).value(u"roles"_s).toArray();
    CHECK(one(roles, "name", u"admin"_s).value(u"users"_s).toInt() == 1);
    const auto rights = [&](const QString &role, const QString &entity) {
        const QJsonArray all = boss.json(admin({u"rights"_s, role})).value(u"roles"_s).toArray();
        REQUIRE(all.size() == 1);
        return one(all[0].toObject().value(u"rights"_s).toArray(), "entity", entity);
    };
    CHECK(rights(u"admin"_s, account).value(u"write"_s) == u"all"_s);
    CHECK(rights(u"admin"_s, account).value(u"delete"_s) == u"all"_s);
    CHECK(rights(u"viewer"_s, account).value(u"write"_s) == u"none"_s);
    CHECK_FALSE(rights(u"viewer"_s, account).value(u"create"_s).toBool());
    CHECK(boss.run(admin({u"rights"_s, u"sales"_s})).out.contains("customers.account"));
}

TEST_CASE("devices are listed, signed out, shut out and erased from the command line", "[e2e][admin][wipe]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop boss, anna;
    boss.login(server, u"admin"_s);
    boss.must({u"sync"_s});
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});
    const QString device = anna.json({u"status"_s}).value(u"device"_s).toString();
    const QString own = boss.json({u"status"_s}).value(u"device"_s).toString();
    const auto listed = [&](const QString &id) {
        return one(boss.json(admin({u"devices"_s})).value(u"devices"_s).toArray(), "id", id);
    };
    CHECK(listed(device).value(u"user"_s) == u"anna"_s);
    CHECK(listed(device).value(u"behind"_s).toInt() == 0);
    CHECK(listed(device).value(u"program"_s).toString().startsWith(u"tongzhou-cli"_s));
    CHECK(listed(device).value(u"state"_s) == u"signed_in"_s);
    CHECK(listed(own).value(u"this_computer"_s).toBool());

    const Outcome slip = boss.run(admin({u"revoke"_s, own}));
    CHECK(slip.exitCode == 1);
    CHECK(slip.errors.contains("the computer that you are working on"));
    boss.must(admin({u"sign-out"_s, device}));
    CHECK(listed(device).value(u"state"_s) == u"signed_out"_s);
    anna.login(server, u"anna"_s);
    anna.create(account, {u"name=Unsent"_s});
    server.stop();
    CHECK(anna.run({u"sync"_s}).exitCode == 1);
    server.start();
    boss.must(admin({u"wipe"_s, device}));
    CHECK(listed(device).value(u"state"_s) == u"wipe_asked"_s);
    CHECK(anna.run({u"sync"_s}).exitCode == 1);
    CHECK(listed(device).value(u"state"_s) == u"wiped"_s);
    CHECK(listed(device).value(u"wiped_unsent"_s).toInt() == 1);
    CHECK(boss.run(admin({u"devices"_s})).out.contains("1 unsent changes lost"));
    boss.must(admin({u"revoke"_s, own, u"--this-computer"_s}));
    CHECK(boss.run(admin({u"devices"_s})).errors.contains("shut this computer out"));
}

TEST_CASE("the audit trail is searched and written to a file", "[e2e][admin][audit]")
{
    QTemporaryDir folder;
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop boss, anna;
    boss.login(server, u"admin"_s);
    boss.must({u"sync"_s});
    anna.login(server, u"anna"_s);
    anna.must({u"sync"_s});
    const QString id = anna.create(account, {u"name==cmd|' /C calc'!A0"_s});
    anna.must({u"update"_s, account, id, u"website=https://example.com/=1"_s});
    anna.must({u"sync"_s});
    boss.must({u"sync"_s});

    const auto entries = [&](const QStringList &options) {
        return boss.json(admin(QStringList{u"audit"_s} + options)).value(u"entries"_s).toArray();
    };
    CHECK(entries({u"--record"_s, id, u"--field"_s, u"website"_s, u"--entity"_s, account}).size() == 1);
    CHECK(entries({u"--user"_s, u"anna"_s, u"--action"_s, u"update"_s}).size() >= 1);
    CHECK(entries({u"--user"_s, u"admin"_s}).isEmpty());
    CHECK(entries({u"--user"_s, u"server"_s, u"--limit"_s, u"3"_s}).size() == 3);
    CHECK(entries({u"--until"_s, u"2020-01-01"_s}).isEmpty());
    const QDate today = QDate::currentDate();
    CHECK(entries({u"--from"_s, today.addDays(-1).toString(Qt::ISODate), u"--until"_s,
                   today.addDays(1).toString(Qt::ISODate), u"--entity"_s, account})
              .size() > 1);

    const QString path = folder.filePath(u"audit.csv"_s);
    boss.must(admin({u"audit"_s, u"--entity"_s, account, u"--output"_s, path}));
    QFile file(path);
    REQUIRE(file.open(QFile::ReadOnly));
    const QByteArray csv = file.readAll();
    CHECK(csv.startsWith("\xEF\xBB\xBF"
                         "at,user,device,"));
    CHECK(csv.contains(",anna,"));
    // What a spreadsheet would run is only a text.
    CHECK(csv.contains("'=cmd|"));
    CHECK_FALSE(csv.contains(",=cmd|"));
    CHECK(boss.run(admin({u"audit"_s, u"--record"_s, id, u"--output"_s, u"-"_s})).out.startsWith("at,user"));
    const Outcome nowhere = boss.run(admin({u"audit"_s, u"--output"_s, folder.filePath(u"no/such/folder.csv"_s)}));
    CHECK(nowhere.exitCode == 1);
    CHECK(nowhere.errors.contains("cannot be written"));
}

TEST_CASE("the server's state is told, of all its processes", "[e2e][admin][postgres]")
{
    Server server(PostgresServer::shared().newDatabase());
    server.start(true);
    Server beside(Server::Beside{server});
    beside.start();
    Laptop boss;
    boss.must({u"login"_s, u"--server"_s, beside.url(), u"--user"_s, u"admin"_s, u"--password-file"_s,
               server.passwordFile(u"admin"_s)});
    QJsonObject status = boss.json(admin({u"status"_s}));
    CHECK(status.value(u"database"_s) == u"postgresql"_s);
    CHECK(status.value(u"database_bytes"_s).toDouble() > 10'000);
    CHECK(status.value(u"processes"_s).toArray().size() == 2);
    CHECK(status.value(u"certificate_ends_at"_s).isNull());
    CHECK(status.value(u"queues"_s).toObject().contains(u"push"_s));
    CHECK(status.value(u"disk_free_bytes"_s).toDouble() > 0);
    Laptop secure;
    secure.must({u"login"_s, u"--server"_s, server.url(), u"--user"_s, u"admin"_s, u"--password-file"_s,
                 server.passwordFile(u"admin"_s), u"--ca-file"_s, server.caFile()});
    CHECK_FALSE(secure.json(admin({u"status"_s})).value(u"certificate_ends_at"_s).toString().isEmpty());
    // One that ends as it should is not listed any more.
    server.stop();
    status = boss.json(admin({u"status"_s}));
    CHECK(status.value(u"processes"_s).toArray().size() == 1);
    CHECK(boss.run(admin({u"status"_s})).out.contains("postgresql"));
}
