// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/bulkwrite.h"

#include "core/base/check.h"
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

#include <QThreadPool>

namespace tz {

Result<BulkWrite> BulkWrite::begin(RecordStore &store, Refused refused)
{
    TZ_CHECK(!store.m_bulk);
    TZ_TRY(store.m_database.setDurable(true));
    TZ_ASSIGN(Transaction transaction, Transaction::begin(store.m_database));
    store.m_bulk = std::make_unique<RecordStore::Bulk>(std::move(transaction), refused == Refused::Spoils);
    return BulkWrite(&store);
}

BulkWrite::BulkWrite(BulkWrite &&other) noexcept
    : m_store(std::exchange(other.m_store, nullptr))
{
}

BulkWrite::~BulkWrite()
{
    if (!m_store)
        return;
    m_store->m_bulk.reset();
    m_store->m_unannounced.clear();
    m_store->m_unannouncedBatches = 0;
}

Result<> BulkWrite::commit()
{
    RecordStore *const store = std::exchange(m_store, nullptr);
    TZ_CHECK(store);
    // Whatever fails: the transaction ends with the bulk.
    const std::unique_ptr<RecordStore::Bulk> bulk = std::exchange(store->m_bulk, nullptr);
    if (bulk->fault)
        return fail(*bulk->fault);
    TZ_TRY(store->settle(*bulk));
    TZ_TRY(bulk->transaction.commit());
    store->announceCommitted();
    return {};
}

Result<> RecordStore::noteTaken(const Draft &draft)
{
    std::map<const Entity *, std::vector<Id>> ids;
    for (const Change &change : draft.changes())
        ids[m_catalog->entity(change.entity)].push_back(change.id);
    for (auto &[entity, asked] : ids) {
        TZ_ASSIGN(const std::vector<Id> present, m_rows->present(*entity, std::move(asked)));
        m_bulk->taken[entity].insert(present.begin(), present.end());
    }
    return {};
}

Result<> RecordStore::writeAhead(Work &work, Record record, const Change &cause)
{
    const Entity &entity = *record.entity;
    const Shape &of = shape(entity);
    const Id id = record.id;
    std::unordered_set<Id> &taken = m_bulk->taken[&entity];
    if (taken.contains(id))
        return fail("record.exists");
    NewRows &made = work.ahead.made;
    std::optional<SearchWriter::Entry> entry;
    if (!entity.search.isEmpty()) {
        // The titles of other records are among the words.
        const auto isWaiting = [&](int index) {
            const Id other = record.value(index).toId();
            return other && (made.ids.contains(other) || m_bulk->waiting.contains(other));
        };
        if (std::ranges::any_of(of.searched, isWaiting))
            TZ_TRY(beforeReading());
        TZ_ASSIGN(entry, m_search->gathered(record, 0));
    }
    TZ_TRY(touch(work, of, nullptr, record));
    taken.insert(id);
    made.ids.insert(id);
    made.entriesOfRows.push_back(std::move(entry));
    RowWriter::NewRow &row = made.rows.emplace_back();
    row.record = std::move(record);
    row.system.state = work.keepForSending ? recordstate::pendingEdits : 0;
    work.created.emplace_back(of.number, id);
    work.receipt.touched.push_back({entity.fullName, id, cause.kind});
    return {};
}

void RecordStore::workAhead(Bulk &bulk, Work &work)
{
    bulk.waiting = std::exchange(work.ahead.made.ids, {});
    auto ready = std::make_shared<std::promise<Bulk::Rows>>();
    bulk.rows = ready->get_future();
    auto task = std::make_shared<std::packaged_task<Bulk::Ahead()>>([ready, ahead = std::move(work.ahead)]() mutable {
        for (RowWriter::NewRow &row : ahead.made.rows)
            RowWriter::pack(row);
        ready->set_value(std::exchange(ahead.made.rows, {}));
        for (Bulk::Outgoing &outgoing : ahead.outgoing)
            outgoing.body = synctables::packedBatch(std::exchange(outgoing.batch, {}));
        for (std::optional<SearchWriter::Entry> &entry : ahead.made.entriesOfRows) {
            if (entry)
                SearchWriter::spell(*entry);
        }
        for (SearchWriter::Entry &entry : ahead.made.entries)
            SearchWriter::spell(entry);
        return std::move(ahead);
    });
    bulk.ahead = task->get_future();
    QThreadPool::globalInstance()->start([task] { (*task)(); });
}

Result<> RecordStore::settle(Bulk &bulk) const
{
    if (!bulk.ahead.valid())
        return {};
    TZ_TRY(settleRows(bulk));
    Bulk::Ahead ahead = bulk.ahead.get();
    for (const SearchWriter::Entry &entry : ahead.made.entries)
        TZ_TRY(m_search->insert(entry));
    for (size_t at = 0; at < ahead.made.entriesOfRows.size(); ++at) {
        std::optional<SearchWriter::Entry> &entry = ahead.made.entriesOfRows[at];
        if (!entry)
            continue;
        entry->row += bulk.rowIds[at];
        TZ_TRY(m_search->insert(*entry));
    }
    for (const Bulk::Outgoing &outgoing : ahead.outgoing)
        TZ_TRY(synctables::putOut(m_database, outgoing.no, outgoing.id, outgoing.hlc, outgoing.body));
    return {};
}

Result<> RecordStore::settleRows(Bulk &bulk) const
{
    if (!bulk.rows.valid())
        return {};
    const Bulk::Rows rows = bulk.rows.get();
    bulk.waiting.clear();
    TZ_ASSIGN(bulk.rowIds, insertRows(rows));
    return {};
}

Result<std::vector<qint64>> RecordStore::insertRows(std::span<const RowWriter::NewRow> rows) const
{
    std::vector<qint64> rowIds;
    rowIds.reserve(rows.size());
    while (!rows.empty()) {
        const Entity *const entity = rows.front().record.entity;
        const auto other =
            std::ranges::find_if(rows, [entity](const RowWriter::NewRow &row) { return row.record.entity != entity; });
        const auto some = rows.first(size_t(other - rows.begin()));
        TZ_ASSIGN(const qint64 first, m_rows->insert(*entity, some));
        for (size_t i = 0; i < some.size(); ++i)
            rowIds.push_back(first + qint64(i));
        rows = rows.subspan(some.size());
    }
    return rowIds;
}

Result<> RecordStore::beforeReading() const
{
    if (!m_bulk)
        return {};
    TZ_TRY(settleRows(*m_bulk));
    if (!m_bulk->applying || m_bulk->applying->rows.empty())
        return {};
    NewRows &made = *m_bulk->applying;
    for (RowWriter::NewRow &row : made.rows)
        RowWriter::pack(row);
    TZ_ASSIGN(const std::vector<qint64> rowIds, insertRows(made.rows));
    for (size_t at = 0; at < rowIds.size(); ++at) {
        if (std::optional<SearchWriter::Entry> &entry = made.entriesOfRows[at]) {
            entry->row += rowIds[at];
            made.entries.push_back(std::move(*entry));
        }
    }
    made.rows.clear();
    made.entriesOfRows.clear();
    made.ids.clear();
    return {};
}

} // namespace tz
