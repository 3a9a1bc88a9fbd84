// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/judge.h"
#include "core/sync/merge.h"
#include "core/sync/wire.h"
#include "server/scopes/scopes.h"
#include "server/storage/recordkeeper.h"

namespace tz::server {

/// Who sent a batch, with the rights of now.
struct Author {
    ScopePtr scope;
    Id device;
    /// The device's small number; 0: the server itself.
    qint64 deviceNo = 0;
    /// The batch is made here, not on a laptop: it knows the records as they are now, and what departments attached to
    /// its changes runs here.
    bool madeHere = false;
    /// Revision that the record of the first change must have; otherwise record.changed_meanwhile.
    std::optional<qint64> expectedRev;
};

/// What became of a batch.
struct Verdict {
    /// Without states: they are read when the answer is sent.
    wire::BatchAnswer answer;
    /// Records that it created, changed or deleted.
    std::vector<std::pair<const Entity *, Id>> touched;
    /// Set when the batch cannot be judged by this server yet (sync.catalog {…}): it stays in the outbox.
    std::optional<Error> notYet;
    /// The batch was known; the answer is the one that it got then.
    bool repeated = false;
};

/// Judges one batch after the other and writes what it accepts, inside the committer's transaction. The rights are
/// those of now, the rules the same that ran on the laptop.
class Decider {
public:
    Decider(Connection &writer, RecordKeeper &keeper, Scopes &scopes, const Environment &environment, IdSource &ids);

    /// `hlc`: the clamped clock of the batch. A batch that is refused leaves nothing behind. An error is a fault of the
    /// database, not of the batch.
    Result<Verdict> decide(const Batch &batch, const Author &author, qint64 hlc);

private:
    struct Work;
    Result<> create(Work &work, const Entity &entity, const Change &change);
    Result<> update(Work &work, const Entity &entity, const Change &change);
    Result<> act(Work &work, const Entity &entity, const Change &change);
    Result<> remove(Work &work, const Entity &entity, const Change &change);
    Result<> restore(Work &work, const Entity &entity, const Change &change);
    Result<> member(Work &work, const Entity &entity, const Change &change);
    Result<> change(Work &work, const Change &change);
    /// Runs what the departments attached to the change. Only for batches that are made here (jobs, first records, the
    /// HTTP API); what a laptop's batch brought about came along with it.
    Result<> runEffects(Work &work, const Record *before, const Record &after, const Change &cause);
    Result<> changeWithEffects(Work &work, const Change &change);
    Result<> checkExpected(Work &work, const Change &change);

    /// The record if the author may see it; otherwise the same error whether it exists or not.
    Result<Held> visible(Work &work, const Entity &entity, const Id &id);
    /// Who holds what was claimed is only for those who may see that record.
    Error toldTo(Work &work, Error error);
    Result<> checkNotHidden(Work &work, const Entity &entity, const QString &field) const;
    /// `drawn`: the number that the author's computer gave it; empty if none.
    Result<> giveNumber(Work &work, Record &record, const QString &drawn);
    Result<> store(Work &work, Held &held, const Held &before, const Change &change, const QString &name);
    Result<> keepConflict(Work &work, const Entity &entity, const Id &record, const merge::Conflict &conflict);
    Result<> makeConflict(Work &work, const Entity &entity, const Id &record, const QString &field, const QString &base,
                          const QString &kept, const QString &lost, const Id &keptBy, const Id &lostBy, qint64 lostMs,
                          bool mayRead);
    Result<> claimSignIn(const Record &record);
    Result<> audit(Work &work, const Entity &entity, const Id &id, ChangeKind kind, const QString &name,
                   const std::vector<FieldEdit> &edits);
    Result<Id> userOfDevice(qint64 no);

    Connection &m_writer;
    RecordKeeper &m_keeper;
    Scopes &m_scopes;
    const Environment &m_environment;
    IdSource &m_ids;
};

} // namespace tz::server
