// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/recovery.h"

#include <QDateTime>
#include <QFile>

namespace tz {

namespace {
constexpr int mostFaults = 5;
} // namespace

Result<> checkIntegrity(Database &database, bool quick)
{
    const QByteArray limit = QByteArray::number(mostFaults);
    TZ_ASSIGN(Statement check,
              database.prepare((quick ? "PRAGMA quick_check(" : "PRAGMA integrity_check(") + limit + ')'));
    QStringList faults;
    for (;;) {
        TZ_ASSIGN(const bool found, check.step());
        if (!found)
            break;
        if (const QString line = check.text(0); line != QLatin1String("ok"))
            faults << line;
    }
    if (faults.isEmpty())
        return {};
    return fail("store.damaged", {{QStringLiteral("path"), database.path()},
                                  {QStringLiteral("detail"), faults.join(QStringLiteral("; "))}});
}

Result<QString> setAside(const QString &path, qint64 nowMs, const QString &why)
{
    const QString stamp = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString first = path + u'.' + why + u'-' + stamp;
    QString aside = first;
    for (int n = 2; QFile::exists(aside); ++n)
        aside = first + u'-' + QString::number(n);
    if (!QFile::rename(path, aside))
        return fail("store.cannot_set_aside", {{QStringLiteral("path"), path}});
    // The journal belongs to this file and to no other: a new database must not find it.
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, aside + suffix))
            return fail("store.cannot_set_aside", {{QStringLiteral("path"), path + suffix}});
    }
    return aside;
}

} // namespace tz
