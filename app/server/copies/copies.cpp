// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/copies/copies.h"

#include "core/store/recovery.h"
#include "server/copies/postgrescopies.h"
#include "server/storage/backend.h"
#include "server/storage/storage.h"

#include <sqlite3.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace tz::server {

namespace {

constexpr int pagesAtOnce = 1024;
const char *const companions[] = {"", "-wal", "-shm"};

QString fileIn(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("server.sqlite"));
}

/// The copy and what it says of itself come from one snapshot, which lasts as long as the steps do.
Result<> copyPages(Database &from, const QString &to)
{
    sqlite3 *target = nullptr;
    const int opened = sqlite3_open_v2(to.toUtf8().constData(), &target,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3 *)> closing(target, sqlite3_close);
    int code = opened;
    if (opened == SQLITE_OK) {
        // Nobody needs half a copy: there is nothing to be rolled back and nothing to be synced yet.
        sqlite3_exec(target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
        sqlite3_backup *const copying = sqlite3_backup_init(target, "main", from.handle(), "main");
        do {
            code = copying ? sqlite3_backup_step(copying, pagesAtOnce) : sqlite3_errcode(target);
        } while (code == SQLITE_OK);
        code = copying ? sqlite3_backup_finish(copying) : code;
    }
    return code == SQLITE_OK ? Result<>() : fail(from.lastError(code));
}

Result<> backupFile(const QString &folder, const Environment &environment, const QString &content, Manifest &manifest)
{
    TZ_ASSIGN(const std::unique_ptr<Backend> backend, Backend::open(folder, environment, false));
    TZ_ASSIGN(const std::unique_ptr<Database> database, backend->reader());
    {
        TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(*database));
        TZ_TRY(describe(*database, manifest));
        TZ_TRY(copyPages(*database, content));
    }
    // A backup of a damaged file would be found out when it is needed.
    TZ_ASSIGN(const std::unique_ptr<Database> copy, Database::open(content, {Database::Mode::ReadOnly, {}, 64 * 1024}));
    return checkIntegrity(*copy);
}

Result<> rename(const QString &from, const QString &to)
{
    for (const char *end : companions) {
        QFile file(from + QLatin1String(end));
        if (file.exists() && !file.rename(to + QLatin1String(end)))
            return fail("copies.cannot_write",
                        {{QStringLiteral("path"), to}, {QStringLiteral("reason"), file.errorString()}});
    }
    return {};
}

void remove(const QString &file)
{
    for (const char *end : companions)
        QFile::remove(file + QLatin1String(end));
}

/// What the backup holds must be what it says; then history goes on elsewhere.
Result<qint64> checkedAndMoved(const QString &file, const Manifest &manifest, const Environment &environment,
                               const QString &input)
{
    TZ_ASSIGN(const std::unique_ptr<Database> database, Database::open(file));
    TZ_TRY(checkIntegrity(*database));
    TZ_TRY(database->setDurable(true));
    return moveHistoryOn(*database, manifest, environment, input);
}

Result<Restored> restoreFile(const QString &folder, const Environment &environment, const QString &input,
                             const Manifest &manifest)
{
    Restored restored;
    restored.from = manifest;
    const QString file = fileIn(folder);
    const QString arriving = file + QStringLiteral(".restoring");
    remove(arriving);
    auto moved = unpack(input, arriving).and_then([&](const Manifest &) {
        return checkedAndMoved(arriving, manifest, environment, input);
    });
    if (!moved) {
        remove(arriving);
        return fail(moved.error());
    }
    restored.revision = *moved;
    if (QFileInfo::exists(file)) {
        TZ_ASSIGN(restored.keptAside, setAside(file, environment.clock->nowMs(), QStringLiteral("before-restore")));
    }
    if (const auto placed = rename(arriving, file); !placed) {
        if (!restored.keptAside.isEmpty())
            (void)rename(restored.keptAside, file);
        return fail(placed.error());
    }
    return restored;
}

} // namespace

Result<> describe(Database &database, Manifest &manifest)
{
    TZ_ASSIGN(const Revision now, currentRevision(database));
    TZ_ASSIGN(const QByteArray server, setting(database, "server_id"));
    manifest.revision = now.rev;
    manifest.chain = now.chain;
    manifest.server = Id::fromBytes(server).value_or(Id());
    return {};
}

Result<qint64> moveHistoryOn(Database &database, const Manifest &manifest, const Environment &environment,
                             const QString &input)
{
    Manifest found;
    TZ_TRY(describe(database, found));
    if (found.server != manifest.server || found.revision != manifest.revision)
        return fail("copies.damaged", {{QStringLiteral("path"), input}});
    TZ_ASSIGN(Transaction transaction, Transaction::begin(database));
    IdSource ids(*environment.clock, *environment.entropy);
    TZ_ASSIGN(const Revision now, leapForward(database, environment.clock->nowMs(), ids.next()));
    TZ_TRY(transaction.commit());
    return now.rev;
}

Result<Manifest> backup(const QString &folder, const Environment &environment, const QString &output)
{
    if (QFileInfo::exists(output))
        return fail("copies.exists", {{QStringLiteral("path"), output}});
    // Beside the output, where there must be room for it anyway.
    const QTemporaryDir beside(QFileInfo(output).absoluteDir().filePath(QStringLiteral(".tongzhou-backup-XXXXXX")));
    if (!beside.isValid())
        return fail("copies.cannot_write",
                    {{QStringLiteral("path"), output}, {QStringLiteral("reason"), beside.errorString()}});
    const QString content = beside.filePath(QStringLiteral("content"));
    Manifest manifest;
    manifest.program = QStringLiteral("tongzhou-server " TZ_VERSION);
    manifest.madeAtMs = environment.clock->nowMs();
    if (environment.database.isEmpty())
        TZ_TRY(backupFile(folder, environment, content, manifest));
    else
        TZ_TRY(backupPostgres(environment, content, manifest));
    TZ_TRY(pack(output, manifest, content));
    return manifest;
}

Result<Restored> restore(const QString &folder, const Environment &environment, const QString &input, bool over)
{
    TZ_ASSIGN(const Manifest manifest, manifestOf(input));
    const bool toFile = environment.database.isEmpty();
    if (toFile != (manifest.kind == Manifest::Kind::Sqlite))
        return fail("copies.other_kind",
                    {{QStringLiteral("path"), input},
                     {QStringLiteral("kind"), toFile ? QStringLiteral("PostgreSQL") : QStringLiteral("SQLite")}});
    if (!toFile)
        return restorePostgres(environment, input, manifest, over);
    if (!over && QFileInfo::exists(fileIn(folder)))
        return fail("copies.living", {{QStringLiteral("path"), folder}});
    if (!QDir().mkpath(folder))
        return fail("store.cannot_open", {{QStringLiteral("path"), folder}});
    return restoreFile(folder, environment, input, manifest);
}

} // namespace tz::server
