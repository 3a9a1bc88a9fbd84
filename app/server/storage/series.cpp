// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/series.h"

#include "core/logic/numbering.h"
#include "core/sync/change.h"

namespace tz::server::series {

namespace {
Result<> insertLease(Database &database, const QString &series, qint64 first, qint64 last, qint64 device, qint64 day)
{
    TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO number_lease(series, first, last, device, day) "
                                                 "VALUES(?1, ?2, ?3, ?4, ?5)"));
    return insert.bind(1, series).bind(2, first).bind(3, last).bind(4, device).bind(5, day).run();
}

struct Lease {
    QString series;
    qint64 first = 0;
    qint64 last = 0;
    qint64 device = 0;
    qint64 day = 0;
};

/// One number of the lease is taken: what is left on both sides of it stays.
Result<> take(Database &database, const Lease &lease, qint64 number)
{
    TZ_ASSIGN(Statement erase, database.prepare("DELETE FROM number_lease WHERE series = ?1 AND first = ?2"));
    TZ_TRY(erase.bind(1, lease.series).bind(2, lease.first).run());
    if (lease.first < number)
        TZ_TRY(insertLease(database, lease.series, lease.first, number - 1, lease.device, lease.day));
    if (number < lease.last)
        TZ_TRY(insertLease(database, lease.series, number + 1, lease.last, lease.device, lease.day));
    return {};
}
} // namespace

Result<qint64> Counters::last(Database &database, const QString &series)
{
    if (const auto known = m_last.find(series); known != m_last.end())
        return known->second.number;
    TZ_ASSIGN(Statement select, database.prepare("SELECT last FROM series WHERE name = ?1"));
    TZ_ASSIGN(const bool found, select.bind(1, series).step());
    const qint64 number = found ? select.integer(0) : 0;
    m_last[series] = {number, false};
    return number;
}

void Counters::setLast(const QString &series, qint64 number)
{
    m_last[series] = {number, true};
}

Result<> Counters::write(Database &database)
{
    for (auto &[series, last] : m_last) {
        if (!std::exchange(last.changed, false))
            continue;
        TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO series(name, last) VALUES(?1, ?2) "
                                                     "ON CONFLICT(name) DO UPDATE SET last = excluded.last"));
        TZ_TRY(insert.bind(1, series).bind(2, last.number).run());
    }
    return {};
}

Result<qint64> next(Database &database, Counters &counters, const QString &series)
{
    TZ_ASSIGN(const qint64 before, counters.last(database, series));
    counters.setLast(series, before + 1);
    return before + 1;
}

Result<> skip(Database &database, Counters &counters, const QString &series, qint64 number)
{
    TZ_ASSIGN(const qint64 before, counters.last(database, series));
    if (number > before) {
        counters.setLast(series, number);
        return {};
    }
    TZ_ASSIGN(Statement select, database.prepare("SELECT first, last, device, day FROM number_lease "
                                                 "WHERE series = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1"));
    TZ_ASSIGN(const bool found, select.bind(1, series).bind(2, number).step());
    if (!found || select.integer(1) < number)
        return {};
    const Lease lease{series, select.integer(0), select.integer(1), select.integer(2), select.integer(3)};
    select.reset();
    return take(database, lease, number);
}

Result<QString> use(Database &database, qint64 device, const Entity &entity, const QString &number)
{
    // A laptop's record may be of last year's series when it arrives: its leases tell which.
    std::optional<Lease> found;
    qint64 sequence = 0;
    {
        TZ_ASSIGN(Statement select,
                  database.prepare("SELECT series, first, last, device, day FROM number_lease WHERE device = ?1"));
        select.bind(1, device);
        while (!found) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                return QString();
            const Lease lease{select.text(0), select.integer(1), select.integer(2), select.integer(3),
                              select.integer(4)};
            const QDate day = QDate::fromJulianDay(lease.day);
            if (lease.series != numbering::series(entity.fullName, entity.number, day))
                continue;
            const auto held = numbering::sequenceOf(entity.number, day, number);
            if (held && *held >= lease.first && *held <= lease.last) {
                sequence = *held;
                found = lease;
            }
        }
    }
    TZ_TRY(take(database, *found, sequence));
    return numbering::finalNumber(entity.number, QDate::fromJulianDay(found->day), sequence);
}

Result<std::vector<wire::NumberRange>> lease(Database &database, qint64 device, const Entity &entity, QDate day,
                                             qint64 from)
{
    const QString series = numbering::series(entity.fullName, entity.number, day);
    TZ_ASSIGN(Statement erase,
              database.prepare("DELETE FROM number_lease WHERE device = ?1 AND series = ?2 AND last < ?3"));
    TZ_TRY(erase.bind(1, device).bind(2, series).bind(3, from).run());
    TZ_ASSIGN(Statement shorten, database.prepare("UPDATE number_lease SET first = ?3 "
                                                  "WHERE device = ?1 AND series = ?2 AND first < ?3"));
    TZ_TRY(shorten.bind(1, device).bind(2, series).bind(3, from).run());

    std::vector<wire::NumberRange> ranges;
    qint64 left = 0;
    {
        TZ_ASSIGN(Statement select, database.prepare("SELECT first, last FROM number_lease "
                                                     "WHERE device = ?1 AND series = ?2 ORDER BY first"));
        select.bind(1, device).bind(2, series);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            ranges.push_back({series, select.integer(0), select.integer(1)});
            left += ranges.back().last - ranges.back().first + 1;
        }
    }
    if (left >= limits::fewNumbers)
        return ranges;
    Counters counters;
    TZ_ASSIGN(const qint64 before, counters.last(database, series));
    const wire::NumberRange more{series, before + 1, before + limits::numbersPerLease};
    counters.setLast(series, more.last);
    TZ_TRY(counters.write(database));
    TZ_TRY(insertLease(database, series, more.first, more.last, device, day.toJulianDay()));
    ranges.push_back(more);
    return ranges;
}

Result<> forget(Database &database, QDate before)
{
    TZ_ASSIGN(Statement erase, database.prepare("DELETE FROM number_lease WHERE day < ?1"));
    return erase.bind(1, before.toJulianDay()).run();
}

} // namespace tz::server::series
