// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/audience.h"
#include "core/sync/digest.h"
#include "core/sync/fieldclock.h"
#include "server/storage/series.h"
#include "server/storage/storage.h"

#include <map>
#include <set>
#include <unordered_set>

namespace tz::server {

/// A record as the server keeps it: with its clocks, its place under a root and whether it is deleted.
struct Held {
    Record record;
    RecordClock clock;
    qint64 madeRev = 0;
    /// The record at the top of its chain of parents; itself where it has none.
    Id root;
    qint64 deletedRev = 0;
};

/// Writes records within the committer's transaction, with everything that hangs on them: audience and departures of
/// the record and of those below it, digests, members' clocks, claims. One revision at a time.
class RecordKeeper {
public:
    RecordKeeper(Connection &writer, Principals &principals);

    /// A new group: everything written from now on gets this revision.
    void beginGroup(qint64 rev);
    qint64 rev() const { return m_rev; }

    /// Also deleted records.
    Result<std::optional<Held>> load(const Entity &entity, const Id &id);
    /// Writes the record as it is, under the group's revision; `before` null: it is new.
    Result<> write(Held &held, const Held *before);
    /// Marks the record and those below it as deleted. Answers what was deleted besides itself.
    Result<std::vector<std::pair<const Entity *, Id>>> remove(Held &held);
    /// Takes a deleted record and what was deleted with it back. Answers what came back besides itself.
    Result<std::vector<std::pair<const Entity *, Id>>> restore(Held &held);
    bool isGrave(const Entity &entity, const Id &id);

    /// Who added or removed a member of a set last: for "an addition beats a concurrent removal".
    Result<> noteMember(const Entity &entity, const Id &owner, int field, const Value &member, bool present,
                        qint64 writer);
    Result<bool> addedMeanwhile(const Entity &entity, const Id &owner, int field, const Value &member, qint64 basedOn,
                                qint64 writer);

    /// Keys of the record as they stand in the database.
    Result<std::vector<qint64>> keysOf(const Entity &entity, const Id &id);

    /// The last number of each series, in this group.
    series::Counters &numbers() { return m_numbers; }

    /// A mark to which rollback() returns what is held in memory; the database has its own savepoint.
    void mark();
    void rollback();
    /// Writes the digests and the last numbers. Before the transaction's commit.
    Result<> finishGroup();

    /// Keys under which something changed, left or arrived in this group.
    const std::unordered_set<qint64> &touchedKeys() const { return m_touched; }
    /// Records that lost a key in this group.
    const std::set<Id> &departed() const { return m_departed; }
    bool scopesChanged() const { return m_scopesChanged; }
    /// As if rights had changed in this group.
    void judgeScopesAnew() { m_scopesChanged = true; }
    bool customFieldsChanged() const { return m_customFieldsChanged; }
    bool wroteAnything() const { return m_wrote; }

private:
    Result<std::optional<Record>> rootRecord(const Entity &entity, const Record &record) const;
    Result<> put(Held &held);
    /// A row as it will be, and as it was.
    struct Row {
        Id id;
        bool deleted = false;
    };
    struct Was {
        qint64 rev = 0;
        bool deleted = false;
    };
    Result<> settleAudience(const Entity &entity, const Row &row, const Record &root, const std::optional<Was> &was);
    /// Gives everything below a record its root and keys anew.
    Result<> settleBelow(const Entity &entity, const Id &id, const Record &root, int depth);
    struct Child {
        Id id;
        Was was;
    };
    Result<std::vector<Child>> childrenOf(const Entity &child, const Id &above, std::optional<qint64> deletedRev);

    Connection &m_writer;
    Principals &m_principals;
    qint64 m_rev = 0;
    std::map<qint64, Digest> m_digests, m_digestsAtMark;
    std::unordered_set<qint64> m_touched, m_touchedAtMark;
    std::set<Id> m_departed, m_departedAtMark;
    series::Counters m_numbers, m_numbersAtMark;
    bool m_scopesChanged = false, m_scopesAtMark = false;
    bool m_customFieldsChanged = false, m_customAtMark = false;
    bool m_wrote = false, m_wroteAtMark = false;
};

} // namespace tz::server
