// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/puller.h"

#include <algorithm>
#include <numeric>

namespace tz::server {

namespace {
/// Estimated bytes of a page; below the limit of an unpacked body by a wide margin, because a revision is never split.
constexpr qint64 pageBytes = limits::unpackedBytes * 5 / 8;
constexpr int smallerTries = 12;
} // namespace

qint64 Puller::cut(const Counts &counts, qint64 room, qint64 end, qint64 &taken)
{
    taken = 0;
    qint64 upto = end;
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        // A revision is never split; the first one goes even when it is larger than the page.
        if (taken > 0 && taken + it->second > room) {
            upto = std::prev(it)->first;
            break;
        }
        taken += it->second;
    }
    return upto;
}

Result<Puller::Counts> Puller::countCommon(qint64 after)
{
    Counts counts;
    const auto add = [&](Statement &select) -> Result<> {
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                return {};
            counts[select.integer(0)] += select.integer(1);
        }
    };
    for (const qint64 key : m_keys) {
        const Entity *entity = m_connection.model->numbers.entityAt(audience::entityOf(key));
        if (!entity)
            continue;
        if (audience::kindOf(key) == audience::Kind::All) {
            TZ_ASSIGN(Statement select,
                      m_connection.db().prepare("SELECT _rev, count(*) FROM \"" + entity->table.toUtf8() +
                                                "\" WHERE _rev > ?1 GROUP BY _rev"));
            select.bind(1, after);
            TZ_TRY(add(select));
            continue;
        }
        TZ_ASSIGN(Statement select, m_connection.db().prepare(
                                        "SELECT rev, count(*) FROM audience WHERE key = ?1 AND rev > ?2 GROUP BY rev"));
        select.bind(1, key).bind(2, after);
        TZ_TRY(add(select));
        TZ_ASSIGN(Statement left, m_connection.db().prepare(
                                      "SELECT rev, count(*) FROM departure WHERE key = ?1 AND rev > ?2 GROUP BY rev"));
        left.bind(1, key).bind(2, after);
        TZ_TRY(add(left));
    }
    return counts;
}

void Puller::addTable(wire::Page &page, States::Table &&table)
{
    if (!table.rows.rows.empty()) {
        auto place = std::find_if(page.tables.begin(), page.tables.end(),
                                  [&](const wire::TableRows &rows) { return rows.entity == table.rows.entity; });
        if (place == page.tables.end())
            page.tables.push_back(std::move(table.rows));
        else
            std::move(table.rows.rows.begin(), table.rows.rows.end(), std::back_inserter(place->rows));
    }
    if (!table.gone.empty()) {
        auto place = std::find_if(page.gone.begin(), page.gone.end(),
                                  [&](const wire::EntityIds &ids) { return ids.entity == table.entity->fullName; });
        if (place == page.gone.end())
            page.gone.push_back({table.entity->fullName, std::move(table.gone)});
        else
            place->ids.insert(place->ids.end(), table.gone.begin(), table.gone.end());
    }
}

Result<> Puller::collectCommon(wire::Page &page, qint64 after, qint64 upto, qint64 &bytes)
{
    States states(m_connection, *m_scope);
    for (auto first = m_keys.begin(); first != m_keys.end();) {
        const int number = audience::entityOf(*first);
        const auto last =
            std::find_if(first, m_keys.end(), [&](qint64 key) { return audience::entityOf(key) != number; });
        const auto begin = std::exchange(first, last);
        const Entity *entity = m_connection.model->numbers.entityAt(number);
        std::optional<States::Table> table = entity ? states.table(*entity) : std::nullopt;
        if (!table)
            continue;
        if (m_scope->hasAllKey(table->number)) {
            TZ_TRY(states.addRange(*table, after, upto));
            bytes += table->bytes;
            addTable(page, std::move(*table));
            continue;
        }
        wire::EntityIds left{entity->fullName, {}};
        std::vector<Id> ids;
        for (auto key = begin; key != last; ++key) {
            for (const char *sql : {"SELECT id FROM audience WHERE key = ?1 AND rev > ?2 AND rev <= ?3",
                                    "SELECT id FROM departure WHERE key = ?1 AND rev > ?2 AND rev <= ?3"}) {
                TZ_ASSIGN(Statement select, m_connection.db().prepare(sql));
                TZ_ASSIGN(const auto changed, select.bind(1, *key).bind(2, after).bind(3, upto).ids());
                ids.insert(ids.end(), changed.begin(), changed.end());
            }
        }
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        // What left and came back is simply sent; what left for good is evicted.
        TZ_ASSIGN(left.ids, states.add(*table, std::span<const Id>(ids)));
        bytes += table->bytes + qint64(left.ids.size()) * 17;
        addTable(page, std::move(*table));
        if (!left.ids.empty())
            page.evict.push_back(std::move(left));
    }
    return {};
}

Result<qint64> Puller::backfill(wire::Page &page, qint64 key, qint64 from, qint64 upto, qint64 room, qint64 &bytes)
{
    const int number = audience::entityOf(key);
    const Entity *entity = m_connection.model->numbers.entityAt(number);
    if (!entity)
        return upto;
    States states(m_connection, *m_scope);
    std::optional<States::Table> table = states.table(*entity);
    if (!table)
        return upto;
    const bool all = audience::kindOf(key) == audience::Kind::All;
    Counts counts;
    {
        TZ_ASSIGN(Statement select,
                  all ? m_connection.db().prepare("SELECT _rev, count(*) FROM \"" + entity->table.toUtf8() +
                                                  "\" WHERE _rev > ?1 AND _rev <= ?2 GROUP BY _rev")
                      : m_connection.db().prepare("SELECT rev, count(*) FROM audience WHERE rev > ?1 AND rev <= ?2 AND "
                                                  "key = ?3 GROUP BY rev"));
        select.bind(1, from).bind(2, upto);
        if (!all)
            select.bind(3, key);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            counts[select.integer(0)] += select.integer(1);
        }
    }
    qint64 taken = 0;
    const qint64 end = cut(counts, room, upto, taken);
    if (all) {
        TZ_TRY(states.addRange(*table, from, end));
    } else {
        std::vector<Id> ids;
        {
            TZ_ASSIGN(Statement select,
                      m_connection.db().prepare("SELECT id FROM audience WHERE key = ?1 AND rev > ?2 AND rev <= ?3"));
            TZ_ASSIGN(ids, select.bind(1, key).bind(2, from).bind(3, end).ids());
        }
        TZ_TRY(states.add(*table, std::span<const Id>(ids)));
    }
    // Several keys may grant one record: it is sent once a page.
    std::erase_if(table->rows.rows, [&](const wire::Row &row) { return m_sent.contains(row.id); });
    for (const wire::Row &row : table->rows.rows)
        m_sent.insert(row.id, true);
    table->gone.clear();
    bytes += table->bytes;
    page.remaining += qint64(std::accumulate(counts.upper_bound(end), counts.end(), qint64(0),
                                             [](qint64 sum, const auto &entry) { return sum + entry.second; }));
    addTable(page, std::move(*table));
    return end;
}

Result<> Puller::addSums(wire::Page &page)
{
    TZ_ASSIGN(Statement select, m_connection.db().prepare("SELECT n, sum FROM digest WHERE key = ?1"));
    for (const qint64 key : m_scope->keys.keys) {
        const Entity *entity = m_connection.model->numbers.entityAt(audience::entityOf(key));
        if (!entity)
            continue;
        wire::Sum sum{entity->fullName, key, 0, 0};
        TZ_ASSIGN(const bool found, select.bind(1, key).step());
        if (found) {
            sum.n = select.integer(0);
            sum.sum = select.integer(1);
        }
        select.reset();
        page.sums.push_back(std::move(sum));
    }
    return {};
}

Result<Revision> historyOf(Database &database, const wire::PullRequest &request)
{
    for (const wire::Mark &mark : {request.newest, request.cursor}) {
        TZ_ASSIGN(const bool ours, isOfThisHistory(database, mark.rev, mark.chain));
        if (!ours)
            return fail("sync.history", {{QStringLiteral("rev"), mark.rev}});
    }
    TZ_ASSIGN(const std::optional<Revision> base, revisionAt(database, request.cursor.rev));
    return base ? Result<Revision>(*base) : fail("sync.history", {{QStringLiteral("rev"), request.cursor.rev}});
}

Result<wire::Page> Puller::pull(const wire::PullRequest &request)
{
    TZ_ASSIGN(const Revision now, currentRevision(m_connection.db()));
    TZ_ASSIGN(const Revision base, historyOf(m_connection.db(), request));
    wire::Page page;
    page.mark = {base.rev, base.chain};
    if (request.keysVersion != m_scope->keys.version || request.visibility != m_scope->visibility) {
        page.keys = m_scope->keys;
        page.visibility = m_scope->visibility;
        page.more = true;
        return page;
    }

    m_keys =
        m_recent.changed(request.cursor.rev, {now.rev, now.chain}, m_scope->keys.keys).value_or(m_scope->keys.keys);
    TZ_ASSIGN(const Counts counts, countCommon(request.cursor.rev));
    qint64 total = 0;
    for (const auto &[rev, n] : counts)
        total += n;
    qint64 room = std::clamp<qint64>(request.maxRows, 1, limits::pageRows);
    for (int attempt = 0; attempt < smallerTries; ++attempt, room = std::max<qint64>(1, room / 4)) {
        page.tables.clear();
        page.gone.clear();
        page.evict.clear();
        page.backfilled.clear();
        m_sent.clear();
        qint64 bytes = 0;
        qint64 taken = 0;
        const qint64 upto = cut(counts, room, now.rev, taken);
        TZ_TRY(collectCommon(page, request.cursor.rev, upto, bytes));
        page.remaining = total - taken;
        page.more = upto < now.rev;
        TZ_ASSIGN(const std::optional<Revision> mark, revisionAt(m_connection.db(), upto));
        page.mark = {upto, mark ? mark->chain : now.chain};

        // Gained keys: what they grant up to the old cursor; what is newer came above.
        for (const wire::Backfill &wanted : request.backfill) {
            if (!std::binary_search(m_scope->keys.keys.begin(), m_scope->keys.keys.end(), wanted.key))
                continue;
            qint64 reached = wanted.fromRev;
            const qint64 left = room - taken - m_sent.size();
            if (left > 0 && bytes < pageBytes && reached < request.cursor.rev) {
                TZ_ASSIGN(reached, backfill(page, wanted.key, wanted.fromRev, request.cursor.rev, left, bytes));
            }
            const bool complete = reached >= request.cursor.rev;
            page.more = page.more || !complete;
            page.backfilled.push_back({wanted.key, complete ? page.mark.rev + 1 : reached});
        }
        if (bytes <= pageBytes || room == 1)
            break;
    }
    if (request.sums && !page.more)
        TZ_TRY(addSums(page));
    return page;
}

} // namespace tz::server
