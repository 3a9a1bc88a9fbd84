// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/sqlextensions.h"

#include "core/base/decimal.h"
#include "core/base/utf8.h"
#include "core/expression/expression.h"
#include "core/locale/collation.h"
#include "core/store/database.h"

#include <sqlite3.h>

namespace tz {

namespace {

__extension__ using Wide = __int128;

enum Grain { Day, Week, Month, Quarter, Year };

// Days from 1970-01-01 to year and month of the proleptic Gregorian calendar and back, without any library in the way:
// grouping a million rows by month calls it a million times.
struct Civil {
    qint64 year;
    int month;
};

Civil civilOf(qint64 day)
{
    const qint64 shifted = day + 719468;
    const qint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const qint64 dayOfEra = shifted - era * 146097;
    const qint64 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const qint64 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const qint64 monthFromMarch = (5 * dayOfYear + 2) / 153;
    const int month = int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month};
}

qint64 firstOfMonth(Civil civil)
{
    const qint64 year = civil.year - (civil.month <= 2 ? 1 : 0);
    const qint64 era = (year >= 0 ? year : year - 399) / 400;
    const qint64 yearOfEra = year - era * 400;
    const qint64 dayOfYear = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5;
    const qint64 dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

qint64 floorDiv(qint64 a, qint64 b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

Value valueOf(sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return Value(sqlite3_value_int64(value));
    case SQLITE_TEXT:
        return Value(
            textOfUtf8({reinterpret_cast<const char *>(sqlite3_value_text(value)), sqlite3_value_bytes(value)}));
    case SQLITE_BLOB: {
        const QByteArrayView bytes(static_cast<const char *>(sqlite3_value_blob(value)), sqlite3_value_bytes(value));
        if (const auto id = Id::fromBytes(bytes))
            return Value(*id);
        return Value(bytes.toByteArray());
    }
    default:
        return {};
    }
}

void answer(sqlite3_context *context, const Value &value)
{
    if (value.isInteger()) {
        sqlite3_result_int64(context, value.toInteger());
    } else if (value.isText() && !value.toText().isEmpty()) {
        const QByteArray utf8 = value.toText().toUtf8();
        sqlite3_result_text64(context, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (value.isId()) {
        sqlite3_result_blob(context, value.toId().bytes.data(), 16, SQLITE_TRANSIENT);
    } else if (value.isBytes()) {
        const QByteArray bytes = value.toBytes();
        sqlite3_result_blob64(context, bytes.constData(), sqlite3_uint64(bytes.size()), SQLITE_TRANSIENT);
    } else {
        sqlite3_result_null(context);
    }
}

void callExpressionFunction(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const auto *const function = static_cast<const expression::SqlFunction *>(sqlite3_user_data(context));
    ValueList values;
    values.reserve(size_t(count));
    for (int i = 0; i < count; ++i)
        values.push_back(valueOf(arguments[i]));
    answer(context, function->call(values));
}

void sortKeyFunction(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[0]) != SQLITE_TEXT)
        return sqlite3_result_value(context, arguments[0]);
    static thread_local QByteArray buffer;
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_value_text(arguments[0])),
                                           sqlite3_value_bytes(arguments[0]));
    const qsizetype length = collation::sortKey(text, buffer);
    if (length == 0)
        return sqlite3_result_null(context);
    sqlite3_result_blob(context, buffer.constData(), int(length), SQLITE_TRANSIENT);
}

void periodFunction(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[0]) != SQLITE_INTEGER)
        return sqlite3_result_null(context);
    qint64 day = sqlite3_value_int64(arguments[0]);
    if (sqlite3_value_type(arguments[2]) != SQLITE_NULL)
        day = floorDiv(floorDiv(day, 1000) + sqlite3_value_int64(arguments[2]), 86'400);
    sqlite3_result_int64(context, periodStart(day, sqlite3_value_int(arguments[1])));
}

struct Total {
    Wide sum;
    qint64 count;
    int raise;
};

void totalStep(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[0]) != SQLITE_INTEGER)
        return;
    auto *const total = static_cast<Total *>(sqlite3_aggregate_context(context, sizeof(Total)));
    if (!total)
        return sqlite3_result_error_nomem(context);
    total->sum += sqlite3_value_int64(arguments[0]);
    ++total->count;
    if (count > 1)
        total->raise = sqlite3_value_int(arguments[1]);
}

void answerWide(sqlite3_context *context, Wide value)
{
    const auto narrow = static_cast<qint64>(value);
    if (narrow == value)
        sqlite3_result_int64(context, narrow);
    else
        sqlite3_result_null(context);
}

void sumFinal(sqlite3_context *context)
{
    const auto *const total = static_cast<const Total *>(sqlite3_aggregate_context(context, 0));
    if (total)
        answerWide(context, total->sum);
}

void averageFinal(sqlite3_context *context)
{
    const auto *const total = static_cast<const Total *>(sqlite3_aggregate_context(context, 0));
    if (!total || total->count == 0)
        return;
    const Wide dividend = total->sum * decimal::powerOfTen(total->raise);
    const Wide divisor = total->count;
    Wide quotient = dividend / divisor;
    const Wide twice = 2 * (dividend % divisor < 0 ? -(dividend % divisor) : dividend % divisor);
    if (twice > divisor || (twice == divisor && quotient % 2 != 0))
        quotient += dividend < 0 ? -1 : 1;
    answerWide(context, quotient);
}

int comparePinyin(void *, int aSize, const void *a, int bSize, const void *b)
{
    return collation::compareUtf8(static_cast<const char *>(a), aSize, static_cast<const char *>(b), bSize);
}

} // namespace

int periodGrain(QStringView name)
{
    static const QStringList names{QStringLiteral("day"), QStringLiteral("week"), QStringLiteral("month"),
                                   QStringLiteral("quarter"), QStringLiteral("year")};
    return int(names.indexOf(name));
}

qint64 periodStart(qint64 day, int grain)
{
    switch (grain) {
    case Week:
        // 1970-01-01 was a Thursday; weeks begin on Monday.
        return floorDiv(day + 3, 7) * 7 - 3;
    case Month:
        return firstOfMonth(civilOf(day));
    case Quarter: {
        Civil civil = civilOf(day);
        civil.month -= (civil.month - 1) % 3;
        return firstOfMonth(civil);
    }
    case Year:
        return firstOfMonth({civilOf(day).year, 1});
    default:
        return day;
    }
}

Result<> registerSqlExtensions(Database &database)
{
    sqlite3 *const db = database.handle();
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const auto checked = [&database](int code) -> Result<> {
        if (code != SQLITE_OK)
            return fail(database.lastError(code));
        return {};
    };
    TZ_TRY(checked(sqlite3_create_collation_v2(db, "pinyin", SQLITE_UTF8, nullptr, comparePinyin, nullptr)));
    TZ_TRY(checked(
        sqlite3_create_function_v2(db, "tz_sort_key", 1, flags, nullptr, sortKeyFunction, nullptr, nullptr, nullptr)));
    TZ_TRY(checked(
        sqlite3_create_function_v2(db, "tz_period", 3, flags, nullptr, periodFunction, nullptr, nullptr, nullptr)));
    TZ_TRY(checked(sqlite3_create_function_v2(db, "tz_sum", 1, flags, nullptr, nullptr, totalStep, sumFinal, nullptr)));
    TZ_TRY(checked(
        sqlite3_create_function_v2(db, "tz_average", 2, flags, nullptr, nullptr, totalStep, averageFinal, nullptr)));
    for (const expression::SqlFunction &function : expression::sqlFunctions()) {
        void *const data = const_cast<expression::SqlFunction *>(&function);
        TZ_TRY(checked(sqlite3_create_function_v2(db, function.name, function.arguments, flags, data,
                                                  callExpressionFunction, nullptr, nullptr, nullptr)));
    }
    return {};
}

} // namespace tz
