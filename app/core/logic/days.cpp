// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/days.h"

#include <QDateTime>

namespace tz {

QDate dayOf(qint64 ms, int utcOffsetSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(ms + qint64(utcOffsetSeconds) * 1000, Qt::UTC).date();
}

qint64 startOfDay(QDate day, int utcOffsetSeconds)
{
    return QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() - qint64(utcOffsetSeconds) * 1000;
}

QDate dayIn(const Record &record, QStringView field, int utcOffsetSeconds)
{
    const Value value = record.value(field);
    return value.isInteger() ? dayOf(value.toInteger(), utcOffsetSeconds) : QDate();
}

} // namespace tz
