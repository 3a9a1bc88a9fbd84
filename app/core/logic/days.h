// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/record.h"

#include <QDate>

/// Moments and days of the company: a moment is milliseconds since 1970 UTC, a day is one of the company's time zone,
/// `utcOffsetSeconds` east of UTC.
namespace tz {

TZ_CORE_EXPORT QDate dayOf(qint64 ms, int utcOffsetSeconds);
/// The first millisecond of the day.
TZ_CORE_EXPORT qint64 startOfDay(QDate day, int utcOffsetSeconds);
/// The day of a datetime field; invalid where it is empty.
TZ_CORE_EXPORT QDate dayIn(const Record &record, QStringView field, int utcOffsetSeconds);

} // namespace tz
