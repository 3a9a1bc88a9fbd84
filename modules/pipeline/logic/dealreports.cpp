// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "dealreports.h"

#include "core/base/decimal.h"
#include "core/expression/expression.h"
#include "figures.h"
#include "lookup.h"
#include "opportunityrules.h"
#include "reporting.h"

#include <QHash>

#include <algorithm>
#include <map>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

const QString deals = u"pipeline.opportunity"_s;
/// Digits after the point of mean days.
constexpr int daysScale = 2;

struct Tally {
    qint64 won = 0, lost = 0, open = 0;
    qint64 wonAmount = 0, openAmount = 0, lostAmount = 0;

    void add(const QString &stage, qint64 count, qint64 amount)
    {
        if (stage == "won"_L1) {
            won += count;
            wonAmount += amount;
        } else if (stage == "lost"_L1) {
            lost += count;
            lostAmount += amount;
        } else {
            open += count;
            openAmount += amount;
        }
    }
};

/// Deals by the value of a path. Open deals are counted whatever the dates of the report.
Result<std::map<Value, Tally>> tallies(const ReportContext &context, const QString &path)
{
    Query query;
    query.entity = deals;
    query.group = {path, u"stage"_s, u"currency.rate"_s};
    query.aggregates = {{Aggregate::Kind::Count, {}}, {Aggregate::Kind::Sum, u"amount"_s}};
    const QString people = chosenText(context, {});
    const QString days = chosenText(context, u"closed_on"_s);
    query.filterText = people == days
                           ? people
                           : u"(stage not in ('won', 'lost') and %1) or (stage in ('won', 'lost') and %2)"_s.arg(
                                 people.isEmpty() ? u"true"_s : people, days);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    std::map<Value, Tally> found;
    for (const auto &row : rows.rows)
        found[row[0]].add(row[1].toText(), row[3].toInteger(), inHomeCurrency(row[4].toInteger(), row[2]));
    return found;
}

struct Cycle {
    qint64 count = 0, days = 0;
};

Result<Cycle> cycleOf(const ReportContext &context, const QString &stages)
{
    Query query;
    query.entity = deals;
    query.filterText =
        bothTexts(chosenText(context, u"closed_on"_s), u"stage in (%1) and cycle_days != null"_s.arg(stages));
    query.group = {u"stage"_s};
    query.aggregates = {{Aggregate::Kind::Count, {}}, {Aggregate::Kind::Sum, u"cycle_days"_s}};
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    Cycle cycle;
    for (const auto &row : rows.rows) {
        cycle.count += row[1].toInteger();
        cycle.days += row[2].toInteger();
    }
    return cycle;
}

/// Share of the value of open deals that moved to a later month than first promised.
Result<std::optional<qint64>> slippage(const ReportContext &context)
{
    Query query;
    query.entity = deals;
    query.fields = {u"amount"_s, u"first_close_date"_s, u"close_date"_s, u"currency.rate"_s};
    query.filterText =
        bothTexts(chosenText(context, {}), u"stage not in ('won', 'lost') and close_date != null and amount != null"_s);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    qint64 all = 0, slipped = 0;
    for (const auto &row : rows.rows) {
        const qint64 amount = inHomeCurrency(row[0].toInteger(), row[3]);
        all += amount;
        if (!row[1].isNull() && firstOfMonth(row[2].toDate()) > firstOfMonth(row[1].toDate()))
            slipped += amount;
    }
    return percentOf(slipped, all);
}

/// Largest won total first; those without a value last.
std::vector<std::pair<Value, Tally>> ranked(const std::map<Value, Tally> &found)
{
    std::vector<std::pair<Value, Tally>> order(found.begin(), found.end());
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) {
        if (a.first.isNull() != b.first.isNull())
            return b.first.isNull();
        return a.second.wonAmount > b.second.wonAmount;
    });
    return order;
}

Result<ReportTable> rateTable(const ReportContext &context, const char *name, const char *label, const QString &path,
                              FieldType type, const QString &entity)
{
    TZ_ASSIGN(const auto found, tallies(context, path));
    ReportTable table;
    table.name = QString::fromLatin1(name);
    table.columns = {column(path.toLatin1().constData(), label, type, 0, entity),
                     countColumn("won", QT_TRANSLATE_NOOP("pipeline.win_rates", "Won")),
                     countColumn("lost", QT_TRANSLATE_NOOP("pipeline.win_rates", "Lost")),
                     countColumn("open", QT_TRANSLATE_NOOP("pipeline.win_rates", "Open")),
                     percentColumn("win_rate", QT_TRANSLATE_NOOP("pipeline.win_rates", "Win rate")),
                     moneyColumn("won_amount", QT_TRANSLATE_NOOP("pipeline.win_rates", "Won total")),
                     moneyColumn("open_amount", QT_TRANSLATE_NOOP("pipeline.win_rates", "Open total"))};
    table.drillEntity = deals;
    for (const auto &[value, tally] : ranked(found)) {
        table.rows.push_back({value, Value(tally.won), Value(tally.lost), Value(tally.open),
                              valueOf(winRate(tally.won, tally.lost)), Value(tally.wonAmount),
                              Value(tally.openAmount)});
        table.drillFilters << bothTexts(chosenText(context, {}), equalsText(path, value));
    }
    table.chart = u"bar"_s;
    table.chartCategory = path;
    table.chartSeries = {u"win_rate"_s};
    return table;
}

/// Days until a deal is stale, by pipeline and stage; the pipeline may be missing.
struct StaleLimits {
    QHash<QString, qint64> ofPipeline;
    const Entity *entity = nullptr;

    std::optional<qint64> of(const Value &pipeline, const QString &stage) const
    {
        const auto own = ofPipeline.constFind(pipeline.toId().toString() + stage);
        if (own != ofPipeline.constEnd())
            return *own;
        const State *state = stageNamed(*entity, stage);
        return state && state->properties.contains(u"rot_days"_s)
                   ? std::optional(state->properties.value(u"rot_days"_s))
                   : std::nullopt;
    }
};

Result<StaleLimits> staleLimits(const Reader &reader)
{
    StaleLimits limits;
    limits.entity = reader.catalog().entity(deals);
    Query query;
    query.entity = u"pipeline.pipeline_stage"_s;
    query.fields = {u"pipeline"_s, u"stage"_s, u"rot_days"_s};
    TZ_ASSIGN(const Rows rows, reader.select(query));
    for (const auto &row : rows.rows) {
        if (!row[2].isNull())
            limits.ofPipeline.insert(row[0].toId().toString() + row[1].toText(), row[2].toInteger());
    }
    return limits;
}

} // namespace

Result<ReportResult> summaryReport(const ReportContext &context)
{
    TZ_ASSIGN(const auto found, tallies(context, u"stage"_s));
    Tally all;
    for (const auto &[stage, tally] : found) {
        all.won += tally.won;
        all.lost += tally.lost;
        all.open += tally.open;
        all.wonAmount += tally.wonAmount;
        all.openAmount += tally.openAmount;
    }
    TZ_ASSIGN(const Cycle won, cycleOf(context, u"'won'"_s));
    TZ_ASSIGN(const Cycle decided, cycleOf(context, u"'won', 'lost'"_s));
    TZ_ASSIGN(const std::optional<qint64> slipped, slippage(context));
    const std::optional<qint64> rate = winRate(all.won, all.lost);
    const std::optional<qint64> deal = average(all.wonAmount, all.won);
    const std::optional<qint64> meanDays = average(won.days, won.count);

    ReportTable table;
    table.name = u"figures"_s;
    table.columns = {countColumn("deals", QT_TRANSLATE_NOOP("pipeline.summary", "Opportunities")),
                     countColumn("won", QT_TRANSLATE_NOOP("pipeline.summary", "Won")),
                     countColumn("lost", QT_TRANSLATE_NOOP("pipeline.summary", "Lost")),
                     countColumn("open", QT_TRANSLATE_NOOP("pipeline.summary", "Open")),
                     moneyColumn("won_amount", QT_TRANSLATE_NOOP("pipeline.summary", "Won total")),
                     moneyColumn("open_amount", QT_TRANSLATE_NOOP("pipeline.summary", "Open total")),
                     moneyColumn("average_deal", QT_TRANSLATE_NOOP("pipeline.summary", "Average won deal")),
                     percentColumn("win_rate", QT_TRANSLATE_NOOP("pipeline.summary", "Win rate")),
                     column("cycle_days_won", QT_TRANSLATE_NOOP("pipeline.summary", "Mean days to win"),
                            FieldType::Decimal, daysScale),
                     column("cycle_days", QT_TRANSLATE_NOOP("pipeline.summary", "Mean days to a decision"),
                            FieldType::Decimal, daysScale),
                     moneyColumn("velocity", QT_TRANSLATE_NOOP("pipeline.summary", "Velocity per day")),
                     percentColumn("slippage", QT_TRANSLATE_NOOP("pipeline.summary", "Slipped to a later month"))};
    table.rows.push_back(
        {Value(all.won + all.lost + all.open), Value(all.won), Value(all.lost), Value(all.open), Value(all.wonAmount),
         Value(all.openAmount), valueOf(deal), valueOf(rate), valueOf(average(won.days, won.count, daysScale)),
         valueOf(average(decided.days, decided.count, daysScale)),
         valueOf(deal && rate && meanDays ? velocityPerDay(all.open, *deal, *rate, *meanDays) : std::nullopt),
         valueOf(slipped)});
    return ReportResult{{table}};
}

Result<ReportResult> winRateReport(const ReportContext &context)
{
    ReportResult result;
    TZ_ASSIGN(ReportTable agents, rateTable(context, "by_agent", QT_TRANSLATE_NOOP("pipeline.win_rates", "Agent"),
                                            u"owner"_s, FieldType::User, u"foundation.user"_s));
    TZ_ASSIGN(ReportTable products, rateTable(context, "by_product", QT_TRANSLATE_NOOP("pipeline.win_rates", "Product"),
                                              u"product"_s, FieldType::Link, u"pipeline.product"_s));
    TZ_ASSIGN(ReportTable sources, rateTable(context, "by_source", QT_TRANSLATE_NOOP("pipeline.win_rates", "Source"),
                                             u"source"_s, FieldType::Enum, deals));
    result.tables = {agents, products, sources};
    return result;
}

Result<ReportResult> leaderboardReport(const ReportContext &context)
{
    TZ_ASSIGN(const auto found, tallies(context, u"owner"_s));
    Query query;
    query.entity = u"pipeline.sales_target"_s;
    query.filterText = bothTexts(u"level == 'person'"_s, chosenText(context, u"month"_s));
    query.group = {u"owner"_s};
    query.aggregates = {{Aggregate::Kind::Sum, u"amount"_s}};
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    std::map<Value, qint64> targets;
    for (const auto &row : rows.rows)
        targets[row[0]] = row[1].toInteger();

    ReportTable table;
    table.name = u"leaderboard"_s;
    table.columns = {
        countColumn("rank", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Rank")),
        column("owner", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Agent"), FieldType::User, 0, u"foundation.user"_s),
        moneyColumn("won_amount", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Won total")),
        moneyColumn("target", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Target")),
        percentColumn("attainment", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Attained")),
        countColumn("won", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Won")),
        percentColumn("win_rate", QT_TRANSLATE_NOOP("pipeline.leaderboard", "Win rate"))};
    table.drillEntity = deals;
    qint64 place = 0, rank = 0, last = -1;
    for (const auto &[owner, tally] : ranked(found)) {
        if (owner.isNull())
            continue;
        ++place;
        // Who has sold the same stands on the same place.
        if (tally.wonAmount != last)
            rank = place;
        last = tally.wonAmount;
        const auto target = targets.find(owner);
        const qint64 goal = target == targets.end() ? 0 : target->second;
        table.rows.push_back({Value(rank), owner, Value(tally.wonAmount), goal ? Value(goal) : Value(),
                              valueOf(percentOf(tally.wonAmount, goal)), Value(tally.won),
                              valueOf(winRate(tally.won, tally.lost))});
        table.drillFilters << bothTexts(chosenText(context, u"closed_on"_s),
                                        bothTexts(equalsText(u"owner"_s, owner), u"stage == 'won'"_s));
    }
    table.chart = u"bar"_s;
    table.chartCategory = u"owner"_s;
    table.chartSeries = {u"won_amount"_s, u"target"_s};
    return ReportResult{{table}};
}

Result<ReportResult> ageingReport(const ReportContext &context)
{
    TZ_ASSIGN(const StaleLimits limits, staleLimits(context.reader));
    Query query;
    query.entity = deals;
    query.fields = {u"id"_s, u"stage"_s, u"amount"_s, u"currency.rate"_s, u"stage_since"_s, u"pipeline"_s, u"owner"_s};
    query.filterText = bothTexts(chosenText(context, u"opened_on"_s), u"stage not in ('won', 'lost')"_s);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));

    static constexpr std::array<qint64, 3> bounds{30, 60, 90};
    struct Stage {
        std::array<qint64, 4> count{};
        qint64 amount = 0, stale = 0;
    };
    QHash<QString, Stage> stages;
    struct Stale {
        std::vector<Value> row;
        qint64 days = 0;
    };
    std::vector<Stale> stale;
    const QDate today = dayOf(context.nowMs, context.utcOffsetSeconds);
    for (const auto &row : rows.rows) {
        const QString stage = row[1].toText();
        const qint64 amount = inHomeCurrency(row[2].toInteger(), row[3]);
        const qint64 days =
            std::max<qint64>(0, dayOf(row[4].toInteger(context.nowMs), context.utcOffsetSeconds).daysTo(today));
        Stage &each = stages[stage];
        const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), days) - bounds.begin();
        ++each.count[size_t(bucket)];
        each.amount += amount;
        const std::optional<qint64> limit = limits.of(row[5], stage);
        if (limit && days > *limit) {
            ++each.stale;
            stale.push_back({{row[0], Value(stage), Value(days), Value(*limit), Value(amount), row[6]}, days});
        }
    }

    ReportTable table;
    table.name = u"stages"_s;
    table.columns = {column("stage", QT_TRANSLATE_NOOP("pipeline.ageing", "Stage"), FieldType::State, 0, deals),
                     countColumn("to_30", QT_TRANSLATE_NOOP("pipeline.ageing", "To 30 days")),
                     countColumn("to_60", QT_TRANSLATE_NOOP("pipeline.ageing", "31 to 60 days")),
                     countColumn("to_90", QT_TRANSLATE_NOOP("pipeline.ageing", "61 to 90 days")),
                     countColumn("over_90", QT_TRANSLATE_NOOP("pipeline.ageing", "Over 90 days")),
                     moneyColumn("amount", QT_TRANSLATE_NOOP("pipeline.ageing", "Amount")),
                     countColumn("stale", QT_TRANSLATE_NOOP("pipeline.ageing", "Stale"))};
    table.drillEntity = deals;
    for (const QString &stage : funnelStages()) {
        if (!isOpenStage(stage))
            continue;
        const Stage each = stages.value(stage);
        table.rows.push_back({Value(stage), Value(each.count[0]), Value(each.count[1]), Value(each.count[2]),
                              Value(each.count[3]), Value(each.amount), Value(each.stale)});
        table.drillFilters << bothTexts(chosenText(context, u"opened_on"_s), equalsText(u"stage"_s, Value(stage)));
    }
    table.chart = u"stacked"_s;
    table.chartCategory = u"stage"_s;
    table.chartSeries = {u"to_30"_s, u"to_60"_s, u"to_90"_s, u"over_90"_s};

    constexpr size_t listed = 200;
    std::stable_sort(stale.begin(), stale.end(), [](const Stale &a, const Stale &b) { return a.days > b.days; });
    stale.resize(std::min(stale.size(), listed));
    ReportTable list;
    list.name = u"stale"_s;
    list.columns = {
        column("opportunity", QT_TRANSLATE_NOOP("pipeline.ageing", "Opportunity"), FieldType::Link, 0, deals),
        column("stage", QT_TRANSLATE_NOOP("pipeline.ageing", "Stage"), FieldType::State, 0, deals),
        countColumn("days", QT_TRANSLATE_NOOP("pipeline.ageing", "Days in the stage")),
        countColumn("limit", QT_TRANSLATE_NOOP("pipeline.ageing", "Stale after")),
        moneyColumn("amount", QT_TRANSLATE_NOOP("pipeline.ageing", "Amount")),
        column("owner", QT_TRANSLATE_NOOP("pipeline.ageing", "Owner"), FieldType::User, 0, u"foundation.user"_s)};
    list.drillEntity = deals;
    for (Stale &each : stale) {
        list.drillFilters << equalsText(u"id"_s, each.row.front());
        list.rows.push_back(std::move(each.row));
    }
    return ReportResult{{table, list}};
}

Result<ReportResult> lossReport(const ReportContext &context)
{
    ReportResult result;
    const auto byPath = [&](const char *name, const char *label, const QString &path,
                            const QString &entity) -> Result<> {
        Query query;
        query.entity = deals;
        query.filterText = bothTexts(chosenText(context, u"closed_on"_s), u"stage == 'lost'"_s);
        query.group = {path, u"currency.rate"_s};
        query.aggregates = {{Aggregate::Kind::Count, {}}, {Aggregate::Kind::Sum, u"amount"_s}};
        TZ_ASSIGN(const Rows rows, context.reader.select(query));
        std::map<Value, Tally> found;
        qint64 all = 0;
        for (const auto &row : rows.rows) {
            found[row[0]].add(u"lost"_s, row[2].toInteger(), inHomeCurrency(row[3].toInteger(), row[1]));
            all += row[2].toInteger();
        }
        std::vector<std::pair<Value, Tally>> order(found.begin(), found.end());
        std::stable_sort(order.begin(), order.end(),
                         [](const auto &a, const auto &b) { return a.second.lost > b.second.lost; });
        ReportTable table;
        table.name = QString::fromLatin1(name);
        table.columns = {column(path.toLatin1().constData(), label, FieldType::Link, 0, entity),
                         countColumn("lost", QT_TRANSLATE_NOOP("pipeline.loss_reasons", "Lost")),
                         percentColumn("share", QT_TRANSLATE_NOOP("pipeline.loss_reasons", "Share")),
                         moneyColumn("amount", QT_TRANSLATE_NOOP("pipeline.loss_reasons", "Amount"))};
        table.drillEntity = deals;
        for (const auto &[value, tally] : order) {
            table.rows.push_back(
                {value, Value(tally.lost), valueOf(percentOf(tally.lost, all)), Value(tally.lostAmount)});
            table.drillFilters << bothTexts(query.filterText, equalsText(path, value));
        }
        table.chart = u"bar"_s;
        table.chartCategory = path;
        table.chartSeries = {u"lost"_s};
        result.tables << table;
        return {};
    };
    TZ_TRY(byPath("reasons", QT_TRANSLATE_NOOP("pipeline.loss_reasons", "Reason"), u"loss_reason"_s,
                  u"pipeline.loss_reason"_s));
    TZ_TRY(byPath("competitors", QT_TRANSLATE_NOOP("pipeline.loss_reasons", "Lost to"), u"lost_to"_s,
                  u"pipeline.competitor"_s));
    return result;
}

} // namespace tz::pipeline
