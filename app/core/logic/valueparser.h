// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/catalog/entity.h"

#include <functional>

/// Reads values as people and other programs write them into files.
namespace tz::valueparser {

enum class DateOrder { YearMonthDay, DayMonthYear, MonthDayYear };

/// How the values of one column are written.
struct Style {
    DateOrder order = DateOrder::YearMonthDay;
    /// 1.234,56 instead of 1,234.56.
    bool decimalComma = false;
    /// Times of day without an offset are meant here, seconds east of UTC.
    int utcOffsetSeconds = 0;
    /// Other names of choices and states; may be empty.
    std::function<QStringList(const Entity &, const Field &, const Choice &)> choiceNames;
};

/// Learns a column's style from its values, all of which are shown to it.
class TZ_CORE_EXPORT StyleFinder {
public:
    void seeDate(QStringView text);
    void seeNumber(QStringView text);

    /// The orders that all dates seen allow.
    QList<DateOrder> orders() const;
    /// A date that reads differently in different orders; empty if there was none.
    QString ambiguousExample() const { return m_example; }
    bool decimalComma() const { return m_comma && !m_point; }

private:
    bool m_yearFirst = true;
    bool m_dayFirst = true;
    bool m_monthFirst = true;
    bool m_comma = false;
    bool m_point = false;
    QString m_example;
};

/// "dmy", "mdy", "ymd", or a pattern whose order of day, month and year counts ("dd-MM-yyyy", "%d/%m/%Y").
TZ_CORE_EXPORT std::optional<DateOrder> orderFromText(QStringView text);
TZ_CORE_EXPORT QString orderName(DateOrder order);

TZ_CORE_EXPORT std::optional<QDate> date(QStringView text, DateOrder order);
/// Milliseconds since 1970 UTC.
TZ_CORE_EXPORT std::optional<qint64> dateTime(QStringView text, const Style &style);
/// Scaled; currency signs, grouping, brackets for negative, 万 and 亿 are understood; trailing zeros do not count.
/// Errors: import.bad_number {value}, import.too_precise {value, digits}.
TZ_CORE_EXPORT Result<qint64> number(QStringView text, int scale, bool decimalComma);

/// The value of a field that holds no reference. Empty text is null.
/// Errors: import.bad_date, import.bad_number, import.too_precise, import.bad_bool, import.bad_address {value},
/// record.bad_choice {value}.
TZ_CORE_EXPORT Result<Value> value(const Entity &entity, const Field &field, QStringView text, const Style &style);

/// For comparing titles and names: NFKC, case folded, single spaces.
TZ_CORE_EXPORT QString folded(QStringView text);
/// Members of a set written in one cell.
TZ_CORE_EXPORT QStringList members(const Field &field, QStringView text);

} // namespace tz::valueparser
