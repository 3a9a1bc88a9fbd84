// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "forecast.h"

#include "core/base/decimal.h"
#include "figures.h"

namespace tz::pipeline {

std::optional<qint64> ForecastMonth::coverage() const
{
    return target > won ? percentOf(open, target - won) : std::nullopt;
}

std::optional<qint64> ForecastMonth::attainment() const
{
    return percentOf(won, target);
}

std::vector<ForecastMonth> forecast(const std::vector<ForecastDeal> &deals, const std::map<QDate, qint64> &targets,
                                    QDate from, int months, QDate today)
{
    std::vector<ForecastMonth> result(size_t(std::max(months, 0)));
    std::map<QDate, ForecastMonth *> byMonth;
    QDate month = firstOfMonth(from);
    for (ForecastMonth &each : result) {
        each.month = month;
        if (const auto target = targets.find(month); target != targets.end())
            each.target = target->second;
        byMonth[month] = &each;
        month = month.addMonths(1);
    }
    for (const ForecastDeal &deal : deals) {
        if (deal.outcome == ForecastDeal::Outcome::Lost || !deal.close.isValid())
            continue;
        const bool open = deal.outcome == ForecastDeal::Outcome::Open;
        const QDate close = open && deal.close < today ? today : deal.close;
        const auto found = byMonth.find(firstOfMonth(close));
        if (found == byMonth.end())
            continue;
        ForecastMonth &each = *found->second;
        if (!open) {
            each.won += deal.amount;
        } else if (!deal.omitted) {
            each.open += deal.amount;
            each.weighted += decimal::multiply(deal.amount, deal.probability, decimal::percentScale + 2).value_or(0);
            if (deal.committed)
                each.committed += deal.amount;
        }
    }
    return result;
}

} // namespace tz::pipeline
