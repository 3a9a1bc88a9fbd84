// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/recycling.h"

#include "core/catalog/catalog.h"
#include "core/logic/lookup.h"

namespace tz {

QDate Recycling::due(QDate received, QDate lastFollowUp) const
{
    const QDate last =
        !lastFollowUp.isValid() || (received.isValid() && received > lastFollowUp) ? received : lastFollowUp;
    return last.isValid() ? last.addDays(limitDays + 1) : QDate();
}

bool Recycling::isDue(QDate received, QDate lastFollowUp, QDate today) const
{
    const QDate day = due(received, lastFollowUp);
    return day.isValid() && today >= day;
}

bool Recycling::isNear(QDate received, QDate lastFollowUp, QDate today) const
{
    const QDate day = due(received, lastFollowUp);
    return day.isValid() && remindDays > 0 && today < day && today >= day.addDays(-remindDays);
}

namespace pool {

using namespace Qt::StringLiterals;

namespace {
/// What one run of the job changes at most.
constexpr size_t changesPerRun = 900;
} // namespace

Result<std::optional<Record>> ruleOfTeam(const Reader &reader, const QString &rules, const Value &team,
                                         const QString &filter)
{
    Query query;
    query.entity = rules;
    query.fields = {u"id"_s, u"team"_s};
    query.filterText = filter;
    query.sort = {{u"name"_s}};
    TZ_ASSIGN(const Rows rows, reader.select(query));
    Id found;
    for (const auto &row : rows.rows) {
        if (!team.isNull() && row[1] == team) {
            found = row[0].toId();
            break;
        }
        if (row[1].isNull() && found.isNull())
            found = row[0].toId();
    }
    if (found.isNull())
        return std::nullopt;
    return reader.find(*reader.catalog().entity(rules), found);
}

Recycling recyclingOf(const Record &rule, const QString &level)
{
    const QString field = level.isEmpty() ? u"days_other"_s : u"days_"_s + level.toLower();
    Recycling recycling;
    recycling.limitDays = int(rule.value(field).toInteger(rule.value(u"days_other").toInteger(30)));
    recycling.remindDays = int(rule.value(u"remind_days").toInteger());
    return recycling;
}

QDate previousOwnerWaits(const RuleContext &context, const Record &rule)
{
    const QDate pooled = dayIn(*context.before, u"pooled_at", context.utcOffsetSeconds);
    if (!pooled.isValid() || context.before->value(u"previous_owner").toId() != context.actor.user)
        return {};
    const QDate free = pooled.addDays(rule.value(u"previous_owner_days").toInteger());
    return dayOf(context.nowMs, context.utcOffsetSeconds) < free ? free : QDate();
}

Result<bool> claimedEnough(const RuleContext &context, const Record &rule)
{
    const qint64 limit = rule.value(u"daily_claims").toInteger();
    if (limit <= 0)
        return false;
    TZ_ASSIGN(Query query, queryWhere(context.reader, context.after.entity->fullName, u"owner"_s,
                                      Value(context.actor.user), {u"received_at"_s, u"id"_s}));
    query.filterText = u"received_how == 'claimed'"_s;
    query.sort = {{u"received_at"_s, true}};
    query.limit = int(limit);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    const qint64 midnight = startOfDay(dayOf(context.nowMs, context.utcOffsetSeconds), context.utcOffsetSeconds);
    const auto isToday = [&](const std::vector<Value> &row) {
        return row[0].toInteger() >= midnight && row[1].toId() != context.after.id;
    };
    return std::ranges::count_if(rows.rows, isToday) >= limit;
}

Result<> recycle(const Recycler &recycler, const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)
{
    const QDate today = dayOf(nowMs, utcOffsetSeconds);
    const Entity &entity = *reader.catalog().entity(recycler.entity);
    const Entity &reminders = *reader.catalog().entity(u"foundation.reminder");
    TZ_ASSIGN(const std::vector<Id> ids, reader.ids(entity.fullName, recycler.filter));
    draft.label = u"recycle"_s;
    for (const Id &id : ids) {
        if (draft.changes().size() >= changesPerRun)
            break;
        TZ_ASSIGN(const std::optional<Record> record, reader.find(entity, id));
        if (!record)
            continue;
        TZ_ASSIGN(const std::optional<Record> rule, recycler.ruleOf(reader, *record));
        if (!rule)
            continue;
        const Recycling recycling = recyclingOf(*rule, record->value(u"level").toText());
        const QDate received = dayIn(*record, u"received_at", utcOffsetSeconds);
        const QDate last = dayIn(*record, u"last_follow_up", utcOffsetSeconds);
        if (recycling.isDue(received, last, today)) {
            Draft::Values values{{u"previous_owner"_s, record->value(u"owner")},
                                 {u"owner"_s, Value()},
                                 {u"pooled_at"_s, Value(nowMs)},
                                 {u"next_contact"_s, Value()}};
            if (recycler.also)
                std::ranges::move(recycler.also(*rule), std::back_inserter(values));
            draft.update(entity.fullName, id, std::move(values));
        } else if (recycling.isNear(received, last, today)) {
            const QDate due = recycling.due(received, last);
            const Id reminder = Id::fromName(recycler.reminders + id.toString() + u'/' + due.toString(Qt::ISODate));
            TZ_ASSIGN(const std::optional<Record> known, reader.find(reminders, reminder, true));
            if (known)
                continue;
            draft.create(reminders.fullName, reminder,
                         {{u"text"_s, Value(reader.title(entity, id) + u" → "_s + due.toString(Qt::ISODate))},
                          {u"due_at"_s, Value(startOfDay(due, utcOffsetSeconds))},
                          {u"owner"_s, record->value(u"owner")},
                          {u"entity"_s, Value(entity.fullName)},
                          {u"record"_s, Value(id.toString())}});
        }
    }
    return {};
}

} // namespace pool

} // namespace tz
