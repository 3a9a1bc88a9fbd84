// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/profile.h"
#include "core/store/recovery.h"
#include "tests/unit/core/store/storefixture.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace tz;
using namespace tz::test;

TEST_CASE("a profile belongs to one program at a time and to its user alone", "[profile]")
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a/b/profile"));
    {
        const auto first = must(Profile::open(path, QStringLiteral("tongzhou")));
        CHECK(first->databasePath() == path + QLatin1String("/replica.sqlite"));
#ifdef Q_OS_UNIX
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
        CHECK((QFile::permissions(path) & others) == QFileDevice::Permissions());
#endif
        const auto second = Profile::open(path, QStringLiteral("tongzhou-cli"));
        REQUIRE_ERROR(second, "profile.in_use");
        CHECK(second.error().params.value(QStringLiteral("program")).toString() == QLatin1String("tongzhou"));
        CHECK(second.error().params.value(QStringLiteral("pid")).toLongLong() == QCoreApplication::applicationPid());
    }
    CHECK(Profile::open(path, QStringLiteral("tongzhou-cli")).has_value());
}

TEST_CASE("the lock of a program that crashed does not last", "[profile]")
{
    QTemporaryDir folder;
    QFile lock(folder.filePath(QStringLiteral("lock")));
    REQUIRE(lock.open(QIODevice::WriteOnly));
    // A process number that the system never gives out.
    lock.write("999999999\ntongzhou\n" + QSysInfo::machineHostName().toUtf8() + "\n" + QSysInfo::machineUniqueId() +
               "\n" + QSysInfo::bootUniqueId() + "\n");
    lock.close();
    CHECK(Profile::open(folder.path(), QStringLiteral("tongzhou")).has_value());
}

TEST_CASE("a profile that cannot be is refused with its path", "[profile]")
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.close();
    const auto result = Profile::open(file.fileName(), QStringLiteral("tongzhou"));
    REQUIRE_ERROR(result, "profile.cannot_create");
    CHECK(result.error().params.value(QStringLiteral("path")).toString() == file.fileName());
}

TEST_CASE("damage is noticed, and the damaged file is set aside with its journal", "[profile]")
{
    QString path;
    {
        Store store;
        for (int i = 0; i < 400; ++i)
            store.put("customer", {{"name", Value(QStringLiteral("客户%1").arg(i))}});
        must(checkIntegrity(*store.database));
        must(checkIntegrity(*store.database, false));
        must(store.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        store.folder.setAutoRemove(false);
        path = store.path();
    }
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadWrite));
    REQUIRE(file.size() > 20 * 4096);
    // Zeros over the pages in the middle, as a failing disk leaves them.
    file.seek(8 * 4096);
    file.write(QByteArray(8 * 4096, '\0'));
    file.close();
    {
        auto damaged = Database::open(path);
        if (damaged)
            REQUIRE_ERROR(checkIntegrity(**damaged), "store.damaged");
        else
            CHECK(damaged.error().code == "store.damaged");
    }
    QFile wal(path + QLatin1String("-wal"));
    REQUIRE(wal.open(QIODevice::WriteOnly));
    wal.close();
    const QString aside = must(setAside(path, 1'790'000'000'000));
    CHECK(aside.startsWith(path + QLatin1String(".damaged-2026")));
    CHECK_FALSE(QFile::exists(path));
    CHECK_FALSE(QFile::exists(path + QLatin1String("-wal")));
    CHECK(QFile::exists(aside));
    CHECK(QFile::exists(aside + QLatin1String("-wal")));
    must(Database::open(path));
    CHECK(must(setAside(path, 1'790'000'000'000)) != aside);
    REQUIRE_ERROR(setAside(path, 1'790'000'000'000), "store.cannot_set_aside");
    QDir(QFileInfo(path).absolutePath()).removeRecursively();
}
