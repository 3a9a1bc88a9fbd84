// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"
#include "core/logic/days.h"

namespace tz {

/// When somebody's record goes back to a public pool, counted in calendar days of the company.
struct Recycling {
    /// Days without a follow-up after which it goes; the day after the last of them is due().
    int limitDays = 30;
    /// Days before due() on which the owner is reminded; 0: never.
    int remindDays = 0;

    /// First day on which the record is to be taken back: more than limitDays after the later of the two dates.
    /// Received 1 March, followed up 10 March, limit 30: 10 April. Invalid dates do not count; both invalid: invalid.
    TZ_CORE_EXPORT QDate due(QDate received, QDate lastFollowUp) const;
    TZ_CORE_EXPORT bool isDue(QDate received, QDate lastFollowUp, QDate today) const;
    /// From remindDays before due() until the day before it.
    TZ_CORE_EXPORT bool isNear(QDate received, QDate lastFollowUp, QDate today) const;
};

/// Public pools as departments declare them. A rule record has the fields `team`, `days_<level>` and `days_other`,
/// `remind_days`, `previous_owner_days`, `daily_claims`; a record that goes into a pool has `owner`, `previous_owner`,
/// `received_at`, `received_how`, `last_follow_up`, `next_contact` and `pooled_at`.
namespace pool {

/// The rule of `team`, else the first by name without a team, among the records of `rules` for which `filter` holds;
/// nothing where there is none.
TZ_CORE_EXPORT Result<std::optional<Record>> ruleOfTeam(const Reader &reader, const QString &rules, const Value &team,
                                                        const QString &filter = {});
/// Limit by the record's level, and days of reminder, as the rule says.
TZ_CORE_EXPORT Recycling recyclingOf(const Record &rule, const QString &level);

/// Until when the actor, whose record it was, has to leave a claim to others; invalid: no longer.
TZ_CORE_EXPORT QDate previousOwnerWaits(const RuleContext &context, const Record &rule);
/// Whether the actor has claimed as many records of the entity today as the rule allows. 0 allows any number.
TZ_CORE_EXPORT Result<bool> claimedEnough(const RuleContext &context, const Record &rule);

/// What goes back to the pool, and by which rule.
struct Recycler {
    QString entity;
    /// Owned records that are looked at.
    QString filter;
    /// Beginning of the reminders' names, for ids that are the same whoever runs the job: "customers.recycle/".
    QString reminders;
    /// The rule of a record; nothing: it is never taken back.
    std::function<Result<std::optional<Record>>(const Reader &reader, const Record &record)> ruleOf;
    /// What is written besides into a record that goes back; may be null.
    std::function<Draft::Values(const Record &rule)> also;
};
/// Takes back what nobody has followed up and reminds owners some days before, once for each time a record comes near.
/// At most some hundred changes a run; the next one goes on. For a job: runs as the system.
TZ_CORE_EXPORT Result<> recycle(const Recycler &recycler, const Reader &reader, qint64 nowMs, int utcOffsetSeconds,
                                Draft &draft);

} // namespace pool

} // namespace tz
