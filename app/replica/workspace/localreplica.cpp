// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/localreplica.h"

#include "core/store/customfields.h"
#include "core/store/recovery.h"
#include "core/store/salvage.h"
#include "core/store/synctables.h"
#include "replica/session/lease.h"
#include "replica/transport/httptransport.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace tz {

namespace {

/// A file up to this size (some 20 ms) is checked once a day even if nothing has happened to it.
constexpr qint64 checkedDaily = 16 << 20;
constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr int leaseEveryMs = 60'000;
constexpr int askMs = 30'000;
constexpr int indexedAtATime = 200;

QString withVersion(const QString &program)
{
    const QString version = QCoreApplication::applicationVersion();
    return version.isEmpty() ? program : program + u' ' + version;
}

bool isDamage(const Error &error)
{
    return error.is("store.damaged") || error.is("store.not_a_database");
}

int localOffsetSeconds()
{
    return QDateTime::currentDateTime().offsetFromUtc();
}

} // namespace

LocalReplica::LocalReplica(const Profile &profile, DepartmentHost &host, const QString &program)
    : m_profile(profile)
    , m_host(host)
    , m_program(withVersion(program))
    , m_session(profile.folder())
    , m_erasure(profile.folder())
{
    m_leaseTimer.setInterval(leaseEveryMs);
    connect(&m_leaseTimer, &QTimer::timeout, this, &LocalReplica::checkLease);
    m_indexTimer.setSingleShot(true);
    connect(&m_indexTimer, &QTimer::timeout, this, [this] {
        if (m_store && m_store->indexSome(indexedAtATime).value_or(false))
            m_indexTimer.start(0);
    });
}

LocalReplica::~LocalReplica()
{
    m_browser.reset();
    m_signingIn.reset();
    m_transfers.reset();
    m_transfersTransport.reset();
    m_replicator.reset();
    m_transport.reset();
    m_attachments.reset();
    m_state.reset();
    m_store.reset();
    m_database.reset();
    noteClosed();
}

Result<std::unique_ptr<LocalReplica>> LocalReplica::open(const Profile &profile, DepartmentHost &host,
                                                         const QString &program, std::function<void()> awaitHost)
{
    // An erasure that was interrupted goes on before anything is read, and takes what a program wrote on its way out.
    Erasure erasure(profile.folder());
    if (const auto order = erasure.order()) {
        erasure.run();
        if (order->confirmed)
            erasure.finish();
    }
    std::unique_ptr<LocalReplica> replica(new LocalReplica(profile, host, program));
    replica->m_awaitHost = std::move(awaitHost);
    TZ_TRY(replica->openDatabase());
    if (replica->isStandalone() && !replica->store().isStandalone()) {
        // It was killed between the records' joining a server and its account's.
        TZ_ASSIGN(const QByteArray account, replica->store().state("joined"));
        if (!account.isEmpty())
            TZ_TRY(replica->m_session.setAccount(Account::fromJson(account)));
    }
    replica->checkLease();
    replica->m_leaseTimer.start();
    return replica;
}

void LocalReplica::noteClosed() const
{
    const QFileInfo file(m_profile.databasePath());
    QFile note(m_profile.filePath(QStringLiteral("closed")));
    if (!m_wasOpen || !file.exists() || !note.open(QIODevice::WriteOnly))
        return;
    note.write(QByteArray::number(file.size()) + ' ' + QByteArray::number(file.lastModified().toMSecsSinceEpoch()) +
               ' ' + QByteArray::number(m_checkedAtMs));
}

bool LocalReplica::needsCheck()
{
    // Not there after a program that did not end well, nor while one runs.
    QFile note(m_profile.filePath(QStringLiteral("closed")));
    QList<QByteArray> noted;
    if (note.open(QIODevice::ReadOnly))
        noted = note.read(100).split(' ');
    note.remove();
    const QFileInfo file(m_profile.databasePath());
    const bool untouched = noted.size() == 3 && noted[0].toLongLong() == file.size() &&
                           noted[1].toLongLong() == file.lastModified().toMSecsSinceEpoch() &&
                           !QFile::exists(file.filePath() + QStringLiteral("-wal"));
    if (!untouched)
        return true;
    m_checkedAtMs = noted[2].toLongLong();
    const qint64 since = m_clock.nowMs() - m_checkedAtMs;
    return file.size() <= checkedDaily && (since < 0 || since > dayMs);
}

Result<> LocalReplica::openDatabase()
{
    const QString path = m_profile.databasePath();
    const bool exists = QFile::exists(path);
    const bool check = needsCheck() && exists;
    if (check || !exists)
        m_checkedAtMs = m_clock.nowMs();
    auto opened = Database::open(path);
    if (!opened) {
        if (!exists || !isDamage(opened.error()))
            return fail(opened.error());
        TZ_TRY(setAside(opened.error()));
    } else {
        m_database = std::move(*opened);
        if (const auto sound = check ? checkIntegrity(*m_database) : Result<>(); !sound) {
            if (!isDamage(sound.error()))
                return sound;
            m_database.reset();
            TZ_TRY(setAside(sound.error()));
        }
    }
    m_wasOpen = true;
    if (!m_store) {
        auto made = makeStore();
        if (!made && isDamage(made.error())) {
            m_attachments.reset();
            m_state.reset();
            m_store.reset();
            m_database.reset();
            TZ_TRY(setAside(made.error()));
        } else if (!made) {
            return made;
        }
    }
    return {};
}

Result<> LocalReplica::makeStore()
{
    if (const auto awaitHost = std::exchange(m_awaitHost, {}))
        awaitHost();
    TZ_ASSIGN(const auto fields, customFields(*m_database, SchemaKind::Replica));
    if (!fields.isEmpty())
        m_host.setCustomFields(fields);
    RecordStore::Environment environment;
    environment.clock = &m_clock;
    environment.entropy = &m_entropy;
    environment.contributions = &m_host.contributions();
    environment.utcOffsetSeconds = localOffsetSeconds;
    m_store = std::make_unique<RecordStore>(*m_database, m_host.catalog(), std::move(environment));
    TZ_TRY(m_store->prepare());
    m_state = std::make_unique<ReplicaState>(*m_store);
    m_attachments =
        std::make_unique<AttachmentState>(*m_store, ContentFolder(m_profile.filePath(QStringLiteral("attachments"))));
    m_attachments->folder().tidy();
    // With nobody to send it, what waits is still to be seen.
    connect(m_store.get(), &RecordStore::outboxGrew, this, [this] {
        if (!m_replicator)
            Q_EMIT statusChanged(status());
    });
    connect(m_store.get(), &RecordStore::changed, this, [this](const QString &entity, const QList<Id> &) {
        if (entity == QLatin1String("foundation.custom_field"))
            Q_EMIT customFieldsChanged();
        m_indexTimer.start(0);
    });
    // What an earlier run left.
    m_indexTimer.start(0);
    return {};
}

Result<> LocalReplica::setAside(const Error &why)
{
    const QString path = m_profile.databasePath();
    TZ_ASSIGN(const QString aside, tz::setAside(path, m_clock.nowMs()));
    TZ_ASSIGN(m_database, Database::open(path));
    TZ_TRY(makeStore());
    Salvaged salvaged;
    if (auto damaged = Database::open(aside)) {
        TZ_ASSIGN(salvaged, salvage(*m_store, **damaged));
        // Who the user is came over with the rest.
        m_attachments.reset();
        m_state.reset();
        m_store.reset();
        TZ_TRY(makeStore());
    }
    if (const Account &who = m_session.account(); who.kind == Account::Kind::Server && !m_store->actor().user) {
        Actor actor = m_store->actor();
        actor.user = who.user;
        actor.device = who.device;
        TZ_TRY(m_store->setActor(actor));
        TZ_TRY(synctables::setState(*m_database, "server_id", who.serverId.toBytes()));
    }
    m_repair = Error("store.repaired", {{QStringLiteral("path"), aside},
                                        {QStringLiteral("waiting"), salvaged.waiting},
                                        {QStringLiteral("records"), salvaged.records}});
    m_repair->cause = std::make_shared<Error>(why);
    return {};
}

QString LocalReplica::userTitle() const
{
    if (const Entity *user = m_store->catalog().entity(u"foundation.user")) {
        if (const QString title = m_store->title(*user, m_store->actor().user); !title.isEmpty())
            return title;
    }
    return account().userName;
}

Error LocalReplica::lock() const
{
    return Error("session.lease_over", {{QStringLiteral("days"), Lease(*m_database, m_clock).daysWithoutContact()}});
}

void LocalReplica::checkLease()
{
    if (!m_database)
        return;
    const auto over =
        account().kind == Account::Kind::Server ? Lease(*m_database, m_clock).isOver() : Result<bool>(false);
    if (!over || *over == m_locked)
        return;
    m_locked = *over;
    Q_EMIT lockedChanged(m_locked);
}

void LocalReplica::confirmErasure(std::function<void()> done)
{
    const auto order = m_erasure.order();
    if (!order || order->confirmed)
        return done();
    m_erasure.confirm([this, done = std::move(done)](bool known) {
        if (known)
            m_erasure.finish();
        done();
    });
}

void LocalReplica::shutOut(const Error &error, std::function<void(const Error &)> done)
{
    if (!error.params.value(QStringLiteral("wipe")).toBool() || !m_store)
        return done(error);
    // Not in the middle of the work of those who are about to go.
    const QString nonce = error.params.value(QStringLiteral("nonce")).toString();
    QMetaObject::invokeMethod(
        this, [this, nonce, done = std::move(done)] { erase(nonce, done); }, Qt::QueuedConnection);
}

void LocalReplica::erase(const QString &nonce, std::function<void(const Error &)> done)
{
    if (!m_store)
        return;
    Erasure::Order order;
    order.server = account().server;
    order.caFile = account().caFile;
    order.nonce = nonce;
    order.unsent = m_state->waiting().value_or(0);
    // A folder that cannot be written must not keep the records alive.
    if (const auto noted = m_erasure.begin(order); !noted)
        Q_EMIT notice(noted.error());
    m_leaseTimer.stop();
    m_transfers.reset();
    m_transfersTransport.reset();
    m_replicator.reset();
    m_transport.reset();
    m_asking.reset();
    m_attachments.reset();
    m_state.reset();
    m_store.reset();
    m_database.reset();
    m_session.tokens().forget([this, unsent = order.unsent, done = std::move(done)] {
        m_erasure.run();
        m_session.forget();
        m_erasure.confirm([this, unsent, done](bool) {
            done(Error("session.erased", {{QStringLiteral("unsent"), unsent}}));
        });
    });
}

SyncStatus LocalReplica::status() const
{
    if (isErased()) {
        SyncStatus gone;
        gone.connection = SyncStatus::Connection::SignedOut;
        return gone;
    }
    if (m_replicator)
        return m_replicator->status();
    SyncStatus status;
    status.connection = isStandalone() ? SyncStatus::Connection::Standalone : SyncStatus::Connection::SignedOut;
    status.complete = isStandalone() || m_state->isComplete();
    status.waiting = m_state->waiting().value_or(0);
    return status;
}

void LocalReplica::refreshStatus()
{
    if (m_replicator)
        m_replicator->refreshStatus();
    else
        Q_EMIT statusChanged(status());
}

Result<> LocalReplica::startStandalone(const QString &name)
{
    if (isReady())
        return fail("session.other_account", {{QStringLiteral("user"), account().userName}});
    TZ_TRY(m_store->setState("mode", "standalone"));
    Actor actor;
    actor.user = m_store->ids().next();
    actor.device = m_store->ids().next();
    actor.roles = {QStringLiteral("admin")};
    actor.system = true;
    TZ_TRY(m_store->setActor(actor));
    if (m_store->catalog().entity(u"foundation.user")) {
        Draft draft = m_store->draft();
        draft.create(QStringLiteral("foundation.user"), actor.user,
                     {{QStringLiteral("name"), name}, {QStringLiteral("display_name"), name}});
        TZ_TRY(m_store->apply(std::move(draft)));
    }
    const SeedContext seeds{*m_store,
                            m_entropy,
                            m_store->ids(),
                            m_clock.nowMs(),
                            m_store->utcOffsetSeconds(),
                            [this](Draft draft) -> Result<> {
                                TZ_TRY(m_store->apply(std::move(draft)));
                                return {};
                            }};
    for (const SeedFunction &seed : m_host.contributions().initial())
        TZ_TRY(seed(seeds));
    actor.system = false;
    TZ_TRY(m_store->setActor(actor));
    TZ_TRY(m_session.startStandalone(name, actor.user, actor.device));
    Q_EMIT actorChanged();
    Q_EMIT statusChanged(status());
    return {};
}

Result<> LocalReplica::addDemonstration()
{
    if (!isStandalone())
        return fail("session.not_standalone");
    const Actor person = m_store->actor();
    Actor actor = person;
    actor.system = true;
    TZ_TRY(m_store->setActor(actor));
    SeededEntropy dice(1);
    const SeedContext seeds{
        *m_store, dice, m_store->ids(), m_clock.nowMs(), m_store->utcOffsetSeconds(), [this](Draft draft) -> Result<> {
            TZ_TRY(m_store->apply(std::move(draft)));
            return {};
        }};
    Result<> done;
    for (const SeedFunction &seed : m_host.contributions().demo()) {
        done = seed(seeds);
        if (!done)
            break;
    }
    TZ_TRY(m_store->setActor(person));
    return done;
}

Result<> LocalReplica::connectTo(const Account &account, const QString &token)
{
    m_transfers.reset();
    m_replicator.reset();
    // The account was written when the server gave another device; the outbox follows here if that was cut short.
    if (account.device != m_store->actor().device)
        TZ_TRY(m_state->renumber(account.device, 1));
    TZ_ASSIGN(auto transport, HttpTransport::make(account.server, account.caFile));
    m_transport = std::move(transport);
    m_transport->setToken(token);
    m_replicator = std::make_unique<Replicator>(*m_store, *m_state, *m_transport, m_entropy, m_program);
    connect(m_replicator.get(), &Replicator::statusChanged, this, [this](const SyncStatus &status) {
        if (m_locked && status.connection == SyncStatus::Connection::Online)
            checkLease();
        Q_EMIT statusChanged(status);
    });
    connect(m_replicator.get(), &Replicator::actorChanged, this, &LocalReplica::actorChanged);
    TZ_ASSIGN(auto beside, HttpTransport::make(account.server, account.caFile));
    m_transfersTransport = std::move(beside);
    m_transfersTransport->setToken(token);
    m_transfers = std::make_unique<Transfers>(*m_store, *m_attachments, *m_transfersTransport, m_entropy);
    connect(m_transfers.get(), &Transfers::changed, this, &LocalReplica::attachmentChanged);
    connect(m_transfers.get(), &Transfers::progress, this, &LocalReplica::attachmentProgress);
    // The replicator notices by itself, at once, and says it once.
    connect(m_transfers.get(), &Transfers::signedOut, this, [this] {
        if (m_replicator)
            m_replicator->syncNow();
    });
    connect(m_replicator.get(), &Replicator::quiet, this, [this] {
        settleAttachments();
        m_indexTimer.start(0);
        Q_EMIT quiet();
    });
    connect(m_replicator.get(), &Replicator::failed, this, &LocalReplica::failed);
    connect(m_replicator.get(), &Replicator::signedOut, this,
            [this](const Error &why) { shutOut(why, [this](const Error &error) { Q_EMIT signedOut(error); }); });
    connect(m_replicator.get(), &Replicator::deviceReplaced, this, [this](const Id &device, const QString &itsToken) {
        if (const auto kept = m_session.setDevice(device); !kept)
            Q_EMIT notice(kept.error());
        m_session.tokens().write(itsToken, [this](Result<TokenStore::Place> place) {
            if (!place)
                Q_EMIT notice(place.error());
        });
        m_transfersTransport->setToken(itsToken);
    });
    connect(m_replicator.get(), &Replicator::tokenRenewed, this, [this](const QString &renewed) {
        m_transfersTransport->setToken(renewed);
        m_session.tokens().write(renewed, [this](Result<TokenStore::Place> place) {
            if (!place)
                Q_EMIT notice(place.error());
        });
    });
    return {};
}

void LocalReplica::start(bool live, std::function<void(bool)> done)
{
    m_live = live;
    if (account().kind != Account::Kind::Server) {
        done(false);
        return;
    }
    if (m_replicator) {
        m_replicator->start(live);
        done(true);
        return;
    }
    m_session.tokens().read([this, live, done = std::move(done)](const QString &token) {
        if (token.isEmpty()) {
            Q_EMIT statusChanged(status());
            done(false);
            return;
        }
        if (const auto connected = connectTo(account(), token); !connected) {
            Q_EMIT failed(connected.error());
            done(false);
            return;
        }
        m_replicator->start(live);
        done(true);
    });
}

void LocalReplica::settleAttachments()
{
    if (!m_attachmentsReconciled)
        m_attachmentsReconciled = m_attachments->reconcile().has_value();
    if (const auto gone = m_attachments->tidy(); gone.value_or(0) > 0)
        Q_EMIT attachmentChanged({});
    if (m_transfers)
        m_transfers->start(false);
}

void LocalReplica::fetchAttachment(const wire::BlobRef &ref, std::function<void(Result<>)> done)
{
    if (m_attachments->folder().has(ref.hash)) {
        (void)m_attachments->touch(ref.hash);
        return done({});
    }
    if (m_transfers)
        return m_transfers->fetch(ref, std::move(done));
    if (account().kind != Account::Kind::Server)
        return done(fail("attachment.not_here"));
    m_session.tokens().read([this, ref, done = std::move(done)](const QString &token) mutable {
        if (token.isEmpty())
            return done(fail("session.not_signed_in"));
        if (!m_transfers) {
            if (const auto connected = connectTo(account(), token); !connected)
                return done(connected);
        }
        m_transfers->fetch(ref, std::move(done));
    });
}

void LocalReplica::history(const QString &entity, const Id &id, int limit,
                           std::function<void(Result<wire::HistoryAnswer>)> done)
{
    wire::HistoryRequest request;
    request.entity = entity;
    request.id = id;
    request.limit = limit;
    ask(QStringLiteral("/v1/history"), wire::encode(request), [done = std::move(done)](const Result<QByteArray> &body) {
        done(body ? wire::decodeHistoryAnswer(*body) : fail(body.error()));
    });
}

void LocalReplica::ask(const QString &path, const QByteArray &body, std::function<void(Result<QByteArray>)> done)
{
    if (account().kind != Account::Kind::Server)
        return done(fail("session.standalone"));
    m_session.tokens().read([this, path, body, done = std::move(done)](const QString &token) {
        if (token.isEmpty())
            return done(fail("session.not_signed_in"));
        // One for all questions: others may be under way.
        if (!m_asking || m_askedServer != account().server) {
            auto transport = HttpTransport::make(account().server, account().caFile);
            if (!transport)
                return done(fail(transport.error()));
            m_asking = std::move(*transport);
            m_askedServer = account().server;
        }
        m_asking->setToken(token);
        m_asking->post(path, body, askMs, [this, done](Result<QByteArray> answer) {
            if (!answer)
                return shutOut(answer.error(), [done](const Error &error) { done(fail(error)); });
            done(std::move(answer));
        });
    });
}

Result<> LocalReplica::runJobs()
{
    if (!isStandalone())
        return {};
    const qint64 now = m_clock.nowMs();
    for (const Job &job : m_host.contributions().jobs()) {
        if (now - m_jobsDone.value(job.name) < qint64(job.everySeconds) * 1000)
            continue;
        m_jobsDone.insert(job.name, now);
        Draft draft = m_store->draft();
        TZ_TRY(job.run(*m_store, now, m_store->utcOffsetSeconds(), draft));
        if (!draft.isEmpty())
            TZ_TRY(m_store->apply(std::move(draft)));
    }
    return {};
}

} // namespace tz
