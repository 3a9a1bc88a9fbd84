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

void RecordStore::workAhead(Bulk &bulk, Work &work)
{
    auto task = std::make_shared<std::packaged_task<Bulk::Ahead()>>([ahead = std::move(work.ahead)]() mutable {
        for (Bulk::Outgoing &outgoing : ahead.outgoing)
            outgoing.body = synctables::packedBatch(std::exchange(outgoing.batch, {}));
        for (SearchWriter::Entry &entry : ahead.entries)
            SearchWriter::spell(entry);
        return std::move(ahead);
    });
    bulk.ahead = task->get_future();
    QThreadPool::globalInstance()->start([task] { (*task)(); });
}

Result<> RecordStore::settle(Bulk &bulk)
{
    if (!bulk.ahead.valid())
        return {};
    const Bulk::Ahead ahead = bulk.ahead.get();
    for (const SearchWriter::Entry &entry : ahead.entries)
        TZ_TRY(m_search->insert(entry));
    for (const Bulk::Outgoing &outgoing : ahead.outgoing)
        TZ_TRY(synctables::putOut(m_database, outgoing.no, outgoing.id, outgoing.hlc, outgoing.body));
    return {};
}

} // namespace tz
