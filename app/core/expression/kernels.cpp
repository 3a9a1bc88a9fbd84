// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/kernels.h"

#include "core/base/check.h"
#include "core/base/decimal.h"
#include "core/expression/expression.h"

#include <cstring>
#include <limits>

namespace tz::expression {

namespace {
using Arguments = std::span<const Value>;

constexpr qint64 msPerDay = 86'400'000;
/// QDate counts in this range without trouble; other days are null.
constexpr qint64 largestDay = 100'000'000;

Value fromNumber(decimal::Number number)
{
    return number ? Value(*number) : Value();
}

/// An empty text is null.
Value fromText(QString text)
{
    return text.isEmpty() ? Value() : Value(std::move(text));
}

qint64 integer(const Value &value)
{
    return value.toInteger();
}

int digits(const Value &value)
{
    return int(std::clamp<qint64>(value.toInteger(), -decimal::maxScale * 2, decimal::maxScale * 2));
}

qint64 floorDivide(qint64 a, qint64 b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

QDate dateOf(const Value &day)
{
    const qint64 number = day.toInteger();
    return number < -largestDay || number > largestDay ? QDate() : day.toDate();
}

Value bounded(bool largest, Arguments arguments)
{
    const auto less = [](const Value &a, const Value &b) { return a.toInteger() < b.toInteger(); };
    return largest ? *std::max_element(arguments.begin(), arguments.end(), less)
                   : *std::min_element(arguments.begin(), arguments.end(), less);
}

Value member(const QString &json, const QString &name)
{
    const QJsonValue value = QJsonDocument::fromJson(json.toUtf8()).object().value(name);
    switch (value.type()) {
    case QJsonValue::String:
        return fromText(value.toString());
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).chopped(1).sliced(1);
    case QJsonValue::Null:
    case QJsonValue::Array:
    case QJsonValue::Object:
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

Value joined(Arguments arguments)
{
    QString text;
    for (const Value &argument : arguments)
        text += argument.toText();
    return fromText(text);
}

/// The whole number below or above a scaled one.
Value wholeNumber(Arguments a, bool up)
{
    const qint64 unit = decimal::powerOfTen(digits(a[1]));
    const qint64 floor = floorDivide(integer(a[0]), unit);
    return up && integer(a[0]) % unit != 0 ? floor + 1 : floor;
}

// The names are those of the SQL functions; a new meaning needs a new name where stored columns may use the old one.
constexpr Kernel table[] = {
    {"tz_negate", 1, false, [](Arguments a) { return fromNumber(decimal::subtract(0, integer(a[0]))); }},
    {"tz_add", 2, false, [](Arguments a) { return fromNumber(decimal::add(integer(a[0]), integer(a[1]))); }},
    {"tz_subtract", 2, false, [](Arguments a) { return fromNumber(decimal::subtract(integer(a[0]), integer(a[1]))); }},
    {"tz_multiply", 3, false,
     [](Arguments a) { return fromNumber(decimal::multiply(integer(a[0]), integer(a[1]), digits(a[2]))); }},
    {"tz_divide", 3, false,
     [](Arguments a) { return fromNumber(decimal::divide(integer(a[0]), integer(a[1]), digits(a[2]))); }},
    {"tz_multiply_divide", 4, false,
     [](Arguments a) {
         return fromNumber(decimal::multiplyDivide(integer(a[0]), integer(a[1]), integer(a[2]), digits(a[3])));
     }},
    {"tz_modulo", 2, false,
     [](Arguments a) -> Value {
         // -1 apart, because the smallest integer has no opposite.
         if (integer(a[1]) == 0)
             return {};
         return integer(a[1]) == -1 ? Value(0) : Value(integer(a[0]) % integer(a[1]));
     }},
    {"tz_rescale", 3, false,
     [](Arguments a) { return fromNumber(decimal::rescale(integer(a[0]), digits(a[1]), digits(a[2]))); }},
    {"tz_round", 3, false,
     [](Arguments a) {
         return fromNumber(decimal::rescale(integer(a[0]), digits(a[1]), digits(a[2]), decimal::Rounding::HalfUp));
     }},
    {"tz_truncate", 2, false,
     [](Arguments a) { return fromNumber(decimal::rescale(integer(a[0]), digits(a[1]), 0, decimal::Rounding::Down)); }},
    {"tz_floor", 2, false, [](Arguments a) { return wholeNumber(a, false); }},
    {"tz_ceil", 2, false, [](Arguments a) { return wholeNumber(a, true); }},
    {"tz_abs", 1, false,
     [](Arguments a) { return integer(a[0]) < 0 ? fromNumber(decimal::subtract(0, integer(a[0]))) : a[0]; }},
    {"tz_min", -1, false, [](Arguments a) { return bounded(false, a); }},
    {"tz_max", -1, false, [](Arguments a) { return bounded(true, a); }},
    {"tz_compare", 4, false,
     [](Arguments a) -> Value { return compareNumbers(integer(a[0]), digits(a[1]), integer(a[2]), digits(a[3])); }},

    {"tz_length", 1, true, [](Arguments a) -> Value { return qint64(a[0].toText().toUcs4().size()); }},
    {"tz_lower", 1, false, [](Arguments a) { return fromText(a[0].toText().toLower()); }},
    {"tz_upper", 1, false, [](Arguments a) { return fromText(a[0].toText().toUpper()); }},
    {"tz_trim", 1, false, [](Arguments a) { return fromText(a[0].toText().trimmed()); }},
    {"tz_concat", -1, true, joined},
    {"tz_contains", 2, false, [](Arguments a) -> Value { return a[0].toText().contains(a[1].toText()); }},
    {"tz_like", 2, false,
     [](Arguments a) -> Value { return a[0].toText().toCaseFolded().contains(a[1].toText().toCaseFolded()); }},
    {"tz_starts_with", 2, false, [](Arguments a) -> Value { return a[0].toText().startsWith(a[1].toText()); }},
    {"tz_number_text", 2, false,
     [](Arguments a) -> Value { return decimal::toText(integer(a[0]), std::clamp(digits(a[1]), 0, 18)); }},
    {"tz_bool_text", 1, false,
     [](Arguments a) -> Value { return a[0].toBool() ? QStringLiteral("true") : QStringLiteral("false"); }},
    {"tz_date_text", 1, false, [](Arguments a) { return fromText(dateOf(a[0]).toString(Qt::ISODate)); }},
    {"tz_member", 2, false, [](Arguments a) { return member(a[0].toText(), a[1].toText()); }},

    // Time, seconds east of UTC → local day, and back to the time when that day begins.
    {"tz_local_date", 2, false,
     [](Arguments a) -> Value {
         const auto local = decimal::add(integer(a[0]), integer(a[1]) * 1000);
         return local ? Value(floorDivide(*local, msPerDay)) : Value();
     }},
    {"tz_day_start", 2, false,
     [](Arguments a) -> Value {
         const auto midnight = decimal::multiply(integer(a[0]), msPerDay, 0);
         return midnight ? fromNumber(decimal::subtract(*midnight, integer(a[1]) * 1000)) : Value();
     }},
    {"tz_year", 1, false, [](Arguments a) { return dateOf(a[0]).isValid() ? Value(dateOf(a[0]).year()) : Value(); }},
    {"tz_month", 1, false, [](Arguments a) { return dateOf(a[0]).isValid() ? Value(dateOf(a[0]).month()) : Value(); }},
    {"tz_day", 1, false, [](Arguments a) { return dateOf(a[0]).isValid() ? Value(dateOf(a[0]).day()) : Value(); }},
    {"tz_quarter", 1, false,
     [](Arguments a) { return dateOf(a[0]).isValid() ? Value((dateOf(a[0]).month() + 2) / 3) : Value(); }},
    {"tz_add_days", 2, false, [](Arguments a) { return fromNumber(decimal::add(integer(a[0]), integer(a[1]))); }},
    {"tz_add_months", 2, false,
     [](Arguments a) -> Value {
         if (std::abs(integer(a[1])) > 1'000'000 || !dateOf(a[0]).isValid())
             return {};
         return Value::fromDate(dateOf(a[0]).addMonths(int(integer(a[1]))));
     }},
    {"tz_days_between", 2, false,
     [](Arguments a) { return fromNumber(decimal::subtract(integer(a[1]), integer(a[0]))); }},
    {"tz_start_of_week", 1, false,
     [](Arguments a) {
         const QDate day = dateOf(a[0]);
         return day.isValid() ? Value::fromDate(day.addDays(1 - day.dayOfWeek())) : Value();
     }},
    {"tz_start_of_month", 1, false,
     [](Arguments a) {
         const QDate day = dateOf(a[0]);
         return day.isValid() ? Value::fromDate(QDate(day.year(), day.month(), 1)) : Value();
     }},
    {"tz_start_of_quarter", 1, false,
     [](Arguments a) {
         const QDate day = dateOf(a[0]);
         return day.isValid() ? Value::fromDate(QDate(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)) : Value();
     }},
    {"tz_start_of_year", 1, false,
     [](Arguments a) {
         const QDate day = dateOf(a[0]);
         return day.isValid() ? Value::fromDate(QDate(day.year(), 1, 1)) : Value();
     }},
};
} // namespace

std::span<const Kernel> kernels()
{
    return table;
}

const Kernel &kernel(const char *name)
{
    for (const Kernel &candidate : table) {
        if (std::strcmp(candidate.name, name) == 0)
            return candidate;
    }
    TZ_CHECK(!"no such kernel");
}

Value callKernel(const Kernel &kernel, std::span<const Value> arguments)
{
    if (!kernel.takesNull && std::any_of(arguments.begin(), arguments.end(), [](const Value &v) { return v.isNull(); }))
        return {};
    return kernel.call(arguments);
}

int compareTexts(const QString &a, const QString &b)
{
    const auto length = std::min(a.size(), b.size());
    for (qsizetype i = 0; i < length; ++i) {
        if (a[i] == b[i])
            continue;
        // A surrogate stands for a character above all others, though its number is smaller than that of U+E000.
        const bool highA = a[i].isSurrogate();
        const bool highB = b[i].isSurrogate();
        if (highA != highB)
            return highA ? 1 : -1;
        return a[i] < b[i] ? -1 : 1;
    }
    return a.size() == b.size() ? 0 : (a.size() < b.size() ? -1 : 1);
}

int compareNumbers(qint64 a, int scaleOfA, qint64 b, int scaleOfB)
{
    __extension__ using Wide = __int128;
    const int scale = std::max(scaleOfA, scaleOfB);
    const Wide left = Wide(a) * decimal::powerOfTen(scale - scaleOfA);
    const Wide right = Wide(b) * decimal::powerOfTen(scale - scaleOfB);
    return left == right ? 0 : (left < right ? -1 : 1);
}

const std::vector<SqlFunction> &sqlFunctions()
{
    static const std::vector<SqlFunction> functions = [] {
        std::vector<SqlFunction> all;
        for (const Kernel &shared : table) {
            all.push_back({shared.name, shared.arguments,
                           [&shared](const ValueList &arguments) { return callKernel(shared, arguments); }});
        }
        return all;
    }();
    return functions;
}

} // namespace tz::expression
