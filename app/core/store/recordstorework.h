// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/numberstock.h"
#include "core/store/recordstore.h"
#include "core/store/rowwriter.h"

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

/// The transaction of a BulkWrite, and what the second thread is working out for it: of one draft at a time.
struct RecordStore::Bulk {
    struct Outgoing {
        qint64 no = 0;
        Id id;
        qint64 hlc = 0;
        Batch batch;
        QByteArray body;
    };
    struct Ahead {
        std::vector<Outgoing> outgoing;
        NewRows made;
    };
    using Rows = std::vector<RowWriter::NewRow>;

    Bulk(Transaction begun, bool refusedSpoils)
        : transaction(std::move(begun))
        , isSpoiledByRefused(refusedSpoils)
    {
    }
    ~Bulk()
    {
        // It reads the catalog, which may end with the store.
        if (ahead.valid())
            ahead.wait();
    }
    Bulk(const Bulk &) = delete;

    Transaction transaction;
    bool isSpoiledByRefused;
    /// Why nothing of it can be committed.
    std::optional<Error> fault;
    std::future<Ahead> ahead;
    /// Its rows, which are ready before the rest because they may be read; then what ids they have, and their row ids
    /// once they are written.
    std::future<Rows> rows;
    std::unordered_set<Id> waiting;
    std::vector<qint64> rowIds;
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
    /// Numbers given by now, per series: those counted here (final on a stand-alone profile, else provisional), and
    /// those drawn from the stock.
    struct Numbers {
        QHash<QString, qint64> counted;
        /// What is left of a range; first - 1: the last one drawn; last -1: nothing is left.
        QHash<QString, NumberStock::Range> stock;
    };
    Numbers numbers;
    std::optional<qint64> deviceNo;

    /// What is left for the second thread goes here instead of into the database: new records, inside a BulkWrite.
    bool leavesAhead = false;
    Bulk::Ahead ahead;
    /// Then their history is written at once, too: history numbers of entities and records, in order.
    std::vector<std::pair<int, Id>> created;
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
