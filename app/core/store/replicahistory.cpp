// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What a replica does when the server's history is another one than it has seen, and with rows that no page confirms
// (docs/decisions/0030).
#include "core/store/attachmentstate.h"
#include "core/store/numberstock.h"
#include "core/store/replicastate_p.h"

namespace tz {

using namespace replicanames;

namespace {

constexpr qint64 asideMs = 45LL * 24 * 3600 * 1000;
/// Fewer records that nobody knows are set aside without a question.
constexpr qint64 neverAsked = 10;
/// More than these are asked about: this many, or one in so many of all.
constexpr qint64 alwaysAsked = 1000;
constexpr qint64 askedPart = 20;

QByteArray unconfirmedIn(const Entity &entity)
{
    // What has own edits is settled by the answer to them.
    return "SELECT t.id FROM " + entity.table.toUtf8() +
           " t WHERE t._rev < 0 AND t._state & 1 = 0 AND NOT EXISTS (SELECT 1 FROM sync_aside a WHERE a.entity = ?1 "
           "AND "
           "a.id = t.id AND a.shown = 1)";
}

} // namespace

wire::Mark ReplicaState::newest() const
{
    auto select = d->database().prepare("SELECT rev, chain FROM sync_mark ORDER BY rev DESC LIMIT 1");
    if (!select || !select->step().value_or(false))
        return cursor();
    return {select->integer(0), select->bytes(1)};
}

bool ReplicaState::isUnconfirmed() const
{
    return d->number(unconfirmedName) == 1;
}

Result<> ReplicaState::recover(qint64 commonRev, qint64 expectedNo)
{
    const qint64 common = std::max<qint64>(0, commonRev);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    TZ_TRY(d->distrustAfter(common));
    TZ_TRY(d->sendAgain(common));
    TZ_TRY(d->renumberOutbox(expectedNo, common));
    TZ_TRY(d->returnTo(common));
    // The server may not know that it has leased them.
    TZ_TRY(NumberStock::forget(d->database()));
    TZ_TRY(transaction.commit());
    for (const Entity *entity : d->store.catalog().entities())
        d->store.announce(entity->fullName, {});
    return {};
}

Result<> ReplicaState::Private::distrustAfter(qint64 common)
{
    const QByteArray set = " SET %1 = ?1 WHERE %1 > ?2 OR %1 < ?1";
    const auto distrust = [&](const QByteArray &table, const char *column) -> Result<> {
        TZ_ASSIGN(auto update, database().prepare("UPDATE " + table + QByteArray(set).replace("%1", column)));
        return update.bind(1, lostAfter(common)).bind(2, common).run();
    };
    for (const Entity *entity : store.catalog().entities())
        TZ_TRY(distrust(entity->table.toUtf8(), "_rev"));
    return distrust("sync_base", "rev");
}

Result<> ReplicaState::Private::sendAgain(qint64 common)
{
    std::vector<Batch> lost;
    std::set<Id> known;
    {
        // After a repair of the file a batch may be in both.
        TZ_ASSIGN(auto waiting, database().prepare("SELECT batch FROM sync_outbox"));
        TZ_ASSIGN(const auto ids, waiting.ids());
        known.insert(ids.begin(), ids.end());
    }
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT body, rev FROM sync_journal ORDER BY no"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_ASSIGN(Batch batch, synctables::unpackedBatch(select.bytes(0)));
            // The server may have the record and not what is attached to it; it says so when it has both.
            TZ_TRY(attachmenttables::noteAccepted(database(), store.catalog(), batch, {}));
            if (select.integer(1) > common && known.insert(batch.id).second)
                lost.push_back(std::move(batch));
        }
    }
    if (lost.empty())
        return {};
    TZ_ASSIGN(auto first, database().prepare("SELECT min(no) FROM sync_outbox"));
    TZ_TRY(first.step());
    TZ_ASSIGN(const qint64 next, synctables::number(database(), synctables::nextNo, 1));
    qint64 no = first.isNull(0) ? next : first.integer(0);
    first.reset();
    // Before those that wait; through negative numbers, so that no new number meets an old one.
    const QByteArray by = QByteArray::number(qint64(lost.size()));
    for (const char *table : {"sync_outbox", "sync_pending"})
        TZ_TRY(database().execute("UPDATE " + QByteArray(table) + " SET no = -(no + " + by + "); UPDATE " + table +
                                  " SET no = -no"));
    TZ_TRY(synctables::setNumber(database(), synctables::nextNo, next + qint64(lost.size())));
    for (Batch &batch : lost) {
        batch.no = no++;
        // The server had made it: it is to have the number again that it had.
        for (Change &change : batch.changes) {
            if (change.kind == ChangeKind::Create)
                change.basedOn = lostAfter(common);
        }
        TZ_TRY(putBack(batch));
    }
    TZ_ASSIGN(auto taken, database().prepare("DELETE FROM sync_journal WHERE rev > ?1"));
    return taken.bind(1, common).run();
}

Result<> ReplicaState::Private::putBack(const Batch &batch)
{
    TZ_TRY(synctables::putOut(database(), batch.no, batch.id, batch.hlc, synctables::packedBatch(batch)));
    TZ_ASSIGN(auto wait, database().prepare("INSERT OR IGNORE INTO sync_pending(entity, id, no) VALUES (?1, ?2, ?3)"));
    for (const Change &change : batch.changes) {
        const Entity *entity = store.catalog().entity(change.entity);
        if (!entity)
            continue;
        const int number = store.numbers().entity(*entity);
        TZ_ASSIGN(const auto record, store.find(*entity, change.id, true));
        // What is here now is what the server said, this batch included, unless edits wait already.
        if (record && !(record->state & recordstate::pendingEdits)) {
            TZ_TRY(synctables::keepBase(database(), number, *record));
            TZ_ASSIGN(auto mark, database().prepare("UPDATE " + entity->table.toUtf8() +
                                                    " SET _state = _state | 1 WHERE id = ?1"));
            TZ_TRY(mark.bind(1, change.id).run());
        }
        TZ_TRY(wait.bind(1, number).bind(2, change.id).bind(3, batch.no).run());
    }
    return {};
}

Result<> ReplicaState::Private::returnTo(qint64 common)
{
    if (number(cursorRev) > common) {
        QByteArray chain;
        {
            TZ_ASSIGN(auto select, database().prepare("SELECT chain FROM sync_mark WHERE rev = ?1"));
            TZ_ASSIGN(const bool found, select.bind(1, common).step());
            if (found)
                chain = select.bytes(0);
        }
        TZ_TRY(synctables::setNumber(database(), cursorRev, chain.isEmpty() ? 0 : common));
        TZ_TRY(synctables::setState(database(), cursorChain, chain));
    }
    TZ_ASSIGN(auto marks, database().prepare("DELETE FROM sync_mark WHERE rev > ?1"));
    TZ_TRY(marks.bind(1, common).run());
    // How far they are was counted in the other history.
    TZ_TRY(database().execute("UPDATE sync_key SET from_rev = 0 WHERE from_rev IS NOT NULL"));
    TZ_TRY(synctables::setNumber(database(), agreedName, 0));
    TZ_TRY(synctables::setNumber(database(), verifyName, 1));
    return waitForWord();
}

Result<> ReplicaState::Private::waitForWord()
{
    TZ_TRY(synctables::setNumber(database(), unconfirmedName, 1));
    return synctables::setNumber(database(), completeName, 0);
}

Result<std::vector<wire::EntityIds>> ReplicaState::unconfirmed(qsizetype most) const
{
    std::vector<wire::EntityIds> all;
    for (const Entity *entity : d->store.catalog().entities()) {
        TZ_ASSIGN(auto select, d->database().prepare(unconfirmedIn(*entity) + " LIMIT ?2"));
        select.bind(1, entity->fullName).bind(2, qint64(most));
        TZ_ASSIGN(auto ids, select.ids());
        if (ids.empty())
            continue;
        most -= qsizetype(ids.size());
        all.push_back({entity->fullName, std::move(ids)});
        if (most <= 0)
            break;
    }
    return all;
}

Result<qint64> ReplicaState::receive(const wire::StateAnswer &answer)
{
    const NotDurable relaxed(d->database());
    Leftovers leftovers(d->hasLeftovers);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    TZ_TRY(d->gainKeys(answer.keys.keys));
    TZ_ASSIGN(auto numbers, d->localNumbers(answer.keys.keys));
    RowApplier applier(d->store, false, std::move(numbers));
    TZ_TRY(applier.begin());
    TZ_TRY(d->noteServerTime(answer.serverTimeMs));
    qint64 differing = 0;
    for (const wire::TableRows &table : answer.tables) {
        TZ_ASSIGN(const qint64 here, d->countDiffering(table));
        differing += here;
        TZ_TRY(d->followSent(table));
        TZ_TRY(applier.receive(table));
    }
    for (const wire::EntityIds &gone : answer.gone) {
        const Entity *entity = d->store.catalog().entity(gone.entity);
        for (const Id &id : gone.ids) {
            if (entity)
                TZ_TRY(applier.receiveGone(*entity, id, answer.mark.rev));
        }
    }
    for (const wire::EntityIds &evicted : answer.evict) {
        const Entity *entity = d->store.catalog().entity(evicted.entity);
        for (const Id &id : evicted.ids) {
            if (!entity)
                continue;
            TZ_TRY(forgetAside(*entity, id));
            TZ_TRY(applier.evict(*entity, id, std::numeric_limits<qint64>::max()));
        }
    }
    for (const wire::EntityIds &unknown : answer.unknown) {
        const Entity *entity = d->store.catalog().entity(unknown.entity);
        for (const Id &id : unknown.ids) {
            if (!entity)
                continue;
            // Of a merge that did not happen in this history; what lost in it is sent again by whoever wrote it. It has
            // others' values in it, and nobody would say when they are not for this user any more.
            if (entity->fullName == QLatin1String("foundation.conflict"))
                TZ_TRY(applier.evict(*entity, id, std::numeric_limits<qint64>::max()));
            else
                TZ_TRY(d->noteUnknown(*entity, id));
        }
    }
    TZ_TRY(applier.finish());
    TZ_TRY(d->keepUnread(applier.unread()));
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    TZ_TRY(d->noteMark(answer.mark));
    TZ_TRY(transaction.commit());
    leftovers.none();
    applier.announce();
    return differing;
}

Result<> ReplicaState::Private::noteUnknown(const Entity &entity, const Id &id)
{
    TZ_ASSIGN(const auto record, store.find(entity, id, true));
    if (!record || (record->state & recordstate::pendingEdits))
        return {};
    TZ_ASSIGN(auto keys, database().prepare("SELECT _keys FROM " + entity.table.toUtf8() + " WHERE id = ?1"));
    TZ_TRY(keys.bind(1, id).step());
    TZ_ASSIGN(auto keep, database().prepare("INSERT OR REPLACE INTO sync_aside(entity, id, at, keys, row, shown) "
                                            "VALUES (?1, ?2, ?3, ?4, ?5, 1)"));
    keep.bind(1, entity.fullName).bind(2, id).bind(3, serverTimeMs()).bind(4, keys.bytes(0));
    return keep.bind(5, synctables::packedRow(*record)).run();
}

Result<> ReplicaState::Private::forgetReturned()
{
    // Their authors' laptops have been there meanwhile, or somebody brought them back.
    for (const Entity *entity : store.catalog().entities()) {
        TZ_ASSIGN(auto drop, database().prepare("DELETE FROM sync_aside WHERE entity = ?1 AND id IN (SELECT id FROM " +
                                                entity->table.toUtf8() + " WHERE _rev >= 0)"));
        TZ_TRY(drop.bind(1, entity->fullName).run());
    }
    TZ_ASSIGN(auto old, database().prepare("DELETE FROM sync_aside WHERE shown = 0 AND at < ?1"));
    return old.bind(1, serverTimeMs() - asideMs).run();
}

Result<std::vector<std::pair<const Entity *, Id>>> ReplicaState::Private::shownAside() const
{
    std::vector<std::pair<const Entity *, Id>> shown;
    TZ_ASSIGN(auto select, database().prepare("SELECT entity, id FROM sync_aside WHERE shown = 1"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return shown;
        if (const Entity *entity = store.catalog().entity(select.text(0)))
            shown.emplace_back(entity, select.id(1));
    }
}

Result<bool> ReplicaState::Private::mustAsk(qint64 count) const
{
    if (count <= neverAsked || number(agreedName) == 1)
        return false;
    qint64 all = 0;
    for (const Entity *entity : store.catalog().entities()) {
        TZ_ASSIGN(auto select,
                  database().prepare("SELECT count(*) FROM " + entity->table.toUtf8() + " WHERE _rev <> 0"));
        TZ_TRY(select.step());
        all += select.integer(0);
    }
    return count > alwaysAsked || count * askedPart > all;
}

Result<qint64> ReplicaState::settleUnconfirmed()
{
    Leftovers leftovers(d->hasLeftovers);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    TZ_TRY(d->forgetReturned());
    TZ_ASSIGN(const auto shown, d->shownAside());
    TZ_ASSIGN(const bool asks, d->mustAsk(qint64(shown.size())));
    if (asks) {
        TZ_TRY(transaction.commit());
        leftovers.none();
        return qint64(shown.size());
    }
    RowApplier applier(d->store, false, {});
    TZ_TRY(applier.begin());
    for (const auto &[entity, id] : shown)
        TZ_TRY(applier.takeAside(*entity, id));
    TZ_TRY(applier.finish());
    TZ_TRY(d->database().execute("UPDATE sync_aside SET shown = 0"));
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    bool left = false;
    for (const Entity *entity : d->store.catalog().entities()) {
        TZ_ASSIGN(auto select,
                  d->database().prepare("SELECT 1 FROM " + entity->table.toUtf8() + " WHERE _rev < 0 LIMIT 1"));
        TZ_ASSIGN(const bool row, select.step());
        left = left || row;
    }
    // What is left has own edits that wait; it is asked about when they are answered.
    if (!left)
        TZ_TRY(synctables::setNumber(d->database(), unconfirmedName, 0));
    TZ_TRY(transaction.commit());
    leftovers.none();
    applier.announce();
    return 0;
}

Result<> ReplicaState::agreeToSetAside()
{
    return synctables::setNumber(d->database(), agreedName, 1);
}

Result<std::vector<ReplicaState::Aside>> ReplicaState::setAside() const
{
    std::vector<Aside> all;
    TZ_ASSIGN(auto select, d->database().prepare("SELECT entity, id, at, row FROM sync_aside WHERE shown = 0 "
                                                 "ORDER BY at, entity, id"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return all;
        const Entity *entity = d->store.catalog().entity(select.text(0));
        if (!entity)
            continue;
        TZ_ASSIGN(Record record, synctables::unpackedRow(*entity, select.id(1), select.bytes(3)));
        // It is back, by its author or by somebody who brought it.
        TZ_ASSIGN(const auto here, d->store.find(*entity, record.id, true));
        if (!here)
            all.push_back({select.integer(2), std::move(record)});
    }
}

Result<> ReplicaState::forgetAside(const Entity &entity, const Id &id)
{
    TZ_ASSIGN(auto drop, d->database().prepare("DELETE FROM sync_aside WHERE entity = ?1 AND id = ?2"));
    TZ_TRY(drop.bind(1, entity.fullName).bind(2, id).run());
    return d->database().changedRows() > 0 ? synctables::setNumber(d->database(), scrubName, 1) : Result<>();
}

} // namespace tz
