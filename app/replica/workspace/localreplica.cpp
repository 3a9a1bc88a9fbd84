// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/localreplica.h"

#include "core/store/recovery.h"
#include "core/store/salvage.h"
#include "core/store/synctables.h"
#include "replica/transport/httptransport.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSysInfo>

namespace tz {

namespace {

/// A file up to this size is checked at every start (some 20 ms); larger ones after a program that did not end well.
constexpr qint64 checkedAlways = 16 << 20;

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
    , m_program(program)
    , m_session(profile.folder())
{
}

LocalReplica::~LocalReplica()
{
    m_signingIn.reset();
    m_replicator.reset();
    m_transport.reset();
    m_state.reset();
    m_store.reset();
    m_database.reset();
    QFile::remove(m_profile.filePath(QStringLiteral("running")));
}

Result<std::unique_ptr<LocalReplica>> LocalReplica::open(const Profile &profile, DepartmentHost &host,
                                                         const QString &program)
{
    std::unique_ptr<LocalReplica> replica(new LocalReplica(profile, host, program));
    TZ_TRY(replica->openDatabase());
    return replica;
}

bool LocalReplica::needsCheck(const QString &path) const
{
    return QFileInfo(path).size() <= checkedAlways || QFile::exists(m_profile.filePath(QStringLiteral("running")));
}

Result<> LocalReplica::openDatabase()
{
    const QString path = m_profile.databasePath();
    const bool exists = QFile::exists(path);
    const bool check = exists && needsCheck(path);
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
    // Stays behind when the program does not end well.
    QFile marker(m_profile.filePath(QStringLiteral("running")));
    if (!marker.open(QIODevice::WriteOnly))
        return fail("store.read_only", {{QStringLiteral("path"), m_profile.folder()}});
    marker.close();
    if (!m_store) {
        auto made = makeStore();
        if (!made && isDamage(made.error())) {
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
    const auto fields = customFields(*m_database);
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
    // With nobody to send it, what waits is still to be seen.
    connect(m_store.get(), &RecordStore::outboxGrew, this, [this] {
        if (!m_replicator)
            Q_EMIT statusChanged(status());
    });
    connect(m_store.get(), &RecordStore::changed, this, [this](const QString &entity, const QList<Id> &) {
        if (entity == QLatin1String("foundation.custom_field"))
            Q_EMIT customFieldsChanged();
    });
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

QList<std::pair<QString, QJsonObject>> LocalReplica::customFields(Database &database)
{
    QList<std::pair<QString, QJsonObject>> fields;
    auto table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'foundation_custom_field'");
    if (!table || !table->step().value_or(false))
        return fields;
    auto select = database.prepare("SELECT entity, name, definition FROM foundation_custom_field "
                                   "WHERE coalesce(active, 1) AND _state & 2 = 0 ORDER BY entity, name");
    if (!select)
        return fields;
    while (select->step().value_or(false)) {
        QJsonObject definition = QJsonDocument::fromJson(select->text(2).toUtf8()).object();
        definition.insert(QStringLiteral("name"), select->text(1));
        fields.append({select->text(0), definition});
    }
    return fields;
}

QString LocalReplica::userTitle() const
{
    if (const Entity *user = m_store->catalog().entity(u"foundation.user")) {
        if (const QString title = m_store->title(*user, m_store->actor().user); !title.isEmpty())
            return title;
    }
    return account().userName;
}

SyncStatus LocalReplica::status() const
{
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
    m_replicator.reset();
    TZ_ASSIGN(auto transport, HttpTransport::make(account.server, account.caFile));
    m_transport = std::move(transport);
    m_transport->setToken(token);
    m_replicator = std::make_unique<Replicator>(*m_store, *m_state, *m_transport, m_entropy, m_program);
    connect(m_replicator.get(), &Replicator::statusChanged, this, &LocalReplica::statusChanged);
    connect(m_replicator.get(), &Replicator::actorChanged, this, &LocalReplica::actorChanged);
    connect(m_replicator.get(), &Replicator::quiet, this, &LocalReplica::quiet);
    connect(m_replicator.get(), &Replicator::failed, this, &LocalReplica::failed);
    connect(m_replicator.get(), &Replicator::signedOut, this, &LocalReplica::signedOut);
    connect(m_replicator.get(), &Replicator::tokenRenewed, this, [this](const QString &renewed) {
        m_session.tokens().write(renewed, [this](Result<TokenStore::Place> place) {
            if (!place)
                Q_EMIT notice(place.error());
        });
    });
    return {};
}

void LocalReplica::signIn(const Credentials &credentials, std::function<void(Result<>)> done)
{
    auto transport = HttpTransport::make(credentials.server, credentials.caFile);
    if (!transport)
        return done(fail(transport.error()));
    if (m_replicator)
        m_replicator->stop();
    Account wanted;
    wanted.server = credentials.server;
    wanted.userName = credentials.user;
    wanted.deviceName = credentials.deviceName.isEmpty() ? QSysInfo::machineHostName() : credentials.deviceName;
    wanted.caFile = credentials.caFile.isEmpty() ? QString() : QFileInfo(credentials.caFile).absoluteFilePath();
    m_signingIn = std::move(*transport);
    m_session.signIn(*m_signingIn, wanted, credentials.password, [this, done](Result<Session::Opened> opened) {
        if (!opened)
            return done(fail(opened.error()));
        Actor actor = m_store->actor();
        const bool same = actor.user == opened->account.user && actor.device == opened->account.device;
        actor.user = opened->account.user;
        actor.device = opened->account.device;
        if (!same) {
            if (const auto kept = m_store->setActor(actor); !kept)
                return done(kept);
        }
        if (opened->place == TokenStore::Place::File)
            Q_EMIT notice(Error("session.token_in_file", {{QStringLiteral("path"), m_session.tokens().filePath()}}));
        Q_EMIT actorChanged();
        if (const auto connected = connectTo(opened->account, opened->token); !connected)
            return done(connected);
        done({});
        if (m_live)
            m_replicator->start(true);
    });
}

void LocalReplica::signOut(std::function<void(Result<>)> done)
{
    if (m_replicator)
        m_replicator->stop();
    m_replicator.reset();
    m_session.signOut([this, done = std::move(done)] {
        Q_EMIT statusChanged(status());
        done({});
    });
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
