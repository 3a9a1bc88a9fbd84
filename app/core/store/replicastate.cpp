// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/attachmentstate.h"
#include "core/store/numberstock.h"
#include "core/store/replicastate_p.h"
#include "core/store/schemaplan.h"
#include "core/sync/pagereader.h"

namespace tz {

using namespace replicanames;

namespace {

constexpr qint64 journalDays = 45;
constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr qint64 hourMs = 3600LL * 1000;
/// Marks of history: this many of the newest are kept all, older ones one an hour, then one a day.
constexpr size_t newestMarks = 16;
constexpr size_t marksSent = 64;

QByteArray packedReasons(const wire::BatchAnswer &answer)
{
    wire::BatchAnswer reasons;
    reasons.no = answer.no;
    reasons.batch = answer.batch;
    reasons.status = answer.status;
    reasons.reasons = answer.reasons;
    return wire::encode(reasons);
}

} // namespace

ReplicaState::ReplicaState(RecordStore &store)
    : d(new Private{store})
{
}
ReplicaState::~ReplicaState() = default;

wire::Mark ReplicaState::cursor() const
{
    return {d->number(cursorRev), d->state(cursorChain)};
}

bool ReplicaState::isComplete() const
{
    return d->number(completeName) == 1;
}

qint64 ReplicaState::keysVersion() const
{
    return d->keys().version;
}

QHash<QString, QString> ReplicaState::visibility() const
{
    return unpackedMap(d->state(visibilityName));
}

bool ReplicaState::needsScrub() const
{
    return d->hasLeftovers || d->number(scrubName) == 1;
}

Result<qint64> ReplicaState::waiting() const
{
    TZ_ASSIGN(auto count, d->database().prepare("SELECT count(*) FROM sync_outbox"));
    TZ_TRY(count.step());
    return count.integer(0);
}

Result<std::vector<Batch>> ReplicaState::pending(qsizetype batches, qint64 after, qsizetype bytes) const
{
    // What is in the outbox was synced to the disk when it was written and is never changed: it can go out as it is.
    TZ_ASSIGN(auto select,
              d->database().prepare("SELECT no, body FROM sync_outbox WHERE no > ?1 ORDER BY no LIMIT ?2"));
    select.bind(1, after).bind(2, qint64(batches));
    std::vector<Batch> taken;
    for (qsizetype size = 0;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return taken;
        TZ_ASSIGN(const QByteArray body, synctables::plainBatch(select.bytes(1)));
        size += body.size();
        if (!taken.empty() && size > bytes)
            return taken;
        TZ_ASSIGN(Batch batch, wire::decodeBatch(body));
        batch.no = select.integer(0);
        taken.push_back(std::move(batch));
    }
}

Result<std::vector<qint64>> ReplicaState::Private::localNumbers(const std::vector<qint64> &keys) const
{
    TZ_ASSIGN(auto select, database().prepare("SELECT n FROM sync_key WHERE key = ?1"));
    std::vector<qint64> numbers;
    for (const qint64 key : keys) {
        TZ_ASSIGN(const bool found, select.bind(1, key).step());
        numbers.push_back(found ? select.integer(0) : 0);
        select.reset();
    }
    return numbers;
}

Result<> ReplicaState::receive(const wire::PushAnswer &answer)
{
    const NotDurable relaxed(d->database());
    Leftovers leftovers(d->hasLeftovers);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    // Keys that are new are needed to read the rows; what was lost is for the next page to say, when all is pushed.
    TZ_TRY(d->gainKeys(answer.keys.keys));
    TZ_ASSIGN(auto numbers, d->localNumbers(answer.keys.keys.empty() ? d->keys().keys : answer.keys.keys));
    RowApplier applier(d->store, false, std::move(numbers));
    TZ_TRY(applier.begin());
    TZ_TRY(d->noteServerTime(answer.serverTimeMs));
    qint64 last = 0;
    for (const wire::BatchAnswer &one : answer.answers) {
        TZ_TRY(d->answered(applier, one));
        last = std::max(last, one.hlc);
    }
    TZ_TRY(d->forgetOldJournal());
    TZ_TRY(applier.finish());
    TZ_TRY(d->keepUnread(applier.unread()));
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    // The server's clamped clock replaces ours, unless edits made since then are numbered further on.
    TZ_ASSIGN(const qint64 left, waiting());
    if (last > 0 && left == 0)
        TZ_TRY(synctables::setNumber(d->database(), synctables::hlc, last));
    // Acknowledged in this history: were it another one when the server is met again, that must be noticed.
    TZ_TRY(d->noteMark(answer.mark));
    TZ_TRY(transaction.commit());
    leftovers.none();
    if (last > 0 && left == 0)
        d->store.hybridClock().setLast(last);
    applier.announce();
    return {};
}

Result<> ReplicaState::Private::answered(RowApplier &applier, const wire::BatchAnswer &answer)
{
    QByteArray bytes;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT body FROM sync_outbox WHERE no = ?1 AND batch = ?2"));
        TZ_ASSIGN(const bool found, select.bind(1, answer.no).bind(2, answer.batch).step());
        // Answered before: its states have been applied, and the records may have left the scope since.
        if (!found)
            return {};
        bytes = select.bytes(0);
    }
    TZ_ASSIGN(Batch body, synctables::unpackedBatch(bytes));
    // Also records that no change names: children that were deleted with the record above them.
    std::set<std::pair<QString, Id>> touched;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT entity, id FROM sync_pending WHERE no = ?1"));
        select.bind(1, answer.no);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (const Entity *entity = store.numbers().entityAt(int(select.integer(0))))
                touched.emplace(entity->fullName, select.id(1));
        }
    }
    std::set<std::pair<QString, Id>> named;
    for (const Change &change : body.changes)
        named.emplace(change.entity, change.id);
    touched.insert(named.begin(), named.end());
    // What left this replica while the batch was under way comes back neither through the journal nor as a refusal.
    TZ_ASSIGN(const auto left, notHeld(applier, named));
    const bool forgot = synctables::forgetOthers(body, left);
    if (forgetHidden(body) || forgot) {
        bytes = synctables::packedBatch(body);
        // The outbox held it in the file until now, longer than what was evicted.
        TZ_TRY(synctables::setNumber(database(), scrubName, 1));
    }

    TZ_ASSIGN(auto outbox, database().prepare("DELETE FROM sync_outbox WHERE no = ?1"));
    TZ_TRY(outbox.bind(1, answer.no).run());
    TZ_ASSIGN(auto pending, database().prepare("DELETE FROM sync_pending WHERE no = ?1"));
    TZ_TRY(pending.bind(1, answer.no).run());
    std::set<std::pair<QString, Id>> refused;
    if (answer.status == wire::BatchStatus::Refused)
        refused = touched;
    for (const wire::Reason &reason : answer.reasons) {
        if (reason.change >= 0 && size_t(reason.change) < body.changes.size()) {
            const Change &change = body.changes[size_t(reason.change)];
            refused.emplace(change.entity, change.id);
        }
    }
    wire::BatchAnswer shown = answer;
    if (body.label == QLatin1String(joiningLabel))
        std::erase_if(shown.reasons, [](const wire::Reason &reason) { return reason.error.is("record.exists"); });
    if (answer.status != wire::BatchStatus::Accepted && (answer.reasons.empty() || !shown.reasons.empty()))
        TZ_TRY(keepRejected(shown, bytes));
    if (answer.status != wire::BatchStatus::Refused) {
        TZ_TRY(attachmenttables::noteAccepted(database(), store.catalog(), body, refused));
        // In the order in which they were acknowledged: this computer may have been other devices with other numbers.
        TZ_ASSIGN(auto journal, database().prepare("INSERT INTO sync_journal(no, batch, rev, mark, body, at) VALUES "
                                                   "((SELECT coalesce(max(no), 0) + 1 FROM sync_journal), ?1, ?2, ?3, "
                                                   "?4, ?5)"));
        journal.bind(1, answer.batch).bind(2, answer.rev).bind(3, state(cursorChain)).bind(4, bytes);
        TZ_TRY(journal.bind(5, serverTimeMs()).run());
    }

    std::set<std::pair<QString, Id>> covered;
    for (const wire::TableRows &table : answer.states) {
        TZ_TRY(followSent(table));
        TZ_TRY(applier.receive(table));
        for (const wire::Row &row : table.rows)
            covered.emplace(table.entity, row.id);
    }
    for (const wire::EntityIds &gone : answer.gone) {
        const Entity *entity = store.catalog().entity(gone.entity);
        for (const Id &id : gone.ids) {
            if (entity)
                TZ_TRY(applier.receiveGone(*entity, id, answer.rev));
            covered.emplace(gone.entity, id);
        }
    }
    for (const auto &[name, id] : touched) {
        const Entity *entity = store.catalog().entity(name);
        if (!entity)
            continue;
        const bool wasRefused = refused.contains({name, id});
        const bool isCovered = covered.contains({name, id});
        // Children that went, or came back, along with another record here and not on the server: it names what it
        // took.
        const bool wasLeft = !isCovered && !named.contains({name, id});
        if (wasRefused)
            TZ_TRY(applier.recomputeRefused(*entity, id, isCovered));
        else if (wasLeft)
            TZ_TRY(applier.recompute(*entity, id));
        else if (applier.hasPending(*entity, id))
            TZ_TRY(applier.recompute(*entity, id));
        else
            TZ_TRY(applier.settle(*entity, id));
    }
    return {};
}

Result<> ReplicaState::Private::forgetOldJournal() const
{
    // The oldest come first, and the first that is young enough ends the search: the journal may be long.
    TZ_ASSIGN(auto old, database().prepare("DELETE FROM sync_journal WHERE no < (SELECT no FROM sync_journal "
                                           "WHERE at >= ?1 ORDER BY no LIMIT 1)"));
    return old.bind(1, serverTimeMs() - journalDays * dayMs).run();
}

Result<> ReplicaState::Private::keepRejected(const wire::BatchAnswer &answer, const QByteArray &body)
{
    TZ_ASSIGN(auto insert, database().prepare("INSERT OR REPLACE INTO sync_rejected(batch, at, reason, body, because) "
                                              "VALUES (?1, ?2, ?3, ?4, NULL)"));
    insert.bind(1, answer.batch).bind(2, store.clock().nowMs()).bind(3, packedReasons(answer)).bind(4, body);
    return insert.run();
}

Result<bool> ReplicaState::Private::isEmpty() const
{
    return number(cursorRev) == 0 && state(cursorChain).isEmpty() && number(unconfirmedName) == 0;
}

Result<qint64> ReplicaState::receive(wire::PageReader &page)
{
    if (page.fault())
        return fail(*page.fault());
    const wire::Page &head = page.head();
    if (head.keys || head.visibility) {
        TZ_TRY(receiveScope(head.keys.value_or(d->keys()), head.visibility.value_or(visibility())));
        return 0;
    }
    const NotDurable relaxed(d->database());
    Leftovers leftovers(d->hasLeftovers);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    // The tables are filled in the order of the feed; what has another order is made once, when all is here.
    if (head.more && d->state(cursorChain).isEmpty())
        TZ_TRY(dropListIndexes(d->database(), d->store.catalog(), SchemaKind::Replica));
    TZ_ASSIGN(auto numbers, d->localNumbers(d->keys().keys));
    RowApplier applier(d->store, page.isLong(), std::move(numbers));
    TZ_TRY(applier.begin());
    // What went first: a child that moved to another parent comes among the rows of the same page.
    for (const wire::EntityIds &gone : head.gone) {
        if (const Entity *entity = d->store.catalog().entity(gone.entity)) {
            for (const Id &id : gone.ids)
                TZ_TRY(applier.receiveGone(*entity, id, head.mark.rev));
        }
    }
    for (const wire::EntityIds &evicted : head.evict) {
        if (const Entity *entity = d->store.catalog().entity(evicted.entity)) {
            for (const Id &id : evicted.ids) {
                TZ_TRY(applier.evict(*entity, id, head.mark.rev));
                TZ_TRY(forgetAside(*entity, id));
            }
        }
    }
    qint64 count = 0;
    for (;;) {
        TZ_ASSIGN(const auto block, page.next());
        if (!block)
            break;
        TZ_TRY(d->followSent(*block));
        TZ_TRY(applier.receive(*block));
        count += qint64(block->rows.size());
    }
    TZ_TRY(applier.finish());
    TZ_TRY(d->keepUnread(applier.unread()));
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    TZ_ASSIGN(auto done, d->database().prepare("UPDATE sync_key SET from_rev = ?2 WHERE key = ?1"));
    for (const wire::Backfill &backfill : head.backfilled) {
        done.bind(1, backfill.key);
        if (backfill.fromRev > head.mark.rev)
            done.bind(2, nullptr);
        else
            done.bind(2, backfill.fromRev);
        TZ_TRY(done.run());
    }
    TZ_TRY(d->moveCursor(head.mark));
    const bool complete = !head.more && backfills().empty() && !isUnconfirmed();
    if (complete && !isComplete()) {
        TZ_TRY(synctables::setNumber(d->database(), synctables::withoutListIndexes, 1));
        if (d->number(verifyName) == 0)
            TZ_TRY(synctables::setNumber(d->database(), verifyName, 1));
        TZ_TRY(d->forgetUnheld(applier));
    }
    TZ_TRY(synctables::setNumber(d->database(), completeName, complete ? 1 : 0));
    TZ_TRY(transaction.commit());
    leftovers.none();
    applier.announce();
    return count;
}

Result<std::set<std::pair<QString, Id>>>
ReplicaState::Private::notHeld(RowApplier &applier, const std::set<std::pair<QString, Id>> &records) const
{
    std::set<std::pair<QString, Id>> missing;
    for (const auto &[name, id] : records) {
        const Entity *entity = store.catalog().entity(name);
        TZ_ASSIGN(const bool isHeld, entity ? applier.isHeld(*entity, id) : Result<bool>(true));
        if (!isHeld)
            missing.emplace(name, id);
    }
    return missing;
}

Result<> ReplicaState::Private::forgetUnheld(RowApplier &applier)
{
    // After a repair the old batches are here and what they were about may have left meanwhile: nobody evicts it.
    std::set<std::pair<QString, Id>> named;
    {
        TZ_ASSIGN(auto select,
                  database().prepare("SELECT body FROM sync_journal UNION ALL SELECT body FROM sync_rejected"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_ASSIGN(const Batch body, synctables::unpackedBatch(select.bytes(0)));
            for (const Change &change : body.changes)
                named.emplace(change.entity, change.id);
        }
    }
    TZ_ASSIGN(const auto unheld, notHeld(applier, named));
    if (unheld.empty())
        return {};
    TZ_TRY(synctables::setNumber(database(), scrubName, 1));
    return synctables::forgetOthers(database(), unheld);
}

Result<> ReplicaState::Private::moveCursor(const wire::Mark &mark)
{
    if (mark.rev < number(cursorRev))
        return {};
    const bool moved = mark.rev != number(cursorRev) || mark.chain != state(cursorChain);
    if (!moved)
        return {};
    TZ_TRY(synctables::setNumber(database(), cursorRev, mark.rev));
    TZ_TRY(synctables::setState(database(), cursorChain, mark.chain));
    return noteMark(mark);
}

Result<> ReplicaState::Private::noteServerTime(qint64 ms)
{
    return ms > 0 ? synctables::setNumber(database(), serverTimeName, ms) : Result<>();
}

Result<> ReplicaState::Private::noteMark(const wire::Mark &mark)
{
    if (mark.rev <= 0)
        return {};
    {
        TZ_ASSIGN(auto known, database().prepare("SELECT 1 FROM sync_mark WHERE rev = ?1 AND chain = ?2"));
        TZ_ASSIGN(const bool is, known.bind(1, mark.rev).bind(2, mark.chain).step());
        if (is)
            return {};
    }
    TZ_ASSIGN(auto insert, database().prepare("INSERT OR REPLACE INTO sync_mark(rev, chain, at) VALUES (?1, ?2, ?3)"));
    TZ_TRY(insert.bind(1, mark.rev).bind(2, mark.chain).bind(3, store.clock().nowMs()).run());
    return thinMarks();
}

Result<> ReplicaState::Private::thinMarks()
{
    std::vector<std::pair<qint64, qint64>> marks; // revision, time; newest first
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT rev, at FROM sync_mark ORDER BY rev DESC"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            marks.emplace_back(select.integer(0), select.integer(1));
        }
    }
    if (marks.size() <= newestMarks)
        return {};
    TZ_ASSIGN(auto drop, database().prepare("DELETE FROM sync_mark WHERE rev = ?1"));
    const qint64 now = store.clock().nowMs();
    qint64 lastHour = -1;
    qint64 lastDay = -1;
    for (size_t i = 0; i < marks.size(); ++i) {
        const auto &[rev, at] = marks[i];
        const qint64 hour = at / hourMs;
        const qint64 day = at / dayMs;
        const bool keep = i < newestMarks || (now - at < 2 * dayMs ? hour != lastHour : day != lastDay);
        if (keep) {
            lastHour = hour;
            lastDay = day;
        } else {
            TZ_TRY(drop.bind(1, rev).run());
        }
    }
    return {};
}

std::vector<wire::Mark> ReplicaState::marks() const
{
    std::vector<wire::Mark> marks;
    auto select = d->database().prepare("SELECT rev, chain FROM sync_mark ORDER BY rev DESC LIMIT ?1");
    if (!select)
        return marks;
    select->bind(1, qint64(marksSent));
    while (select->step().value_or(false))
        marks.push_back({select->integer(0), select->bytes(1)});
    return marks;
}

Result<> ReplicaState::renumber(const Id &newDevice, qint64 expectedNo)
{
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    TZ_TRY(d->renumberOutbox(expectedNo, std::numeric_limits<qint64>::max() - 1));
    Actor actor = d->store.actor();
    if (newDevice && actor.device != newDevice) {
        actor.device = newDevice;
        TZ_TRY(d->store.setActor(actor));
        TZ_TRY(NumberStock::forget(d->database()));
    }
    return transaction.commit();
}

Result<> ReplicaState::Private::renumberOutbox(qint64 firstNo, qint64 common)
{
    std::vector<Batch> batches;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT body, no FROM sync_outbox ORDER BY no"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_ASSIGN(Batch batch, synctables::unpackedBatch(select.bytes(0)));
            batch.no = select.integer(1);
            batches.push_back(std::move(batch));
        }
    }
    // Through negative numbers first, so that no new number meets an old one that is still to be moved.
    TZ_TRY(database().execute("UPDATE sync_outbox SET no = -no; UPDATE sync_pending SET no = -no"));
    TZ_ASSIGN(auto outbox, database().prepare("UPDATE sync_outbox SET no = ?2, body = ?3 WHERE no = ?1"));
    TZ_ASSIGN(auto pending, database().prepare("UPDATE sync_pending SET no = ?2 WHERE no = ?1"));
    qint64 no = firstNo;
    for (Batch &batch : batches) {
        const qint64 old = -batch.no;
        batch.no = no++;
        for (Change &change : batch.changes) {
            if (change.basedOn > common || change.basedOn < lostAfter(common))
                change.basedOn = lostAfter(common);
        }
        TZ_TRY(outbox.bind(1, old).bind(2, batch.no).bind(3, synctables::packedBatch(batch)).run());
        TZ_TRY(pending.bind(1, old).bind(2, batch.no).run());
    }
    return synctables::setNumber(database(), synctables::nextNo, no);
}

Result<std::vector<RejectedBatch>> ReplicaState::rejected() const
{
    TZ_ASSIGN(auto select,
              d->database().prepare("SELECT batch, at, reason, body FROM sync_rejected ORDER BY at, batch"));
    std::vector<RejectedBatch> rejected;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return rejected;
        RejectedBatch one;
        one.batch = select.id(0);
        one.atMs = select.integer(1);
        TZ_ASSIGN(wire::BatchAnswer answer, wire::decodeBatchAnswer(select.bytes(2)));
        one.reasons = std::move(answer.reasons);
        TZ_ASSIGN(one.body, synctables::unpackedBatch(select.bytes(3)));
        // Who holds what was claimed, by the name that it has now; nothing when it is not here any more.
        for (wire::Reason &reason : one.reasons) {
            QVariantMap &params = reason.error.params;
            const Entity *entity = d->store.catalog().entity(params.value(QStringLiteral("entity")).toString());
            const auto holder = Id::fromString(params.value(QStringLiteral("record")).toString());
            if (entity && holder)
                params.insert(QStringLiteral("title"), d->store.title(*entity, *holder));
        }
        rejected.push_back(std::move(one));
    }
}

Result<std::set<std::pair<QString, Id>>> ReplicaState::Private::refusedRecords(const Id &except) const
{
    std::set<std::pair<QString, Id>> records;
    TZ_ASSIGN(auto select, database().prepare("SELECT body FROM sync_rejected WHERE batch <> ?1"));
    select.bind(1, except);
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return records;
        TZ_ASSIGN(const Batch body, synctables::unpackedBatch(select.bytes(0)));
        for (const Change &change : body.changes)
            records.emplace(change.entity, change.id);
    }
}

Result<> ReplicaState::forgetRejected(const Id &batch)
{
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    Batch body;
    {
        TZ_ASSIGN(auto select, d->database().prepare("SELECT body FROM sync_rejected WHERE batch = ?1"));
        TZ_ASSIGN(const bool found, select.bind(1, batch).step());
        if (!found)
            return fail("sync.unknown_rejection", {{QStringLiteral("batch"), batch.toString()}});
        TZ_ASSIGN(body, synctables::unpackedBatch(select.bytes(0)));
    }
    TZ_ASSIGN(const auto others, d->refusedRecords(batch));
    RowApplier applier(d->store, false, {});
    TZ_TRY(applier.begin());
    for (const Change &change : body.changes) {
        const Entity *entity = d->store.catalog().entity(change.entity);
        if (entity && !others.contains({change.entity, change.id}))
            TZ_TRY(applier.clearFlag(*entity, change.id, recordstate::refusedEdit));
    }
    TZ_ASSIGN(auto drop, d->database().prepare("DELETE FROM sync_rejected WHERE batch = ?1"));
    TZ_TRY(drop.bind(1, batch).run());
    TZ_TRY(transaction.commit());
    applier.announce();
    return {};
}

Result<> ReplicaState::scrub()
{
    if (d->number(scrubName) == 1) {
        TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
        TZ_TRY(d->store.searchIndex().optimize());
        TZ_TRY(transaction.commit());
    }
    // The index keeps deleted words until it is merged, the WAL until it is truncated: in this order nothing is left.
    TZ_ASSIGN(auto checkpoint, d->database().prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    TZ_TRY(checkpoint.step());
    const bool busy = checkpoint.integer(0) != 0;
    checkpoint.reset();
    if (busy)
        return {};
    d->hasLeftovers = false;
    return d->number(scrubName) == 0 ? Result<>() : synctables::setNumber(d->database(), scrubName, 0);
}

} // namespace tz
