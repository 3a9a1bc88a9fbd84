// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/replicator/replicator.h"

#include "core/logic/days.h"
#include "core/store/numberstock.h"
#include "core/store/synctables.h"
#include "replica/replicator/backoff.h"
#include "replica/session/lease.h"

namespace tz {

namespace {

constexpr int requestMs = 30'000;
constexpr int pullMs = 120'000;
/// No server may send a replica away for longer than this.
constexpr qint64 longestPauseMs = 3'600'000;
/// Without the wake-up channel.
constexpr int pollMs = 30'000;
/// With it: a wake-up may have been lost, or have gone to another copy of this device alone.
constexpr int lookMs = 600'000;
/// After a push whose answer said all that came of it: the cursor follows when nothing is in a hurry.
constexpr int followMs = 1'000;
constexpr qsizetype markBytes = 8;

} // namespace

Replicator::Replicator(RecordStore &store, ReplicaState &state, Transport &transport, Entropy &entropy, QString program)
    : m_store(store)
    , m_state(state)
    , m_transport(transport)
    , m_entropy(entropy)
    , m_program(std::move(program))
    , m_clockOffset(store.clock())
{
    for (QTimer *timer : {&m_retry, &m_poll, &m_reopen})
        timer->setSingleShot(true);
    // A coarse timer comes up to a twentieth early, and would be sent away once more.
    m_retry.setTimerType(Qt::PreciseTimer);
    connect(&m_retry, &QTimer::timeout, this, &Replicator::syncNow);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        m_wantPull = true;
        next();
    });
    connect(&m_reopen, &QTimer::timeout, this, [this] {
        if (m_live && m_phase != Phase::Stopped)
            m_transport.openLive();
    });
    connect(&m_store, &RecordStore::catalogChanged, this, [this] {
        m_wantPull = true;
        next();
    });
    connect(&m_store, &RecordStore::outboxGrew, this, [this](int batches) {
        m_wantPush = true;
        m_status.waiting += batches;
        // Without a server nothing else would tell that something waits.
        if (m_phase == Phase::Stopped || m_phase == Phase::Waiting)
            publish();
        next();
    });
    connect(&m_store, &RecordStore::changed, this, [this](const QString &entity, const QList<Id> &) {
        if (entity == QLatin1String("foundation.team"))
            refreshTeams();
        else if (entity == QLatin1String("foundation.conflict"))
            countAttention();
    });
    connect(&m_transport, &Transport::wake, this, [this](qint64 rev) {
        if (rev > 0 && rev <= m_state.cursor().rev)
            return;
        m_wantPull = true;
        next();
    });
    connect(&m_transport, &Transport::liveChanged, this, [this](bool open) {
        if (!m_live || m_phase == Phase::Stopped)
            return;
        if (open) {
            // What happened between the last page and this moment woke nobody.
            m_liveFailures = 0;
            m_wantPull = true;
            next();
        } else {
            m_reopen.start(backoffMs(m_entropy, m_liveFailures++));
        }
    });
    connect(&m_transport, &Transport::reachable, this, [this] {
        if (m_phase == Phase::Waiting)
            syncNow();
    });
    m_status.connection = SyncStatus::Connection::Offline;
    m_status.complete = m_state.isComplete();
    m_status.integrity = m_state.integrity();
    m_status.waiting = m_state.waiting().value_or(0);
    countAttention();
}

Replicator::~Replicator()
{
    m_transport.cancel();
}

void Replicator::start(bool live)
{
    m_live = live;
    if (m_phase != Phase::Stopped)
        return;
    m_greeted = false;
    setPhase(Phase::Waiting);
    syncNow();
}

void Replicator::stop()
{
    m_transport.cancel();
    m_transport.closeLive();
    m_retry.stop();
    m_poll.stop();
    m_reopen.stop();
    setPhase(Phase::Stopped);
}

void Replicator::syncNow()
{
    if (m_phase == Phase::Stopped)
        return;
    m_retry.stop();
    m_wantPush = true;
    m_wantPull = true;
    if (m_phase == Phase::Waiting)
        m_phase = Phase::Quiet;
    next();
}

void Replicator::next()
{
    // A request under way goes on with what has been asked for meanwhile; after a failure the timer decides.
    if (m_phase != Phase::Quiet)
        return;
    if (!m_greeted)
        return sayHello();
    if (m_wantPush)
        return push();
    if (m_wantPull)
        return pull();
    if (settle())
        return;
    // A new day may be one of a new series.
    const QDate today = dayOf(m_store.clock().nowMs(), m_store.utcOffsetSeconds());
    if (m_wantNumbers || today != m_numbersDay) {
        m_numbersDay = today;
        return fetchNumbers();
    }
    becomeQuiet();
}

wire::Mark Replicator::mark8(wire::Mark mark)
{
    mark.chain.truncate(markBytes);
    return mark;
}

void Replicator::sayHello()
{
    setPhase(Phase::Hello);
    m_status.connection = SyncStatus::Connection::Connecting;
    publish();
    wire::HelloRequest request;
    request.device = m_store.actor().device;
    request.lastNo = synctables::number(m_store.database(), synctables::nextNo, 1).value_or(1) - 1;
    request.marks = m_state.marks();
    request.catalog = m_store.catalog().hash();
    request.program = m_program;
    request.waiting = m_status.waiting;
    m_clockOffset.requestSent();
    m_transport.post(QStringLiteral("/v1/hello"), wire::encode(request), requestMs, [this](Result<QByteArray> body) {
        if (!body)
            return attemptFailed(body.error());
        auto answer = wire::decodeHelloAnswer(*body);
        if (!answer)
            return attemptFailed(answer.error());
        helloAnswered(*answer);
    });
}

void Replicator::helloAnswered(const wire::HelloAnswer &answer)
{
    m_clockOffset.answered(answer.serverTimeMs);
    const auto isSecondCopy = adopt(answer);
    if (!isSecondCopy)
        return storeFailed(isSecondCopy.error());
    if (!answer.token.isEmpty()) {
        m_transport.setToken(answer.token);
        Q_EMIT tokenRenewed(answer.token);
    }
    if (const qint64 newest = m_state.newest().rev; newest > 0 && answer.commonRev < newest) {
        // The server's past is not the one this replica has seen (restored from a backup, say).
        if (const auto begun = m_state.recover(answer.commonRev, answer.expectedNo); !begun)
            return storeFailed(begun.error());
        m_status.waiting = m_state.waiting().value_or(0);
        m_catchingUp = false;
    }
    if (*isSecondCopy)
        return becomeAnotherDevice();
    m_greeted = m_justGreeted = true;
    // A server that is behind another one would be greeted again and again without a pause.
    if (!m_status.error.is("sync.history"))
        m_failures = 0;
    m_status.connection = SyncStatus::Connection::Online;
    m_status.offlineSinceMs = 0;
    m_status.error = {};
    m_wantPush = true;
    m_wantPull = true;
    m_wantNumbers = true;
    if (answer.retryAfterMs > 0) {
        setPhase(Phase::Waiting);
        m_retry.start(pauseMs(answer.retryAfterMs));
        publish();
        return;
    }
    setPhase(Phase::Quiet);
    next();
}

Result<bool> Replicator::adopt(const wire::HelloAnswer &answer)
{
    Database &database = m_store.database();
    TZ_ASSIGN(const QByteArray known, synctables::state(database, "server_id"));
    if (known.isEmpty())
        TZ_TRY(synctables::setState(database, "server_id", answer.server.toBytes()));
    else if (known != answer.server.toBytes())
        return fail("sync.other_server");
    m_store.hybridClock().setOffsetMs(m_clockOffset.ms());
    TZ_TRY(synctables::setNumber(database, "clock_offset_ms", m_clockOffset.ms()));
    TZ_TRY(synctables::setNumber(database, "device_no", answer.deviceNo));
    TZ_TRY(Lease(database, m_store.clock()).renew(answer.serverTimeMs, answer.leaseDays));

    Actor actor = m_store.actor();
    const Actor before = actor;
    actor.user = answer.user;
    actor.roles = answer.roles;
    actor.team = answer.team;
    TZ_ASSIGN(actor.teams, teamsBelow(answer.team));
    if (actor.user != before.user || actor.roles != before.roles || actor.team != before.team ||
        actor.teams != before.teams) {
        TZ_TRY(m_store.setActor(actor));
        Q_EMIT actorChanged();
    }

    // Numbers that the server has never seen, or has seen from nobody we know, must not be used.
    TZ_ASSIGN(auto first, database.prepare("SELECT min(no) FROM sync_outbox"));
    TZ_TRY(first.step());
    const bool empty = first.isNull(0);
    const qint64 firstNo = first.integer(0);
    first.reset();
    TZ_ASSIGN(const qint64 nextNo, synctables::number(database, synctables::nextNo, 1));
    if (empty && nextNo < answer.expectedNo)
        return true;
    if ((empty && nextNo != answer.expectedNo) || (!empty && firstNo > answer.expectedNo))
        TZ_TRY(m_state.renumber(Id(), answer.expectedNo));
    return false;
}

void Replicator::becomeAnotherDevice()
{
    setPhase(Phase::Hello);
    publish();
    m_transport.post(QStringLiteral("/v1/device"), {}, requestMs, [this](Result<QByteArray> body) {
        if (!body)
            return attemptFailed(body.error());
        const auto answer = wire::decodeLoginAnswer(*body);
        if (!answer)
            return attemptFailed(answer.error());
        Q_EMIT deviceReplaced(answer->device, answer->token);
        m_transport.setToken(answer->token);
        if (const auto done = m_state.renumber(answer->device, 1); !done)
            return storeFailed(done.error());
        m_failures = 0;
        m_greeted = false;
        setPhase(Phase::Quiet);
        next();
    });
}

Result<QList<Id>> Replicator::teamsBelow(const Id &team) const
{
    QList<Id> teams;
    if (!team)
        return teams;
    teams.append(team);
    const Entity *entity = m_store.catalog().entity(u"foundation.team");
    if (!entity || !entity->field(u"parent"))
        return teams;
    Query query;
    query.entity = entity->fullName;
    query.fields = {QStringLiteral("id"), QStringLiteral("parent")};
    TZ_ASSIGN(const Rows rows, m_store.select(query));
    for (qsizetype i = 0; i < teams.size(); ++i) {
        for (const auto &row : rows.rows) {
            if (row[1].toId() == teams[i] && !teams.contains(row[0].toId()))
                teams.append(row[0].toId());
        }
    }
    return teams;
}

void Replicator::refreshTeams()
{
    Actor actor = m_store.actor();
    const auto teams = teamsBelow(actor.team);
    if (!teams || *teams == actor.teams)
        return;
    actor.teams = *teams;
    if (m_store.setActor(actor))
        Q_EMIT actorChanged();
}

void Replicator::push()
{
    m_wantPush = false;
    auto batches = m_state.pending(m_oneByOne ? 1 : limits::batchesPerPush);
    if (!batches)
        return storeFailed(batches.error());
    if (batches->empty()) {
        m_oneByOne = false;
        return next();
    }
    setPhase(Phase::Push);
    publish();
    send(std::move(*batches));
}

void Replicator::send(std::vector<Batch> batches)
{
    wire::PushRequest request;
    request.base = mark8(m_state.newest());
    request.batches = std::move(batches);
    const QByteArray body = wire::encode(request);
    m_clockOffset.requestSent();
    m_transport.post(QStringLiteral("/v1/push"), body, requestMs,
                     [this, sent = std::move(request.batches)](Result<QByteArray> answerBody) mutable {
                         if (!answerBody)
                             return pushRefused(answerBody.error(), std::move(sent));
                         auto answer = wire::decodePushAnswer(*answerBody);
                         if (!answer)
                             return attemptFailed(answer.error());
                         if (answer->serverTimeMs > 0) {
                             m_clockOffset.answered(answer->serverTimeMs);
                             m_store.hybridClock().setOffsetMs(m_clockOffset.ms());
                         }
                         pushAnswered(*answer, isSettled(*answer, sent) && sendBehind(sent.back().no));
                     });
}

bool Replicator::isPlain(const wire::PushAnswer &answer) const
{
    return answer.keys.version == m_state.keysVersion() &&
           std::ranges::all_of(answer.answers, [](const wire::BatchAnswer &one) {
               return one.status == wire::BatchStatus::Accepted && one.conflicts.empty();
           });
}

bool Replicator::isSettled(const wire::PushAnswer &answer, const std::vector<Batch> &sent) const
{
    return isPlain(answer) && std::ranges::equal(answer.answers, sent, {}, &wire::BatchAnswer::batch, &Batch::id);
}

bool Replicator::sendBehind(qint64 no)
{
    if (m_oneByOne)
        return false;
    // A failure is for push() to find and to tell, once the answer is written down.
    auto batches = m_state.pending(limits::batchesPerPush, no);
    if (!batches || batches->empty())
        return false;
    send(std::move(*batches));
    return true;
}

void Replicator::pushAnswered(const wire::PushAnswer &answer, bool isNextUnderWay)
{
    const qint64 before = m_state.waiting().value_or(0);
    const qint64 refusedBefore = refused();
    const bool wasPlain = isPlain(answer);
    if (const auto done = m_state.receive(answer); !done) {
        m_transport.cancel();
        return storeFailed(done.error());
    }
    m_counts.refused += refused() - refusedBefore;
    m_failures = 0;
    (void)Lease(m_store.database(), m_store.clock()).extend();
    for (const wire::BatchAnswer &one : answer.answers) {
        ++m_counts.pushed;
        m_counts.conflicts += qint64(one.conflicts.size());
    }
    m_status.waiting = m_state.waiting().value_or(0);
    m_status.lastContactMs = m_store.clock().nowMs();
    // An answer that settles nothing must not be asked for again and again without a pause.
    if (m_status.waiting >= before && before > 0) {
        m_transport.cancel();
        return attemptFailed(Error("sync.no_progress"));
    }
    m_wantPush = m_wantPush || m_status.waiting > 0;
    // What others do wakes this replica. What a page would say of its own edits stands in the answer, but for
    // conflicts and new rights.
    m_isBehind = m_live && m_transport.isLive() && wasPlain;
    m_wantPull = m_wantPull || !m_isBehind;
    m_wantNumbers = true;
    countAttention();
    if (isNextUnderWay)
        return publish();
    setPhase(Phase::Quiet);
    next();
}

void Replicator::pushRefused(const Error &error, std::vector<Batch> batches)
{
    const int status = error.params.value(QStringLiteral("status")).toInt();
    if (error.is("sync.catalog")) {
        // The server does not know the field yet. The batch waits, and with it those behind; what others do still
        // comes.
        m_status.error = error;
        m_wantPull = true;
        m_retry.start(backoffMostMs);
        setPhase(Phase::Quiet);
        return next();
    }
    if (status == 409) {
        const qint64 expected = error.params.value(QStringLiteral("expected"), 0).toLongLong();
        m_greeted = false;
        m_wantPush = true;
        if (error.is("sync.device_rolled_back") && expected > 0)
            return becomeAnotherDevice();
        return attemptFailed(error);
    }
    if (status == 400 || status == 413 || status == 422) {
        if (batches.size() > 1) {
            m_oneByOne = true;
            m_wantPush = true;
            setPhase(Phase::Quiet);
            return next();
        }
        // One batch that the server cannot read must not hold up everything behind it: its author finds it in the list.
        wire::PushAnswer refused;
        wire::BatchAnswer one;
        one.no = batches.front().no;
        one.batch = batches.front().id;
        one.status = wire::BatchStatus::Refused;
        one.reasons.push_back({0, error});
        refused.answers.push_back(std::move(one));
        return pushAnswered(refused, false);
    }
    attemptFailed(error);
}

void Replicator::pull()
{
    m_wantPull = false;
    if (const auto asked = m_state.refetchUnread(); !asked)
        return storeFailed(asked.error());
    setPhase(Phase::Pull);
    publish();
    wire::PullRequest request;
    request.cursor = mark8(m_state.cursor());
    request.newest = mark8(m_state.newest());
    request.sums = m_sums;
    request.keysVersion = m_state.keysVersion();
    request.visibility = m_state.visibility();
    request.catalog = m_store.catalog().hash();
    request.backfill = m_state.backfills();
    // A first copy and what else is long stands in a line of its own there and lets the news of others pass.
    const bool isLong = request.cursor.rev == 0 || !request.backfill.empty() || m_catchingUp;
    const QString path = isLong ? QStringLiteral("/v1/backfill") : QStringLiteral("/v1/pull");
    m_transport.post(path, wire::encode(request), isLong ? pullMs : requestMs, [this](Result<QByteArray> body) {
        if (!body)
            return attemptFailed(body.error());
        wire::PageReader page(std::move(*body));
        if (page.fault())
            return attemptFailed(*page.fault());
        pageArrived(page);
    });
}

void Replicator::pageArrived(wire::PageReader &reader)
{
    const wire::Page &page = reader.head();
    m_status.position = page.position;
    if (page.position > 0) {
        m_failures = 0;
        m_wantPull = true;
        m_status.lastContactMs = m_store.clock().nowMs();
        m_status.error = Error("sync.in_line", {{QStringLiteral("position"), page.position}});
        setPhase(Phase::Waiting);
        m_retry.start(pauseMs(std::max(page.retryAfterMs, backoffFirstMs)));
        publish();
        return;
    }
    if (m_status.error.is("sync.in_line"))
        m_status.error = {};
    if ((page.keys || page.visibility) && !m_justGreeted) {
        // Another role or team. Which columns have to go depends on who one is now: that is asked first.
        m_greeted = false;
        m_wantPull = true;
        setPhase(Phase::Quiet);
        return next();
    }
    m_justGreeted = m_justGreeted && (page.keys || page.visibility);
    const qint64 cursor = m_state.cursor().rev;
    const auto backfills = m_state.backfills();
    const auto rows = m_state.receive(reader);
    if (!rows)
        return rows.error().code.startsWith("wire.") ? attemptFailed(rows.error()) : storeFailed(rows.error());
    m_failures = 0;
    m_isBehind = false;
    m_status.lastContactMs = m_store.clock().nowMs();
    (void)Lease(m_store.database(), m_store.clock()).extend();
    m_counts.rows += *rows;
    for (const wire::EntityIds &ids : page.gone)
        m_counts.gone += qint64(ids.ids.size());
    for (const wire::EntityIds &ids : page.evict)
        m_counts.evicted += qint64(ids.ids.size());
    m_status.received = m_counts.rows;
    m_status.expected = page.remaining < 0 ? -1 : m_counts.rows + page.remaining;
    m_status.complete = m_state.isComplete();
    const bool scope = page.keys || page.visibility;
    const bool unfinished = page.more || !m_state.backfills().empty();
    if (unfinished && !scope && m_state.cursor().rev == cursor && page.backfilled.empty() && *rows == 0 &&
        !backfills.empty())
        return attemptFailed(Error("sync.no_progress"));
    m_wantPull = m_wantPull || scope || unfinished;
    if (m_sums && !scope && !unfinished && !compareSums(page.sums))
        return;
    m_catchingUp = page.more && !scope;
    if (page.retryAfterMs > 0) {
        setPhase(Phase::Waiting);
        m_retry.start(pauseMs(page.retryAfterMs));
        return;
    }
    setPhase(Phase::Quiet);
    next();
}

void Replicator::fetchNumbers()
{
    m_wantNumbers = false;
    NumberStock stock(m_store);
    // What waits may have drawn numbers that the server does not know of yet.
    if (m_state.waiting().value_or(1) > 0)
        return next();
    const auto request = stock.wanted();
    if (!request)
        return storeFailed(request.error());
    if (request->stocks.empty())
        return next();
    setPhase(Phase::Numbers);
    m_transport.post(QStringLiteral("/v1/numbers"), wire::encode(*request), requestMs, [this](Result<QByteArray> body) {
        setPhase(Phase::Quiet);
        // An older server gives none.
        if (!body && body.error().is("server.unknown_path"))
            return next();
        const auto answer = body ? wire::decodeNumbersAnswer(*body) : tl::unexpected(body.error());
        m_wantNumbers = !answer;
        if (!answer)
            return attemptFailed(answer.error());
        if (const auto done = NumberStock(m_store).receive(*answer); !done)
            return storeFailed(done.error());
        next();
    });
}

void Replicator::becomeQuiet()
{
    if (m_state.needsScrub()) {
        if (const auto done = m_state.scrub(); !done)
            return storeFailed(done.error());
    }
    m_status.complete = m_state.isComplete();
    m_status.integrity = m_state.integrity();
    m_status.waiting = m_state.waiting().value_or(0);
    m_status.expected = -1;
    countAttention();
    publish();
    if (m_live && m_transport.isLive()) {
        // Not all of those who came back together at the same time.
        m_poll.start(m_isBehind ? followMs : lookMs + int(m_entropy.next64() % quint64(lookMs)));
    } else if (m_live) {
        m_poll.start(pollMs);
        if (!m_reopen.isActive())
            m_transport.openLive();
    }
    Q_EMIT quiet();
}

void Replicator::attemptFailed(const Error &error, int atLeastMs)
{
    if (error.params.value(QStringLiteral("status")).toInt() == 401) {
        stop();
        m_greeted = false;
        m_status.connection = SyncStatus::Connection::SignedOut;
        m_status.error = error;
        publish();
        Q_EMIT signedOut(error);
        return;
    }
    const bool noContact = error.code.startsWith("net.");
    if (noContact || error.is("sync.history"))
        m_greeted = false;
    if (m_status.connection != SyncStatus::Connection::Offline) {
        m_status.connection = SyncStatus::Connection::Offline;
        m_status.offlineSinceMs = m_store.clock().nowMs();
    }
    m_status.error = error;
    setPhase(Phase::Waiting);
    qint64 asked = error.params.value(QStringLiteral("retry_after_ms")).toLongLong();
    if (asked == 0)
        asked = error.params.value(QStringLiteral("seconds")).toLongLong() * 1000;
    m_retry.start(std::max({backoffMs(m_entropy, m_failures++), atLeastMs, pauseMs(asked)}));
    publish();
    Q_EMIT failed(error);
}

void Replicator::storeFailed(const Error &error)
{
    attemptFailed(error, backoffFirstMs);
}

int Replicator::pauseMs(qint64 askedMs)
{
    if (askedMs <= 0)
        return 0;
    const qint64 asked = std::min<qint64>(askedMs, longestPauseMs);
    return int(asked + qint64(m_entropy.next64() % quint64(std::min<qint64>(asked, backoffMostMs) + 1)));
}

void Replicator::setPhase(Phase phase)
{
    m_phase = phase;
    m_status.busy = phase == Phase::Hello || phase == Phase::Push || phase == Phase::Pull || phase == Phase::Numbers;
}

void Replicator::refreshStatus()
{
    m_status.waiting = m_state.waiting().value_or(0);
    countAttention();
    publish();
}

void Replicator::publish()
{
    m_status.nextAttemptMs =
        m_phase == Phase::Waiting && m_retry.isActive() ? m_store.clock().nowMs() + m_retry.remainingTime() : 0;
    Q_EMIT statusChanged(m_status);
}

void Replicator::countAttention()
{
    qint64 count = 0;
    if (const Entity *conflict = m_store.catalog().entity(u"foundation.conflict")) {
        auto open = m_store.database().prepare("SELECT count(*) FROM " + conflict->table.toUtf8() +
                                               " WHERE state = 'open' AND lost_by = ?1 AND _state & 2 = 0");
        if (open && open->bind(1, m_store.actor().user).step().value_or(false))
            count += open->integer(0);
    }
    m_status.attention = count + refused();
}

qint64 Replicator::refused() const
{
    auto count = m_store.database().prepare("SELECT count(*) FROM sync_rejected");
    return count && count->step().value_or(false) ? count->integer(0) : 0;
}

} // namespace tz
