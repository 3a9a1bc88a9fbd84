// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/replicastate.h"
#include "core/store/rowapplier.h"
#include "core/store/synctables.h"

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
inline constexpr char scrubName[] = "scrub";
inline constexpr char unreadName[] = "unread";
} // namespace replicanames

/// Pulled pages may be lost at power failure: they come again with their cursor.
class NotDurable {
public:
    explicit NotDurable(Database &database)
        : m_database(database)
    {
        m_changed = bool(m_database.setDurable(false));
    }
    ~NotDurable()
    {
        if (m_changed)
            (void)m_database.setDurable(true);
    }
    NotDurable(const NotDurable &) = delete;
    NotDurable &operator=(const NotDurable &) = delete;

private:
    Database &m_database;
    bool m_changed;
};

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

struct ReplicaState::Private {
    RecordStore &store;
    /// What a transaction had written when it was rolled back, or when the program ended in the middle of it, lies on
    /// in the write-ahead log; and what has left the scope before it is asked for again, nothing evicts. Also at the
    /// start, because nobody knows how the last run ended.
    bool hasLeftovers = true;

    Database &database() const { return store.database(); }
    QByteArray state(const char *name) const
    {
        return synctables::state(store.database(), name).value_or(QByteArray());
    }
    qint64 number(const char *name) const { return synctables::number(store.database(), name).value_or(0); }
    wire::KeyList keys() const { return unpackedKeys(state(replicanames::keysName)); }

    Result<std::vector<qint64>> localNumbers(const std::vector<qint64> &keys) const;
    Result<> keepUnread(const std::set<QString> &names);
    Result<> moveCursor(const wire::Mark &mark);
    Result<> thinMarks();
    Result<> answered(RowApplier &applier, const wire::BatchAnswer &answer);
    /// Those of these records that are not here; what the catalog does not know counts as here.
    Result<std::set<std::pair<QString, Id>>> notHeld(RowApplier &applier,
                                                     const std::set<std::pair<QString, Id>> &records) const;
    Result<> forgetUnheld(RowApplier &applier);
    Result<> keepRejected(const wire::BatchAnswer &answer, const QByteArray &body);
    Result<std::set<std::pair<QString, Id>>> refusedRecords(const Id &except) const;
    Result<> gainKeys(const std::vector<qint64> &keys);
    Result<> applyKeys(RowApplier &applier, const wire::KeyList &keys);
    Result<> evictUngranted(RowApplier &applier, const std::set<qint64> &lost);
    Result<> applyVisibility(const QHash<QString, QString> &visibility);
    Result<> hideColumns(const Entity &entity, const QStringList &fields);
    /// What was computed from these fields, in this entity and in sums of others.
    Result<> hideDerived(const Entity &entity, QSet<QString> hidden);
    Result<> hideBases(const Entity &entity, const QStringList &fields);
    /// Of what is hidden from this user only what they typed stays in the batch. Answers whether anything went.
    bool forgetHidden(Batch &batch) const;
    Result<bool> isEmpty() const;
};

} // namespace tz
