// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/databasefile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace tz::server {

namespace {
QString fileIn(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("database"));
}
} // namespace

Result<QString> rememberedDatabase(const QString &folder)
{
    QFile file(fileIn(folder));
    if (!file.exists())
        return QString();
    if (!file.open(QFile::ReadOnly))
        return fail("server.cannot_read",
                    {{QStringLiteral("path"), file.fileName()}, {QStringLiteral("reason"), file.errorString()}});
    return QString::fromUtf8(file.readLine(64 * 1024)).trimmed();
}

Result<> rememberDatabase(const QString &folder, const QString &url)
{
    TZ_ASSIGN(const QString known, rememberedDatabase(folder));
    if (known == url)
        return {};
    QDir().mkpath(folder);
    QSaveFile file(fileIn(folder));
    // It may hold a password, and is closed to others before that is in it.
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(url.toUtf8() + '\n') < 0 || !file.commit())
        return fail("server.cannot_write",
                    {{QStringLiteral("path"), file.fileName()}, {QStringLiteral("reason"), file.errorString()}});
    return {};
}

} // namespace tz::server
