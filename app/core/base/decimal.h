// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

#include <optional>

/// Exact arithmetic on scaled integers. A number is an int64 and a scale (how many decimal digits stand after the
/// point); the scale is known from the field or expression, so it is not carried along. Every operation answers
/// nothing on overflow; where a result must be shortened it is rounded half to even. The same functions serve the
/// evaluator in memory and the SQL functions of the store, so that both agree.
namespace tz::decimal {

/// Digits after the point of money and percent fields, whatever the currency; rounding to the currency's own
/// digits happens on entry and in print.
inline constexpr int moneyScale = 4;
inline constexpr int percentScale = 4;
/// Of decimal fields that name no scale.
inline constexpr int defaultScale = 4;
/// No intermediate result keeps more digits than this after the point.
inline constexpr int maxScale = 8;

enum class Rounding { HalfEven, HalfUp, Down };

using Number = std::optional<qint64>;

TZ_CORE_EXPORT qint64 powerOfTen(int exponent);
TZ_CORE_EXPORT Number add(qint64 a, qint64 b);
TZ_CORE_EXPORT Number subtract(qint64 a, qint64 b);
/// (a × b) / 10^drop.
TZ_CORE_EXPORT Number multiply(qint64 a, qint64 b, int drop, Rounding rounding = Rounding::HalfEven);
/// (a × 10^raise) / b; nothing for b = 0. `raise` may be negative.
TZ_CORE_EXPORT Number divide(qint64 a, qint64 b, int raise, Rounding rounding = Rounding::HalfEven);
/// (a × b × 10^exponent) / c with one rounding at the end; nothing for c = 0. `exponent` may be negative.
TZ_CORE_EXPORT Number multiplyDivide(qint64 a, qint64 b, qint64 c, int exponent,
                                     Rounding rounding = Rounding::HalfEven);
/// The same number with another scale.
TZ_CORE_EXPORT Number rescale(qint64 value, int fromScale, int toScale, Rounding rounding = Rounding::HalfEven);

/// "-1234.5": the shortest exact text with a point, for JSON, CSV, expressions and the command line.
TZ_CORE_EXPORT QString toText(qint64 value, int scale);
/// Reads digits with an optional sign and point; too many digits after the point or too large: nothing.
TZ_CORE_EXPORT Number fromText(QStringView text, int scale);

} // namespace tz::decimal
