// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/catalog/entity.h"
#include "workbench/export.h"

#include <QLocale>

/// Values as people read and type them, in the default QLocale (the desktop sets it with the language).
namespace tz::formatting {

/// A scaled integer with grouped digits; at least `minimumDigits` and at most `scale` digits after the point.
TZ_WORKBENCH_EXPORT QString number(qint64 value, int scale, int minimumDigits = 0);
/// An amount with the currency's sign ("¥1,409.50", "US$12.00" in Chinese); an empty code is the company's.
TZ_WORKBENCH_EXPORT QString money(qint64 value, const QString &currency = {}, int scale = 4);
TZ_WORKBENCH_EXPORT QString percent(qint64 value, int scale = 4);
/// "2026/11/23": always with four digits of the year.
TZ_WORKBENCH_EXPORT QString date(QDate date);
TZ_WORKBENCH_EXPORT QString dateTime(const QDateTime &time);
/// "today", "yesterday", "in 3 days", or the date.
TZ_WORKBENCH_EXPORT QString relativeDate(QDate date, QDate today);
/// "2 minutes ago", "3 hours ago", then the date.
TZ_WORKBENCH_EXPORT QString relativeTime(const QDateTime &time, const QDateTime &now);
/// "1 h 30 min" of seconds.
TZ_WORKBENCH_EXPORT QString duration(qint64 seconds);
/// Short figures for axes and cards: 1.2万, 3.4亿 in Chinese, 12K, 3.4M elsewhere.
TZ_WORKBENCH_EXPORT QString compact(qint64 value, int scale);
TZ_WORKBENCH_EXPORT QString compact(double value);
/// One line of an address.
TZ_WORKBENCH_EXPORT QString address(const QString &json);

/// Any value of a field. References and members of sets give `title`; choices their label; money uses `currency`.
TZ_WORKBENCH_EXPORT QString value(const Entity &entity, const Field &field, const Value &value,
                                  const QString &title = {}, const QString &currency = {});
/// What an editor starts with: exact, without signs and grouping.
TZ_WORKBENCH_EXPORT QString editText(const Field &field, const Value &value);
/// Figures for files: a point, no grouping, no sign.
TZ_WORKBENCH_EXPORT QString exact(const Field &field, const Value &value);
/// Reads what was typed: full-width digits, grouping, currency signs, 万 and 亿, % are understood; dates as
/// year-month-day, in the locale's order, as 20261123, "today", "+7", "明天"; durations as "1:30", "1h30", "90 min".
/// Empty text is null. Errors: input.not_a_number, input.not_a_date, input.not_a_duration, input.too_many_digits
/// {digits}, input.not_json.
TZ_WORKBENCH_EXPORT Result<Value> parse(const Field &field, const QString &text, QDate today = QDate::currentDate());

/// ISO 4217 code of the company's currency; CNY until it is set.
TZ_WORKBENCH_EXPORT QString companyCurrency();
TZ_WORKBENCH_EXPORT void setCompanyCurrency(const QString &code);
/// Numbers, dates and amounts stand at the right of their cell.
TZ_WORKBENCH_EXPORT bool isRightAligned(const Field &field);
/// A literal of the expression language for a value of the field.
TZ_WORKBENCH_EXPORT QString literal(const Field &field, const Value &value);

} // namespace tz::formatting
