// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "serverfixture.h"

#include "server/copies/copies.h"

#include <zip.h>

#include <QDir>
#include <QFile>

#include <thread>

using namespace tz;
using namespace tz::test;

namespace {

constexpr qint64 leap = qint64(1) << 32;

struct Copying {
    ServerFixture server;
    QTemporaryDir elsewhere;
    Laptop admin{server, "admin"};

    QString file(const char *name) const { return elsewhere.filePath(QString::fromLatin1(name)); }
    Result<tz::server::Manifest> backup(const char *name)
    {
        return tz::server::backup(server.folder.path(), server.environment, file(name));
    }
    Result<tz::server::Restored> restore(const QString &input, bool over)
    {
        return tz::server::restore(server.folder.path(), server.environment, input, over);
    }
    Id makeAccount(const char *name)
    {
        const Id id = server.ids.next();
        admin.make({create("crm.account", id, {edit("name", text(name))})});
        return id;
    }
    Result<tz::server::Revision> revision() const
    {
        auto connection = server.api->service().storage().read();
        REQUIRE_RESULT(connection);
        return tz::server::currentRevision((*connection)->db());
    }
};

/// Spoils some bytes; the second time they are whole again. One alone may happen to mean the same in a compressed file.
void spoil(const QString &path, qint64 at)
{
    QFile file(path);
    REQUIRE(file.open(QFile::ReadWrite));
    REQUIRE(file.seek(at));
    QByteArray bytes = file.read(64);
    for (char &byte : bytes)
        byte = char(byte ^ 0x5a);
    REQUIRE(file.seek(at));
    REQUIRE(file.write(bytes) == bytes.size());
}

void rewriteManifest(const QString &path, const char *before, const char *after)
{
    zip_t *const archive = zip_open(path.toUtf8().constData(), 0, nullptr);
    REQUIRE(archive);
    const zip_int64_t index = zip_name_locate(archive, "manifest.json", 0);
    REQUIRE(index >= 0);
    zip_file_t *const entry = zip_fopen_index(archive, zip_uint64_t(index), 0);
    QByteArray json(64 * 1024, '\0');
    json.truncate(qsizetype(zip_fread(entry, json.data(), zip_uint64_t(json.size()))));
    zip_fclose(entry);
    REQUIRE(json.contains(before));
    json.replace(before, after);
    zip_source_t *const source = zip_source_buffer(archive, json.constData(), zip_uint64_t(json.size()), 0);
    REQUIRE(zip_file_replace(archive, zip_uint64_t(index), source, 0) == 0);
    REQUIRE(zip_close(archive) == 0);
}

} // namespace

TEST_CASE("a backup is made while the server runs, and a restore goes back to it and on elsewhere", "[server][copies]")
{
    Copying copying;
    copying.admin.pull();
    const Id kept = copying.makeAccount("Kept");
    copying.admin.pull();
    const auto before = copying.revision();
    const auto made = copying.backup("a.backup");
    REQUIRE_RESULT(made);
    CHECK(made->revision == before->rev);
    CHECK(made->chain == before->chain);
    const QString path = copying.file("a.backup");
    CHECK((QFile(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    // Nothing else is left beside it.
    CHECK(QDir(copying.elsewhere.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size() == 1);
    REQUIRE_ERROR(copying.backup("a.backup"), "copies.exists");

    const Id lost = copying.makeAccount("Lost");
    copying.admin.pull();
    copying.server.api.reset();
    REQUIRE_ERROR(copying.restore(path, false), "copies.living");
    const auto restored = copying.restore(path, true);
    REQUIRE_RESULT(restored);
    CHECK(restored->revision == made->revision + leap);
    CHECK_FALSE(restored->keptAside.isEmpty());
    copying.server.reopen();
    const auto after = copying.revision();
    CHECK(after->rev == restored->revision);
    CHECK(after->chain != before->chain);

    // A laptop that saw more is told how far both agree; one that comes anew sees what the backup held.
    const auto hello = copying.admin.hello();
    REQUIRE_RESULT(hello);
    CHECK(hello->commonRev == -1);
    REQUIRE_ERROR(copying.admin.pullOnce(), "sync.history");
    Laptop anew(copying.server, "admin");
    anew.pull();
    CHECK(anew.has(account, kept));
    CHECK_FALSE(anew.has(account, lost));
    CHECK(anew.make({create("crm.account", copying.server.ids.next(), {edit("name", text("New"))})}).rev > leap);

    // Twice from the same backup are two histories, and no number is in both.
    const auto ofFirst = copying.revision();
    copying.server.clock.advanceMs(1000);
    copying.server.api.reset();
    const auto second = copying.restore(path, true);
    REQUIRE_RESULT(second);
    CHECK(second->revision > ofFirst->rev);
    copying.server.reopen();
    CHECK(copying.revision()->rev == second->revision);
}

TEST_CASE("what is damaged, cut off or of somebody else is not restored, and nothing is changed", "[server][copies]")
{
    Copying copying;
    copying.makeAccount("Kept");
    REQUIRE_RESULT(copying.backup("a.backup"));
    const auto before = copying.revision();
    copying.server.api.reset();
    const QString path = copying.file("a.backup");
    const qint64 size = QFile(path).size();
    QByteArray whole;
    {
        QFile file(path);
        REQUIRE(file.open(QFile::ReadOnly));
        whole = file.readAll();
    }
    const auto refused = [&](const QByteArray &bytes, const char *code) {
        const QString spoilt = copying.file("spoilt");
        QFile file(spoilt);
        REQUIRE(file.open(QFile::WriteOnly | QFile::Truncate));
        REQUIRE(file.write(bytes) == bytes.size());
        file.close();
        REQUIRE_ERROR(copying.restore(spoilt, true), code);
    };
    // Anywhere in the content, also where the database would not notice it.
    for (const qint64 at : {size / 4, size / 2, size - 2000}) {
        spoil(path, at);
        REQUIRE_ERROR(copying.restore(path, true), "copies.damaged");
        spoil(path, at);
    }
    for (const qsizetype length : {whole.size() / 2, qsizetype(1500)})
        refused(whole.left(length), "copies.damaged");
    refused({}, "copies.foreign");
    refused("not a backup at all", "copies.foreign");
    refused(QByteArray(whole.size(), 'x'), "copies.foreign");
    // A whole zip whose manifest says something else.
    const auto saying = [&](const char *said, const char *says, const char *code) {
        const QString other = copying.file("other");
        QFile::remove(other);
        REQUIRE(QFile::copy(path, other));
        rewriteManifest(other, said, says);
        REQUIRE_ERROR(copying.restore(other, true), code);
    };
    saying("\"format\": 1", "\"format\": 9", "copies.newer");
    saying("\"revision\": ", "\"revisiom\": ", "copies.damaged");
    saying("\"sha256\": \"", "\"sha256\": \"00", "copies.damaged");
    saying("\"size\": ", "\"size\": 1", "copies.damaged");
    saying("\"tongzhou\"", "\"somebody\"", "copies.foreign");
    REQUIRE_ERROR(copying.restore(copying.file("nowhere"), true), "copies.cannot_read");

    copying.server.reopen();
    CHECK(copying.revision()->rev == before->rev);
    CHECK(copying.revision()->chain == before->chain);
    const QStringList left = QDir(copying.server.folder.path()).entryList(QDir::Files);
    for (const QString &name : left)
        CHECK_FALSE((name.contains(u"restor") || name.contains(u"before")));
    // The backup itself is whole again.
    copying.server.api.reset();
    REQUIRE_RESULT(copying.restore(path, true));
    copying.server.reopen();
    CHECK(copying.revision()->rev == before->rev + leap);
}

TEST_CASE("a backup goes back to the kind of database that it is from", "[server][copies]")
{
    Copying copying;
    REQUIRE_RESULT(copying.backup("a.backup"));
    server::Environment other = copying.server.environment;
    const bool wasFile = other.database.isEmpty();
    other.database = wasFile ? QStringLiteral("postgresql://nobody@127.0.0.1:1/none") : QString();
    REQUIRE_ERROR(server::restore(copying.file("folder"), other, copying.file("a.backup"), false), "copies.other_kind");
    CHECK_FALSE(QFile::exists(copying.file("folder")));
    if (wasFile)
        return;
    other.database = copying.server.environment.database + QStringLiteral("?schema=another");
    REQUIRE_ERROR(server::restore(copying.file("folder"), other, copying.file("a.backup"), false),
                  "copies.other_schema");
}

TEST_CASE("a backup is whole while others write", "[server][copies][threads]")
{
    Copying copying;
    for (int i = 0; i < 20; ++i)
        copying.makeAccount("Before");
    std::atomic<bool> over{false}, failed{false};
    std::thread writer([&] {
        while (!over && !failed) {
            const Id id = copying.server.ids.next();
            const auto answer =
                copying.admin.push({copying.admin.batch({create("crm.account", id, {edit("name", text("Now"))})})});
            failed = !answer;
        }
    });
    std::vector<Result<server::Manifest>> results;
    for (const char *name : {"a.backup", "b.backup", "c.backup"})
        results.push_back(copying.backup(name));
    over = true;
    writer.join();
    CHECK_FALSE(failed);
    std::vector<server::Manifest> made;
    for (const auto &one : results) {
        REQUIRE_RESULT(one);
        made.push_back(*one);
    }
    CHECK(made[0].revision < made[2].revision);
    copying.server.api.reset();
    REQUIRE_RESULT(copying.restore(copying.file("b.backup"), true));
    copying.server.reopen();
    Laptop anew(copying.server, "admin");
    anew.pull();
    // Each account is a revision: none of them is missing, none is there too early.
    const auto revision = copying.revision();
    CHECK(revision->rev == made[1].revision + leap);
    qint64 newest = 0;
    for (const auto &copy : anew.records.value(account))
        newest = std::max(newest, copy.rev);
    CHECK(newest == made[1].revision);
}
