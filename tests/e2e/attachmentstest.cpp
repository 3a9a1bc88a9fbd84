// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"
#include "core/sync/blobwire.h"
#include "core/sync/wire.h"
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/processes.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QThread>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;
constexpr qint64 mib = 1 << 20;

QByteArray randomBytes(qint64 size, quint64 seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    SeededEntropy entropy(seed);
    entropy.fill(std::span(reinterpret_cast<unsigned char *>(bytes.data()), size_t(size)));
    return bytes;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QFile::ReadOnly));
    return file.readAll();
}

/// A folder with files to attach.
class Desk {
public:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        REQUIRE(file.open(QFile::WriteOnly));
        REQUIRE(file.write(bytes) == bytes.size());
        return file.fileName();
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

QJsonObject only(const Laptop &laptop, const QString &id)
{
    const QJsonArray all = laptop.json({u"attachments"_s, account, id, u"files"_s}).value(u"attachments"_s).toArray();
    REQUIRE(all.size() == 1);
    return all.first().toObject();
}

QString state(const Laptop &laptop, const QString &id)
{
    return only(laptop, id).value(u"state"_s).toString();
}

/// Whole contents in the profile's folder.
int contents(const Laptop &laptop)
{
    int count = 0;
    QDirIterator files(laptop.profile() + u"/attachments"_s, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        count += files.fileName().size() == 64;
    }
    return count;
}

void follow(const QString &database)
{
    Server server(database);
    server.addUser(u"anna"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"ben"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"eve"_s, {u"sales"_s}, u"South"_s);
    server.start();
    Laptop anna, ben, eve;
    anna.login(server, u"anna"_s);
    ben.login(server, u"ben"_s);
    eve.login(server, u"eve"_s);
    for (const Laptop *one : {&anna, &ben, &eve})
        one->must({u"sync"_s});

    // Offline.
    server.stop();
    const Desk desk;
    const QByteArray bytes = randomBytes(5 * mib, 7);
    const QString file = desk.write(u"报价单 2026.pdf"_s, bytes);
    const QString id = anna.create(account, {u"name=Harbour Trading"_s});
    anna.must({u"attach"_s, account, id, u"files"_s, file});
    CHECK(state(anna, id) == u"waiting");
    CHECK(anna.run({u"sync"_s}).exitCode == 1);

    server.start();
    const QJsonObject sent = anna.json({u"sync"_s});
    CHECK(sent.value(u"files_sent"_s).toInt() == 1);
    CHECK(sent.value(u"files_waiting"_s).toInt() == 0);
    CHECK(state(anna, id) == u"here");

    ben.must({u"sync"_s});
    const QJsonObject seen = only(ben, id);
    CHECK(seen.value(u"name"_s).toString() == u"报价单 2026.pdf");
    CHECK(seen.value(u"size"_s).toInt() == 5 * mib);
    CHECK(seen.value(u"state"_s).toString() == u"server");
    CHECK(contents(ben) == 0);
    ben.must({u"fetch"_s, account, id, u"files"_s, u"报价单 2026.pdf"_s, u"--output"_s, desk.path(u"out"_s)});
    CHECK(read(desk.path(u"out"_s)) == bytes);
    CHECK(state(ben, id) == u"here");
    // From here on without a server.
    server.stop();
    ben.must({u"fetch"_s, account, id, u"files"_s, u"报价单 2026.pdf"_s, u"--output"_s, desk.path(u"again"_s)});
    CHECK(read(desk.path(u"again"_s)) == bytes);
    server.start();

    // Eve, who may not see the record, has got hold of the hash and the id.
    wire::BlobRef ref{account, *Id::fromString(id), u"files"_s,
                      QByteArray::fromHex(seen.value(u"hash"_s).toString().toLatin1())};
    int status = 0;
    const QByteArray token = eve.token().toLatin1();
    const QByteArray refused = post(server, u"/v1/blob/fetch"_s, token, wire::encode(wire::BlobFetch{ref, 0}), &status);
    CHECK(status == 404);
    ref.id = Id::fromName(u"there is no such record"_s);
    CHECK(post(server, u"/v1/blob/fetch"_s, token, wire::encode(wire::BlobFetch{ref, 0}), &status) == refused);
    CHECK(status == 404);
    CHECK(eve.run({u"attachments"_s, account, id}).exitCode != 0);

    // The record leaves Ben's laptop, and the file with it.
    Laptop admin;
    admin.login(server, u"admin"_s);
    admin.must({u"sync"_s});
    admin.must({u"update"_s, account, id, u"owner=eve"_s, u"team=South"_s});
    admin.must({u"sync"_s});
    CHECK(contents(ben) == 1);
    ben.must({u"sync"_s});
    CHECK(ben.rows(account).isEmpty());
    CHECK(contents(ben) == 0);
    CHECK_FALSE(bytesOf(ben.profile()).contains(bytes.mid(mib, 64)));
    // And Eve may have it now.
    eve.must({u"sync"_s});
    eve.must({u"fetch"_s, account, id, u"files"_s, u"报价单 2026.pdf"_s, u"--output"_s, desk.path(u"eve"_s)});
    CHECK(read(desk.path(u"eve"_s)) == bytes);
}

} // namespace

TEST_CASE("a file attached offline reaches those who may see its record and nobody else", "[e2e][attachment]")
{
    follow({});
}

TEST_CASE("attached files travel the same way over PostgreSQL", "[e2e][attachment][postgresql]")
{
    follow(PostgresServer::shared().newDatabase());
}

TEST_CASE("an upload and a download go on after either side was killed in the middle", "[e2e][attachment]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop anna, ben;
    anna.login(server, u"anna"_s);
    ben.login(server, u"admin"_s);
    anna.must({u"sync"_s});
    const Desk desk;
    const QByteArray bytes = randomBytes(40 * mib, 11);
    const QString id = anna.create(account, {u"name=Harbour Trading"_s});
    anna.must({u"attach"_s, account, id, u"files"_s, desk.write(u"film.mp4"_s, bytes)});

    // Whatever moment it is: nothing is lost, and nothing counts before it is whole.
    int cut = 0;
    for (const int ms : {250, 400, 600, 900}) {
        const bool laptopDies = cut % 2 == 0;
        const auto sync = anna.begin({u"sync"_s});
        QThread::msleep(ulong(ms));
        if (laptopDies) {
            sync->kill();
            sync->waitForFinished();
        } else {
            server.kill();
            REQUIRE(sync->waitForFinished(60'000));
            server.start();
        }
        ++cut;
        ben.must({u"sync"_s});
        // The server may have it whole before anna's laptop was told so.
        if (ben.rows(account).contains(id) && state(anna, id) != u"here") {
            const QString early = desk.path(u"early%1"_s.arg(cut));
            const int exitCode =
                ben.run({u"fetch"_s, account, id, u"files"_s, u"film.mp4"_s, u"--output"_s, early}).exitCode;
            CHECK((exitCode == 1 || (exitCode == 0 && read(early) == bytes)));
        }
    }
    const QJsonObject sent = anna.json({u"sync"_s});
    CHECK(sent.value(u"files_waiting"_s).toInt() == 0);
    CHECK(state(anna, id) == u"here");

    ben.must({u"sync"_s});
    for (const int ms : {200, 350}) {
        const auto fetch = ben.begin({u"fetch"_s, account, id, u"files"_s, u"film.mp4"_s});
        QThread::msleep(ulong(ms));
        fetch->kill();
        fetch->waitForFinished();
    }
    ben.must({u"fetch"_s, account, id, u"files"_s, u"film.mp4"_s, u"--output"_s, desk.path(u"out"_s)});
    CHECK(read(desk.path(u"out"_s)) == bytes);
    CHECK(contents(ben) == 1);
}

TEST_CASE("files are named, listed, removed and refused on the command line", "[e2e][attachment][cli]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    const Desk desk;
    const QString id = laptop.create(account, {u"name=Harbour Trading"_s});
    const QString zeros = desk.write(u"zeros.bin"_s, QByteArray(3 * mib, '\0'));
    laptop.must({u"attach"_s, account, id, u"files"_s, zeros, desk.write(u"note.txt"_s, "note")});
    laptop.must({u"attach"_s, account, id, u"files"_s, desk.write(u"note.txt"_s, "another note")});
    QStringList names;
    for (const QJsonValue &one : laptop.json({u"attachments"_s, account, id}).value(u"attachments"_s).toArray()) {
        names << one[u"name"_s].toString();
        CHECK(one[u"state"_s].toString() == u"here");
    }
    names.sort();
    CHECK(names == QStringList{u"note (2).txt"_s, u"note.txt"_s, u"zeros.bin"_s});
    CHECK(laptop.run({u"attachments"_s, account, id}).out.contains("note (2).txt"));
    laptop.must({u"detach"_s, account, id, u"files"_s, u"note.txt"_s});
    CHECK(laptop.json({u"attachments"_s, account, id}).value(u"attachments"_s).toArray().size() == 2);
    laptop.must({u"undo"_s});
    CHECK(laptop.json({u"attachments"_s, account, id}).value(u"attachments"_s).toArray().size() == 3);
    laptop.must({u"fetch"_s, account, id, u"files"_s, u"note.txt"_s, u"--output"_s, desk.path(u"out"_s)});
    CHECK(read(desk.path(u"out"_s)) == "note");
    CHECK(laptop.run({u"query"_s, account, u"--fields"_s, u"files"_s}).out.contains("zeros.bin"));

    CHECK(laptop.run({u"attach"_s, account, id, u"name"_s, zeros}).errors.contains("does not hold files"));
    CHECK(laptop.run({u"attach"_s, account, id, u"files"_s, desk.path({})}).errors.contains("is a folder"));
    CHECK(
        laptop.run({u"attach"_s, account, id, u"files"_s, desk.path(u"nowhere"_s)}).errors.contains("cannot be read"));
    CHECK(laptop.run({u"fetch"_s, account, id, u"files"_s, u"x.txt"_s}).errors.contains("No file called"));
    CHECK(laptop.run({u"update"_s, account, id, u"files=../../etc/passwd"_s}).exitCode != 0);
}

TEST_CASE("a file that packs better than any limit allows arrives", "[e2e][attachment]")
{
    Server server;
    server.start();
    Laptop one, two;
    one.login(server, u"admin"_s);
    two.login(server, u"admin"_s);
    one.must({u"sync"_s});
    const Desk desk;
    const QByteArray zeros(2 * mib + 5, '\0');
    const QString id = one.create(account, {u"name=Harbour Trading"_s});
    one.must({u"attach"_s, account, id, u"files"_s, desk.write(u"zeros"_s, zeros), desk.write(u"empty"_s, {})});
    CHECK(one.json({u"sync"_s}).value(u"files_sent"_s).toInt() == 2);
    two.must({u"sync"_s});
    two.must({u"fetch"_s, account, id, u"files"_s, u"zeros"_s, u"--output"_s, desk.path(u"out"_s), u"--keep"_s});
    CHECK(read(desk.path(u"out"_s)) == zeros);
    two.must({u"fetch"_s, account, id, u"files"_s, u"empty"_s, u"--output"_s, desk.path(u"out2"_s)});
    CHECK(read(desk.path(u"out2"_s)).isEmpty());
}
