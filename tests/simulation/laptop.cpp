// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/laptop.h"

#include "core/store/recovery.h"
#include "core/store/salvage.h"
#include "core/store/synctables.h"
#include "tests/simulation/laws.h"

namespace tz::sim {

namespace {
constexpr qint64 signInMs = 3'000;

QString beside(const char *suffix)
{
    return Setting::replicaPath() + QLatin1String(suffix);
}

bool isDamage(const Error &error)
{
    return error.is("store.damaged") || error.is("store.not_a_database");
}
} // namespace

Laptop::Laptop(int number, QString user, Agenda &agenda, Servers &servers, quint64 seed, Wire::Tap tap)
    : m_number(number)
    , m_userName(std::move(user))
    , m_user(Setting::get().users().at(m_userName))
    , m_agenda(agenda)
    , m_servers(servers)
    , m_clock(agenda)
    , m_entropy(seed * 6700417 + quint64(number))
    , m_pauses(seed * 15485863 + quint64(number))
    , m_disk("tz-sim-laptop-" + QByteArray::number(number))
    , m_tap(std::move(tap))
{
}

Laptop::~Laptop()
{
    m_disk.die();
    stop();
}

QString Laptop::name() const
{
    return QStringLiteral("%1 (%2)").arg(m_number).arg(m_userName);
}

void Laptop::begin()
{
    m_disk.setFiles(Setting::get().laptopFiles());
    m_account.device = Id::fromName(QStringLiteral("device:%1").arg(m_number));
    signIn();
    m_agenda.setMachine(m_number);
    must(openDatabase());
    Actor actor;
    actor.user = m_user;
    actor.device = m_account.device;
    must(m_store->setActor(actor));
    connectAll();
    m_agenda.setMachine(Agenda::network);
}

void Laptop::begin(const Image &image)
{
    setImage(image);
    start();
}

Laptop::Image Laptop::image() const
{
    return {m_disk.files(), m_account, m_newer};
}

void Laptop::setImage(const Image &image)
{
    m_disk.setFiles(image.files);
    m_account = image.account;
    m_newer = image.isNewer;
}

void Laptop::stop()
{
    m_replicator.reset();
    m_wire.reset();
    m_state.reset();
    m_store.reset();
    m_database.reset();
}

bool Laptop::start()
{
    m_agenda.setMachine(m_number);
    const Result<> opened = openDatabase();
    if (opened && !m_disk.isDead())
        connectAll();
    m_agenda.setMachine(Agenda::network);
    if (!opened && !m_disk.isDead())
        throw Broken{Law::Liveness, name() + QLatin1String(" does not open: ") + opened.error().toString()};
    return !m_disk.isDead();
}

Result<> Laptop::makeStore()
{
    DepartmentHost &host = Setting::get().host(m_newer);
    m_store = std::make_unique<RecordStore>(
        *m_database, host.catalog(),
        RecordStore::Environment{&m_clock, &m_entropy, &host.contributions(), [] { return 0; }});
    TZ_TRY(m_store->prepare());
    m_state = std::make_unique<ReplicaState>(*m_store);
    QObject::connect(m_store.get(), &RecordStore::changed, m_store.get(),
                     [this](const QString &, const QList<Id> &ids) {
                         allTouched = allTouched || ids.isEmpty();
                         touched.insert(ids.begin(), ids.end());
                     });
    return {};
}

Result<> Laptop::openDatabase()
{
    Database::Options options;
    options.vfs = m_disk.name();
    m_wasRepaired = false;
    allTouched = true;
    const auto whole = [&]() -> Result<> {
        TZ_ASSIGN(m_database, Database::open(Setting::replicaPath(), options));
        TZ_TRY(checkIntegrity(*m_database));
        return makeStore();
    };
    if (auto opened = whole(); !opened) {
        if (!isDamage(opened.error()) || m_disk.isDead())
            return opened;
        TZ_TRY(repair());
    }
    return m_database->execute(Setting::oftenCheckpoints);
}

Result<> Laptop::repair()
{
    m_wasRepaired = true;
    m_state.reset();
    m_store.reset();
    m_database.reset();
    for (const char *suffix : {"", "-wal", "-shm"})
        m_disk.rename(beside(suffix), QStringLiteral("/damaged") + QLatin1String(suffix));
    Database::Options options;
    options.vfs = m_disk.name();
    TZ_ASSIGN(m_database, Database::open(Setting::replicaPath(), options));
    TZ_TRY(makeStore());
    if (auto damaged = Database::open(QStringLiteral("/damaged"), options)) {
        TZ_TRY(salvage(*m_store, **damaged));
        m_state.reset();
        m_store.reset();
        TZ_TRY(makeStore());
    }
    if (!m_store->actor().user) {
        Actor actor = m_store->actor();
        actor.user = m_user;
        actor.device = m_account.device;
        TZ_TRY(m_store->setActor(actor));
    }
    // Kept for whoever wants to look into it; the simulation does not.
    for (const char *suffix : {"", "-wal", "-shm"})
        m_disk.remove(QStringLiteral("/damaged") + QLatin1String(suffix));
    return {};
}

void Laptop::connectAll()
{
    // The account was written when the server gave another device; the outbox follows here if that was cut short.
    if (m_account.device != m_store->actor().device && !m_state->renumber(m_account.device, 1))
        return;
    m_wire = std::make_unique<Wire>(m_agenda, m_servers, m_line, m_disk, m_number, m_tap);
    m_wire->setToken(m_account.token);
    m_replicator = std::make_unique<Replicator>(*m_store, *m_state, *m_wire, m_pauses, QStringLiteral("simulation"));
    QObject::connect(m_replicator.get(), &Replicator::deviceReplaced, m_replicator.get(),
                     [this](const Id &device, const QString &token) {
                         if (!m_disk.isDead())
                             m_account = {token, device};
                     });
    QObject::connect(m_replicator.get(), &Replicator::tokenRenewed, m_replicator.get(), [this](const QString &token) {
        if (!m_disk.isDead())
            m_account.token = token;
    });
    QObject::connect(m_replicator.get(), &Replicator::failed, m_replicator.get(),
                     [this](const Error &error) { m_lastFailure = error.toString(); });
    QObject::connect(m_replicator.get(), &Replicator::signedOut, m_replicator.get(), [this](const Error &error) {
        m_lastFailure = error.toString();
        signInLater();
    });
    m_replicator->start(true);
}

void Laptop::signIn()
{
    wire::LoginRequest login;
    login.user = m_servers.chronicle().entry(m_user)->versions.back().values.at(QStringLiteral("name")).toText();
    login.password = Setting::password();
    login.device = m_account.device;
    login.deviceName = m_userName;
    server::Request request;
    request.path = "/v1/login";
    request.body = wire::encode(login);
    const auto answer = m_servers.ask(m_line.server, request);
    if (answer && answer->status == 200) {
        m_account.token = must(wire::decodeLoginAnswer(answer->body)).token;
        if (m_wire) {
            m_wire->setToken(m_account.token);
            m_replicator->start(true);
        }
        return;
    }
    if (answer)
        m_lastFailure = must(wire::decodeError(answer->body)).toString();
    signInLater();
}

void Laptop::signInLater()
{
    // By hand, when the user gets to it.
    m_agenda.in(
        signInMs,
        [this, replicator = QPointer(m_replicator.get())] {
            if (replicator)
                signIn();
        },
        m_number);
}

std::optional<Receipt> Laptop::apply(Draft draft)
{
    m_agenda.setMachine(m_number);
    auto receipt = m_store->apply(std::move(draft));
    m_agenda.setMachine(Agenda::network);
    if (!receipt || m_disk.isDead())
        return std::nullopt;
    return std::move(*receipt);
}

bool Laptop::isQuiet() const
{
    return isSilent() && m_state->waiting().value_or(1) == 0;
}

} // namespace tz::sim
