// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leadpool.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// The pool whose rules hold for a lead: the one it names, else its team's, else the company's; nothing where there is
/// none.
Result<std::optional<Record>> poolOf(const Reader &reader, const Record &lead)
{
    if (const Id named = lead.value(u"pool").toId(); !named.isNull())
        return reader.find(*reader.catalog().entity(u"pipeline.lead_pool"), named);
    return pool::ruleOfTeam(reader, u"pipeline.lead_pool"_s, lead.value(u"team"));
}

} // namespace

Result<> guardClaim(const RuleContext &context)
{
    if (context.action != "claim"_L1 || !context.before || context.actor.system)
        return {};
    TZ_ASSIGN(const std::optional<Record> pool, poolOf(context.reader, *context.before));
    if (!pool)
        return {};
    const auto refuse = [](const char *code, QDate until) {
        return fail(code, {{u"until"_s, until.toString(Qt::ISODate)}});
    };
    if (const QDate until = pool::previousOwnerWaits(context, *pool); until.isValid())
        return refuse("pipeline.claim_previous_owner", until);
    const QDate pooled = dayIn(*context.before, u"pooled_at", context.utcOffsetSeconds);
    const QDate open = pooled.isValid() ? pooled.addDays(pool->value(u"fresh_days").toInteger()) : QDate();
    if (open.isValid() && dayOf(context.nowMs, context.utcOffsetSeconds) < open)
        return refuse("pipeline.claim_fresh", open);
    TZ_ASSIGN(const bool enough, pool::claimedEnough(context, *pool));
    if (enough)
        return fail("pipeline.claim_limit_reached", {{u"limit"_s, pool->value(u"daily_claims").toInteger()}});
    return {};
}

Result<> recycleLeads(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)
{
    pool::Recycler recycler;
    recycler.entity = u"pipeline.lead"_s;
    recycler.filter = u"owner != null and status in ('new', 'working', 'qualified')"_s;
    recycler.reminders = u"pipeline.recycle/"_s;
    recycler.ruleOf = [](const Reader &from, const Record &lead) -> Result<std::optional<Record>> {
        TZ_ASSIGN(std::optional<Record> pool, poolOf(from, lead));
        if (pool && !pool->value(u"recycle").toBool())
            pool.reset();
        return pool;
    };
    recycler.also = [](const Record &pool) { return Draft::Values{{u"pool"_s, Value(pool.id)}}; };
    return pool::recycle(recycler, reader, nowMs, utcOffsetSeconds, draft);
}

} // namespace tz::pipeline
