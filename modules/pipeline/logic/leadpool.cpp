// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leadpool.h"

#include "figures.h"
#include "lookup.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// What one run of the job changes at most; the next run goes on.
constexpr qsizetype changesPerRun = 900;

Result<std::optional<Record>> poolOfTeam(const Reader &reader, const Value &team)
{
    const Entity *entity = reader.catalog().entity(u"pipeline.lead_pool");
    Query query;
    query.entity = entity->fullName;
    query.fields = {u"id"_s, u"team"_s};
    query.sort = {{u"name"_s}};
    TZ_ASSIGN(const Rows rows, reader.select(query));
    Id found;
    for (const auto &row : rows.rows) {
        if (row[1] == team || (row[1].isNull() && found.isNull()))
            found = row[0].toId();
        if (!team.isNull() && row[1] == team)
            break;
    }
    if (found.isNull())
        return std::nullopt;
    return reader.find(*entity, found);
}

QDate dayIn(const Record &record, QStringView field, int utcOffsetSeconds)
{
    const Value value = record.value(field);
    return value.isInteger() ? dayOf(value.toInteger(), utcOffsetSeconds) : QDate();
}

} // namespace

Result<std::optional<Record>> poolOf(const Reader &reader, const Record &lead)
{
    if (const Id pool = lead.value(u"pool").toId(); !pool.isNull())
        return reader.find(*reader.catalog().entity(u"pipeline.lead_pool"), pool);
    return poolOfTeam(reader, lead.value(u"team"));
}

Recycling recyclingOf(const Record &pool, const QString &level)
{
    const QString field = level.isEmpty() ? u"days_other"_s : u"days_"_s + level.toLower();
    Recycling rule;
    rule.limitDays = int(pool.value(field).toInteger(pool.value(u"days_other").toInteger(30)));
    rule.remindDays = int(pool.value(u"remind_days").toInteger());
    return rule;
}

Result<> guardClaim(const RuleContext &context)
{
    if (context.action != "claim"_L1 || !context.before || context.actor.system)
        return {};
    TZ_ASSIGN(const std::optional<Record> pool, poolOf(context.reader, *context.before));
    if (!pool)
        return {};
    const QDate today = dayOf(context.nowMs, context.utcOffsetSeconds);
    const QDate pooled = dayIn(*context.before, u"pooled_at", context.utcOffsetSeconds);
    const auto refuse = [](const char *code, QDate until) {
        return fail(code, {{u"until"_s, until.toString(Qt::ISODate)}});
    };
    if (pooled.isValid()) {
        const qint64 wait = pool->value(u"previous_owner_days").toInteger();
        if (context.before->value(u"previous_owner").toId() == context.actor.user && today < pooled.addDays(wait))
            return refuse("pipeline.claim_previous_owner", pooled.addDays(wait));
        const qint64 fresh = pool->value(u"fresh_days").toInteger();
        if (today < pooled.addDays(fresh))
            return refuse("pipeline.claim_fresh", pooled.addDays(fresh));
    }
    const qint64 limit = pool->value(u"daily_claims").toInteger();
    if (limit <= 0)
        return {};
    TZ_ASSIGN(Query query, queryWhere(context.reader, context.after.entity->fullName, u"owner"_s,
                                      Value(context.actor.user), {u"received_at"_s, u"id"_s}));
    query.filterText = u"received_how == 'claimed'"_s;
    query.sort = {{u"received_at"_s, true}};
    query.limit = int(limit);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    const qint64 midnight = startOfDay(today, context.utcOffsetSeconds);
    const auto isToday = [&](const std::vector<Value> &row) {
        return row[0].toInteger() >= midnight && row[1].toId() != context.after.id;
    };
    if (std::count_if(rows.rows.begin(), rows.rows.end(), isToday) >= limit)
        return fail("pipeline.claim_limit_reached", {{u"limit"_s, limit}});
    return {};
}

Result<> recycleLeads(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)
{
    const QDate today = dayOf(nowMs, utcOffsetSeconds);
    const Entity &leads = *reader.catalog().entity(u"pipeline.lead");
    const Entity &reminders = *reader.catalog().entity(u"foundation.reminder");
    TZ_ASSIGN(const std::vector<Id> ids,
              reader.ids(leads.fullName, u"owner != null and status in ('new', 'working', 'qualified')"_s));
    draft.label = u"recycle"_s;
    for (const Id &id : ids) {
        if (qsizetype(draft.changes().size()) >= changesPerRun)
            break;
        TZ_ASSIGN(const std::optional<Record> lead, reader.find(leads, id));
        if (!lead)
            continue;
        TZ_ASSIGN(const std::optional<Record> pool, poolOf(reader, *lead));
        if (!pool || !pool->value(u"recycle").toBool())
            continue;
        const Recycling rule = recyclingOf(*pool, lead->value(u"level").toText());
        const QDate received = dayIn(*lead, u"received_at", utcOffsetSeconds);
        const QDate last = dayIn(*lead, u"last_follow_up", utcOffsetSeconds);
        if (rule.isDue(received, last, today)) {
            draft.update(leads.fullName, id,
                         {{u"previous_owner"_s, lead->value(u"owner")},
                          {u"owner"_s, Value()},
                          {u"pool"_s, Value(pool->id)},
                          {u"pooled_at"_s, Value(nowMs)},
                          {u"next_contact"_s, Value()}});
        } else if (rule.isNear(received, last, today)) {
            // One reminder for each time the lead comes near, whoever runs the job and however often.
            const QDate due = rule.due(received, last);
            const Id reminder = Id::fromName(u"pipeline.recycle/"_s + id.toString() + u'/' + due.toString(Qt::ISODate));
            TZ_ASSIGN(const std::optional<Record> known, reader.find(reminders, reminder, true));
            if (known)
                continue;
            draft.create(reminders.fullName, reminder,
                         {{u"text"_s, Value(reader.title(leads, id) + u" → "_s + due.toString(Qt::ISODate))},
                          {u"due_at"_s, Value(startOfDay(due, utcOffsetSeconds))},
                          {u"owner"_s, lead->value(u"owner")},
                          {u"entity"_s, Value(leads.fullName)},
                          {u"record"_s, Value(id.toString())}});
        }
    }
    return {};
}

} // namespace tz::pipeline
