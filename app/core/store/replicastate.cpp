// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/replicastate.h"

#include "core/store/rowapplier.h"
#include "core/store/synctables.h"
#include "core/sync/audience.h"

namespace tz {

namespace {

constexpr char cursorRev[] = "cursor_rev";
constexpr char cursorChain[] = "cursor_chain";
constexpr char completeName[] = "complete";
constexpr char keysName[] = "keys";
constexpr char visibilityName[] = "visibility";
constexpr char hiddenName[] = "hidden";
constexpr char scrubName[] = "scrub";

/// Pages with more rows than this are indexed for search afterwards.
constexpr size_t indexedAtOnce = 500;
constexpr qint64 journalDays = 45;
constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr qint64 hourMs = 3600LL * 1000;
/// Marks of history: this many of the newest are kept all, older ones one an hour, then one a day.
constexpr size_t newestMarks = 16;
constexpr size_t marksSent = 64;

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

QByteArray packed(const wire::KeyList &keys)
{
    QByteArray text = QByteArray::number(keys.version);
    for (const qint64 key : keys.keys)
        text += ' ' + QByteArray::number(key);
    return text;
}

wire::KeyList unpackedKeys(const QByteArray &text)
{
    wire::KeyList keys;
    const QList<QByteArray> words = text.split(' ');
    keys.version = words.value(0).toLongLong();
    for (const QByteArray &word : words.mid(1))
        keys.keys.push_back(word.toLongLong());
    return keys;
}

QByteArray packed(const QHash<QString, QString> &map)
{
    QJsonObject object;
    for (auto it = map.begin(); it != map.end(); ++it)
        object.insert(it.key(), it.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QHash<QString, QString> unpackedMap(const QByteArray &json)
{
    QHash<QString, QString> map;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto it = object.begin(); it != object.end(); ++it)
        map.insert(it.key(), it.value().toString());
    return map;
}

std::set<qint64> unpackedNumbers(QByteArrayView bytes)
{
    std::set<qint64> numbers;
    qint64 number = 0;
    int shift = 0;
    for (const char byte : bytes) {
        number |= qint64(byte & 0x7f) << shift;
        shift += 7;
        if (!(byte & 0x80)) {
            numbers.insert(number);
            number = 0;
            shift = 0;
        }
    }
    return numbers;
}

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

struct ReplicaState::Private {
    RecordStore &store;

    Database &database() const { return store.database(); }
    QByteArray state(const char *name) const
    {
        return synctables::state(store.database(), name).value_or(QByteArray());
    }
    qint64 number(const char *name) const { return synctables::number(store.database(), name).value_or(0); }
    wire::KeyList keys() const { return unpackedKeys(state(keysName)); }

    Result<std::vector<qint64>> localNumbers(const std::vector<qint64> &keys) const;
    Result<> moveCursor(const wire::Mark &mark);
    Result<> thinMarks();
    Result<> answered(RowApplier &applier, const wire::BatchAnswer &answer);
    Result<> keepRejected(const wire::BatchAnswer &answer, const QByteArray &body);
    Result<std::set<std::pair<QString, Id>>> refusedRecords(const Id &except) const;
    Result<> gainKeys(const std::vector<qint64> &keys);
    Result<> applyKeys(RowApplier &applier, const wire::KeyList &keys);
    Result<> evictUngranted(RowApplier &applier, const std::set<qint64> &lost);
    Result<> applyVisibility(const QHash<QString, QString> &visibility);
    Result<> hideColumns(const Entity &entity, const QStringList &fields);
    Result<bool> isEmpty() const;
};

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
    return d->number(scrubName) == 1;
}

Result<qint64> ReplicaState::waiting() const
{
    TZ_ASSIGN(auto count, d->database().prepare("SELECT count(*) FROM sync_outbox WHERE state < 2"));
    TZ_TRY(count.step());
    return count.integer(0);
}

Result<std::vector<Batch>> ReplicaState::pending(int limit) const
{
    TZ_ASSIGN(auto select,
              d->database().prepare("SELECT no, body FROM sync_outbox WHERE state < 2 ORDER BY no LIMIT ?1"));
    select.bind(1, qint64(limit));
    std::vector<Batch> batches;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return batches;
        TZ_ASSIGN(Batch batch, wire::decodeBatch(select.bytes(1)));
        batch.no = select.integer(0);
        batches.push_back(std::move(batch));
    }
}

Result<std::vector<Batch>> ReplicaState::take(qsizetype batches, qsizetype bytes)
{
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    std::vector<Batch> taken;
    bool fresh = false;
    {
        TZ_ASSIGN(auto select, d->database().prepare("SELECT no, state, body FROM sync_outbox WHERE state < 2 "
                                                     "ORDER BY no LIMIT ?1"));
        select.bind(1, qint64(batches));
        qsizetype size = 0;
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            const QByteArray body = select.bytes(2);
            size += body.size();
            if (!taken.empty() && size > bytes)
                break;
            TZ_ASSIGN(Batch batch, wire::decodeBatch(body));
            batch.no = select.integer(0);
            fresh = fresh || select.integer(1) == 0;
            taken.push_back(std::move(batch));
        }
    }
    // Durable before the first send: what the server may have seen must not change here any more.
    if (fresh) {
        TZ_ASSIGN(auto freeze, d->database().prepare("UPDATE sync_outbox SET state = 1, tries = tries + 1 "
                                                     "WHERE state = 0 AND no <= ?1"));
        TZ_TRY(freeze.bind(1, taken.back().no).run());
        TZ_TRY(transaction.commit());
    }
    return taken;
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
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    // Keys that are new are needed to read the rows; what was lost is for the next page to say, when all is pushed.
    TZ_TRY(d->gainKeys(answer.keys.keys));
    TZ_ASSIGN(auto numbers, d->localNumbers(answer.keys.keys.empty() ? d->keys().keys : answer.keys.keys));
    RowApplier applier(d->store, false, std::move(numbers));
    TZ_TRY(applier.begin());
    qint64 last = 0;
    for (const wire::BatchAnswer &one : answer.answers) {
        TZ_TRY(d->answered(applier, one));
        last = std::max(last, one.hlc);
    }
    TZ_TRY(applier.finish());
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    // The server's clamped clock replaces ours, unless edits made since then are numbered further on.
    TZ_ASSIGN(const qint64 left, waiting());
    if (last > 0 && left == 0)
        TZ_TRY(synctables::setNumber(d->database(), synctables::hlc, last));
    TZ_TRY(transaction.commit());
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
    TZ_ASSIGN(const Batch body, wire::decodeBatch(bytes));
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
        const wire::Mark cursor{number(cursorRev), state(cursorChain)};
        TZ_ASSIGN(auto journal,
                  database().prepare("INSERT OR REPLACE INTO sync_journal(no, batch, rev, mark, body, at) "
                                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
        journal.bind(1, answer.no).bind(2, answer.batch).bind(3, answer.rev).bind(4, cursor.chain).bind(5, bytes);
        TZ_TRY(journal.bind(6, store.clock().nowMs()).run());
        TZ_ASSIGN(auto old, database().prepare("DELETE FROM sync_journal WHERE at < ?1"));
        TZ_TRY(old.bind(1, store.clock().nowMs() - journalDays * dayMs).run());
    }

    std::set<std::pair<QString, Id>> covered;
    for (const wire::TableRows &table : answer.states) {
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
        const bool undecided = answer.status == wire::BatchStatus::Partly && !isCovered && !named.contains({name, id});
        if (wasRefused)
            TZ_TRY(applier.recomputeRefused(*entity, id, isCovered));
        else if (undecided)
            TZ_TRY(applier.recompute(*entity, id));
        else if (applier.hasPending(*entity, id))
            TZ_TRY(applier.recompute(*entity, id));
        else
            TZ_TRY(applier.settle(*entity, id));
    }
    return {};
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
    return number(cursorRev) == 0 && state(cursorChain).isEmpty();
}

Result<> ReplicaState::receive(const wire::Page &page)
{
    if (page.keys || page.visibility)
        return receiveScope(page.keys.value_or(d->keys()), page.visibility.value_or(visibility()));
    const NotDurable relaxed(d->database());
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    size_t rows = 0;
    for (const wire::TableRows &table : page.tables)
        rows += table.rows.size();
    // The tables are filled in the order of the feed; what has another order is made once, when all is here.
    if (page.more && cursor().chain.isEmpty())
        TZ_TRY(dropListIndexes(d->database(), d->store.catalog(), SchemaKind::Replica));
    TZ_ASSIGN(auto numbers, d->localNumbers(d->keys().keys));
    RowApplier applier(d->store, rows > indexedAtOnce, std::move(numbers));
    TZ_TRY(applier.begin());
    // What went first: a child that moved to another parent comes among the rows of the same page.
    for (const wire::EntityIds &gone : page.gone) {
        if (const Entity *entity = d->store.catalog().entity(gone.entity)) {
            for (const Id &id : gone.ids)
                TZ_TRY(applier.receiveGone(*entity, id, page.mark.rev));
        }
    }
    for (const wire::EntityIds &evicted : page.evict) {
        if (const Entity *entity = d->store.catalog().entity(evicted.entity)) {
            for (const Id &id : evicted.ids)
                TZ_TRY(applier.evict(*entity, id, page.mark.rev));
        }
    }
    for (const wire::TableRows &table : page.tables)
        TZ_TRY(applier.receive(table));
    TZ_TRY(applier.finish());
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(d->database(), scrubName, 1));
    TZ_ASSIGN(auto done, d->database().prepare("UPDATE sync_key SET from_rev = ?2 WHERE key = ?1"));
    for (const wire::Backfill &backfill : page.backfilled) {
        done.bind(1, backfill.key);
        if (backfill.fromRev > page.mark.rev)
            done.bind(2, nullptr);
        else
            done.bind(2, backfill.fromRev);
        TZ_TRY(done.run());
    }
    TZ_TRY(d->moveCursor(page.mark));
    const bool complete = !page.more && backfills().empty();
    if (complete && !isComplete()) {
        TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(d->database(), d->store.catalog(), SchemaKind::Replica));
        TZ_TRY(plan.execute(d->database()));
    }
    TZ_TRY(synctables::setNumber(d->database(), completeName, complete ? 1 : 0));
    TZ_TRY(transaction.commit());
    applier.announce();
    return {};
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

std::vector<wire::Backfill> ReplicaState::backfills() const
{
    std::vector<wire::Backfill> backfills;
    auto select = d->database().prepare("SELECT key, from_rev FROM sync_key WHERE from_rev IS NOT NULL ORDER BY n");
    if (!select)
        return backfills;
    while (select->step().value_or(false))
        backfills.push_back({select->integer(0), select->integer(1)});
    return backfills;
}

Result<> ReplicaState::receiveScope(const wire::KeyList &keys, const QHash<QString, QString> &visibility)
{
    const NotDurable relaxed(d->database());
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    RowApplier applier(d->store, true, {});
    TZ_TRY(applier.begin());
    TZ_TRY(d->applyKeys(applier, keys));
    TZ_TRY(applier.finish());
    TZ_TRY(d->applyVisibility(visibility));
    if (!backfills().empty())
        TZ_TRY(synctables::setNumber(d->database(), completeName, 0));
    TZ_TRY(transaction.commit());
    applier.announce();
    return {};
}

Result<> ReplicaState::Private::gainKeys(const std::vector<qint64> &keys)
{
    TZ_ASSIGN(const bool empty, isEmpty());
    // A first sync follows the common cursor; later keys have their own until their past has been fetched.
    TZ_ASSIGN(auto gain, database().prepare("INSERT OR IGNORE INTO sync_key(n, key, from_rev) VALUES "
                                            "((SELECT coalesce(max(n), 0) + 1 FROM sync_key), ?1, ?2)"));
    for (const qint64 key : keys) {
        gain.bind(1, key);
        if (empty)
            gain.bind(2, nullptr);
        else
            gain.bind(2, 0);
        TZ_TRY(gain.run());
    }
    return {};
}

Result<> ReplicaState::Private::applyKeys(RowApplier &applier, const wire::KeyList &keys)
{
    const std::set<qint64> wanted(keys.keys.begin(), keys.keys.end());
    std::set<qint64> lostNumbers;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT n, key FROM sync_key"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (!wanted.contains(select.integer(1)))
                lostNumbers.insert(select.integer(0));
        }
    }
    TZ_TRY(gainKeys(keys.keys));
    if (!lostNumbers.empty()) {
        TZ_TRY(evictUngranted(applier, lostNumbers));
        TZ_ASSIGN(auto lose, database().prepare("DELETE FROM sync_key WHERE n = ?1"));
        for (const qint64 number : lostNumbers)
            TZ_TRY(lose.bind(1, number).run());
    }
    return synctables::setState(database(), keysName, packed(keys));
}

Result<> ReplicaState::Private::evictUngranted(RowApplier &applier, const std::set<qint64> &lost)
{
    for (const Entity *entity : store.catalog().entities()) {
        const QByteArray table = entity->table.toUtf8();
        // Rows share few combinations of keys: those that only lost keys grant are looked for first.
        std::vector<QByteArray> dead;
        {
            TZ_ASSIGN(auto select, database().prepare("SELECT DISTINCT _keys FROM " + table +
                                                      " WHERE _rev > 0 AND length(_keys) > 0"));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                const std::set<qint64> numbers = unpackedNumbers(select.bytes(0));
                if (std::ranges::includes(lost, numbers))
                    dead.push_back(select.bytes(0));
            }
        }
        for (const QByteArray &keys : dead) {
            std::vector<Id> ids;
            {
                TZ_ASSIGN(auto select,
                          database().prepare("SELECT id FROM " + table + " WHERE _keys = ?1 AND _rev > 0"));
                select.bind(1, keys);
                for (;;) {
                    TZ_ASSIGN(const bool row, select.step());
                    if (!row)
                        break;
                    ids.push_back(select.id(0));
                }
            }
            for (const Id &id : ids)
                TZ_TRY(applier.evict(*entity, id, std::numeric_limits<qint64>::max()));
        }
    }
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(database(), scrubName, 1));
    return {};
}

Result<> ReplicaState::Private::applyVisibility(const QHash<QString, QString> &visibility)
{
    const QByteArray before = state(visibilityName);
    if (before == packed(visibility))
        return {};
    const QHash<QString, QString> hiddenBefore = unpackedMap(state(hiddenName));
    QHash<QString, QString> hiddenNow;
    bool wider = false;
    for (const Entity *entity : store.catalog().entities()) {
        const QList<int> visible = audience::visibleFields(store.catalog(), *entity, store.actor());
        QStringList names;
        for (const Field &field : entity->fields) {
            if (!visible.isEmpty() && !visible.contains(field.index) && !field.isDerived() && !field.isLines())
                names << field.name;
        }
        names.sort();
        if (!names.isEmpty())
            hiddenNow.insert(entity->fullName, names.join(QLatin1Char(' ')));
    }
    const QHash<QString, QString> seenBefore = unpackedMap(before);
    TZ_ASSIGN(const bool empty, isEmpty());
    for (const Entity *entity : store.catalog().entities()) {
        const QStringList was = hiddenBefore.value(entity->fullName).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const QStringList is = hiddenNow.value(entity->fullName).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        QStringList gone;
        for (const QString &field : is) {
            if (!was.contains(field))
                gone.append(field);
        }
        if (!gone.isEmpty() && !empty)
            TZ_TRY(hideColumns(*entity, gone));
        const bool changed = seenBefore.value(entity->fullName) != visibility.value(entity->fullName);
        const bool onlyNarrower =
            !gone.isEmpty() && std::ranges::all_of(was, [&](const QString &field) { return is.contains(field); });
        wider = wider || (changed && !onlyNarrower && visibility.contains(entity->fullName));
    }
    // Fields that came into sight are fetched with the rows; which keys grant them only the server knows.
    if (wider && !empty)
        TZ_TRY(database().execute("UPDATE sync_key SET from_rev = 0"));
    TZ_TRY(synctables::setState(database(), hiddenName, packed(hiddenNow)));
    return synctables::setState(database(), visibilityName, packed(visibility));
}

Result<> ReplicaState::Private::hideColumns(const Entity &entity, const QStringList &fields)
{
    std::vector<Id> bases;
    const int entityNumber = store.numbers().entity(entity);
    for (const QString &name : fields) {
        const Field *field = entity.field(name);
        if (!field)
            continue;
        if (field->isSet()) {
            TZ_ASSIGN(const auto owners, static_cast<const Reader &>(store).ids(entity.fullName, QString()));
            for (const Id &owner : owners)
                TZ_TRY(store.rows().setMembers(entity, owner, *field, {}));
        } else if (field->hasColumn() && !field->isDerived()) {
            TZ_TRY(database().execute("UPDATE " + entity.table.toUtf8() + " SET \"" + name.toUtf8() +
                                      "\" = NULL WHERE \"" + name.toUtf8() + "\" IS NOT NULL AND _rev > 0"));
        }
    }
    TZ_ASSIGN(auto select, database().prepare("SELECT id, row FROM sync_base WHERE entity = ?1 AND row IS NOT NULL"));
    TZ_ASSIGN(auto update, database().prepare("UPDATE sync_base SET row = ?3 WHERE entity = ?1 AND id = ?2"));
    std::vector<std::pair<Id, QByteArray>> rows;
    select.bind(1, entityNumber);
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        rows.emplace_back(select.id(0), select.bytes(1));
    }
    for (const auto &[id, row] : rows) {
        TZ_ASSIGN(Record base, synctables::unpackedRow(entity, id, row));
        for (const QString &name : fields)
            base.set(name, {});
        TZ_TRY(update.bind(1, entityNumber).bind(2, id).bind(3, synctables::packedRow(base)).run());
    }
    TZ_ASSIGN(auto all, database().prepare("SELECT rowid FROM " + entity.table.toUtf8()));
    std::vector<qint64> indexed;
    for (;;) {
        TZ_ASSIGN(const bool row, all.step());
        if (!row)
            break;
        indexed.push_back(all.integer(0));
    }
    for (const qint64 rowId : indexed)
        TZ_TRY(store.searchIndex().defer(entity, rowId));
    return synctables::setNumber(database(), scrubName, 1);
}

Result<> ReplicaState::renumber(const Id &newDevice, qint64 expectedNo)
{
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    std::vector<Batch> batches;
    {
        TZ_ASSIGN(auto select, d->database().prepare("SELECT body, no FROM sync_outbox ORDER BY no"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_ASSIGN(Batch batch, wire::decodeBatch(select.bytes(0)));
            batch.no = select.integer(1);
            batches.push_back(std::move(batch));
        }
    }
    // Through negative numbers first, so that no new number meets an old one that is still to be moved.
    TZ_TRY(d->database().execute("UPDATE sync_outbox SET no = -no; UPDATE sync_pending SET no = -no"));
    TZ_ASSIGN(auto outbox, d->database().prepare("UPDATE sync_outbox SET no = ?2, body = ?3, state = min(state, 1) "
                                                 "WHERE no = ?1"));
    TZ_ASSIGN(auto pending, d->database().prepare("UPDATE sync_pending SET no = ?2 WHERE no = ?1"));
    qint64 no = expectedNo;
    for (Batch &batch : batches) {
        const qint64 old = -batch.no;
        batch.no = no++;
        TZ_TRY(outbox.bind(1, old).bind(2, batch.no).bind(3, wire::encode(batch)).run());
        TZ_TRY(pending.bind(1, old).bind(2, batch.no).run());
    }
    TZ_TRY(synctables::setNumber(d->database(), synctables::nextNo, no));
    Actor actor = d->store.actor();
    if (newDevice && actor.device != newDevice) {
        actor.device = newDevice;
        TZ_TRY(d->store.setActor(actor));
    }
    return transaction.commit();
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
        TZ_ASSIGN(one.body, wire::decodeBatch(select.bytes(3)));
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
        TZ_ASSIGN(const Batch body, wire::decodeBatch(select.bytes(0)));
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
        TZ_ASSIGN(body, wire::decodeBatch(select.bytes(0)));
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
    {
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
    TZ_TRY(synctables::setNumber(d->database(), scrubName, 0));
    return {};
}

} // namespace tz
