// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "forecastreports.h"

#include "core/base/decimal.h"
#include "core/catalog/catalog.h"
#include "core/expression/expression.h"
#include "figures.h"
#include "forecast.h"
#include "funnel.h"
#include "opportunityrules.h"
#include "reporting.h"

#include <QHash>

#include <cmath>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

const QString deals = u"pipeline.opportunity"_s;
constexpr qint64 mostMonths = 36;
constexpr qint64 msPerHour = 3'600'000;

Result<std::map<QDate, qint64>> targetsOf(const ReportContext &context)
{
    Query query;
    query.entity = u"pipeline.sales_target"_s;
    query.group = {u"month"_s, u"level"_s};
    query.aggregates = {{Aggregate::Kind::Sum, u"amount"_s}};
    // The company's own target counts when nobody is chosen; else the people's, so that nothing counts twice.
    query.filterText = chosenText(context, {});
    const QString wanted = !context.parameters.value(u"owner"_s).isNull()  ? u"person"_s
                           : !context.parameters.value(u"team"_s).isNull() ? u"team"_s
                                                                           : u"company"_s;
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    std::map<QDate, std::map<QString, qint64>> byMonth;
    for (const auto &row : rows.rows)
        byMonth[row[0].toDate()][row[1].toText()] = row[2].toInteger();
    std::map<QDate, qint64> targets;
    for (const auto &[month, levels] : byMonth) {
        const auto found = levels.find(wanted);
        const auto people = levels.find(u"person"_s);
        targets[month] = found != levels.end() ? found->second : people != levels.end() ? people->second : 0;
    }
    return targets;
}

Result<std::vector<Course>> coursesOf(const ReportContext &context, const QString &filter)
{
    Query query;
    query.entity = u"pipeline.stage_change"_s;
    query.fields = {u"opportunity"_s, u"to_stage"_s, u"changed_at"_s};
    query.sort = {{u"changed_at"_s}};
    // The condition is about the deal, the rows are its changes.
    TZ_ASSIGN(const std::vector<Id> ids, context.reader.ids(deals, filter));
    QHash<Id, size_t> place;
    std::vector<Course> courses(ids.size());
    for (size_t i = 0; i < ids.size(); ++i) {
        courses[i].deal = ids[i];
        place.insert(ids[i], i);
    }
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    for (const auto &row : rows.rows) {
        if (const auto found = place.constFind(row[0].toId()); found != place.constEnd())
            courses[*found].moves.push_back({row[1].toText(), row[2].toInteger()});
    }
    return courses;
}

/// A month of talks is a long time: durations are shown in days with one digit.
Value daysOf(const std::optional<qint64> &ms)
{
    return ms ? Value(decimal::divide(*ms, 24 * msPerHour, 1).value_or(0)) : Value();
}

QString baselineFilter(const ReportContext &context)
{
    const Value from = context.parameters.value(u"from"_s);
    const QDate end = from.isNull() ? dayOf(context.nowMs, context.utcOffsetSeconds).addMonths(-3) : from.toDate();
    ReportContext before{context.reader, context.actor, context.nowMs, context.utcOffsetSeconds, context.parameters};
    before.parameters.insert(u"from"_s, Value::fromDate(end.addMonths(-12)));
    before.parameters.insert(u"to"_s, Value::fromDate(end.addDays(-1)));
    return chosenText(before, u"opened_on"_s);
}

} // namespace

Result<ReportResult> forecastReport(const ReportContext &context)
{
    const QDate today = dayOf(context.nowMs, context.utcOffsetSeconds);
    const Value from = context.parameters.value(u"from"_s);
    const int months = int(std::clamp<qint64>(context.parameters.value(u"months"_s).toInteger(6), 1, mostMonths));
    const QDate first = firstOfMonth(from.isNull() ? today : from.toDate());
    const QDate end = first.addMonths(months);

    ReportContext people{context.reader, context.actor, context.nowMs, context.utcOffsetSeconds, context.parameters};
    people.parameters.remove(u"from"_s);
    people.parameters.remove(u"to"_s);
    Query query;
    query.entity = deals;
    query.fields = {u"stage"_s,     u"amount"_s,   u"probability"_s,  u"close_date"_s,
                    u"closed_on"_s, u"forecast"_s, u"currency.rate"_s};
    query.filterText = bothTexts(
        chosenText(people, {}),
        u"(stage not in ('won', 'lost') and close_date < date'%2') or (stage == 'won' and closed_on >= date'%1' and closed_on < date'%2')"_s
            .arg(first.toString(Qt::ISODate), end.toString(Qt::ISODate)));
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    std::vector<ForecastDeal> found;
    found.reserve(rows.rows.size());
    for (const auto &row : rows.rows) {
        ForecastDeal deal;
        const bool open = isOpenStage(row[0].toText());
        deal.outcome = open ? ForecastDeal::Outcome::Open : ForecastDeal::Outcome::Won;
        deal.amount = inHomeCurrency(row[1].toInteger(), row[6]);
        deal.probability = row[2].toInteger();
        deal.close = row[open ? 3 : 4].toDate();
        deal.omitted = row[5].toText() == "omitted"_L1;
        deal.committed = row[5].toText() == "commit"_L1;
        found.push_back(deal);
    }
    TZ_ASSIGN(const auto targets, targetsOf(people));

    ReportTable table;
    table.name = u"months"_s;
    table.columns = {column("month", QT_TRANSLATE_NOOP("pipeline.forecast", "Month"), FieldType::Date),
                     moneyColumn("won", QT_TRANSLATE_NOOP("pipeline.forecast", "Won")),
                     moneyColumn("weighted", QT_TRANSLATE_NOOP("pipeline.forecast", "Weighted open")),
                     moneyColumn("expected", QT_TRANSLATE_NOOP("pipeline.forecast", "Expected")),
                     moneyColumn("target", QT_TRANSLATE_NOOP("pipeline.forecast", "Target")),
                     percentColumn("attainment", QT_TRANSLATE_NOOP("pipeline.forecast", "Attained")),
                     moneyColumn("committed", QT_TRANSLATE_NOOP("pipeline.forecast", "Committed")),
                     moneyColumn("open", QT_TRANSLATE_NOOP("pipeline.forecast", "Open")),
                     percentColumn("coverage", QT_TRANSLATE_NOOP("pipeline.forecast", "Coverage"))};
    table.drillEntity = deals;
    for (const ForecastMonth &month : forecast(found, targets, first, months, today)) {
        table.rows.push_back({Value::fromDate(month.month), Value(month.won), Value(month.weighted),
                              Value(month.expected()), Value(month.target), valueOf(month.attainment()),
                              Value(month.committed), Value(month.open), valueOf(month.coverage())});
        table.drillFilters << bothTexts(
            chosenText(people, {}),
            u"(stage not in ('won', 'lost') and close_date >= date'%1' and close_date < date'%2') or (stage == 'won' and closed_on >= date'%1' and closed_on < date'%2')"_s
                .arg(month.month.toString(Qt::ISODate), month.month.addMonths(1).toString(Qt::ISODate)));
    }
    table.chart = u"stacked"_s;
    table.chartCategory = u"month"_s;
    table.chartSeries = {u"won"_s, u"weighted"_s, u"target"_s};
    table.chartLine = u"target"_s;
    return ReportResult{{table}};
}

Result<ReportResult> funnelReport(const ReportContext &context)
{
    const QString filter = chosenText(context, u"opened_on"_s);
    TZ_ASSIGN(const std::vector<Course> cohort, coursesOf(context, filter));
    TZ_ASSIGN(const std::vector<Course> earlier, coursesOf(context, baselineFilter(context)));
    const std::vector<FunnelStep> steps = funnelOf(cohort, funnelStages());
    const std::vector<FunnelStep> baseline = funnelOf(earlier, funnelStages());

    ReportTable table;
    table.name = u"steps"_s;
    table.columns = {
        column("stage", QT_TRANSLATE_NOOP("pipeline.funnel", "Stage"), FieldType::State, 0, deals),
        countColumn("reached", QT_TRANSLATE_NOOP("pipeline.funnel", "Reached")),
        percentColumn("conversion", QT_TRANSLATE_NOOP("pipeline.funnel", "Go on to the next")),
        percentColumn("overall", QT_TRANSLATE_NOOP("pipeline.funnel", "Of all")),
        column("median_days", QT_TRANSLATE_NOOP("pipeline.funnel", "Median days"), FieldType::Decimal, 1),
        column("p80_days", QT_TRANSLATE_NOOP("pipeline.funnel", "80 % within days"), FieldType::Decimal, 1),
        percentColumn("before", QT_TRANSLATE_NOOP("pipeline.funnel", "Twelve months before")),
        percentColumn("chance", QT_TRANSLATE_NOOP("pipeline.funnel", "Chance that it is luck"))};
    for (size_t i = 0; i < steps.size(); ++i) {
        const FunnelStep &step = steps[i];
        const FunnelStep &was = baseline[i];
        Value chance;
        if (i + 1 < steps.size() && step.reached > 0 && was.reached > 0) {
            const double score =
                shareDifference(steps[i + 1].reached, step.reached, baseline[i + 1].reached, was.reached);
            chance =
                Value(qint64(std::llround(chanceOf(score) * 100 * double(decimal::powerOfTen(decimal::percentScale)))));
        }
        table.rows.push_back({Value(step.stage), Value(step.reached), valueOf(step.conversion),
                              valueOf(percentOf(step.reached, steps.front().reached)), daysOf(step.medianMs),
                              daysOf(step.p80Ms), valueOf(was.conversion), chance});
    }
    table.chart = u"funnel"_s;
    table.chartCategory = u"stage"_s;
    table.chartSeries = {u"reached"_s};
    return ReportResult{{table}};
}

} // namespace tz::pipeline
