// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "accountpool.h"

#include "core/logic/seeding.h"

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

/// The pool rule that holds for a customer: its team's, else the one without a team; nothing where there is none.
Result<std::optional<Record>> poolRuleOf(const Reader &reader, const Record &account)
{
    return pool::ruleOfTeam(reader, u"customers.pool_rule"_s, account.value(u"team"), u"active"_s);
}

} // namespace

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
    if (const QDate until = pool::previousOwnerWaits(context, *rule); until.isValid())
        return fail("customers.claim_previous_owner", {{u"until"_s, until.toString(Qt::ISODate)}});
    TZ_ASSIGN(const bool enough, pool::claimedEnough(context, *rule));
    if (enough)
        return fail("customers.claim_limit_reached", {{u"limit"_s, rule->value(u"daily_claims").toInteger()}});
    return {};
}

Result<> recycleAccounts(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)
{
    pool::Recycler recycler;
    recycler.entity = u"customers.account"_s;
    recycler.filter = u"owner != null and not locked"_s;
    recycler.reminders = u"customers.recycle/"_s;
    recycler.ruleOf = [](const Reader &from, const Record &account) -> Result<std::optional<Record>> {
        TZ_ASSIGN(std::optional<Record> rule, poolRuleOf(from, account));
        const bool isCustomer = account.value(u"stage").toText() == "customer"_L1;
        if (rule && isCustomer && rule->value(u"skip_customers").toBool())
            rule.reset();
        return rule;
    };
    return pool::recycle(recycler, reader, nowMs, utcOffsetSeconds, draft);
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
