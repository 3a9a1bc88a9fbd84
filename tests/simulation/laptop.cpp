// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/laptop.h"

#include "tests/support/catch.h"

namespace tz::sim {

namespace {
template <class T>
T must(T &&result)
{
    if (!result)
        FAIL(result.error().toString().toStdString());
    return std::forward<T>(result);
}
} // namespace

Laptop::Laptop(QString name, const Id &user, QString folder, DepartmentHost &host, quint64 seed, qint64 nowMs)
    : m_name(std::move(name))
    , m_user(user)
    , m_folder(std::move(folder))
    , m_host(host)
    , m_clock(nowMs)
    , m_entropy(seed)
{
    open();
}

Laptop::~Laptop() = default;

QString Laptop::databasePath() const
{
    return m_folder + QLatin1Char('/') + m_name + QLatin1String(".sqlite");
}

void Laptop::open()
{
    m_database = std::move(*must(Database::open(databasePath())));
    m_store = std::make_unique<RecordStore>(
        *m_database, m_host.catalog(),
        RecordStore::Environment{&m_clock, &m_entropy, &m_host.contributions(), [] { return 0; }});
    must(m_store->prepare());
    m_replica = std::make_unique<ReplicaState>(*m_store);
}

void Laptop::crash()
{
    m_replica.reset();
    m_store.reset();
    m_database.reset();
    m_greeted = false;
    m_pullWanted = true;
    open();
}

void Laptop::login(server::Api &api, const QString &password)
{
    m_actor.user = m_user;
    m_actor.device = Id::fromName(QString(QLatin1String("device:") + m_name));
    wire::LoginRequest login;
    // Two laptops of one user are called "anna" and "anna-2".
    login.user = m_name.section(u'-', 0, 0);
    login.password = password;
    login.device = m_actor.device;
    login.deviceName = m_name;
    server::Request request;
    request.path = "/v1/login";
    request.body = wire::encode(login);
    const server::Answer answer = api.handle(request);
    if (answer.status != 200)
        FAIL(must(wire::decodeError(answer.body))->toString().toStdString());
    m_token = must(wire::decodeLoginAnswer(answer.body))->token.toLatin1();
    must(m_store->setActor(m_actor));
}

std::optional<QByteArray> Laptop::send(server::Api &api, const char *path, const QByteArray &body, Fault fault,
                                       const Wiretap &tap, int &status)
{
    if (fault == Fault::RequestLost)
        return std::nullopt;
    server::Request request;
    request.path = path;
    request.token = m_token;
    request.body = body;
    server::Answer answer = api.handle(request);
    tap(path, answer.body);
    if (fault == Fault::DeliveredTwice) {
        answer = api.handle(request);
        tap(path, answer.body);
    }
    if (fault == Fault::AnswerLost)
        return std::nullopt;
    status = answer.status;
    return answer.body;
}

bool Laptop::hello(server::Api &api, Fault fault, const Wiretap &tap)
{
    wire::HelloRequest request;
    request.device = m_store->actor().device;
    request.lastNo = 0;
    request.marks = m_replica->marks();
    request.catalog = m_host.catalog()->hash();
    request.program = QStringLiteral("simulation");
    int status = 0;
    const auto body = send(api, "/v1/hello", wire::encode(request), fault, tap, status);
    if (!body)
        return true;
    if (status != 200)
        FAIL(must(wire::decodeError(*body))->toString().toStdString());
    const auto answer = must(wire::decodeHelloAnswer(*body));
    Actor actor = m_store->actor();
    actor.user = answer->user;
    actor.roles = answer->roles;
    actor.team = answer->team;
    actor.teams = teamsBelow(answer->team);
    must(m_store->setActor(actor));
    if (m_replica->keysVersion() != answer->keys.version || m_replica->visibility() != answer->visibility)
        must(m_replica->receiveScope(answer->keys, answer->visibility));
    m_greeted = true;
    return true;
}

QList<Id> Laptop::teamsBelow(const Id &team) const
{
    QList<Id> teams{team};
    Query query;
    query.entity = QStringLiteral("foundation.team");
    query.fields = {QStringLiteral("id"), QStringLiteral("parent")};
    const auto rows = must(m_store->select(query));
    for (qsizetype i = 0; i < teams.size(); ++i)
        for (const auto &row : rows->rows)
            if (row[1].toId() == teams[i] && !teams.contains(row[0].toId()))
                teams.append(row[0].toId());
    return teams;
}

bool Laptop::push(server::Api &api, Fault fault, const Wiretap &tap)
{
    wire::PushRequest request;
    request.batches = *must(m_replica->pending());
    if (request.batches.empty())
        return false;
    ++m_pushes;
    request.base = m_replica->cursor();
    request.base.chain.truncate(8);
    int status = 0;
    const auto body = send(api, "/v1/push", wire::encode(request), fault, tap, status);
    if (!body)
        return true;
    INFO(m_name.toStdString());
    if (status != 200)
        FAIL(must(wire::decodeError(*body))->toString().toStdString());
    const auto answer = must(wire::decodePushAnswer(*body));
    must(m_replica->receive(*answer));
    if (fault == Fault::AnsweredTwice)
        must(m_replica->receive(*answer));
    return true;
}

bool Laptop::pull(server::Api &api, Fault fault, qint64 pageRows, const Wiretap &tap)
{
    if (!m_pullWanted)
        return false;
    wire::PullRequest request;
    request.cursor = m_replica->cursor();
    request.cursor.chain.truncate(8);
    request.keysVersion = m_replica->keysVersion();
    request.visibility = m_replica->visibility();
    request.catalog = m_host.catalog()->hash();
    request.backfill = m_replica->backfills();
    request.maxRows = pageRows;
    int status = 0;
    const auto body = send(api, "/v1/pull", wire::encode(request), fault, tap, status);
    if (!body)
        return true;
    if (status != 200)
        FAIL(must(wire::decodeError(*body))->toString().toStdString());
    wire::PageReader reader(*body);
    if (reader.fault())
        FAIL(reader.fault()->toString().toStdString());
    const wire::Page *const page = &reader.head();
    // In the line before a first copy: nothing is in it, and it is asked for again when others have had their turn.
    if (page->position > 0)
        return false;
    const bool scope = page->keys || page->visibility;
    must(m_replica->receive(reader));
    if (fault == Fault::AnsweredTwice) {
        wire::PageReader again(*body);
        must(m_replica->receive(again));
    }
    m_pullWanted = scope || page->more || !m_replica->backfills().empty();
    // Another team or role: who one is has to be asked again.
    if (scope)
        m_greeted = false;
    Actor actor = m_store->actor();
    if (const QList<Id> teams = teamsBelow(actor.team); teams != actor.teams) {
        actor.teams = teams;
        must(m_store->setActor(actor));
    }
    return true;
}

bool Laptop::step(server::Api &api, Fault fault, qint64 pageRows, const Wiretap &tap)
{
    if (!m_greeted)
        return hello(api, fault, tap);
    if (push(api, fault, tap))
        return true;
    return pull(api, fault, pageRows, tap);
}

std::optional<Error> Laptop::apply(Draft draft)
{
    auto receipt = m_store->apply(std::move(draft));
    if (receipt)
        return std::nullopt;
    return receipt.error();
}

} // namespace tz::sim
