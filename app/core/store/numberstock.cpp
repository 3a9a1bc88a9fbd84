// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/numberstock.h"

#include "core/logic/days.h"
#include "core/logic/numbering.h"

namespace tz {

namespace {
/// A laptop that is away when a new year or month begins has numbers for it.
constexpr int daysAhead = 30;
} // namespace

NumberStock::NumberStock(RecordStore &store)
    : m_store(store)
{
}

std::vector<NumberStock::Series> NumberStock::series() const
{
    const qint64 now = m_store.clock().nowMs();
    const int offset = m_store.utcOffsetSeconds();
    const QDate today = dayOf(now, offset);
    const Judge judge(m_store, m_store.contributions(), m_store.actor(), now, offset);
    std::vector<Series> all;
    for (const Entity *entity : m_store.catalog().entities()) {
        if (entity->number.isEmpty() || !judge.grantFor(*entity).create)
            continue;
        all.push_back({entity, today, numbering::series(entity->fullName, entity->number, today)});
        // Of thirty series that begin anew each day, most numbers would never be used.
        if (entity->number.contains(QLatin1String("{dd}")))
            continue;
        const QDate later = today.addDays(daysAhead);
        const QString name = numbering::series(entity->fullName, entity->number, later);
        if (name != all.back().name)
            all.push_back({entity, later, name});
    }
    return all;
}

Result<wire::NumbersRequest> NumberStock::wanted() const
{
    wire::NumbersRequest request;
    TZ_ASSIGN(auto select,
              m_store.database().prepare("SELECT coalesce(sum(last - first + 1), 0), "
                                         "coalesce(min(CASE WHEN first <= last THEN first END), max(first), 0) "
                                         "FROM sync_number WHERE series = ?1"));
    for (const Series &one : series()) {
        TZ_TRY(select.bind(1, one.name).step());
        if (select.integer(0) < limits::fewNumbers && request.stocks.size() < size_t(wire::stocksPerRequest))
            request.stocks.push_back({one.entity->fullName, one.day.toJulianDay(), select.integer(1)});
        select.reset();
    }
    return request;
}

Result<> NumberStock::receive(const wire::NumbersAnswer &answer)
{
    Database &database = m_store.database();
    TZ_ASSIGN(Transaction transaction, Transaction::begin(database));
    QSet<QString> current;
    for (const Series &one : series())
        current.insert(one.name);
    // Of past years nothing is drawn any more.
    std::map<QString, qint64> drawn;
    {
        TZ_ASSIGN(auto select, database.prepare("SELECT series, coalesce(min(CASE WHEN first <= last THEN first END), "
                                                "max(first)) FROM sync_number GROUP BY series"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            drawn[select.text(0)] = select.integer(1);
        }
    }
    TZ_ASSIGN(auto drop, database.prepare("DELETE FROM sync_number WHERE series = ?1"));
    TZ_ASSIGN(auto insert, database.prepare("INSERT INTO sync_number(series, first, last) VALUES (?1, ?2, ?3) "
                                            "ON CONFLICT(series, last) DO UPDATE SET first = excluded.first"));
    for (const auto &[name, next] : drawn) {
        const bool answered = std::ranges::find(answer.ranges, name, &wire::NumberRange::series) != answer.ranges.end();
        if (answered || !current.contains(name))
            TZ_TRY(drop.bind(1, name).run());
    }
    for (const wire::NumberRange &range : answer.ranges) {
        const auto known = drawn.find(range.series);
        const qint64 first = std::max(range.first, known == drawn.end() ? 0 : known->second);
        if (current.contains(range.series) && first <= range.last)
            TZ_TRY(insert.bind(1, range.series).bind(2, first).bind(3, range.last).run());
    }
    return transaction.commit();
}

Result<NumberStock::Range> NumberStock::behind(Database &database, const QString &series, qint64 after)
{
    TZ_ASSIGN(auto select, database.prepare("SELECT max(first, ?2 + 1), last FROM sync_number "
                                            "WHERE series = ?1 AND last > ?2 AND first <= last ORDER BY last LIMIT 1"));
    TZ_ASSIGN(const bool found, select.bind(1, series).bind(2, after).step());
    return found ? Range{select.integer(0), select.integer(1)} : Range{};
}

Result<> NumberStock::draw(Database &database, const QString &series, qint64 number)
{
    // An empty range stays until the next answer: it says how far this computer is. A function could fail halfway: for
    // that there would be a savepoint, at which the search index writes what it holds in memory.
    TZ_ASSIGN(auto update,
              database.prepare("UPDATE sync_number SET first = CASE WHEN last < ?2 THEN last ELSE ?2 END + 1 "
                               "WHERE series = ?1 AND first <= ?2"));
    return update.bind(1, series).bind(2, number).run();
}

Result<> NumberStock::forget(Database &database)
{
    return database.execute("DELETE FROM sync_number");
}

} // namespace tz
