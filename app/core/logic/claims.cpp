// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The part of Judge about what there is only so much of.
#include "core/base/decimal.h"
#include "core/logic/judge.h"

#include <QDateTime>

namespace tz {

namespace {
constexpr qint64 minuteMs = 60'000;
/// Of a room that is taken for longer than this many bookings, the next free time is not worth looking for.
constexpr int bookingsLookedAt = 200;

bool isEmptyIn(const Record &record, const QStringList &fields)
{
    return std::ranges::any_of(fields, [&](const QString &name) { return record.value(name).isNull(); });
}

/// The fields that must be filled for the record to claim anything.
QStringList needed(const Claim &claim)
{
    return claim.kind == Claim::Kind::Overlap ? claim.of + QStringList{claim.from, claim.to} : claim.of;
}

bool isOfDays(const Record &record, const Claim &claim)
{
    return record.entity->field(claim.from)->type == FieldType::Date;
}

/// Where the time that is claimed ends, exclusively: a date is taken to its end.
qint64 endOf(const Record &record, const Claim &claim)
{
    return record.value(claim.to).toInteger() + (isOfDays(record, claim) ? 1 : 0);
}
} // namespace

Result<> Judge::mayClaim(const Record *before, const Record &after) const
{
    const Entity &entity = *after.entity;
    for (const Claim &claim : entity.claims) {
        const QStringList fields = needed(claim);
        const auto holds = [&](const Record &record) {
            return !isEmptyIn(record, fields) && (!claim.where || claim.where->holds(contextFor(record)));
        };
        if (!holds(after))
            continue;
        if (before && holds(*before)) {
            const auto same = [&](const QString &name) { return before->value(name) == after.value(name); };
            const bool gives = claim.kind != Claim::Kind::Capacity || claim.amount.isEmpty() ||
                               before->value(claim.amount).toInteger() >= after.value(claim.amount).toInteger();
            if (std::ranges::all_of(fields, same) && gives)
                continue;
        }
        Query others;
        others.entity = entity.fullName;
        others.filter = claim.where;
        QStringList conditions{QStringLiteral("id != param('self')")};
        others.parameters.insert(QStringLiteral("self"), after.id);
        for (const QString &name : claim.of) {
            conditions << QStringLiteral("%1 == param('%1')").arg(name);
            others.parameters.insert(name, after.value(name));
        }
        others.filterText = conditions.join(QStringLiteral(" and "));
        if (claim.kind == Claim::Kind::Overlap) {
            TZ_TRY(claimTime(claim, others, after));
        } else if (claim.kind == Claim::Kind::Capacity) {
            TZ_TRY(claimAmount(claim, others, after));
        } else {
            others.fields = {QStringLiteral("id"), QStringLiteral("_title")};
            others.limit = 1;
            TZ_ASSIGN(const Rows found, m_reader.select(others));
            if (!found.rows.empty())
                return fail("claim.taken",
                            {{QStringLiteral("entity"), entity.fullName},
                             {QStringLiteral("record"), found.rows[0][0].toId().toString()},
                             {QStringLiteral("title"), found.rows[0][1].toText()}},
                            claim.of.front());
        }
    }
    return {};
}

Result<> Judge::claimTime(const Claim &claim, const Query &others, const Record &after) const
{
    const bool days = isOfDays(after, claim);
    const qint64 gap = claim.gap ? claim.gap->evaluate(contextFor(after)).toInteger() * minuteMs : 0;
    qint64 from = after.value(claim.from).toInteger();
    const qint64 length = endOf(after, claim) - from;
    if (length <= 0)
        return fail("record.out_of_range", {{QStringLiteral("min"), claim.from}}, claim.to);

    Query query = others;
    query.filterText +=
        QStringLiteral(" and %1 %2 param('begin')").arg(claim.to, days ? QLatin1String(">=") : QLatin1String(">"));
    query.parameters.insert(QStringLiteral("begin"), Value(from - gap));
    query.fields = {QStringLiteral("id"), QStringLiteral("_title"), claim.from, claim.to};
    query.sort = {{claim.from, false}};
    query.limit = bookingsLookedAt;
    TZ_ASSIGN(const Rows found, m_reader.select(query));

    // The first that is in the way, and behind it the first time that is long enough.
    const std::vector<Value> *inTheWay = nullptr;
    for (const std::vector<Value> &row : found.rows) {
        const qint64 theirs = row[2].toInteger();
        const qint64 end = row[3].toInteger() + (days ? 1 : 0);
        if (theirs - gap >= from + length)
            break;
        if (end + gap <= from)
            continue;
        if (!inTheWay)
            inTheWay = &row;
        from = end + gap;
    }
    if (!inTheWay)
        return {};
    QString free;
    if (found.rows.size() < size_t(bookingsLookedAt))
        free = days ? QDate(1970, 1, 1).addDays(from).toString(Qt::ISODate)
                    : QDateTime::fromMSecsSinceEpoch(from, Qt::OffsetFromUTC, m_utcOffsetSeconds)
                          .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return fail("claim.overlaps",
                {{QStringLiteral("entity"), after.entity->fullName},
                 {QStringLiteral("record"), (*inTheWay)[0].toId().toString()},
                 {QStringLiteral("title"), (*inTheWay)[1].toText()},
                 {QStringLiteral("free"), free}},
                claim.of.front());
}

Result<> Judge::claimAmount(const Claim &claim, Query others, const Record &after) const
{
    const Value limit = claim.limit->evaluate(contextFor(after));
    if (limit.isNull())
        return {};
    const Field *const amount = after.entity->field(claim.amount);
    const qint64 taken = amount ? after.value(amount->index).toInteger() : 1;
    Aggregate sum;
    if (amount) {
        sum.kind = Aggregate::Kind::Sum;
        sum.path = claim.amount;
    }
    others.aggregates = {sum};
    TZ_ASSIGN(const Rows found, m_reader.select(others));
    const qint64 used = found.rows.empty() ? 0 : found.rows[0][0].toInteger();
    if (used + taken <= limit.toInteger())
        return {};
    const int scale = amount ? amount->scale : 0;
    return fail("claim.full",
                {{QStringLiteral("free"), decimal::toText(std::max<qint64>(0, limit.toInteger() - used), scale)},
                 {QStringLiteral("limit"), decimal::toText(limit.toInteger(), scale)}},
                claim.of.front());
}

} // namespace tz
