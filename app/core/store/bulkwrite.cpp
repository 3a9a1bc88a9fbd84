// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/bulkwrite.h"

#include "core/base/check.h"
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

namespace tz {

Result<BulkWrite> BulkWrite::begin(RecordStore &store, Refused refused)
{
    TZ_CHECK(!store.m_bulk);
    TZ_TRY(store.m_database.setDurable(true));
    TZ_ASSIGN(Transaction transaction, Transaction::begin(store.m_database));
    store.m_bulk =
        std::make_unique<RecordStore::Bulk>(store.m_database, std::move(transaction), refused == Refused::Spoils);
    return BulkWrite(&store);
}

BulkWrite::BulkWrite(BulkWrite &&other) noexcept
    : m_store(std::exchange(other.m_store, nullptr))
{
}

BulkWrite::~BulkWrite()
{
    takeBack();
}

void BulkWrite::takeBack()
{
    RecordStore *const store = std::exchange(m_store, nullptr);
    if (!store)
        return;
    store->m_bulk.reset();
    store->m_unannounced.clear();
    store->m_unannouncedBatches = 0;
}

Result<> BulkWrite::commit()
{
    TZ_CHECK(m_store);
    auto committed = m_store->settle();
    if (committed)
        committed = m_store->m_bulk->transaction.commit();
    if (!committed) {
        takeBack();
        return committed;
    }
    RecordStore *const store = std::exchange(m_store, nullptr);
    store->m_bulk.reset();
    store->announceCommitted();
    return {};
}

Result<Receipt> RecordStore::runAhead(Draft draft)
{
    struct Applying {
        Bulk &bulk;
        ~Applying() { bulk.applying = nullptr; }
    };
    if (m_bulk->fault)
        return fail(*m_bulk->fault);
    Work work(*this, *m_environment.contributions, m_actor, m_environment.clock->nowMs(), utcOffsetSeconds());
    work.keepForSending = !m_standalone;
    work.leavesAhead = true;
    work.origin = originOf(draft.label, {}, 0, *m_environment.contributions);
    const Applying applying{*m_bulk};
    m_bulk->applying = &work.ahead.made;
    const auto done = [&]() -> Result<> {
        TZ_TRY(beginAhead(work, draft));
        TZ_TRY(runChanges(work, draft));
        return work.out.empty() ? Result<>() : finishAhead(work, draft);
    }();
    if (!done) {
        // Some of its rows may be written, and nobody would send them.
        m_bulk->fault = done.error();
        return fail(*m_bulk->fault);
    }
    if (work.out.empty())
        work.receipt.batch = {};
    else
        remember(work);
    return std::move(work.receipt);
}

Result<> RecordStore::beginAhead(Work &work, const Draft &draft)
{
    std::optional<Bulk::Known> &known = m_bulk->known;
    if (!known) {
        TZ_ASSIGN(const auto last, lastNumbers());
        known = Bulk::Known();
        known->batch = last.first;
        known->history = last.second;
    }
    work.numbers = known->numbers;
    work.deviceNo = known->deviceNo;
    work.ahead.batch = openBatch(work, draft, known->batch, known->history);
    return noteTaken(draft);
}

Result<> RecordStore::noteTaken(const Draft &draft)
{
    std::map<const Entity *, std::vector<Id>> ids;
    for (const Change &change : draft.changes())
        ids[m_catalog->entity(change.entity)].push_back(change.id);
    for (auto &[entity, asked] : ids) {
        auto greatest = m_bulk->known->greatest.find(entity);
        if (greatest == m_bulk->known->greatest.end()) {
            TZ_TRY(takeBack(*m_bulk));
            TZ_ASSIGN(const Id last, m_rows->greatest(*entity));
            greatest = m_bulk->known->greatest.emplace(entity, last).first;
        }
        const Id last = std::max(greatest->second, *std::ranges::max_element(asked));
        // Ids grow with time: new ones come behind all others, unless they were given.
        std::erase_if(asked, [&](const Id &id) { return greatest->second < id; });
        greatest->second = last;
        if (asked.empty())
            continue;
        TZ_TRY(takeBack(*m_bulk));
        TZ_ASSIGN(const std::vector<Id> present, m_rows->present(*entity, asked));
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
            return other && (made.ids.contains(other) || std::ranges::any_of(m_bulk->judged, [&](const Judged &draft) {
                                 return draft.waiting.contains(other);
                             }));
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
    work.ahead.created.emplace_back(of.number, id);
    work.receipt.touched.push_back({entity.fullName, id, cause.kind});
    return {};
}

Result<> RecordStore::finishAhead(Work &work, const Draft &draft)
{
    if (!work.rollupOwners.empty()) {
        TZ_TRY(beforeReading());
        TZ_TRY(refreshRollups(work));
    }
    if (work.keepForSending)
        TZ_TRY(send(work, draft));
    Bulk &bulk = *m_bulk;
    Ahead &ahead = work.ahead;
    bulk.known->batch = ahead.batch.seq;
    bulk.known->history += qint64(ahead.created.size());
    bulk.known->numbers = work.numbers;
    bulk.known->deviceNo = work.deviceNo;
    ahead.numbers = work.numbers;
    // The one before is as good as packed by now. It is not waited for when the next draft is judged.
    TZ_TRY(takeBack(bulk));
    if (!bulk.judged.empty())
        lendOut(bulk);
    bulk.judged.push_back(inPacking(bulk.packer, std::move(ahead)));
    return {};
}

RecordStore::Judged RecordStore::inPacking(TaskThread &packer, Ahead made)
{
    Judged judged;
    judged.waiting = std::exchange(made.made.ids, {});
    auto ready = std::make_shared<std::promise<std::vector<RowWriter::NewRow>>>();
    judged.rows = ready->get_future();
    auto task = std::make_shared<std::packaged_task<Ahead()>>([ready, ahead = std::move(made)]() mutable {
        for (RowWriter::NewRow &row : ahead.made.rows)
            RowWriter::pack(row);
        ready->set_value(std::exchange(ahead.made.rows, {}));
        for (Outgoing &outgoing : ahead.outgoing)
            outgoing.body = synctables::packedBatch(std::exchange(outgoing.batch, {}));
        for (std::optional<SearchWriter::Entry> &entry : ahead.made.entriesOfRows) {
            if (entry)
                SearchWriter::spell(*entry);
        }
        for (SearchWriter::Entry &entry : ahead.made.entries)
            SearchWriter::spell(entry);
        return std::move(ahead);
    });
    judged.ahead = task->get_future();
    packer.start([task] { (*task)(); });
    return judged;
}

void RecordStore::lendOut(Bulk &bulk) const
{
    auto writing = std::make_shared<Bulk::Writing>();
    // Nothing is taken from the deque's front, nor does the rest move, before the database is back.
    writing->task = std::packaged_task<Result<>()>([this, &oldest = bulk.judged.front()] {
        const Database::Loan loan(m_database);
        return writeOut(oldest);
    });
    writing->done = writing->task.get_future();
    m_database.lend();
    bulk.writing = writing;
    bulk.writer.start([writing] {
        if (writing->take())
            writing->task();
    });
}

Result<> RecordStore::takeBack(Bulk &bulk) const
{
    if (bulk.fault)
        return fail(*bulk.fault);
    const std::shared_ptr<Bulk::Writing> writing = std::exchange(bulk.writing, nullptr);
    if (!writing)
        return {};
    if (writing->take())
        writing->task();
    const auto written = writing->done.get();
    bulk.judged.pop_front();
    if (!written)
        bulk.fault = written.error();
    return written;
}

Result<> RecordStore::settle() const
{
    if (!m_bulk)
        return {};
    TZ_TRY(takeBack(*m_bulk));
    m_bulk->known.reset();
    for (; !m_bulk->judged.empty(); m_bulk->judged.pop_front()) {
        if (const auto written = writeOut(m_bulk->judged.front()); !written) {
            m_bulk->fault = written.error();
            return written;
        }
    }
    return {};
}

Result<> RecordStore::writeRows(Judged &draft) const
{
    if (!draft.rows.valid())
        return {};
    draft.madeRows = draft.rows.get();
    TZ_ASSIGN(draft.rowIds, insertRows(draft.madeRows));
    return {};
}

Result<> RecordStore::writeOut(Judged &draft) const
{
    TZ_TRY(writeRows(draft));
    Ahead &ahead = draft.made;
    ahead = draft.ahead.get();
    TZ_TRY(writeBatch(ahead.batch));
    TZ_TRY(noteCreated(ahead.batch.seq, ahead.created));
    TZ_TRY(writeNumbers(ahead.numbers));
    for (const SearchWriter::Entry &entry : ahead.made.entries)
        TZ_TRY(m_search->insert(entry));
    for (size_t at = 0; at < ahead.made.entriesOfRows.size(); ++at) {
        std::optional<SearchWriter::Entry> &entry = ahead.made.entriesOfRows[at];
        if (!entry)
            continue;
        entry->row += draft.rowIds[at];
        TZ_TRY(m_search->insert(*entry));
    }
    for (const Outgoing &outgoing : ahead.outgoing) {
        TZ_TRY(synctables::markPending(m_database, outgoing.no, outgoing.hlc, outgoing.records));
        TZ_TRY(synctables::putOut(m_database, outgoing.no, outgoing.id, outgoing.hlc, outgoing.body));
    }
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
    TZ_TRY(takeBack(*m_bulk));
    for (Judged &draft : m_bulk->judged) {
        if (const auto written = writeRows(draft); !written) {
            m_bulk->fault = written.error();
            return written;
        }
        draft.waiting.clear();
    }
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
