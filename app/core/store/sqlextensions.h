// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

namespace tz {

class Database;

/// Adds to a connection what our SQL uses besides SQLite's own:
/// the collation `pinyin`; `tz_sort_key(text)`, the blob by which texts sort (core/locale/collation.h);
/// `tz_period(value, grain, offset)`, the first day of the day, week, month, quarter or year: of a date when offset is
/// null, else of a time in milliseconds as seen `offset` seconds east of UTC;
/// the aggregates `tz_sum(x)` and `tz_average(x, raise)` over integers, exact, null when the result does not fit
/// (the average is half-even with `raise` more digits than x);
/// and the functions of the expression language.
Result<> registerSqlExtensions(Database &database);

/// Grains of tz_period by their names in queries; -1 for others.
int periodGrain(QStringView name);
/// First day of the period that holds the day; days since 1970-01-01.
qint64 periodStart(qint64 day, int grain);

} // namespace tz
