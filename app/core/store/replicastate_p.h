// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/notdurable.h"
#include "core/store/replicastate.h"
#include "core/store/rowapplier.h"
#include "core/store/synctables.h"
#include "core/sync/digest.h"

#include <utility>

namespace tz {

/// Names of what sync_state holds for ReplicaState.
namespace replicanames {
inline constexpr char cursorRev[] = "cursor_rev";
inline constexpr char cursorChain[] = "cursor_chain";
inline constexpr char completeName[] = "complete";
inline constexpr char keysName[] = "keys";
inline constexpr char visibilityName[] = "visibility";
inline constexpr char hiddenName[] = "hidden";
/// Before an entity's name: the fields that the server sends of it, sorted.
inline constexpr char sentPrefix[] = "sent:";
inline constexpr char scrubName[] = "scrub";
inline constexpr char unreadName[] = "unread";
/// 1: there are rows with lostAfter() for a revision, about which the server is to be asked.
inline constexpr char unconfirmedName[] = "unconfirmed";
/// 1: the user agreed that many rows are set aside.
inline constexpr char agreedName[] = "set_aside_agreed";
/// The server's clock at the last answer, by which old bookkeeping is told: a wall clock that is set wrong for an hour
/// must not take it away.
inline constexpr char serverTimeName[] = "server_ms";
/// Above 0: the sums are to be compared as soon as all is here.
inline constexpr char verifyName[] = "verify";
/// The last comparison of sums.
inline constexpr char integrityName[] = "integrity";
} // namespace replicanames

/// Around a transaction that writes what others made: until it is committed, the log may have to be emptied.
class Leftovers {
public:
    explicit Leftovers(bool &flag)
        : m_flag(flag)
        , m_before(std::exchange(flag, true))
    {
    }
    /// Committed: nothing lies about that is not in the file as well.
    void none() { m_flag = m_before; }

private:
    bool &m_flag;
    bool m_before;
};

/// Texts in sync_state.
wire::KeyList unpackedKeys(const QByteArray &text);
QHash<QString, QString> unpackedMap(const QByteArray &json);
/// Local key numbers from a row's _keys.
std::set<qint64> unpackedNumbers(QByteArrayView bytes);

struct ReplicaState::Private {
    RecordStore &store;
    /// What a transaction had written when it was rolled back, or when the program ended in the middle of it, lies on
    /// in the write-ahead log; and what has left the scope before it is asked for again, nothing evicts. Also at the
    /// start, because nobody knows how the last run ended.
    bool hasLeftovers = true;
    /// What followSent() found nothing to do about last: what was stored of an entity, and the fields as they came.
    struct Followed {
        QByteArray text;
        QStringList fields;
    };
    Followed followed = {};

    Database &database() const { return store.database(); }
    QByteArray state(const char *name) const
    {
        return synctables::state(store.database(), name).value_or(QByteArray());
    }
    qint64 number(const char *name) const { return synctables::number(store.database(), name).value_or(0); }
    Result<> noteServerTime(qint64 ms);
    /// As far as it is known; before the first answer the wall clock.
    qint64 serverTimeMs() const
    {
        const qint64 known = number(replicanames::serverTimeName);
        return known > 0 ? known : store.clock().nowMs();
    }
    wire::KeyList keys() const { return unpackedKeys(state(replicanames::keysName)); }

    Result<std::vector<qint64>> localNumbers(const std::vector<qint64> &keys) const;
    Result<> keepUnread(const std::set<QString> &names);
    Result<> moveCursor(const wire::Mark &mark);
    Result<> noteMark(const wire::Mark &mark);
    Result<> thinMarks();
    Result<> answered(RowApplier &applier, const wire::BatchAnswer &answer);
    /// Those of these records that are not here; what the catalog does not know counts as here.
    Result<std::set<std::pair<QString, Id>>> notHeld(RowApplier &applier,
                                                     const std::set<std::pair<QString, Id>> &records) const;
    Result<> forgetUnheld(RowApplier &applier);
    Result<> forgetOldJournal() const;
    Result<> keepRejected(const wire::BatchAnswer &answer, const QByteArray &body);
    Result<std::set<std::pair<QString, Id>>> refusedRecords(const Id &except) const;
    Result<> gainKeys(const std::vector<qint64> &keys);
    Result<> applyKeys(RowApplier &applier, const wire::KeyList &keys);
    Result<> evictUngranted(RowApplier &applier, const std::set<qint64> &lost);
    Result<> applyVisibility(const QHash<QString, QString> &visibility);
    Result<> hideColumns(const Entity &entity, const QStringList &fields);
    /// To be called before a table's rows are taken: what the server sent before and does not send any more went out of
    /// sight, whatever this program's own rules say; the server may have others by now.
    Result<> followSent(const wire::TableRows &table);
    /// Fields that came with the last rows of the entity, in order; empty: none came yet.
    QStringList sentFields(const Entity &entity) const;
    Result<> hideKept(const char *table, const Value &of, const Entity &entity, const QStringList &fields);
    /// Rows that were set aside and that no key grants any more.
    Result<> forgetUngrantedAside(const std::set<qint64> &lost);
    /// What was computed from these fields, in this entity and in sums of others.
    Result<> hideDerived(const Entity &entity, QSet<QString> hidden);
    /// Of what is hidden from this user only what they typed stays in the batch. Answers whether anything went.
    bool forgetHidden(Batch &batch) const;
    Result<bool> isEmpty() const;
    /// The outbox from `firstNo` on. `common`: what its changes know of later revisions does not count any more.
    Result<> renumberOutbox(qint64 firstNo, qint64 common);

    Result<> distrustAfter(qint64 common);
    Result<> sendAgain(qint64 common);
    Result<> putBack(const Batch &batch);
    Result<> returnTo(qint64 common);
    /// Rows wait for the server's word on them.
    Result<> waitForWord();
    Result<> noteUnknown(const Entity &entity, const Id &id);
    Result<> forgetReturned();
    Result<std::vector<std::pair<const Entity *, Id>>> shownAside() const;
    Result<bool> mustAsk(qint64 count) const;

    /// Rows that are here in the same revision and say something else.
    Result<qint64> countDiffering(const wire::TableRows &table);
    /// Adds the entity's records to the digests by local key number; answers how many there are.
    Result<qint64> countKeys(const Entity &entity, std::map<qint64, Digest> &digests) const;
    Result<> distrustKey(qint64 key);
    Result<> keepReport(const IntegrityReport &report);
};

} // namespace tz
