// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/value.h"

#include <map>
#include <optional>
#include <vector>

namespace tz::pipeline {

/// What the forecast needs to know of a deal; amounts in the company's currency (scale 4).
struct ForecastDeal {
    enum class Outcome { Open, Won, Lost };
    Outcome outcome = Outcome::Open;
    qint64 amount = 0;
    /// Percent (scale 4).
    qint64 probability = 0;
    /// Expected close of open deals, actual close of decided ones.
    QDate close;
    /// Open deals that the owner leaves out of the forecast, or commits to.
    bool omitted = false;
    bool committed = false;
};

/// One month of the forecast; money in the company's currency (scale 4).
struct ForecastMonth {
    QDate month;
    /// Open deals that are expected to close in the month: their full and their weighted value.
    qint64 open = 0;
    qint64 weighted = 0;
    qint64 committed = 0;
    /// Won in the month.
    qint64 won = 0;
    qint64 target = 0;

    qint64 expected() const { return won + weighted; }
    /// Open value for each unit of target that is still missing, in percent (scale 4); nothing when none is missing.
    std::optional<qint64> coverage() const;
    /// Won of the target in percent; nothing without a target.
    std::optional<qint64> attainment() const;
};

/// Forecast by month of expected close. Lost deals count nothing; open deals whose date has passed count in the month
/// of `today` (they slipped); open deals without a date and those left out count nothing. Each deal's weighted value
/// is rounded half to even.
std::vector<ForecastMonth> forecast(const std::vector<ForecastDeal> &deals, const std::map<QDate, qint64> &targets,
                                    QDate from, int months, QDate today);

} // namespace tz::pipeline
