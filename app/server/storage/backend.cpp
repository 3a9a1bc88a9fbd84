// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/backend.h"

#include "server/deadline.h"
#include "server/postgres/backend.h"

#include <sqlite3.h>

#include <QDir>
#include <QFileInfo>

namespace tz::server {

Announcements::~Announcements() = default;
Backend::~Backend() = default;

namespace {

/// Steps of SQLite's machine between two looks at the clock: some tenths of a millisecond.
constexpr int stepsBetweenLooks = 20'000;

/// One file: one writing connection, which alone checkpoints, and reading ones.
class SqliteBackend final : public Backend {
public:
    SqliteBackend(QString folder, const Environment &environment)
        : m_folder(std::move(folder))
        , m_vfs(environment.vfs)
        , m_checkpoints(environment.checkpoints)
    {
    }
    QString file() const { return QDir(m_folder).filePath(QStringLiteral("server.sqlite")); }

    Result<> make(bool create)
    {
        m_create = create;
        if (create) {
            if (!QDir().mkpath(m_folder))
                return fail("store.cannot_open", {{QStringLiteral("path"), m_folder}});
            QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        } else if (m_vfs.isEmpty() && !QFileInfo::exists(file())) {
            return fail("server.not_initialised", {{QStringLiteral("path"), m_folder}});
        }
        return {};
    }
    QString place() const override { return m_folder; }
    bool isShared() const override { return false; }

    Result<std::unique_ptr<Database>> writer() override
    {
        Database::Options options;
        options.vfs = m_vfs;
        TZ_ASSIGN(auto database, Database::open(file(), options));
        // Its companions get the file's permissions from SQLite.
        if (m_create && m_vfs.isEmpty())
            QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner);
        // What was acknowledged is on the disk.
        TZ_TRY(database->setDurable(true));
        if (!m_checkpoints)
            TZ_TRY(database->execute("PRAGMA wal_autocheckpoint=0"));
        return database;
    }

    Result<std::unique_ptr<Database>> reader() override
    {
        Database::Options options;
        options.mode = Database::Mode::ReadOnly;
        options.vfs = m_vfs;
        // There are several, and the system keeps the file's pages for all of them.
        options.cacheKiB = 16 * 1024;
        TZ_ASSIGN(auto database, Database::open(file(), options));
        sqlite3_progress_handler(
            database->handle(), stepsBetweenLooks, [](void *) { return int(Deadline::isOver()); }, nullptr);
        return database;
    }

    Result<> beginSchema(Database &) override { return {}; }
    Result<> finishSchema(Database &, const Model &, bool) override { return {}; }
    std::unique_ptr<Announcements> listen(std::function<void()>) override { return {}; }

    Result<Figures> figures(Database &) override
    {
        Figures figures{QStringLiteral("sqlite"), QString::fromLatin1(sqlite3_libversion()), 0};
        for (const char *end : {"", "-wal"})
            figures.bytes += QFileInfo(file() + QLatin1String(end)).size();
        return figures;
    }

    void discard() override
    {
        for (const char *end : {"", "-wal", "-shm"})
            QFile::remove(file() + QLatin1String(end));
    }

private:
    QString m_folder;
    QByteArray m_vfs;
    bool m_checkpoints;
    bool m_create = false;
};

} // namespace

Result<std::unique_ptr<Backend>> Backend::open(const QString &folder, const Environment &environment, bool create)
{
    if (!environment.database.isEmpty())
        return openPostgres(environment.database, create);
    auto backend = std::make_unique<SqliteBackend>(folder, environment);
    TZ_TRY(backend->make(create));
    return std::unique_ptr<Backend>(std::move(backend));
}

} // namespace tz::server
