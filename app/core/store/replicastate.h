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

/// What a comparison with the server's sums found. Never content.
struct IntegrityReport {
    enum class Outcome {
        Same,
        Repaired, ///< it differed, was fetched again and is the same now
        Differs,  ///< it still differs after it was fetched again
    };
    struct Difference {
        QString entity;
        qint64 key = 0;
        qint64 here = 0;
        qint64 there = 0;
    };
    qint64 atMs = 0;
    qint64 rev = 0;
    Outcome outcome = Outcome::Same;
    qint64 keys = 0;
    qint64 records = 0;
    std::vector<Difference> differences;
    /// Records whose content was compared field by field, and those of them that differed.
    qint64 sampled = 0;
    qint64 drifted = 0;
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
    /// The batches that wait for the server, oldest first, those numbered after `after`: at most so many, and after
    /// the first one no more than `bytes` together. They are on the disk and never change, so they can be sent as they
    /// are.
    Result<std::vector<Batch>> pending(qsizetype batches = 200, qint64 after = 0,
                                       qsizetype bytes = limits::bodyBytes / 2) const;
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

    /// The newest fingerprint of the server's history that is known here: of the cursor, or of an answer ahead of it.
    wire::Mark newest() const;
    /// The server's history is another one from behind `commonRev` on (-1: altogether): what was acknowledged since
    /// waits to be sent again, in front of what waits, numbered from `expectedNo` on; rows since then wait to be
    /// confirmed; the next page comes from there.
    Result<> recover(qint64 commonRev, qint64 expectedNo);
    /// There are rows that wait to be confirmed; nothing is complete before they are.
    bool isUnconfirmed() const;
    /// Those to be asked about when everything has been pulled, at most so many.
    Result<std::vector<wire::EntityIds>> unconfirmed(qsizetype most = limits::statesPerRequest) const;
    /// Answers how many rows of it said something else here in the same revision.
    Result<qint64> receive(const wire::StateAnswer &answer);
    /// When nothing is left to ask: what the server knows nothing of is set aside for 45 days. Answers 0, or how many
    /// rows that would be when they are so many that the user is to be asked first; then they stay.
    Result<qint64> settleUnconfirmed();
    Result<> agreeToSetAside();
    /// A record that was here and that the server, restored from a backup, knows nothing of.
    struct Aside {
        qint64 atMs = 0;
        Record record;
    };
    Result<std::vector<Aside>> setAside() const;
    Result<> forgetAside(const Entity &entity, const Id &id);

    /// The sums are due: after a first copy, after a recovery, on demand.
    bool isVerifyDue() const;
    Result<> askForVerify();
    /// The server's sums at the cursor. Keys that differ are fetched again. Answers what was found; nothing: not
    /// everything is here yet.
    Result<std::optional<IntegrityReport>> compare(const std::vector<wire::Sum> &sums);
    std::optional<IntegrityReport> integrity() const;
    /// Records whose content is to be compared, by chance; and what was set aside, up to as many again.
    Result<std::vector<wire::EntityIds>> sample(Entropy &entropy, qsizetype most) const;
    /// What the sample came to.
    Result<> noteSampled(qint64 sampled, qint64 drifted);
    /// After evictions and after a transaction that failed: search index merged, WAL truncated, so that what went, or
    /// never came, is not in the files any more.
    Result<> scrub();
    bool needsScrub() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
