// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalog.h"

namespace tz {

namespace {
Result<QByteArray> content(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail("department.cannot_read",
                    {{QStringLiteral("path"), path}, {QStringLiteral("reason"), file.errorString()}});
    return file.readAll();
}
} // namespace

Result<DepartmentFiles> DepartmentFiles::read(const QDir &folder)
{
    DepartmentFiles files;
    files.origin = folder.path();
    TZ_ASSIGN(files.module, content(folder.filePath(QStringLiteral("module.json"))));
    for (const char *part : {"entities", "reports"}) {
        const QDir inner(folder.filePath(QLatin1String(part)));
        const QStringList names = inner.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            TZ_ASSIGN(QByteArray bytes, content(inner.filePath(name)));
            const QString relative = QLatin1String(part) + u'/' + name;
            if (relative.startsWith(QLatin1String("reports/")))
                files.reports.insert(relative, bytes);
            else if (name.endsWith(QLatin1String(".extend.json")))
                files.extensions.insert(relative, bytes);
            else
                files.entities.insert(relative, bytes);
        }
    }
    return files;
}

} // namespace tz
