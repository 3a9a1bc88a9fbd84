// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/committer.h"

#include "core/base/check.h"
#include "core/sync/hybridclock.h"
#include "server/deadline.h"
#include "server/storage/conflictcontents.h"

namespace tz::server {

namespace {
constexpr qsizetype batchesPerGroup = 64;
/// Hash of the declarations by which what is stored was judged.
constexpr char rulesName[] = "rules";

wire::BatchAnswer withoutStates(const Verdict &verdict)
{
    wire::BatchAnswer answer = verdict.answer;
    // The touched records take the place of states, which are read anew (with the rights of then) for every answer.
    for (const auto &[entity, id] : verdict.touched) {
        const QString &name = entity->fullName;
        auto place = std::find_if(answer.gone.begin(), answer.gone.end(),
                                  [&name](const wire::EntityIds &ids) { return ids.entity == name; });
        if (place == answer.gone.end())
            place = answer.gone.insert(answer.gone.end(), {name, {}});
        place->ids.push_back(id);
    }
    return answer;
}

Verdict verdictFrom(const wire::BatchAnswer &stored, const Catalog &catalog)
{
    Verdict verdict;
    verdict.answer = stored;
    for (const wire::EntityIds &ids : stored.gone) {
        if (const Entity *entity = catalog.entity(ids.entity)) {
            for (const Id &id : ids.ids)
                verdict.touched.emplace_back(entity, id);
        }
    }
    verdict.answer.gone.clear();
    verdict.repeated = true;
    return verdict;
}
} // namespace

namespace {
Result<bool> belongsTo(Database &database, qint64 deviceNo, const Id &user)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT \"user\" FROM device WHERE no = ?1"));
    select.bind(1, deviceNo);
    TZ_ASSIGN(const bool found, select.step());
    return found && select.id(0) == user;
}
} // namespace

struct Committer::Job {
    Push *push = nullptr;
    /// Changes that are made here, and on whose order.
    Batch *order = nullptr;
    Doer doer;
    std::optional<qint64> expectedRev;
    const std::function<Result<>(Connection &)> *work = nullptr;
    /// The declarations are others than before: what depends on who sees what is judged anew.
    bool newRules = false;
    Result<> result;
    bool done = false;

    qsizetype size() const { return push ? std::max<qsizetype>(1, qsizetype(push->request.batches.size())) : 1; }
};

Committer::Committer(Storage &storage, Scopes &scopes)
    : m_storage(storage)
    , m_scopes(scopes)
    , m_ids(*storage.environment().clock, *storage.environment().entropy)
{
    if (const auto now = currentRevision(storage.writer().db())) {
        m_knownRev = now->rev;
        m_knownChain = now->chain;
    }
}

void Committer::setHandler(std::function<void(const Commit &)> handler)
{
    std::unique_lock lock(m_mutex);
    // Who has the turn may be calling it.
    m_turn.wait(lock, [this] { return !m_busy; });
    m_handler = std::move(handler);
}

void Committer::reportForeign()
{
    std::unique_lock lock(m_mutex);
    m_turn.wait(lock, [this] { return !m_busy; });
    // Nobody has the turn, and nobody gets it before the lock is free: the writer is ours.
    const auto now = currentRevision(m_storage.writer().db());
    if (!now || (now->rev == m_knownRev.load() && now->chain == m_knownChain))
        return;
    if (const auto followed = followCustomFields(); !followed)
        qWarning("custom fields were not taken over: %s", qPrintable(followed.error().toString()));
    tellOfForeign(*now);
}

void Committer::tellOfForeign(const Revision &now)
{
    // The database lost commits: numbers of users and teams that were given in them may be others' now.
    if (!isOfThisHistory(m_storage.writer().db(), m_knownRev.load(), m_knownChain).value_or(false))
        m_storage.principals().forget();
    m_knownChain = now.chain;
    Commit commit;
    commit.rev = now.rev;
    commit.scopesChanged = true;
    if (m_handler)
        m_handler(commit);
    // Last: whoever sees it may rely on everybody having been told.
    m_knownRev = now.rev;
}

Result<> Committer::followCustomFields()
{
    TZ_ASSIGN(const bool changed, m_storage.hasNewCustomFields(m_storage.writer().db()));
    return changed ? m_storage.reloadCustomFields() : Result<>();
}

void Committer::announceScopes()
{
    std::unique_lock lock(m_mutex);
    m_turn.wait(lock, [this] { return !m_busy; });
    Commit commit;
    commit.rev = m_knownRev.load();
    commit.scopesChanged = true;
    if (m_handler)
        m_handler(commit);
}

Result<> Committer::run(Push &push)
{
    Job job;
    job.push = &push;
    return enqueue(job);
}

Result<> Committer::runFor(const Doer &doer, Batch batch, std::optional<qint64> expectedRev)
{
    if (batch.changes.empty())
        return {};
    Job job;
    job.order = &batch;
    job.doer = doer;
    job.expectedRev = expectedRev;
    return enqueue(job);
}

Result<> Committer::runTransaction(const std::function<Result<>(Connection &)> &work)
{
    Job job;
    job.work = &work;
    return enqueue(job);
}

Result<> Committer::followRules()
{
    {
        TZ_ASSIGN(const Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(const QByteArray known, setting(connection->db(), rulesName));
        if (known == connection->catalog().hash().toUtf8())
            return {};
    }
    Job job;
    job.newRules = true;
    return enqueue(job);
}

Result<> Committer::enqueue(Job &job)
{
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&job);
    // Whoever comes when nobody is at it takes the turn for all who wait; the others find their job done, or the turn
    // free.
    while (!job.done) {
        if (m_busy) {
            const auto deadline = Deadline::current();
            if (!deadline) {
                m_turn.wait(lock);
            } else if (m_turn.wait_until(lock, *deadline) == std::cv_status::timeout && !job.done) {
                // Nobody has begun with it: it leaves the line, and nothing of it was done.
                if (std::erase(m_queue, &job) > 0)
                    return fail("server.too_slow");
                m_turn.wait(lock);
            }
            continue;
        }
        m_busy = true;
        std::vector<Job *> group;
        qsizetype size = 0;
        while (!m_queue.empty()) {
            Job *next = m_queue.front();
            // Work of another kind has a transaction of its own.
            if (!group.empty() && (size + next->size() > batchesPerGroup || next->work || group.front()->work))
                break;
            group.push_back(next);
            size += next->size();
            m_queue.pop_front();
        }
        lock.unlock();
        try {
            process(group);
        } catch (const CheckFailed &fault) {
            // A broken promise inside the program ends these requests, not the server; the transaction went with them.
            m_storage.principals().forget();
            for (Job *failed : group)
                failed->result =
                    fail("server.internal", {{QStringLiteral("condition"), QString::fromLatin1(fault.condition)}});
        }
        lock.lock();
        for (Job *finished : group)
            finished->done = true;
        m_busy = false;
        m_turn.notify_all();
    }
    return std::move(job.result);
}

void Committer::process(std::vector<Job *> &group)
{
    if (const auto whole = m_storage.ensureWriter(); !whole) {
        for (Job *job : group)
            job->result = fail(whole.error());
        return;
    }
    if (group.front()->work) {
        Job &job = *group.front();
        job.result = [&]() -> Result<> {
            Connection &writer = m_storage.writer();
            TZ_ASSIGN(Transaction transaction, Transaction::begin(writer.db()));
            TZ_TRY((*job.work)(writer));
            return transaction.commit();
        }();
        return;
    }
    Commit commit;
    bool customFields = false;
    const auto attempt = [&](std::span<Job *const> jobs) {
        commit = {};
        Result<> done = processGroup(jobs, commit);
        // Numbers of users and teams that were given in it do not hold.
        if (!done)
            m_storage.principals().forget();
        if (done && commit.rev > 0) {
            m_knownRev = commit.rev;
            customFields = customFields || std::binary_search(commit.keys.begin(), commit.keys.end(), [&] {
                               const Entity *entity = m_storage.writer().catalog().entity(u"foundation.custom_field");
                               return entity ? audience::key(m_storage.writer().model->numbers.entity(*entity),
                                                             audience::Kind::All, 0)
                                             : -1;
                           }());
            if (m_handler)
                m_handler(commit);
        }
        return done;
    };
    Result<> done = attempt(group);
    // Without a database there is nothing to find out; and what became of a commit that was under way, the devices hear
    // when they send their batches again.
    if (!done && group.size() > 1 && !done.error().is("store.unreachable")) {
        // Somebody's batch makes the database fail: one by one, so that only theirs does.
        for (Job *job : group)
            job->result = attempt(std::span(&job, 1));
    } else {
        for (Job *job : group) {
            if (!done)
                job->result = fail(done.error());
        }
    }
    if (customFields) {
        if (const auto reloaded = m_storage.reloadCustomFields(); !reloaded)
            qWarning("custom fields were not taken over: %s", qPrintable(reloaded.error().toString()));
    }
}

Result<> Committer::processGroup(std::span<Job *const> group, Commit &commit)
{
    Connection &writer = m_storage.writer();
    Database &database = writer.db();
    std::optional<Transaction> turn;
    Revision last;
    const auto isForeign = [this](const Revision &now) {
        return now.rev != m_knownRev.load() || now.chain != m_knownChain;
    };
    const auto take = [&]() -> Result<bool> {
        TZ_ASSIGN(Transaction begun, Transaction::begin(database));
        TZ_ASSIGN(last, currentRevision(database));
        turn.emplace(std::move(begun));
        return isForeign(last) ? m_storage.hasNewCustomFields(database) : Result<bool>(false);
    };
    TZ_ASSIGN(const bool otherFields, take());
    if (otherFields) {
        // Another process made them since: they are to be known before anything is judged.
        turn.reset();
        TZ_TRY(m_storage.reloadCustomFields());
        TZ_TRY(take());
    }
    Transaction &transaction = *turn;
    if (isForeign(last))
        tellOfForeign(last);
    RecordKeeper keeper(writer, m_storage.principals());
    const qint64 rev = last.rev + 1;
    keeper.beginGroup(rev);
    Decider decider(writer, keeper, m_scopes, m_storage.environment(), m_ids);
    wire::Mark made;
    std::vector<Id> accepted;
    for (Job *job : group) {
        if (job->push) {
            job->push->verdicts.clear();
            job->push->stop.reset();
            job->push->model = writer.model;
            TZ_TRY(takePush(*job->push, keeper, decider, accepted));
            continue;
        }
        if (job->newRules) {
            keeper.judgeScopesAnew();
            TZ_TRY(setSetting(database, rulesName, writer.catalog().hash().toUtf8()));
            continue;
        }
        TZ_TRY(takeOrder(*job, keeper, decider, accepted));
    }
    if (keeper.wroteAnything() || keeper.scopesChanged())
        TZ_TRY(hideConflictContents(writer, keeper, m_scopes));
    if (keeper.wroteAnything()) {
        TZ_TRY(keeper.finishGroup());
        const QByteArray chain = nextChain(last.chain, rev, accepted, m_ids.next());
        const qint64 now = m_storage.environment().clock->nowMs();
        TZ_TRY(moveTo(database, {rev, chain, now}));
        made = {rev, chain};
        commit.rev = rev;
        commit.keys.assign(keeper.touchedKeys().begin(), keeper.touchedKeys().end());
        std::sort(commit.keys.begin(), commit.keys.end());
        commit.scopesChanged = keeper.scopesChanged();
        if (group.size() == 1 && group.front()->push)
            commit.onlyAuthor = group.front()->push->device;
    }
    if (commit.rev > 0)
        TZ_TRY(announce(database, QByteArray::number(commit.rev)));
    TZ_TRY(transaction.commit());
    if (commit.rev > 0) {
        m_recent.note({last.rev, last.chain}, made, commit.keys);
        m_knownChain = made.chain;
    }
    ++m_counters.groups;
    return {};
}

Result<> Committer::takeOrder(Job &job, RecordKeeper &keeper, Decider &decider, std::vector<Id> &accepted)
{
    Connection &writer = m_storage.writer();
    Author author;
    if (job.doer.isServer()) {
        author.scope = Scopes::system(writer);
    } else {
        // With the rights of now: another order of this very group may have taken them.
        auto scope = keeper.scopesChanged() ? m_scopes.make(writer, job.doer.user) : m_scopes.of(writer, job.doer.user);
        if (!scope || !(*scope)->active || !(*scope)->actor.isAdmin()) {
            job.result = fail("admin.denied");
            return {};
        }
        author.scope = std::move(*scope);
        author.device = job.doer.device;
        author.madeHere = true;
        author.expectedRev = job.expectedRev;
    }
    const qint64 hlc = HybridClock::fromMilliseconds(m_storage.environment().clock->nowMs());
    if (job.order->id.isNull())
        job.order->id = m_ids.next();
    TZ_ASSIGN(Verdict verdict, decider.decide(*job.order, author, hlc));
    job.result = {};
    if (verdict.notYet)
        job.result = fail(*verdict.notYet);
    else if (!verdict.answer.reasons.empty())
        job.result = fail(verdict.answer.reasons.front().error);
    accepted.push_back(job.order->id);
    return {};
}

Result<qint64> Committer::clamped(const Batch &batch, qint64 lastHlc)
{
    qint64 basedOn = 0;
    for (const Change &change : batch.changes)
        basedOn = std::max(basedOn, agreedRev(change.basedOn));
    qint64 earliest = lastHlc + 1;
    TZ_ASSIGN(const std::optional<Revision> base, revisionAt(m_storage.writer().db(), basedOn));
    if (base)
        earliest = std::max(earliest, HybridClock::fromMilliseconds(base->atMs));
    // Up to the end of the server's present millisecond: a clock may be wrong, it never blocks and never wins for
    // years.
    const qint64 latest = HybridClock::fromMilliseconds(m_storage.environment().clock->nowMs() + 1) - 1;
    return std::max(earliest, std::min(batch.hlc, latest));
}

Result<> Committer::takePush(Push &push, RecordKeeper &keeper, Decider &decider, std::vector<Id> &accepted)
{
    Connection &writer = m_storage.writer();
    Database &database = writer.db();
    qint64 deviceNo = 0;
    qint64 lastNo = 0;
    qint64 lastHlc = 0;
    {
        TZ_ASSIGN(Statement select,
                  database.prepare(
                      "SELECT no, last_no, last_hlc, revoked_at, \"user\", wipe_nonce FROM device WHERE id = ?1"));
        select.bind(1, push.device);
        TZ_ASSIGN(const bool found, select.step());
        if (!found || !select.isNull(3) || select.id(4) != push.user) {
            push.stop = deviceRevoked(found ? select.text(5) : QString());
            return {};
        }
        deviceNo = select.integer(0);
        lastNo = select.integer(1);
        lastHlc = select.integer(2);
    }
    const wire::Mark &base = push.request.base;
    TZ_ASSIGN(const bool ours, isOfThisHistory(database, base.rev, base.chain));
    if (!ours) {
        push.stop = Error("sync.history", {{QStringLiteral("rev"), base.rev}});
        return {};
    }
    const qint64 now = m_storage.environment().clock->nowMs();
    for (Batch &batch : push.request.batches) {
        if (push.madeHere)
            batch.no = lastNo + 1;
        {
            TZ_ASSIGN(Statement select, database.prepare("SELECT device, answer, request FROM batch WHERE id = ?1"));
            select.bind(1, batch.id);
            TZ_ASSIGN(const bool known, select.step());
            if (known) {
                TZ_ASSIGN(wire::BatchAnswer stored, wire::decodeBatchAnswer(select.bytes(1)));
                const qint64 of = select.integer(0);
                const bool isSame = select.bytes(2) == push.fingerprint;
                select.reset();
                if (push.madeHere && !isSame) {
                    push.stop = Error("api.key_reused");
                    break;
                }
                // Two copies of one laptop hold the same unsent batches; whichever comes second hears what became of
                // them.
                TZ_ASSIGN(const bool isOwn, of == deviceNo ? Result<bool>(true) : belongsTo(database, of, push.user));
                if (!isOwn) {
                    push.stop = Error("sync.device_rolled_back", {{QStringLiteral("expected"), lastNo + 1}});
                    break;
                }
                // It may carry another number by now.
                stored.no = batch.no;
                if (!push.madeHere && batch.no == lastNo + 1)
                    lastNo = batch.no;
                push.verdicts.push_back(verdictFrom(stored, writer.catalog()));
                ++m_counters.repeated;
                continue;
            }
        }
        if (batch.no != lastNo + 1) {
            push.stop = Error(batch.no > lastNo ? "sync.expected" : "sync.device_rolled_back",
                              {{QStringLiteral("expected"), lastNo + 1}});
            break;
        }
        // With the rights of now: a batch of this very group may have changed them.
        TZ_ASSIGN(const ScopePtr scope,
                  keeper.scopesChanged() ? m_scopes.make(writer, push.user) : m_scopes.of(writer, push.user));
        if (!scope->active) {
            push.stop = Error("auth.user_disabled");
            break;
        }
        TZ_ASSIGN(const qint64 hlc, clamped(batch, lastHlc));
        const Author author{scope, push.device, deviceNo, push.madeHere, push.expectedRev};
        TZ_ASSIGN(Verdict verdict, decider.decide(batch, author, hlc));
        if (verdict.notYet) {
            push.stop = verdict.notYet;
            break;
        }
        verdict.answer.rev = verdict.answer.status == wire::BatchStatus::Refused ? 0 : keeper.rev();
        TZ_ASSIGN(
            Statement insert,
            database.prepare("INSERT INTO batch(id, device, no, rev, answer, hlc, claimed_hlc, received_at, request) "
                             "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
        TZ_TRY(insert.bind(1, batch.id)
                   .bind(2, deviceNo)
                   .bind(3, batch.no)
                   .bind(4, verdict.answer.rev)
                   .bind(5, wire::encode(withoutStates(verdict)))
                   .bind(6, hlc)
                   .bind(7, batch.hlc)
                   .bind(8, now)
                   .bind(9, push.fingerprint)
                   .run());
        if (verdict.answer.status == wire::BatchStatus::Refused)
            ++m_counters.refused;
        else
            accepted.push_back(batch.id);
        ++m_counters.batches;
        lastNo = batch.no;
        lastHlc = hlc;
        push.verdicts.push_back(std::move(verdict));
    }
    TZ_ASSIGN(Statement update,
              database.prepare("UPDATE device SET last_no = ?2, last_hlc = ?3, seen_at = ?4, "
                               "waiting = CASE WHEN waiting > ?5 THEN waiting - ?5 ELSE 0 END WHERE no = ?1"));
    return update.bind(1, deviceNo)
        .bind(2, lastNo)
        .bind(3, lastHlc)
        .bind(4, now)
        .bind(5, qint64(push.verdicts.size()))
        .run();
}

} // namespace tz::server
