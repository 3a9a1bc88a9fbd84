// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/taskthread.h"
#include "core/store/numberstock.h"
#include "core/store/recordstore.h"
#include "core/store/rowwriter.h"

#include <atomic>
#include <deque>
#include <future>
#include <set>
#include <unordered_set>

// What the source files of RecordStore share.

namespace tz {

/// What is asked about an entity for every change, worked out once.
struct RecordStore::Shape {
    const Entity *entity = nullptr;
    int number = -1;
    int numberField = -1;
    QByteArray selectHeld;
    /// Fields whose change means that the search index is out of date; a title without a column always does.
    std::vector<int> searched;
    bool titleVolatile = false;
    std::vector<int> sets;
    bool hasRollups = false;
    bool hasFormulas = false;
    bool hasEffects = false;
    /// Link fields by which rollups of other entities count this one: field index and that entity.
    std::vector<std::pair<int, const Entity *>> counted;
    std::vector<const Entity *> children;
};

/// The columns of ours of a row that is already here.
struct RecordStore::Held {
    qint64 rowId = 0;
    qint64 rev = 0;
    int state = 0;
    QByteArray keys;
};

/// New records that are not in the database yet, or not in the search index.
struct RecordStore::NewRows {
    std::vector<RowWriter::NewRow> rows;
    /// The search index's entries of these rows, which then still lack the row ids; none where nothing is searched.
    std::vector<std::optional<SearchWriter::Entry>> entriesOfRows;
    /// Of rows that are written.
    std::vector<SearchWriter::Entry> entries;
    /// Of the rows.
    std::unordered_set<Id> ids;
};

/// Numbers given by a draft until now, per series: those counted here (final on a stand-alone profile, else
/// provisional), and those drawn from the stock.
struct RecordStore::Numbers {
    QHash<QString, qint64> counted;
    /// What is left of a range; first - 1: the last one drawn; last -1: nothing is left.
    QHash<QString, NumberStock::Range> stock;
};

/// A row of _batch.
struct RecordStore::BatchRow {
    qint64 seq = 0;
    Id batch, group;
    qint64 atMs = 0;
    QString label;
    /// Number of the first entry of its history.
    qint64 first = 0;
};

/// A batch for the outbox.
struct RecordStore::Outgoing {
    qint64 no = 0;
    Id id;
    qint64 hlc = 0;
    std::set<std::pair<int, Id>> records;
    Batch batch;
    QByteArray body;
};

/// What a draft leaves to be written.
struct RecordStore::Ahead {
    BatchRow batch;
    Numbers numbers;
    /// History numbers of entities and new records, in order.
    std::vector<std::pair<int, Id>> created;
    std::vector<Outgoing> outgoing;
    NewRows made;
};

/// A draft that is judged, and is packed on another thread.
struct RecordStore::Judged {
    std::future<Ahead> ahead;
    /// Its rows, which are ready before the rest because they may be read; their row ids once they are written.
    std::future<std::vector<RowWriter::NewRow>> rows;
    std::vector<qint64> rowIds;
    /// What came of both; forgotten by the store's thread, because the one that writes has most to do.
    std::vector<RowWriter::NewRow> madeRows;
    Ahead made;
    /// Ids of rows that are not written, as far as the store's thread knows.
    std::unordered_set<Id> waiting;
};

/// The transaction of a BulkWrite, and the drafts in it that are not yet in the database.
struct RecordStore::Bulk {
    /// Writes the oldest draft while the database is lent. By whoever comes first: the writer, or the store's thread
    /// when it wants the database back before that one had time.
    struct Writing {
        std::packaged_task<Result<>()> task;
        std::future<Result<>> done;
        std::atomic<bool> isTaken = false;
        bool take() { return !isTaken.exchange(true, std::memory_order_acq_rel); }
    };
    /// What the database would say once all is written, so that it need not be asked.
    struct Known {
        qint64 batch = 0;
        qint64 history = 0;
        std::optional<qint64> nextNo, deviceNo;
        Numbers numbers;
        /// No row has a greater id.
        std::map<const Entity *, Id> greatest;
    };

    Bulk(Database &of, Transaction begun, bool refusedSpoils)
        : database(of)
        , transaction(std::move(begun))
        , isSpoiledByRefused(refusedSpoils)
    {
    }
    ~Bulk()
    {
        if (writing && writing->take())
            database.handBack();
        else if (writing)
            writing->done.wait();
        // They read the catalog, which may end with the store.
        for (const Judged &draft : judged) {
            if (draft.ahead.valid())
                draft.ahead.wait();
        }
    }
    Bulk(const Bulk &) = delete;

    Database &database;
    Transaction transaction;
    bool isSpoiledByRefused;
    /// Why nothing of it can be committed.
    std::optional<Error> fault;
    /// Oldest first; the first one is out of bounds while it is being written.
    std::deque<Judged> judged;
    std::shared_ptr<Writing> writing;
    TaskThread packer, writer;
    std::optional<Known> known;
    /// The new records of the draft that is being applied.
    NewRows *applying = nullptr;
    /// Ids that a row has, or will have, as far as was asked.
    std::map<const Entity *, std::unordered_set<Id>> taken;
};

/// One draft on its way into the database; everything in here is forgotten when the transaction is.
struct RecordStore::Work {
    Work(const Reader &reader, const Contributions &contributions, const Actor &actor, qint64 now, int offset)
        : judge(reader, contributions, actor, now, offset)
        , nowMs(now)
        , utcOffsetSeconds(offset)
    {
    }

    Judge judge;
    qint64 nowMs;
    int utcOffsetSeconds;
    Receipt receipt;
    /// History number of the batch.
    qint64 batchSeq = 0;
    Origin origin = Origin::User;
    bool keepForSending = true;
    /// An action, or a change of an entity with effects, has been applied: what follows counts as Origin::Function.
    bool sawCause = false;

    /// What is sent, and where each change of the draft begins in it.
    std::vector<Change> out;
    std::vector<size_t> starts;
    /// Batches that it became in the outbox.
    int sent = 0;
    /// Records that each sent change touches beyond its own (children of a deleted one).
    std::vector<std::pair<size_t, std::pair<int, Id>>> alongside;
    /// Changes that effects and actions' functions added, still to be applied.
    std::deque<Change> queue;
    std::map<const Entity *, std::unordered_set<Id>> rollupOwners;
    std::map<const Entity *, std::unordered_set<Id>> touched;
    Numbers numbers;
    std::optional<qint64> deviceNo;

    /// Everything goes here instead of into the database: new records, inside a BulkWrite.
    bool leavesAhead = false;
    Ahead ahead;
};

/// Lets part of a transaction be taken back; the part is kept only by release().
class Savepoint {
public:
    explicit Savepoint(Database &database)
        : m_database(database)
    {
    }
    ~Savepoint()
    {
        if (m_open && !rollback())
            m_open = false;
    }
    Savepoint(const Savepoint &) = delete;
    Savepoint &operator=(const Savepoint &) = delete;

    Result<> open()
    {
        TZ_TRY(m_database.execute("SAVEPOINT tz_part"));
        m_open = true;
        return {};
    }
    Result<> release()
    {
        m_open = false;
        return m_database.execute("RELEASE tz_part");
    }
    Result<> rollback()
    {
        m_open = false;
        return m_database.execute("ROLLBACK TO tz_part; RELEASE tz_part");
    }

private:
    Database &m_database;
    bool m_open = false;
};

} // namespace tz
