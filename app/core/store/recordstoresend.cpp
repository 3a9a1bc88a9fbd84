// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The part of RecordStore that tells of a draft: the server by the outbox, the views once it is committed.
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

namespace tz {

namespace {

/// A batch must fit into one request with others.
constexpr qsizetype batchBytes = limits::bodyBytes / 4;

/// Rough size on the wire.
qsizetype weight(const Value &value)
{
    if (value.isText())
        return 5 + std::get<QString>(value.data()).size() * 3;
    if (value.isList())
        return 5 + qsizetype(value.toList().size()) * 20;
    return 17;
}

qsizetype weight(const Change &change)
{
    qsizetype bytes = 64 + change.entity.size() + weight(change.member);
    for (const FieldEdit &edit : change.edits)
        bytes += edit.field.size() + weight(edit.value) + weight(edit.was);
    return bytes;
}

} // namespace

Result<> RecordStore::send(Work &work, const Draft &draft)
{
    std::optional<qint64> nextNo;
    if (work.leavesAhead)
        nextNo = m_bulk->known->nextNo;
    if (!nextNo) {
        TZ_ASSIGN(nextNo, synctables::number(m_database, synctables::nextNo, 1));
    }
    qint64 no = *nextNo;
    work.receipt.no = no;
    Batch batch;
    batch.independent = draft.independent;
    batch.group = draft.group;
    batch.label = draft.label;
    std::set<std::pair<int, Id>> records;
    qsizetype bytes = 0;
    const auto flush = [&]() -> Result<> {
        batch.id = no == work.receipt.no ? work.receipt.batch : m_ids.next();
        batch.no = no++;
        ++work.sent;
        batch.hlc = m_hybridClock.tick();
        if (work.leavesAhead) {
            m_bulk->known->nextNo = no;
            std::vector<Change> changes = std::exchange(batch.changes, {});
            work.ahead.outgoing.push_back({batch.no, batch.id, batch.hlc, std::move(records), batch, {}});
            work.ahead.outgoing.back().batch.changes = std::move(changes);
        } else {
            TZ_TRY(synctables::append(m_database, batch, records));
            batch.changes.clear();
        }
        records = {};
        bytes = 0;
        return {};
    };
    size_t along = 0;
    for (size_t i = 0; i < work.starts.size(); ++i) {
        const size_t from = work.starts[i];
        const size_t to = i + 1 < work.starts.size() ? work.starts[i + 1] : work.out.size();
        qsizetype more = 0;
        for (size_t at = from; at < to; ++at)
            more += weight(work.out[at]);
        const bool full =
            batch.changes.size() + (to - from) > size_t(limits::changesPerBatch) || bytes + more > batchBytes;
        if (full && !batch.changes.empty()) {
            if (!draft.independent)
                return fail("record.batch_too_large", {{QStringLiteral("max"), qint64(batchBytes)}});
            // Parts of one draft are undone together.
            if (batch.group.isNull())
                batch.group = work.receipt.batch;
            TZ_TRY(flush());
        }
        if (more > batchBytes)
            return fail("record.batch_too_large", {{QStringLiteral("max"), qint64(batchBytes)}});
        bytes += more;
        for (size_t at = from; at < to; ++at) {
            Change &change = work.out[at];
            // Mostly they come in order.
            records.emplace_hint(records.end(), shape(*m_catalog->entity(change.entity)).number, change.id);
            batch.changes.push_back(std::move(change));
        }
        for (; along < work.alongside.size() && work.alongside[along].first < to; ++along)
            records.insert(work.alongside[along].second);
    }
    return batch.changes.empty() ? Result<>() : flush();
}

void RecordStore::remember(const Work &work)
{
    for (const auto &[entity, ids] : work.touched) {
        if (auto &unannounced = m_unannounced[entity]; unannounced.size() <= announcedOneByOne)
            unannounced.insert(ids.begin(), ids.end());
    }
    m_unannouncedBatches += work.sent;
}

void RecordStore::announceCommitted()
{
    const auto remembered = std::exchange(m_unannounced, {});
    const int batches = std::exchange(m_unannouncedBatches, 0);
    for (const auto &[entity, ids] : remembered) {
        if (ids.size() > announcedOneByOne)
            announce(entity->fullName, {});
        else
            announce(entity->fullName, QList<Id>(ids.begin(), ids.end()));
    }
    if (batches > 0)
        Q_EMIT outboxGrew(batches);
}

} // namespace tz
