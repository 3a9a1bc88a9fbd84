// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/workspace.h"

#include "core/base/check.h"
#include "core/store/customfields.h"
#include "replica/workspace/administration.h"
#include "replica/workspace/attachments.h"
#include "replica/workspace/draftqueue.h"
#include "replica/workspace/localreplica.h"
#include "replica/workspace/readerpool.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>

#include <future>

namespace tz {

namespace {

int localOffsetSeconds()
{
    return QDateTime::currentDateTime().offsetFromUtc();
}

/// How often a stand-alone profile looks whether a department's recurring work is due.
constexpr int jobsEveryMs = 60'000;

/// A connection of the GUI thread and what reads over it.
struct Reading {
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordReader> reader;
};

/// The reader has looked at the schema: its first question is answered as fast as the later ones.
Result<Reading> openReading(const QString &path, const CatalogPtr &catalog)
{
    Reading reading;
    Database::Options readOnly;
    readOnly.mode = Database::Mode::ReadOnly;
    TZ_ASSIGN(reading.database, Database::open(path, readOnly));
    reading.reader = std::make_unique<RecordReader>(*reading.database, catalog);
    TZ_TRY(reading.reader->search({}, 0));
    return reading;
}

} // namespace

struct Workspace::Private {
    explicit Private(DepartmentHost &departments)
        : host(departments)
        , ids(clock, entropy)
    {
    }

    DepartmentHost &host;
    SystemClock clock;
    SystemEntropy entropy;
    IdSource ids;
    std::unique_ptr<Profile> profile;
    QThread thread;
    /// Lives on the data thread; everything is posted to it.
    std::unique_ptr<QObject> poster;
    std::unique_ptr<LocalReplica> replica;
    QTimer *jobs = nullptr;
    DraftQueue drafts;

    CatalogPtr catalog;
    /// The first of them, made on a thread of its own while the window is built: see adoptReading().
    std::future<Result<Reading>> reading;
    std::unique_ptr<Database> database;
    /// The newest is the last. Older ones stay: views hold references until they have heard of the new catalog.
    std::vector<std::unique_ptr<RecordReader>> readers;
    std::unique_ptr<ReaderPool> pool;
    std::unique_ptr<Attachments> attachments;
    std::unique_ptr<Administration> administration;
    Actor actor;
    QString userTitle;
    Account account;
    SyncStatus status;
    /// Set while the copy is locked.
    std::optional<Error> lock;

    /// Runs on the data thread, in order; not at all once the copy has been erased.
    void post(std::function<void()> work)
    {
        const auto guarded = [this, before = drafts.added(), work = std::move(work)] {
            if (replica && replica->isErased())
                return;
            applyFirst(before);
            work();
        };
        QMetaObject::invokeMethod(poster.get(), guarded, Qt::QueuedConnection);
    }
    /// Runs there in any case, and waits. Never from the data thread.
    void wait(const std::function<void()> &work)
    {
        const auto behind = [this, before = drafts.added(), &work] {
            applyFirst(before);
            work();
        };
        QMetaObject::invokeMethod(poster.get(), behind, Qt::BlockingQueuedConnection);
    }
    void applyFirst(quint64 count)
    {
        if (replica && !replica->isErased())
            drafts.applyFirst(replica->store(), count);
    }
    /// Between two turns the data thread sees to what else came, the network above all.
    void applyDrafts()
    {
        const auto some = [this] {
            if (replica && !replica->isErased() && drafts.applySome(replica->store()))
                applyDrafts();
        };
        QMetaObject::invokeMethod(poster.get(), some, Qt::QueuedConnection);
    }
    /// Before `database` and `readers` are looked at.
    void adoptReading()
    {
        if (!reading.valid())
            return;
        auto opened = reading.get();
        // The data thread has just opened the same file.
        TZ_CHECK(opened);
        database = std::move(opened->database);
        readers.push_back(std::move(opened->reader));
        setContext();
        // The first list is wanted in a moment.
        pool->run(
            {}, [](RecordReader &reader) -> std::any { return reader.search({}, 0); }, [](const std::any &) {});
    }
    void setContext()
    {
        adoptReading();
        readers.back()->setContext(actor.user, actor.teams, localOffsetSeconds(), [this] { return clock.nowMs(); });
        pool->setActor(actor, localOffsetSeconds());
    }
    void makeReader()
    {
        adoptReading();
        readers.push_back(std::make_unique<RecordReader>(*database, catalog));
        pool->setCatalog(catalog);
        setContext();
    }
};

Workspace::Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const QString &profileFolder, DepartmentHost &host,
                                                   const std::function<void()> &startHost,
                                                   const std::function<void()> &meanwhile)
{
    qRegisterMetaType<SyncStatus>();
    qRegisterMetaType<QList<Id>>();
    std::unique_ptr<Workspace> workspace(new Workspace);
    workspace->d = std::make_unique<Private>(host);
    Private &d = *workspace->d;
    const QString program = QCoreApplication::applicationName().isEmpty() ? QStringLiteral("tongzhou")
                                                                          : QCoreApplication::applicationName();
    d.poster = std::make_unique<QObject>();
    d.poster->moveToThread(&d.thread);
    d.thread.setObjectName(QStringLiteral("data"));
    d.thread.start();

    std::optional<Error> failure;
    std::promise<void> hostStarted;
    const auto openReplica = [&] {
        auto profile = Profile::open(profileFolder, program);
        if (!profile) {
            failure = profile.error();
            return;
        }
        d.profile = std::move(*profile);
        auto replica =
            LocalReplica::open(*d.profile, d.host, program, [&hostStarted] { hostStarted.get_future().wait(); });
        if (!replica) {
            failure = replica.error();
            return;
        }
        d.replica = std::move(*replica);
        d.actor = d.replica->store().actor();
        d.userTitle = d.replica->userTitle();
        d.account = d.replica->account();
        d.status = d.replica->status();
        if (d.replica->isLocked())
            d.lock = d.replica->lock();
    };
    QMetaObject::invokeMethod(d.poster.get(), openReplica, Qt::QueuedConnection);
    if (startHost)
        startHost();
    hostStarted.set_value();
    if (meanwhile)
        meanwhile();
    d.wait([] {});
    if (failure)
        return fail(*failure);
    d.catalog = host.catalog();
    d.reading = std::async(std::launch::async, openReading, d.profile->databasePath(), d.catalog);
    d.pool = std::make_unique<ReaderPool>(d.profile->databasePath(), [clock = &d.clock] { return clock->nowMs(); });
    d.attachments = std::make_unique<Attachments>(d.profile->filePath(QStringLiteral("attachments")),
                                                  [&d](std::function<void(LocalReplica &)> work) {
                                                      d.post([&d, work = std::move(work)] {
                                                          // A worker may finish while the workspace closes.
                                                          if (d.replica)
                                                              work(*d.replica);
                                                      });
                                                  });
    Workspace *self = workspace.get();
    d.administration = std::make_unique<Administration>(
        [self](const QString &path, const QByteArray &body, Administration::Done<QByteArray> done) {
            self->ask(path, body, std::move(done));
        });
    d.pool->setCatalog(d.catalog);
    d.pool->setActor(d.actor, localOffsetSeconds());
    workspace->connectReplica();
    return workspace;
}

Workspace::~Workspace()
{
    if (!d || !d->poster)
        return;
    // It hears of nothing any more, but lives until the data thread has done what its workers posted.
    if (d->attachments)
        d->attachments->disconnect();
    d->pool.reset();
    d->reading = {};
    d->readers.clear();
    d->database.reset();
    // The replica dies on its own thread, after what was posted to it.
    d->wait([this] {
        delete d->jobs;
        d->replica.reset();
    });
    d->attachments.reset();
    d->thread.quit();
    d->thread.wait();
}

void Workspace::connectReplica()
{
    LocalReplica *replica = d->replica.get();
    // Signals of the data thread arrive here in their order, before the callbacks that are posted after them.
    connect(&replica->store(), &RecordStore::changed, this, &Workspace::changed, Qt::QueuedConnection);
    // The signed-in user's own record comes with the first sync; until then only the sign-in name is known.
    connect(&replica->store(), &RecordStore::changed, replica, [this](const QString &entity, const QList<tz::Id> &) {
        // While the first user of a profile is being made, there is no account yet: the window would take it for signed
        // out.
        if (entity == QLatin1String("foundation.user") && d->replica->isReady())
            publishActor();
    });
    connect(
        replica, &LocalReplica::statusChanged, this,
        [this](const SyncStatus &status) {
            d->status = status;
            Q_EMIT statusChanged(status);
        },
        Qt::QueuedConnection);
    connect(
        replica, &LocalReplica::signedOut, this,
        [this](const Error &error) { error.is("session.erased") ? Q_EMIT erased(error) : Q_EMIT notice(error); },
        Qt::QueuedConnection);
    connect(
        replica, &LocalReplica::lockedChanged, d->poster.get(),
        [this, replica](bool locked) {
            const auto lock = locked ? std::optional(replica->lock()) : std::nullopt;
            QMetaObject::invokeMethod(
                this,
                [this, lock] {
                    d->lock = lock;
                    Q_EMIT lockedChanged();
                },
                Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    connect(replica, &LocalReplica::attachmentChanged, d->attachments.get(), &Attachments::changed,
            Qt::QueuedConnection);
    connect(replica, &LocalReplica::attachmentProgress, d->attachments.get(), &Attachments::progress,
            Qt::QueuedConnection);
    connect(replica, &LocalReplica::notice, this, &Workspace::notice, Qt::QueuedConnection);
    connect(
        replica, &LocalReplica::actorChanged, d->poster.get(), [this] { publishActor(); }, Qt::DirectConnection);
    connect(
        replica, &LocalReplica::customFieldsChanged, d->poster.get(),
        [this] {
            const auto fields = customFields(d->replica->database(), SchemaKind::Replica);
            QMetaObject::invokeMethod(
                this, [this, fields] { fields ? adoptCustomFields(*fields) : Q_EMIT notice(fields.error()); },
                Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    const std::optional<Error> repaired = replica->repair();
    if (repaired) {
        const Error error = *repaired;
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT notice(error); }, Qt::QueuedConnection);
    }
    d->post([this] {
        d->jobs = new QTimer;
        connect(d->jobs, &QTimer::timeout, d->jobs, [this] {
            if (!d->replica->isErased())
                (void)d->replica->runJobs();
        });
        d->jobs->start(jobsEveryMs);
        d->replica->confirmErasure([] {});
        d->replica->start(true, [](bool) {});
    });
}

void Workspace::publishActor()
{
    const Actor actor = d->replica->store().actor();
    const QString title = d->replica->userTitle();
    const Account account = d->replica->account();
    QMetaObject::invokeMethod(
        this,
        [this, actor, title, account] {
            d->actor = actor;
            d->userTitle = title;
            d->account = account;
            d->setContext();
            Q_EMIT actorChanged();
        },
        Qt::QueuedConnection);
}

void Workspace::adoptCustomFields(const QList<std::pair<QString, QJsonObject>> &fields)
{
    const CatalogPtr before = d->host.catalog();
    d->host.setCustomFields(fields);
    const CatalogPtr catalog = d->host.catalog();
    if (catalog == before || catalog->hash() == before->hash())
        return;
    d->post([this, catalog] {
        if (const auto done = d->replica->store().setCatalog(catalog); !done) {
            Q_EMIT notice(done.error());
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [this, catalog] {
                d->catalog = catalog;
                d->makeReader();
                Q_EMIT catalogChanged();
            },
            Qt::QueuedConnection);
    });
}

RecordReader &Workspace::reader() const
{
    d->adoptReading();
    return *d->readers.back();
}
CatalogPtr Workspace::catalog() const
{
    return d->catalog;
}
const Contributions &Workspace::contributions() const
{
    return d->host.contributions();
}
Actor Workspace::actor() const
{
    return d->actor;
}
QString Workspace::userTitle() const
{
    return d->userTitle;
}
Profile &Workspace::profile() const
{
    return *d->profile;
}
DepartmentHost &Workspace::host() const
{
    return d->host;
}
Attachments &Workspace::attachments() const
{
    return *d->attachments;
}
void Workspace::ask(const QString &path, const QByteArray &body, std::function<void(Result<QByteArray>)> done)
{
    d->post([this, path, body, done = std::move(done)] {
        d->replica->ask(path, body, [this, done](Result<QByteArray> result) { answer(done, std::move(result)); });
    });
}
const Administration &Workspace::administration() const
{
    return *d->administration;
}
IdSource &Workspace::ids() const
{
    return d->ids;
}
const Clock &Workspace::clock() const
{
    return d->clock;
}
bool Workspace::isStandalone() const
{
    return d->account.kind == Account::Kind::Standalone;
}
bool Workspace::isReady() const
{
    return d->account.kind != Account::Kind::None;
}
bool Workspace::isLocked() const
{
    return d->lock.has_value();
}
Error Workspace::lock() const
{
    return d->lock.value_or(Error());
}
QUrl Workspace::serverUrl() const
{
    return d->account.server;
}
SyncStatus Workspace::status() const
{
    return d->status;
}

template <class T>
void Workspace::answer(std::function<void(T)> done, T result)
{
    if (!done)
        return;
    QMetaObject::invokeMethod(
        this, [done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); },
        Qt::QueuedConnection);
}

void Workspace::apply(Draft draft, std::function<void(Result<Receipt>)> done)
{
    const auto answered = [this, done = std::move(done)](Result<Receipt> receipt) { answer(done, std::move(receipt)); };
    if (d->drafts.add({std::move(draft), answered}))
        d->applyDrafts();
}

void Workspace::rehearse(Draft draft, std::function<void(Result<Receipt>)> done)
{
    d->post([this, draft = std::move(draft), done = std::move(done)] {
        RecordStore &store = d->replica->store();
        answer(done, store.rehearse(DraftQueue::rebound(store, draft)));
    });
}

void Workspace::undo(std::function<void(Result<Receipt>)> done)
{
    d->post([this, done = std::move(done)] { answer(done, d->replica->store().undo()); });
}

void Workspace::undo(const Id &batchOrGroup, std::function<void(Result<Receipt>)> done)
{
    d->post([this, batchOrGroup, done = std::move(done)] { answer(done, d->replica->store().undo(batchOrGroup)); });
}

void Workspace::onStore(std::function<std::any(RecordStore &, ReplicaState &)> work, std::function<void(std::any)> done)
{
    d->post([this, work = std::move(work), done = std::move(done)] {
        answer(done, work(d->replica->store(), d->replica->state()));
    });
}

void Workspace::inBackground(const QString &slot, std::function<std::any(RecordReader &)> work,
                             std::function<void(std::any)> done)
{
    d->pool->run(slot, std::move(work), std::move(done));
}

Result<> Workspace::startStandalone(const QString &name)
{
    Result<> result;
    d->wait([this, &result, name] {
        if (d->replica->isErased())
            return;
        result = d->replica->startStandalone(name);
        d->actor = d->replica->store().actor();
        d->userTitle = d->replica->userTitle();
        d->account = d->replica->account();
        d->status = d->replica->status();
    });
    d->setContext();
    return result;
}

void Workspace::signIn(const Login &login, std::function<void(Result<>)> done)
{
    Credentials credentials{login.server, login.user, login.password, login.deviceName, login.caFile, login.code, {}};
    if (login.openBrowser)
        credentials.openBrowser = [this, open = login.openBrowser](const QUrl &page) { answer<QUrl>(open, page); };
    d->post([this, credentials, done = std::move(done)] {
        d->replica->signIn(credentials, [this, done](Result<> result) { answer(done, std::move(result)); });
    });
}

void Workspace::cancelSignIn()
{
    d->post([this] { d->replica->cancelSignIn(); });
}

void Workspace::askSignInWays(const QUrl &server, const QString &caFile,
                              std::function<void(Result<wire::SignInWays>)> done)
{
    d->post([this, server, caFile, done = std::move(done)] {
        d->replica->askSignInWays(server, caFile,
                                  [this, done](Result<wire::SignInWays> ways) { answer(done, std::move(ways)); });
    });
}

void Workspace::signOut(std::function<void(Result<>)> done)
{
    d->post([this, done = std::move(done)] {
        d->replica->signOut([this, done](Result<> result) { answer(done, std::move(result)); });
    });
}

void Workspace::refreshStatus()
{
    d->post([this] { d->replica->refreshStatus(); });
}

void Workspace::syncNow()
{
    d->post([this] {
        if (Replicator *replicator = d->replica->replicator())
            replicator->syncNow();
        else
            d->replica->start(true, [](bool) {});
    });
}

} // namespace tz
