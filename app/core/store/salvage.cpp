// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/salvage.h"

#include "core/store/attachmentstate.h"
#include "core/store/rowapplier.h"
#include "core/store/synctables.h"

namespace tz {

namespace {

using Row = std::vector<Value>;

/// All rows that can be read, by ascending key: from both ends, so that a broken page in the middle costs only itself.
std::vector<Row> readable(Database &database, const QByteArray &select, const QByteArray &key)
{
    std::map<Value, Row> rows;
    for (const char *order : {" ASC", " DESC"}) {
        auto statement = database.prepare(select + " ORDER BY " + key + order);
        if (!statement)
            continue;
        for (;;) {
            const auto more = statement->step();
            if (!more || !*more)
                break;
            Row row;
            for (int i = 0; i < statement->columns(); ++i)
                row.push_back(statement->value(i));
            rows.emplace(row.front(), std::move(row));
        }
    }
    std::vector<Row> result;
    for (auto &[first, row] : rows)
        result.push_back(std::move(row));
    return result;
}

/// 16-byte blobs come as ids, others as bytes.
QByteArray bytesOf(const Value &value)
{
    return value.isId() ? value.toId().toBytes() : value.toBytes();
}

Result<> copyState(RecordStore &into, Database &damaged)
{
    // Cursor and keys are left behind: everything is fetched anew.
    static const QSet<QByteArray> kept{"server_id",        "actor",         "mode",
                                       synctables::nextNo, synctables::hlc, "device_no",
                                       "clock_offset_ms",  "lease_until"};
    for (const Row &row : readable(damaged, "SELECT name, value FROM sync_state", "name")) {
        if (kept.contains(row[0].toText().toUtf8()))
            TZ_TRY(synctables::setState(into.database(), row[0].toText().toUtf8(),
                                        row[1].isText() ? row[1].toText().toUtf8() : bytesOf(row[1])));
    }
    return {};
}

/// By which it is noticed when the server has lost what the journal holds.
Result<> copyMarks(RecordStore &into, Database &damaged)
{
    TZ_ASSIGN(auto insert,
              into.database().prepare("INSERT OR IGNORE INTO sync_mark(rev, chain, at) VALUES (?1, ?2, ?3)"));
    for (const Row &row : readable(damaged, "SELECT rev, chain, at FROM sync_mark", "rev"))
        TZ_TRY(insert.bind(1, row[0]).bind(2, bytesOf(row[1])).bind(3, row[2]).run());
    return {};
}

Result<qint64> copyRejected(RecordStore &into, Database &damaged)
{
    qint64 count = 0;
    TZ_ASSIGN(auto insert,
              into.database().prepare("INSERT OR IGNORE INTO sync_rejected(batch, at, reason, body, because) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5)"));
    for (const Row &row : readable(damaged, "SELECT batch, at, reason, body, because FROM sync_rejected", "batch")) {
        if (!synctables::unpackedBatch(bytesOf(row[3])))
            continue;
        insert.bind(1, row[0]).bind(2, row[1]).bind(3, bytesOf(row[2])).bind(4, bytesOf(row[3])).bind(5, row[4]);
        TZ_TRY(insert.run());
        ++count;
    }
    return count;
}

Result<qint64> copyJournal(RecordStore &into, Database &damaged)
{
    qint64 count = 0;
    TZ_ASSIGN(auto insert, into.database().prepare("INSERT OR IGNORE INTO sync_journal(no, batch, rev, mark, body, at) "
                                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    for (const Row &row : readable(damaged, "SELECT no, batch, rev, mark, body, at FROM sync_journal", "no")) {
        // The damage may be in what it holds: nobody could read it later.
        const auto batch = synctables::unpackedBatch(bytesOf(row[4]));
        if (!batch)
            continue;
        insert.bind(1, row[0]).bind(2, row[1]).bind(3, row[2]).bind(4, bytesOf(row[3])).bind(5, bytesOf(row[4]));
        TZ_TRY(insert.bind(6, row[5]).run());
        // Which files had been sent is not known any more: the server says so when it has them.
        TZ_TRY(attachmenttables::noteAccepted(into.database(), into.catalog(), *batch, {}));
        ++count;
    }
    return count;
}

Result<qint64> copyOutbox(RecordStore &into, Database &damaged)
{
    qint64 count = 0;
    qint64 next = 1;
    std::set<std::pair<const Entity *, Id>> records;
    for (const Row &row : readable(damaged, "SELECT no, body FROM sync_outbox", "no")) {
        auto batch = synctables::unpackedBatch(bytesOf(row[1]));
        if (!batch)
            continue;
        batch->no = row[0].toInteger();
        std::set<std::pair<int, Id>> pending;
        for (const Change &change : batch->changes) {
            const Entity *entity = into.catalog().entity(change.entity);
            if (!entity)
                continue;
            pending.emplace(into.numbers().entity(*entity), change.id);
            records.emplace(entity, change.id);
        }
        TZ_TRY(synctables::append(into.database(), *batch, pending));
        next = std::max(next, batch->no + 1);
        ++count;
    }
    TZ_ASSIGN(const qint64 kept, synctables::number(into.database(), synctables::nextNo, 1));
    TZ_TRY(synctables::setNumber(into.database(), synctables::nextNo, std::max(kept, next)));
    RowApplier applier(into, false, {});
    TZ_TRY(applier.begin());
    for (const auto &[entity, id] : records)
        TZ_TRY(applier.recompute(*entity, id));
    TZ_TRY(applier.finish());
    return count;
}

Result<qint64> copyRecords(RecordStore &into, Database &damaged)
{
    qint64 count = 0;
    const RecordReader reader(damaged, into.catalogPtr());
    RowApplier applier(into, true, {});
    TZ_TRY(applier.begin());
    for (const Entity *entity : into.catalog().entities()) {
        for (const Row &row : readable(damaged, "SELECT rowid, id FROM " + entity->table.toUtf8(), "rowid")) {
            auto record = reader.find(*entity, row[1].toId(), true);
            if (!record || !*record)
                continue;
            TZ_TRY(applier.keep(**record));
            ++count;
        }
    }
    TZ_TRY(applier.finish());
    return count;
}

} // namespace

Result<Salvaged> salvage(RecordStore &into, Database &damaged)
{
    Salvaged salvaged;
    TZ_ASSIGN(auto transaction, Transaction::begin(into.database()));
    TZ_TRY(copyState(into, damaged));
    TZ_ASSIGN(const QByteArray mode, synctables::state(into.database(), "mode"));
    TZ_ASSIGN(const QByteArray nextBefore, synctables::state(into.database(), synctables::nextNo));
    TZ_TRY(copyMarks(into, damaged));
    TZ_ASSIGN(salvaged.rejected, copyRejected(into, damaged));
    TZ_ASSIGN(salvaged.journal, copyJournal(into, damaged));
    TZ_ASSIGN(salvaged.waiting, copyOutbox(into, damaged));
    if (const qint64 before = nextBefore.toLongLong(); before > 0) {
        TZ_ASSIGN(const qint64 now, synctables::number(into.database(), synctables::nextNo, 1));
        TZ_TRY(synctables::setNumber(into.database(), synctables::nextNo, std::max(before, now)));
    }
    if (mode == "standalone") {
        TZ_ASSIGN(salvaged.records, copyRecords(into, damaged));
    }
    TZ_TRY(transaction.commit());
    return salvaged;
}

} // namespace tz
