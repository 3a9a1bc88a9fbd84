// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "accountpool.h"

#include "core/logic/seeding.h"
#include "lookup.h"

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype changesPerRun = 900;

QDate dayOf(qint64 ms, int utcOffsetSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(ms + qint64(utcOffsetSeconds) * 1000, Qt::UTC).date();
}

qint64 startOfDay(QDate day, int utcOffsetSeconds)
{
    return QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() - qint64(utcOffsetSeconds) * 1000;
}

QDate dayIn(const Record &record, QStringView field, int utcOffsetSeconds)
{
    const Value value = record.value(field);
    return value.isInteger() ? dayOf(value.toInteger(), utcOffsetSeconds) : QDate();
}

} // namespace

Result<std::optional<Record>> poolRuleOf(const Reader &reader, const Record &account)
{
    const Entity &rules = *reader.catalog().entity(u"customers.pool_rule");
    Query query;
    query.entity = rules.fullName;
    query.fields = {u"id"_s, u"team"_s};
    query.filterText = u"active"_s;
    query.sort = {{u"name"_s}};
    TZ_ASSIGN(const Rows rows, reader.select(query));
    const Value team = account.value(u"team");
    Id found;
    for (const auto &row : rows.rows) {
        if (!team.isNull() && row[1] == team)
            return reader.find(rules, row[0].toId());
        if (row[1].isNull() && found.isNull())
            found = row[0].toId();
    }
    if (found.isNull())
        return std::nullopt;
    return reader.find(rules, found);
}

Recycling recyclingOf(const Record &rule, const QString &level)
{
    const QString field = level.isEmpty() ? u"days_other"_s : u"days_"_s + level.toLower();
    Recycling recycling;
    recycling.limitDays = int(rule.value(field).toInteger(rule.value(u"days_other").toInteger(30)));
    recycling.remindDays = int(rule.value(u"remind_days").toInteger());
    return recycling;
}

Result<> guardAccountPool(const RuleContext &context)
{
    if (context.actor.system || !context.before)
        return {};
    if (context.action == "release"_L1 && context.before->value(u"locked").toBool())
        return fail("customers.locked");
    if (context.action != "claim"_L1)
        return {};
    TZ_ASSIGN(const std::optional<Record> rule, poolRuleOf(context.reader, *context.before));
    if (!rule)
        return {};
    const QDate today = dayOf(context.nowMs, context.utcOffsetSeconds);
    const QDate pooled = dayIn(*context.before, u"pooled_at", context.utcOffsetSeconds);
    const QDate free = pooled.isValid() ? pooled.addDays(rule->value(u"previous_owner_days").toInteger()) : QDate();
    if (context.before->value(u"previous_owner").toId() == context.actor.user && free.isValid() && today < free)
        return fail("customers.claim_previous_owner", {{u"until"_s, free.toString(Qt::ISODate)}});
    const qint64 limit = rule->value(u"daily_claims").toInteger();
    if (limit <= 0)
        return {};
    TZ_ASSIGN(Query query, queryWhere(context.reader, context.after.entity->fullName, u"owner"_s,
                                      Value(context.actor.user), {u"received_at"_s, u"id"_s}));
    query.filterText = u"received_how == 'claimed'"_s;
    query.sort = {{u"received_at"_s, true}};
    query.limit = int(limit);
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    const qint64 midnight = startOfDay(today, context.utcOffsetSeconds);
    const auto claimedToday = std::count_if(rows.rows.begin(), rows.rows.end(), [&](const std::vector<Value> &row) {
        return row[0].toInteger() >= midnight && row[1].toId() != context.after.id;
    });
    if (claimedToday >= limit)
        return fail("customers.claim_limit_reached", {{u"limit"_s, limit}});
    return {};
}

Result<> recycleAccounts(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)
{
    const QDate today = dayOf(nowMs, utcOffsetSeconds);
    const Entity &accounts = *reader.catalog().entity(u"customers.account");
    const Entity &reminders = *reader.catalog().entity(u"foundation.reminder");
    TZ_ASSIGN(const std::vector<Id> ids, reader.ids(accounts.fullName, u"owner != null and not locked"_s));
    draft.label = u"recycle"_s;
    for (const Id &id : ids) {
        if (qsizetype(draft.changes().size()) >= changesPerRun)
            break;
        TZ_ASSIGN(const std::optional<Record> account, reader.find(accounts, id));
        if (!account)
            continue;
        TZ_ASSIGN(const std::optional<Record> rule, poolRuleOf(reader, *account));
        if (!rule || (rule->value(u"skip_customers").toBool() && account->value(u"stage").toText() == "customer"_L1))
            continue;
        const Recycling recycling = recyclingOf(*rule, account->value(u"level").toText());
        const QDate received = dayIn(*account, u"received_at", utcOffsetSeconds);
        const QDate last = dayIn(*account, u"last_follow_up", utcOffsetSeconds);
        if (recycling.isDue(received, last, today)) {
            draft.update(accounts.fullName, id,
                         {{u"previous_owner"_s, account->value(u"owner")},
                          {u"owner"_s, Value()},
                          {u"pooled_at"_s, Value(nowMs)},
                          {u"next_contact"_s, Value()}});
        } else if (recycling.isNear(received, last, today)) {
            // One reminder for each time it comes near, however often the job runs.
            const QDate due = recycling.due(received, last);
            const Id reminder =
                Id::fromName(u"customers.recycle/"_s + id.toString() + u'/' + due.toString(Qt::ISODate));
            TZ_ASSIGN(const std::optional<Record> known, reader.find(reminders, reminder, true));
            if (known)
                continue;
            draft.create(reminders.fullName, reminder,
                         {{u"text"_s, Value(reader.title(accounts, id) + u" → "_s + due.toString(Qt::ISODate))},
                          {u"due_at"_s, Value(startOfDay(due, utcOffsetSeconds))},
                          {u"owner"_s, account->value(u"owner")},
                          {u"entity"_s, Value(accounts.fullName)},
                          {u"record"_s, Value(id.toString())}});
        }
    }
    return {};
}

Result<> initialData(const SeedContext &context)
{
    Seeder seeder(context, u"initial"_s);
    // Companies that begin decide for themselves when customers are taken away: the rule is there, but not active.
    seeder.create(u"customers.pool_rule"_s, Id::fromName(u"customers.pool_rule/standard"),
                  {{u"name"_s, Value(u"公司客户公海"_s)}, {u"active"_s, Value(false)}});
    return seeder.finish();
}

} // namespace tz::customers
