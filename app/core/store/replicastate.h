// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "core/sync/pagereader.h"

namespace tz {

/// A batch that the server refused, as its author sees it.
struct RejectedBatch {
    Id batch;
    qint64 atMs = 0;
    std::vector<wire::Reason> reasons;
    Batch body;
};

/// The sync side of a local replica: outbox, acknowledged states under pending edits, cursor and keys. Everything is
/// one transaction per call; a page, answer or scope applied twice changes nothing. Lives on the store's thread.
class TZ_CORE_EXPORT ReplicaState {
public:
    /// Label of the batches by which a stand-alone profile joins a server: what exists there already is no refusal.
    static constexpr char joiningLabel[] = "import:standalone";

    explicit ReplicaState(RecordStore &store);
    ~ReplicaState();

    wire::Mark cursor() const;
    bool isComplete() const;
    Result<qint64> waiting() const; ///< batches in the outbox
    /// The batches that wait for the server, oldest first: at most so many, and after the first one no more than
    /// `bytes` together. They are on the disk and never change, so they can be sent as they are.
    Result<std::vector<Batch>> pending(qsizetype batches = 200, qsizetype bytes = limits::bodyBytes / 2) const;
    /// Accepted, partly and refused batches with the states that came along.
    Result<> receive(const wire::PushAnswer &answer);
    /// One page: rows, deletions, evictions, cursor; pending edits are replayed on top. Answers the number of rows.
    /// An unreadable page (error wire.*) leaves everything as it was.
    Result<qint64> receive(wire::PageReader &page);
    /// New key list and visibility: rows that no key grants any more are evicted, hidden columns cleared.
    Result<> receiveScope(const wire::KeyList &keys, const QHash<QString, QString> &visibility);
    /// Rows of entities or fields that this catalog did not know when they came (a custom field whose definition came
    /// later, a department of a newer program) are asked for again once it knows them. To be called before backfills().
    Result<> refetchUnread();
    /// Backfills still to be asked for.
    std::vector<wire::Backfill> backfills() const;
    std::vector<wire::Mark> marks() const;
    qint64 keysVersion() const;
    QHash<QString, QString> visibility() const;
    /// The server answered device_rolled_back or assigned another number: outbox renumbered for a new device.
    Result<> renumber(const Id &newDevice, qint64 expectedNo);
    Result<std::vector<RejectedBatch>> rejected() const;
    Result<> forgetRejected(const Id &batch);
    /// After evictions and after a transaction that failed: search index merged, WAL truncated, so that what went, or
    /// never came, is not in the files any more.
    Result<> scrub();
    bool needsScrub() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
