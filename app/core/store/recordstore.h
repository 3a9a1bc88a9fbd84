// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/logic/contributions.h"
#include "core/store/recordreader.h"
#include "core/store/rowwriter.h"
#include "core/sync/hybridclock.h"

#include <QObject>

namespace tz {

/// What became of a draft.
struct Receipt {
    Id batch;
    qint64 no = 0;
    /// Records touched, with what the effects added.
    struct Touched {
        QString entity;
        Id id;
        ChangeKind kind;
    };
    std::vector<Touched> touched;
    /// Independent changes that were refused: index in the draft and why. Empty for atomic drafts (they fail whole).
    std::vector<std::pair<int, Error>> refused;
};

struct HistoryEntry {
    qint64 seq = 0;
    Id batch;
    qint64 atMs = 0;
    Id user, device;
    QString entity;
    Id id;
    ChangeKind kind;
    /// Action name, or the set field of a member change.
    QString name;
    QString field;
    Value before, after;
    QString label;
};

/// The only writer of a local replica: validate → rules → row → outbox → search → commit → changed(). Lives on the
/// data thread of the program (the CLI has only one thread).
class TZ_CORE_EXPORT RecordStore : public QObject, public RecordReader {
    Q_OBJECT
public:
    struct Environment {
        const Clock *clock = nullptr;
        Entropy *entropy = nullptr;
        const Contributions *contributions = nullptr;
        /// Seconds east of UTC now.
        std::function<int()> utcOffsetSeconds;
    };
    RecordStore(Database &database, CatalogPtr catalog, Environment environment);
    ~RecordStore() override;
    /// Brings the schema up to the catalog and reads the state; before anything else.
    Result<> prepare();

    const Actor &actor() const { return m_actor; }
    /// After sign-in, and again when roles or team changed; persisted in sync_state.
    Result<> setActor(const Actor &actor);
    IdSource &ids() { return m_ids; }
    Draft draft() { return Draft(m_ids); }

    /// Applies the draft as one batch in one durable transaction. An atomic draft is applied whole or not at all.
    /// Errors: record.*, action.*, access.*, rules' own, store.*; Error::params has "change" (index) and "entity".
    Result<Receipt> apply(Draft draft);
    /// The same without writing: what would be refused (imports' dry run, forms' checks).
    Result<Receipt> rehearse(Draft draft);

    /// Undo of the last batch (or batch group) of this device that is not undone yet: a new batch that takes back what
    /// nobody changed since; what somebody did change is kept and listed in Receipt::refused.
    Result<Receipt> undo();
    Result<Receipt> undo(const Id &batchOrGroup);
    /// Label of what undo() would take back; empty: nothing.
    Result<QString> undoLabel() const;
    Result<std::vector<HistoryEntry>> history(const QString &entity, const Id &id, int limit = 200) const;
    Result<std::vector<HistoryEntry>> recentHistory(int limit) const;

    /// Persistent small values: table sync_state.
    Result<QByteArray> state(const char *name) const;
    Result<> setState(const char *name, const QByteArray &value);

    const Clock &clock() const { return *m_environment.clock; }
    const Contributions &contributions() const { return *m_environment.contributions; }
    HybridClock &hybridClock() { return m_hybridClock; }
    RowWriter &rows() { return *m_rows; }
    SearchWriter &searchIndex() { return *m_search; }
    const CatalogNumbers &numbers() const { return *m_numbers; }
    int utcOffsetSeconds() const { return m_environment.utcOffsetSeconds ? m_environment.utcOffsetSeconds() : 0; }
    /// To be called by whoever wrote through rows() (the replica): tells the views.
    void announce(const QString &entity, const QList<tz::Id> &ids);
    /// New custom fields arrived: schema and catalog follow.
    Result<> setCatalog(CatalogPtr catalog);

Q_SIGNALS:
    /// An empty list: very many; look again.
    void changed(const QString &entity, const QList<tz::Id> &ids);
    void outboxGrew();

private:
    struct Work;
    Result<Receipt> run(Draft draft, bool commit);
    Environment m_environment;
    Actor m_actor;
    IdSource m_ids;
    HybridClock m_hybridClock;
    std::unique_ptr<RowWriter> m_rows;
    std::unique_ptr<SearchWriter> m_search;
    std::unique_ptr<CatalogNumbers> m_numbers;
};

} // namespace tz
