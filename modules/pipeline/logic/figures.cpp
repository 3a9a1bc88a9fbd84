// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "figures.h"

#include "core/base/decimal.h"

#include <algorithm>
#include <cmath>

namespace tz::pipeline {

std::optional<qint64> percentOf(qint64 part, qint64 whole)
{
    return decimal::divide(part, whole, decimal::percentScale + 2);
}

std::optional<qint64> average(qint64 sum, qint64 count, int scale)
{
    return decimal::divide(sum, count, scale);
}

std::optional<qint64> median(std::vector<qint64> values)
{
    return percentile(std::move(values), 50);
}

std::optional<qint64> percentile(std::vector<qint64> values, int percent)
{
    if (values.empty())
        return {};
    const size_t rank = (values.size() * size_t(percent) + 99) / 100;
    const size_t index = rank == 0 ? 0 : rank - 1;
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(index), values.end());
    return values[index];
}

std::optional<qint64> winRate(qint64 won, qint64 lost)
{
    return percentOf(won, won + lost);
}

std::optional<qint64> velocityPerDay(qint64 open, qint64 averageValue, qint64 rate, qint64 cycleDays)
{
    const decimal::Number total = decimal::multiply(open, averageValue, 0);
    if (!total)
        return {};
    const decimal::Number expected = decimal::multiply(*total, rate, decimal::percentScale + 2);
    return expected ? decimal::divide(*expected, cycleDays, 0) : std::nullopt;
}

double shareDifference(qint64 a, qint64 n, qint64 b, qint64 m)
{
    if (n <= 0 || m <= 0)
        return 0;
    const double pooled = double(a + b) / double(n + m);
    const double spread = std::sqrt(pooled * (1 - pooled) * (1 / double(n) + 1 / double(m)));
    return spread > 0 ? (double(a) / double(n) - double(b) / double(m)) / spread : 0;
}

double chanceOf(double score)
{
    return std::erfc(std::abs(score) / std::sqrt(2.0));
}

qint64 inHomeCurrency(qint64 amount, const Value &rate)
{
    if (!rate.isInteger())
        return amount;
    return decimal::multiply(amount, rate.toInteger(), 8).value_or(0);
}

QDate firstOfMonth(QDate day)
{
    return QDate(day.year(), day.month(), 1);
}

} // namespace tz::pipeline
