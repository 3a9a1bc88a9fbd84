// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/judge.h"
#include "core/store/recordstore.h"
#include "core/sync/wire.h"

#include <QSet>

#include <map>
#include <set>
#include <unordered_set>

namespace tz {

/// Brings what the server says of single records into the rows of a replica: the work inside one transaction of
/// ReplicaState. Make one per transaction; call finish() before the commit and announce() after it.
class RowApplier {
public:
    /// `deferSearch`: index later (large pages). `keys`: local number of each position in the server's key list.
    RowApplier(RecordStore &store, bool deferSearch, std::vector<qint64> keys);
    ~RowApplier();

    Result<> begin();
    /// All rows of one table of a page or answer. Entities and fields that this catalog does not know are left out; see
    /// unread().
    Result<> receive(const wire::TableRows &table);
    /// Deleted on the server at revision `rev` or before: into the recycle bin, with the children.
    Result<> receiveGone(const Entity &entity, const Id &id, qint64 rev);
    /// Left the scope of this user: nothing of it stays. Ignored when the row here is newer than `rev`. What hangs
    /// under it has keys of its own: it may be in sight still, and is named when it is not.
    Result<> evict(const Entity &entity, const Id &id, qint64 rev);
    /// The row goes, what is attached to it stays: it is kept elsewhere.
    Result<> takeAside(const Entity &entity, const Id &id) { return eraseAlone(entity, id); }
    /// The row anew from the acknowledged state and the pending batches; `flags` are set in _state besides.
    Result<> recompute(const Entity &entity, const Id &id, int flags = 0);
    /// The same after a refusal: the row goes back to what the server holds and is marked; `covered`: the answer has
    /// brought that state.
    Result<> recomputeRefused(const Entity &entity, const Id &id, bool covered);
    /// No pending edit is left and no state came: the row stays as it is.
    Result<> settle(const Entity &entity, const Id &id);
    bool hasPending(const Entity &entity, const Id &id);
    Result<bool> isHeld(const Entity &entity, const Id &id);
    Result<> clearFlag(const Entity &entity, const Id &id, int flag);

    /// A whole record as it is, without a server (repair of a stand-alone profile).
    Result<> keep(Record record);

    /// Rollups, conflict marks.
    Result<> finish();
    void announce();
    bool hasEvicted() const { return !m_erased.empty(); }
    /// What rows brought that has no place here yet: "entity", or "entity field".
    const std::set<QString> &unread() const { return m_unread; }

private:
    struct Held {
        bool exists = false;
        qint64 rowId = 0;
        qint64 rev = 0;
        int state = 0;
        QByteArray keys;
    };
    struct Shape;
    using Touched = std::map<const Entity *, std::unordered_set<Id>>;

    const Shape &shape(const Entity &entity);
    Result<Held> held(const Entity &entity, const Id &id);
    Result<> receive(const Shape &shape, Record &record, const QByteArray &keys);
    /// False: the row is here already.
    Result<bool> insert(const Shape &shape, Record &record, const QByteArray &keys);
    Result<> put(const Shape &shape, Record &record, const QByteArray &keys, int state, const Held &before);
    int withConflictMark(const Id &id, int state) const;
    void noteWritten(const Shape &shape, const Record &record);
    void touch(const Entity &entity, const Id &id);
    const QByteArray &packedKeys(const std::vector<qint64> &positions);
    Result<> erase(const Entity &entity, const Id &id);
    Result<> eraseAlone(const Entity &entity, const Id &id);
    Result<> noteOwners(const Shape &shape, const Id &id);
    void noteOwners(const Shape &shape, const Record &record);
    Result<const Batch *> batch(qint64 no);
    void replay(std::optional<Record> &record, const Entity &entity, const Id &id, const Batch &batch,
                const Change &change);
    Result<bool> isBelow(const Record &record, const Change &change);
    Result<> markConflicts();
    Result<std::vector<Id>> childrenOf(const Entity &child, const Id &parent);

    RecordStore &m_store;
    Database &m_database;
    Judge m_judge;
    bool m_deferSearch;
    std::vector<qint64> m_keys;
    bool m_anyPending = true;
    /// Rows that are no longer here.
    std::set<std::pair<QString, Id>> m_erased;
    /// What is erased now is not for this computer any more: the files attached to it go too.
    bool m_leaving = false;
    bool m_conflictsChanged = false;
    /// Records with an open conflict of this user.
    QSet<Id> m_openConflicts;
    std::map<const Entity *, std::unique_ptr<Shape>> m_shapes;
    std::map<qint64, Batch> m_batches;
    Touched m_touched;
    Touched m_rollupOwners;
    QSet<Id> m_conflictRecords;
    std::set<QString> m_unread;
    /// First and last row id of what insert() wrote, to be indexed later.
    std::map<const Entity *, std::pair<qint64, qint64>> m_inserted;
    /// Rows share few combinations of keys: the last one and its packed form.
    std::vector<qint64> m_lastPositions;
    QByteArray m_lastKeys;
};

} // namespace tz
