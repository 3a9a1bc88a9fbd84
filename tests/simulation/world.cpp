// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/world.h"

#include "server/api/service.h"
#include "tests/support/catch.h"

#include <QDir>

namespace tz::sim {

namespace {

const char moduleJson[] =
    R"({"id": "sim", "label": "Simulation", "icon": "dice", "order": 1, "api": 1, "needs": ["foundation"]})";

// Everything that merges in its own way: registers, a group, a set, states, children, hidden values, scopes.
const char customerJson[] = R"({
  "entity": "customer", "label": "Customer", "plural": "Customers", "icon": "building", "title": "name", "search": ["name"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
    {"name": "note", "type": "text", "label": "Note", "max": 200},
    {"name": "phone", "type": "text", "label": "Phone", "max": 60},
    {"name": "street", "type": "text", "label": "Street", "group": "place", "max": 60},
    {"name": "city", "type": "text", "label": "City", "group": "place", "max": 60},
    {"name": "amount", "type": "money", "label": "Amount"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "secret", "type": "text", "label": "Secret", "max": 60},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "team", "type": "team", "label": "Team"},
    {"name": "lines", "type": "lines", "label": "Lines", "to": "sim.line", "by": "customer"},
    {"name": "total", "type": "money", "label": "Total", "rollup": {"kind": "sum", "of": "lines", "value": "price"}}],
  "states": {"field": "stage", "initial": "new", "values": [
      {"name": "new", "label": "New"}, {"name": "won", "label": "Won", "final": true},
      {"name": "lost", "label": "Lost", "final": true}],
    "transitions": [{"action": "win", "label": "Win", "from": ["new"], "to": "won"},
                    {"action": "lose", "label": "Lose", "from": ["new"], "to": "lost"}]},
  "access": {
    "sales": {"read": "team", "write": "team", "create": true, "delete": true, "hidden": ["secret"]},
    "sales_manager": {"read": "all", "write": "all", "create": true, "delete": true, "assign": true}}
})";

const char lineJson[] = R"({
  "entity": "line", "label": "Line", "plural": "Lines", "icon": "list", "title": "text", "parent": "customer", "hidden": true,
  "fields": [
    {"name": "customer", "type": "link", "label": "Customer", "to": "sim.customer", "required": true},
    {"name": "text", "type": "text", "label": "Text", "max": 200},
    {"name": "price", "type": "money", "label": "Price"}]
})";

/// Declarations alone: the simulation needs no logic of departments.
class Declared final : public Department {
public:
    Result<> contribute(Contributions &) override { return {}; }
};

constexpr char password[] = "correct horse battery";

} // namespace

World::World(const Options &options)
    : m_options(options)
    , m_random(options.seed)
    , m_serverEntropy(options.seed * 7919 + 1)
{
    m_folder.setAutoRemove(!qEnvironmentVariableIsSet("TZ_SIM_KEEP"));
    setUp();
}

World::~World() = default;

quint64 World::random(quint64 below)
{
    const quint64 number = m_random.next64() % below;
    m_trace = (m_trace ^ number) * 1099511628211ULL;
    return number;
}

void World::setUp()
{
    auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    REQUIRE_RESULT(foundation);
    m_host.adopt(std::make_unique<Declared>(), std::move(*foundation));
    DepartmentFiles own;
    own.origin = QStringLiteral("sim");
    own.module = moduleJson;
    own.entities.insert(QStringLiteral("entities/customer.json"), customerJson);
    own.entities.insert(QStringLiteral("entities/line.json"), lineJson);
    m_host.adopt(std::make_unique<Declared>(), std::move(own));
    m_host.start();
    for (const auto &status : m_host.status())
        if (!status.running)
            FAIL(status.failure.toStdString());

    REQUIRE(QDir(m_folder.path()).mkpath(QStringLiteral("server")));
    provision();
    openServer();
    quint64 number = 1;
    for (const char *name : {"anna", "anna-2", "bert", "carla", "maria"}) {
        const QString laptop = QString::fromLatin1(name);
        m_laptops.push_back(std::make_unique<Laptop>(laptop, m_users.at(laptop.section(u'-', 0, 0)), m_folder.path(),
                                                     m_host, m_options.seed * 104729 + number++,
                                                     m_serverClock.nowMs()));
        m_laptops.back()->login(*m_api, QString::fromLatin1(password));
    }
}

server::Environment World::environment(const Clock &clock, Entropy &entropy)
{
    server::Environment environment;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.utcOffsetSeconds = [] { return 0; };
    environment.passwordMemory = 8192;
    environment.passwordPasses = 1;
    return environment;
}

void World::provision()
{
    auto service = server::Service::open(m_folder.filePath(QStringLiteral("server")), m_host,
                                         environment(m_serverClock, m_serverEntropy), true);
    REQUIRE_RESULT(service);
    server::People &people = (*service)->people();
    REQUIRE_RESULT(people.initialise(QString::fromLatin1(password)));
    for (const char *team : {"North", "North/Harbour", "South"}) {
        const auto id = people.ensureTeam(QString::fromLatin1(team));
        REQUIRE_RESULT(id);
        m_teams[QString::fromLatin1(team)] = *id;
    }
    struct Person {
        const char *name, *role, *team;
    };
    for (const Person &person : {Person{"anna", "sales", "North"}, Person{"bert", "sales", "North/Harbour"},
                                 Person{"carla", "sales", "South"}, Person{"maria", "sales_manager", "North"}}) {
        server::NewUser user;
        user.name = QString::fromLatin1(person.name);
        user.roles = {QString::fromLatin1(person.role)};
        user.team = QString::fromLatin1(person.team);
        user.password = QString::fromLatin1(password);
        const auto id = people.addUser(user);
        REQUIRE_RESULT(id);
        m_users[user.name] = *id;
    }
}

void World::openServer()
{
    m_api.reset();
    auto api = server::Api::open(m_folder.filePath(QStringLiteral("server")), m_host,
                                 environment(m_serverClock, m_serverEntropy));
    REQUIRE_RESULT(api);
    m_api = std::move(*api);
}

/// An administrator moves somebody to another team: rows leave some laptops and come to others.
void World::adminMoves()
{
    const char *const people[] = {"anna", "bert", "carla"};
    const QString name = QString::fromLatin1(people[random(3)]);
    auto team = m_teams.begin();
    std::advance(team, qsizetype(random(m_teams.size())));
    IdSource ids(m_serverClock, m_serverEntropy);
    Draft draft(ids);
    draft.update(QStringLiteral("foundation.user"), m_users.at(name), {{QStringLiteral("team"), team->second}});
    Batch batch;
    batch.id = ids.next();
    batch.changes = draft.changes();
    REQUIRE_RESULT(m_api->service().committer().runAsSystem(std::move(batch)));
    wakeOthers(nullptr);
}

QString World::marker()
{
    return QStringLiteral("m%1").arg(++m_markers);
}

Fault World::randomFault()
{
    if (random(1000) >= quint64(m_options.faultsPerThousand))
        return Fault::None;
    constexpr Fault faults[] = {Fault::RequestLost, Fault::AnswerLost, Fault::DeliveredTwice, Fault::AnsweredTwice};
    return faults[random(4)];
}

void World::remember(const Laptop &laptop, const QString &entity, const Id &id, const Draft::Values &values)
{
    for (const auto &[field, value] : values) {
        if (value.isText() && value.toText().startsWith(QLatin1Char('m')))
            m_edits.push_back({laptop.name(), entity, id, field, value.toText()});
    }
}

void World::wakeOthers(const Laptop *except)
{
    for (const auto &laptop : m_laptops)
        if (laptop.get() != except)
            laptop->wake();
}

void World::edit(Laptop &laptop)
{
    const QString customer = QStringLiteral("sim.customer");
    const QString line = QStringLiteral("sim.line");
    const bool manager = laptop.name() == QLatin1String("maria");
    auto ids = static_cast<const Reader &>(laptop.store()).ids(customer, {});
    REQUIRE_RESULT(ids);
    // In the order of their making, which is the same for the same seed.
    std::sort(ids->begin(), ids->end());
    Draft draft = laptop.store().draft();
    const quint64 kind = ids->empty() ? 0 : random(100);
    std::vector<std::pair<Id, Draft::Values>> written;
    const auto price = [&] { return Value(qint64(random(1000)) * 10'000); };
    const auto pick = [&] { return (*ids)[random(ids->size())]; };
    if (kind < 20) {
        Draft::Values values{{QStringLiteral("name"), marker()}, {QStringLiteral("city"), marker()}};
        if (manager) {
            values.emplace_back(QStringLiteral("secret"), QStringLiteral("TOPSECRET%1").arg(++m_markers));
            auto team = m_teams.begin();
            std::advance(team, qsizetype(random(m_teams.size())));
            values.emplace_back(QStringLiteral("team"), team->second);
        }
        const Id id = draft.create(customer, values);
        written.emplace_back(id, values);
        if (random(2) == 0)
            draft.create(line, Draft::Values{{QStringLiteral("customer"), id}, {QStringLiteral("price"), price()}});
    } else if (kind < 65) {
        static const char *const fields[] = {"name", "note", "phone", "street", "city"};
        Draft::Values values;
        const quint64 count = 1 + random(2);
        const quint64 first = random(5);
        for (quint64 i = 0; i < count; ++i)
            values.emplace_back(QString::fromLatin1(fields[(first + i) % 5]), marker());
        const Id id = pick();
        draft.update(customer, id, values);
        written.emplace_back(id, values);
    } else if (kind < 75) {
        const QString tag = QString(QChar(char16_t(u'a' + random(5))));
        draft.member(customer, pick(), QStringLiteral("tags"), tag, random(3) != 0);
    } else if (kind < 82) {
        draft.act(customer, pick(), random(2) ? QStringLiteral("win") : QStringLiteral("lose"));
    } else if (kind < 90) {
        draft.create(line, Draft::Values{{QStringLiteral("customer"), pick()}, {QStringLiteral("price"), price()}});
    } else if (kind < 94) {
        draft.remove(customer, pick());
    } else if (manager) {
        auto team = m_teams.begin();
        std::advance(team, qsizetype(random(m_teams.size())));
        draft.update(customer, pick(), {{QStringLiteral("team"), team->second}});
    } else {
        // Two records in one batch: both or none.
        for (int i = 0; i < 2; ++i) {
            const Draft::Values values{{QStringLiteral("note"), marker()}};
            const Id id = pick();
            draft.update(customer, id, values);
            written.emplace_back(id, values);
        }
    }
    if (laptop.apply(std::move(draft)))
        return; // refused by the laptop's own judge: it never happened
    for (const auto &[id, values] : written)
        remember(laptop, customer, id, values);
}

void World::converse(Laptop &laptop)
{
    const quint64 requests = 1 + random(6);
    const qint64 pushes = laptop.pushes();
    for (quint64 i = 0; i < requests; ++i) {
        const qint64 rows = qint64(1 + random(20));
        if (!laptop.step(*m_api, randomFault(), rows, tapFor(laptop)))
            break;
    }
    if (laptop.pushes() != pushes)
        wakeOthers(&laptop);
}

void World::operate()
{
    Laptop &laptop = *m_laptops[random(m_laptops.size())];
    m_serverClock.advanceMs(qint64(random(5'000)));
    for (const auto &each : m_laptops)
        each->clock().advanceMs(qint64(random(5'000)));
    if (m_options.clocksJump && random(100) == 0)
        laptop.clock().setNowMs(m_serverClock.nowMs() + (qint64(random(2000)) - 1000) * 3'600'000);
    const quint64 what = random(1000);
    if (what < quint64(m_options.crashesPerThousand))
        laptop.crash();
    else if (what < quint64(m_options.crashesPerThousand) * 3 / 2)
        openServer();
    else if (m_options.scopesChange && what < quint64(m_options.crashesPerThousand) * 3 / 2 + 8)
        adminMoves();
    else if (what < 600)
        edit(laptop);
    else
        converse(laptop);
}

void World::settle()
{
    for (int round = 0; round < 50; ++round) {
        bool talked = false;
        for (const auto &laptop : m_laptops) {
            const qint64 pushes = laptop->pushes();
            for (int i = 0; i < 10'000 && laptop->step(*m_api, Fault::None, 50'000, tapFor(*laptop)); ++i)
                talked = true;
            if (laptop->pushes() != pushes)
                wakeOthers(laptop.get());
        }
        if (!talked)
            return;
    }
    FAIL("the laptops do not come to rest");
}

void World::run()
{
    for (int i = 0; i < m_options.operations; ++i)
        operate();
    wakeOthers(nullptr);
    settle();
    checkConvergence();
    checkNothingLost();
    checkExactlyOnce();
    checkDeviceNumbers();
    checkNoLeak();
}

} // namespace tz::sim
