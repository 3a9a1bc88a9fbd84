// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"

#include "core/base/check.h"

#include <limits>

namespace tz::decimal {

namespace {
// __extension__ keeps -Wpedantic quiet: 128-bit integers are an extension of GCC and clang.
__extension__ using Wide = __int128;

constexpr int largestPower = 18;

Number narrowed(Wide value)
{
    if (value > std::numeric_limits<qint64>::max() || value < std::numeric_limits<qint64>::min())
        return std::nullopt;
    return static_cast<qint64>(value);
}

Wide roundedQuotient(Wide dividend, Wide divisor, Rounding rounding)
{
    Wide quotient = dividend / divisor;
    const Wide remainder = dividend % divisor;
    if (remainder == 0 || rounding == Rounding::Down)
        return quotient;
    const Wide twice = (remainder < 0 ? -remainder : remainder) * 2;
    const Wide size = divisor < 0 ? -divisor : divisor;
    const bool negative = (dividend < 0) != (divisor < 0);
    const bool away = twice > size || (twice == size && (rounding == Rounding::HalfUp || quotient % 2 != 0));
    if (away)
        quotient += negative ? -1 : 1;
    return quotient;
}
} // namespace

qint64 powerOfTen(int exponent)
{
    TZ_CHECK(exponent >= 0 && exponent <= largestPower);
    qint64 power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

Number add(qint64 a, qint64 b)
{
    return narrowed(Wide(a) + b);
}

Number subtract(qint64 a, qint64 b)
{
    return narrowed(Wide(a) - b);
}

Number multiply(qint64 a, qint64 b, int drop, Rounding rounding)
{
    return narrowed(roundedQuotient(Wide(a) * b, powerOfTen(drop), rounding));
}

Number divide(qint64 a, qint64 b, int raise, Rounding rounding)
{
    if (b == 0)
        return std::nullopt;
    if (raise >= 0)
        return narrowed(roundedQuotient(Wide(a) * powerOfTen(raise), b, rounding));
    return narrowed(roundedQuotient(a, Wide(b) * powerOfTen(-raise), rounding));
}

Number multiplyDivide(qint64 a, qint64 b, qint64 c, int exponent, Rounding rounding)
{
    if (c == 0)
        return std::nullopt;
    Wide dividend = Wide(a) * b;
    Wide divisor = c;
    if (exponent >= 0 && __builtin_mul_overflow(dividend, Wide(powerOfTen(exponent)), &dividend))
        return std::nullopt;
    if (exponent < 0 && __builtin_mul_overflow(divisor, Wide(powerOfTen(-exponent)), &divisor))
        return std::nullopt;
    return narrowed(roundedQuotient(dividend, divisor, rounding));
}

Number rescale(qint64 value, int fromScale, int toScale, Rounding rounding)
{
    if (toScale >= fromScale)
        return narrowed(Wide(value) * powerOfTen(toScale - fromScale));
    return narrowed(roundedQuotient(value, powerOfTen(fromScale - toScale), rounding));
}

QString toText(qint64 value, int scale)
{
    if (scale == 0)
        return QString::number(value);
    const bool negative = value < 0;
    const quint64 size = negative ? quint64(0) - quint64(value) : quint64(value);
    const auto unit = quint64(powerOfTen(scale));
    QString text = QString::number(size / unit);
    QString fraction = QString::number(size % unit).rightJustified(scale, u'0');
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (!fraction.isEmpty())
        text += u'.' + fraction;
    return negative ? u'-' + text : text;
}

Number fromText(QStringView text, int scale)
{
    text = text.trimmed();
    bool negative = false;
    if (text.startsWith(u'-') || text.startsWith(u'+')) {
        negative = text.front() == u'-';
        text = text.mid(1);
    }
    Wide value = 0;
    int digits = 0;
    int decimals = -1;
    for (const QChar c : text) {
        if (c == u'.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < u'0' || c > u'9')
            return std::nullopt;
        if (decimals >= scale) {
            // Further digits are accepted only if they say nothing.
            if (c != u'0')
                return std::nullopt;
            continue;
        }
        value = value * 10 + (c.unicode() - u'0');
        if (++digits > 30)
            return std::nullopt;
        if (decimals >= 0)
            ++decimals;
    }
    if (digits == 0)
        return std::nullopt;
    for (int i = std::max(decimals, 0); i < scale; ++i) {
        value *= 10;
        if (++digits > 36)
            return std::nullopt;
    }
    return narrowed(negative ? -value : value);
}

} // namespace tz::decimal
