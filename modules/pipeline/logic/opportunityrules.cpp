// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "opportunityrules.h"

#include "core/base/decimal.h"
#include "figures.h"
#include "lookup.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// Probability of the stage in percent (scale 4): the pipeline's own figure, else what the stage declares.
Value standardProbability(const RuleContext &context, const QString &stage)
{
    const Id pipeline = context.after.value(u"pipeline").toId();
    if (!pipeline.isNull() && isOpenStage(stage)) {
        const auto query = queryWhere(context.reader, u"pipeline.pipeline_stage"_s, u"pipeline"_s, Value(pipeline),
                                      {u"stage"_s, u"probability"_s});
        const Result<Rows> rows = query ? context.reader.select(*query) : Result<Rows>(fail(query.error()));
        if (rows) {
            for (const auto &row : rows->rows) {
                if (row[0].toText() == stage)
                    return row[1];
            }
        }
    }
    const State *state = stageNamed(*context.after.entity, stage);
    return Value(state ? state->properties.value(u"probability"_s) * decimal::powerOfTen(decimal::percentScale) : 0);
}

QString titleOf(const RuleContext &context, QStringView field)
{
    const Field *link = context.after.entity->field(field);
    const Id id = context.after.value(field).toId();
    const Entity *target = link ? context.reader.catalog().entity(link->to) : nullptr;
    return target && !id.isNull() ? context.reader.title(*target, id) : QString();
}

} // namespace

const QStringList &funnelStages()
{
    static const QStringList stages{u"prospecting"_s, u"engaging"_s, u"proposal"_s, u"negotiation"_s, u"won"_s};
    return stages;
}

bool isOpenStage(QStringView stage)
{
    return stage != "won"_L1 && stage != "lost"_L1;
}

Result<> nameOpportunity(const RuleContext &context)
{
    if (!context.after.value(u"name").isNull())
        return {};
    QStringList parts;
    for (const QStringView field : {QStringView(u"account"), QStringView(u"product")}) {
        if (const QString title = titleOf(context, field); !title.isEmpty())
            parts << title;
    }
    if (parts.isEmpty() && !context.after.value(u"number").isNull())
        parts << context.after.value(u"number").toText();
    if (parts.isEmpty())
        return fail("pipeline.opportunity_unnamed", {}, u"name"_s);
    context.after.set(u"name", Value(parts.join(u" – "_s).left(200)));
    return {};
}

Result<> followStage(const RuleContext &context)
{
    const QString stage = context.after.value(u"stage").toText();
    const Value standard = standardProbability(context, stage);
    if (!isOpenStage(stage)) {
        context.after.set(u"probability", standard);
        context.after.set(u"own_estimate", Value(false));
        return {};
    }
    const bool own = context.after.value(u"own_estimate").toBool();
    const Value probability = context.after.value(u"probability");
    bool follow = false;
    if (!context.before) {
        // Whoever types another figure means it; the default of a new record is not typed.
        const State *state = stageNamed(*context.after.entity, stage);
        const qint64 declared =
            state ? state->properties.value(u"probability"_s) * decimal::powerOfTen(decimal::percentScale) : 0;
        follow = !own && (probability.isNull() || probability == Value(declared));
        if (!own && !follow)
            context.after.set(u"own_estimate", Value(probability != standard));
    } else if (context.changed(u"stage")) {
        follow = !own || !isOpenStage(context.before->value(u"stage").toText());
    } else if (context.changed(u"probability") && !context.changed(u"own_estimate")) {
        context.after.set(u"own_estimate", Value(probability != standard));
    } else {
        follow = !own && (context.changed(u"own_estimate") || context.changed(u"pipeline"));
    }
    if (follow) {
        context.after.set(u"probability", standard);
        context.after.set(u"own_estimate", Value(false));
    }
    return {};
}

Result<> dateOpportunity(const RuleContext &context)
{
    Record &after = context.after;
    const QString stage = after.value(u"stage").toText();
    const QDate today = dayOf(context.nowMs, context.utcOffsetSeconds);
    if (context.changed(u"stage")) {
        if (isOpenStage(stage))
            after.set(u"closed_on", Value());
        else if (after.value(u"closed_on").isNull())
            after.set(u"closed_on", Value::fromDate(today));
        if (after.value(u"engage_date").isNull() && context.before && stage != "prospecting"_L1 && stage != "lost"_L1)
            after.set(u"engage_date", Value::fromDate(today));
        // A deal that is entered or imported later than it happened keeps its own dates.
        Value since(context.nowMs);
        if (!context.before) {
            const Value day = isOpenStage(stage) ? after.value(u"engage_date") : after.value(u"closed_on");
            if (!day.isNull() && day.toDate() < today)
                since = Value(startOfDay(day.toDate(), context.utcOffsetSeconds));
        }
        const Value held = context.before ? context.before->value(u"stage_since") : Value(context.nowMs);
        if (after.value(u"stage_since").isNull() || after.value(u"stage_since") == held)
            after.set(u"stage_since", since);
    }
    if (after.value(u"first_close_date").isNull() && !after.value(u"close_date").isNull())
        after.set(u"first_close_date", after.value(u"close_date"));
    const Value engaged = after.value(u"engage_date");
    const Value closed = after.value(u"closed_on");
    if ((context.changed(u"engage_date") || context.changed(u"closed_on")) && !engaged.isNull() && !closed.isNull() &&
        closed.toDate() < engaged.toDate())
        return fail("pipeline.closed_before_talks",
                    {{u"engaged"_s, engaged.toDate().toString(Qt::ISODate)},
                     {u"closed"_s, closed.toDate().toString(Qt::ISODate)}},
                    u"closed_on"_s);
    return {};
}

Result<> guardReopening(const RuleContext &context)
{
    if (context.action != "reopen"_L1 || context.actor.isAdmin() || context.actor.roles.contains("sales_manager"_L1))
        return {};
    return fail("pipeline.reopen_needs_manager", {}, u"stage"_s);
}

Result<> recordStageChange(const EffectContext &context)
{
    const Record &after = context.after;
    if (context.actor.system || after.deleted)
        return {};
    const Value stage = after.value(u"stage");
    const Value before = context.before ? context.before->value(u"stage") : Value();
    if (before == stage)
        return {};
    const auto write = [&](const Value &from, const Value &to, qint64 atMs, const Value &seconds) {
        context.draft.create(u"pipeline.stage_change"_s, {{u"opportunity"_s, Value(after.id)},
                                                          {u"from_stage"_s, from},
                                                          {u"to_stage"_s, to},
                                                          {u"changed_at"_s, Value(atMs)},
                                                          {u"changed_by"_s, Value(context.actor.user)},
                                                          {u"duration"_s, seconds}});
    };
    const qint64 since = after.value(u"stage_since").toInteger(context.nowMs);
    if (context.before) {
        const Value entered = context.before->value(u"stage_since");
        write(before, stage, since,
              entered.isInteger() && since >= entered.toInteger() ? Value((since - entered.toInteger()) / 1000)
                                                                  : Value());
        return {};
    }
    // A deal that comes in already decided was in talks before, if it says since when.
    const Value engaged = after.value(u"engage_date");
    if (!isOpenStage(stage.toText()) && !engaged.isNull()) {
        const Value engaging(u"engaging"_s);
        const qint64 begin = startOfDay(engaged.toDate(), context.utcOffsetSeconds);
        write({}, engaging, begin, {});
        write(engaging, stage, std::max(begin, since), Value(std::max<qint64>(0, since - begin) / 1000));
    } else {
        write({}, stage, since, {});
    }
    return {};
}

Result<> followLines(const EffectContext &context)
{
    if (context.actor.system)
        return {};
    const Id deal = context.after.value(u"opportunity").toId();
    const Entity *entity = context.reader.catalog().entity(u"pipeline.opportunity");
    TZ_ASSIGN(const std::optional<Record> opportunity, context.reader.find(*entity, deal));
    if (!opportunity || !opportunity->value(u"amount_from_lines").toBool())
        return {};
    // The rollup of this very batch is not counted yet; the lines are.
    TZ_ASSIGN(const Query query,
              queryWhere(context.reader, u"pipeline.opportunity_line"_s, u"opportunity"_s, Value(deal), {u"net"_s}));
    TZ_ASSIGN(const Rows lines, context.reader.select(query));
    qint64 sum = 0;
    for (const auto &line : lines.rows)
        sum += line.front().toInteger();
    const Value total = lines.rows.empty() ? Value() : Value(sum);
    if (total.isNull() || total == opportunity->value(u"amount"))
        return {};
    context.draft.update(entity->fullName, deal, {{u"amount"_s, total}});
    return {};
}

} // namespace tz::pipeline
