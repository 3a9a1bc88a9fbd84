// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/logic/judge.h"
#include "core/store/recordreader.h"
#include "core/store/rowwriter.h"
#include "core/sync/hybridclock.h"

#include <QObject>

#include <map>
#include <unordered_set>

namespace tz {

class TaskThread;

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
    /// Of an undo: fields and records that somebody changed since (record.changed_meanwhile), index -1, params
    /// "entity", "id".
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
    using Reader::ids;
    IdSource &ids() { return m_ids; }
    Draft draft() { return Draft(m_ids); }

    /// Applies the draft as one batch in one durable transaction. An atomic draft is applied whole or not at all.
    /// Inside a transaction of the caller's it is part of that, and changed() comes with the next one outside.
    /// `batch` of the receipt is null when nothing was to be done. A large independent draft leaves as several batches.
    /// Errors: record.*, action.*, access.*, rules' own, store.*; Error::params has "change" (index), "entity" and
    /// "id"; record.too_many_changes {max}, record.batch_too_large {max} for atomic drafts.
    Result<Receipt> apply(Draft draft);
    /// The same without writing: what would be refused (imports' dry run, forms' checks).
    Result<Receipt> rehearse(Draft draft);

    /// Undo of the last batch (or batch group) of this device that is not undone yet: a new batch that takes back what
    /// nobody changed since; what somebody did change is kept and listed in Receipt::refused.
    Result<Receipt> undo();
    Result<Receipt> undo(const Id &batchOrGroup);
    /// Errors: undo.nothing.
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
    /// One turn of what was left for later, in a transaction of its own: an index of lists after a first copy, or the
    /// search index of some `rows`. Answers whether there is more to do.
    Result<bool> indexSome(int rows);
    /// All of it, on the calling thread.
    Result<> indexWaiting();
    RowWriter &rows()
    {
        m_database.waitUntilBack();
        return *m_rows;
    }
    SearchWriter &searchIndex()
    {
        m_database.waitUntilBack();
        return *m_search;
    }
    const CatalogNumbers &numbers() const { return *m_numbers; }
    int utcOffsetSeconds() const { return m_environment.utcOffsetSeconds ? m_environment.utcOffsetSeconds() : 0; }
    /// To be called by whoever wrote through rows() (the replica): tells the views.
    void announce(const QString &entity, const QList<tz::Id> &ids);
    /// Emits what apply() held back inside a transaction of the caller's.
    void announceCommitted();
    /// Rollups of these records and the formulas that read them; inside the caller's transaction. For who wrote their
    /// children through rows().
    Result<> refreshDerived(const Entity &entity, std::span<const Id> ids);
    /// No server: `mode` in sync_state is "standalone"; nothing is kept for sending and numbers are final.
    bool isStandalone() const { return m_standalone; }
    /// New custom fields arrived: schema and catalog follow.
    Result<> setCatalog(CatalogPtr catalog);

    /// More touched records of one entity than this are announced as "very many".
    static constexpr size_t announcedOneByOne = 1000;

Q_SIGNALS:
    /// An empty list: very many; look again.
    void changed(const QString &entity, const QList<tz::Id> &ids);
    void outboxGrew(int batches);
    /// Another catalog is in force; records and fields of the old one are not valid any more.
    void catalogChanged();

private:
    struct Shape;
    struct Work;
    struct Held;
    friend class BulkWrite;
    struct Bulk;
    struct NewRows;
    struct Numbers;
    struct BatchRow;
    struct Outgoing;
    struct Ahead;
    struct Judged;
    Result<Receipt> runAhead(Draft draft);
    Result<> beginAhead(Work &work, const Draft &draft);
    Result<> finishAhead(Work &work, const Draft &draft);
    /// Packs it on another thread.
    static Judged inPacking(TaskThread &packer, Ahead made);
    /// Lets a second thread write the oldest draft; whoever needs the database calls takeBack() first.
    void lendOut(Bulk &bulk) const;
    Result<> takeBack(Bulk &bulk) const;
    /// Writes whatever is not written.
    Result<> settle() const;
    /// On whichever thread has the database, in order.
    Result<> writeOut(Judged &draft) const;
    Result<> writeRows(Judged &draft) const;
    /// Answers the row ids.
    Result<std::vector<qint64>> insertRows(std::span<const RowWriter::NewRow> rows) const;
    Result<> beforeReading() const override;
    Result<> noteTaken(const Draft &draft);
    Result<Receipt> run(Draft draft, bool commit);
    Result<> runChanges(Work &work, Draft &draft);
    Result<> applyWithEffects(Work &work, Change change);
    Result<> applyChange(Work &work, Change &change, Origin origin);
    Result<> create(Work &work, const Entity &entity, Change &change, Origin origin);
    Result<> update(Work &work, const Entity &entity, Change &change, Origin origin);
    Result<> act(Work &work, const Entity &entity, Change &change);
    Result<> remove(Work &work, const Entity &entity, Change &change);
    Result<> restore(Work &work, const Entity &entity, Change &change);
    Result<> runEffects(Work &work, const Change &change, const Record *before, const Record &after, Origin origin);
    Result<> write(Work &work, const Record *before, const Record &after, const Change &cause);
    Result<> writeAhead(Work &work, Record record, const Change &cause);
    Result<> noteCreated(qint64 batchSeq, std::span<const std::pair<int, Id>> created) const;
    Result<> writeNumbers(const Numbers &numbers) const;
    Result<> writeHistory(Work &work, const Record *before, const Record &after, const Change &cause);
    Result<> noteHistory(Work &work, const Shape &shape, const Id &id, const Change &cause, int field,
                         const Value &before, const Value &after);
    Result<> setDeleted(Work &work, Record record, bool deleted, const Change &cause, const Id &root, int depth);
    Result<> touch(Work &work, const Shape &shape, const Record *before, const Record &after);
    Result<> indexForSearch(const Shape &shape, const Record *before, const Record &after, qint64 rowId);
    Result<> refreshRollups(Work &work);
    Result<> refreshIfDirty(Work &work, const Entity &entity, const Id &id);
    /// Answers the number; empty if the record came with one.
    Result<QString> giveNumber(Work &work, Record &record);
    /// The last number counted in the series on this computer, to be moved on.
    Result<qint64 *> countedNumbers(Work &work, const QString &series);
    /// The next number of the stock; nothing when none is left.
    Result<std::optional<qint64>> drawNumber(Work &work, const QString &series);
    Result<> finish(Work &work, const Draft &draft);
    Result<> send(Work &work, const Draft &draft);
    BatchRow openBatch(Work &work, const Draft &draft, qint64 lastBatch, qint64 lastHistory);
    /// The greatest numbers of batches and of history.
    Result<std::pair<qint64, qint64>> lastNumbers() const;
    Result<> writeBatch(const BatchRow &row) const;
    Result<> forgetBatch(const Work &work);
    void remember(const Work &work);
    Result<Record> load(Work &work, const Entity &entity, const Id &id, bool withDeleted);
    Result<std::vector<Id>> childrenOf(const Entity &child, const Id &parent, bool deleted);
    Result<std::optional<Held>> held(const Shape &shape, const Id &id);
    const Shape &shape(const Entity &entity);
    Result<> forgetCatalog();
    Result<> readActor();
    Result<std::optional<std::pair<qint64, Id>>> lastUndoable() const;
    Result<Receipt> undoAll(const std::vector<qint64> &batches);
    Result<> undoOne(qint64 batch, const Id &group, Receipt &receipt);
    Result<Draft> inverse(qint64 batch, Receipt &receipt);
    Result<bool> changedSince(const Entity &entity, const Record &record, qint64 batch,
                              const std::unordered_set<Id> &removed);

    Environment m_environment;
    Actor m_actor;
    IdSource m_ids;
    HybridClock m_hybridClock;
    std::optional<Statement> m_noteHistory;
    std::unique_ptr<RowWriter> m_rows;
    std::unique_ptr<SearchWriter> m_search;
    std::unique_ptr<CatalogNumbers> m_numbers;
    std::map<const Entity *, std::unique_ptr<Shape>> m_shapes;
    std::unique_ptr<Bulk> m_bulk;
    bool m_standalone = false;
    /// Committed inside a transaction of the caller's, and not announced yet.
    std::map<const Entity *, std::unordered_set<Id>> m_unannounced;
    int m_unannouncedBatches = 0;
    /// The history number of the batch that an undo in the making takes back; 0: none.
    qint64 m_undoing = 0;
};

} // namespace tz
