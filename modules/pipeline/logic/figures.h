// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/days.h"
#include "core/store/reader.h"

#include <QDate>

#include <optional>
#include <vector>

namespace tz::pipeline {

/// Part of the whole in percent, as percent fields hold it (scale 4), rounded half to even; nothing for a whole of 0.
std::optional<qint64> percentOf(qint64 part, qint64 whole);
/// Sum divided by count with `scale` digits more than the sum has; nothing for a count of 0.
std::optional<qint64> average(qint64 sum, qint64 count, int scale = 0);
/// Middle of the values, the lower of two middles; nothing for none. Sorts its argument.
std::optional<qint64> median(std::vector<qint64> values);
/// Value for which `percent` of the values are not larger (nearest rank); nothing for none.
std::optional<qint64> percentile(std::vector<qint64> values, int percent);
/// Won deals among those decided, in percent; nothing when none is decided.
std::optional<qint64> winRate(qint64 won, qint64 lost);
/// Money that the open deals bring per day: open × average value × win rate / cycle days, in money's scale.
/// `winRate` in percent (scale 4); nothing for a cycle of no days.
std::optional<qint64> velocityPerDay(qint64 open, qint64 averageValue, qint64 winRate, qint64 cycleDays);
/// Standard score of two shares (a of n against b of m), pooled; 0 where it cannot be told.
double shareDifference(qint64 a, qint64 n, qint64 b, qint64 m);
/// Probability of a difference at least so large by chance, both sides.
double chanceOf(double score);
/// Money in a foreign currency in the company's own: amount × rate (scale 8), half even. A null rate is 1.
qint64 inHomeCurrency(qint64 amount, const Value &rate);

inline Value valueOf(std::optional<qint64> number)
{
    return number ? Value(*number) : Value();
}
QDate firstOfMonth(QDate day);

} // namespace tz::pipeline
