// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/setting.h"

#include "core/store/recordstore.h"
#include "server/api/service.h"
#include "tests/simulation/agenda.h"
#include "tests/simulation/laws.h"
#include "tests/support/declared.h"

namespace tz::sim {

namespace {

const char moduleJson[] =
    R"({"id": "sim", "label": "Simulation", "icon": "dice", "order": 1, "api": 1, "needs": ["foundation"]})";

// Everything that merges in its own way: registers, a group, a long text, a set, states, children, hidden values,
// scopes, numbers.
const char customerJson[] = R"({
  "entity": "customer", "label": "Customer", "plural": "Customers", "icon": "building", "title": "name",
  "search": ["name"], "number": "C-{seq:4}",
  "fields": [
    {"name": "number", "type": "text", "label": "Number", "readonly": true, "max": 40},
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
    {"name": "note", "type": "text", "label": "Note", "max": 200},
    {"name": "phone", "type": "text", "label": "Phone", "max": 60},
    {"name": "street", "type": "text", "label": "Street", "group": "place", "max": 60},
    {"name": "city", "type": "text", "label": "City", "group": "place", "max": 60},
    {"name": "story", "type": "longtext", "label": "Story"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "desk", "type": "integer", "label": "Desk"},
    {"name": "secret", "type": "text", "label": "Secret", "max": 60},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "team", "type": "team", "label": "Team"},
    {"name": "lines", "type": "lines", "label": "Lines", "to": "sim.line", "by": "customer"},
    {"name": "total", "type": "money", "label": "Total", "rollup": {"kind": "sum", "of": "lines", "value": "price"}}
    NEWER],
  "claims": [{"claim": "desk", "of": ["desk"]}],
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
  "entity": "line", "label": "Line", "plural": "Lines", "icon": "list", "title": "text", "parent": "customer",
  "hidden": true,
  "fields": [
    {"name": "customer", "type": "link", "label": "Customer", "to": "sim.customer", "required": true},
    {"name": "text", "type": "text", "label": "Text", "max": 200},
    {"name": "price", "type": "money", "label": "Price"}]
})";

void start(DepartmentHost &host, bool newer)
{
    host.adopt(std::make_unique<test::Declared>(),
               must(DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")))));
    DepartmentFiles own;
    own.origin = QStringLiteral("sim");
    own.module = moduleJson;
    const QByteArray more = newer ? R"(,{"name": "nick", "type": "text", "label": "Nickname", "max": 60})" : "";
    own.entities.insert(QStringLiteral("entities/customer.json"), QByteArray(customerJson).replace("NEWER", more));
    own.entities.insert(QStringLiteral("entities/line.json"), lineJson);
    host.adopt(std::make_unique<test::Declared>(), std::move(own));
    host.start();
    for (const auto &status : host.status())
        require(status.running, Law::Liveness, status.failure);
}

} // namespace

Setting &Setting::get()
{
    static Setting setting;
    return setting;
}

Setting::Setting()
{
    start(m_older, false);
    start(m_newer, true);
    found();
}

server::Environment Setting::environment(const Clock &clock, Entropy &entropy, const MemoryDisk &disk)
{
    server::Environment environment;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.utcOffsetSeconds = [] { return 0; };
    environment.passwordMemory = 8192;
    environment.passwordPasses = 1;
    environment.vfs = disk.name();
    return environment;
}

void Setting::found()
{
    const ManualClock clock(MachineClock::beginMs);
    SeededEntropy entropy(1);
    MemoryDisk disk("tz-sim-setting");
    {
        const auto service =
            must(server::Service::open(serverFolder(), m_older, environment(clock, entropy, disk), true));
        server::People &people = service->people();
        must(people.initialise(password()));
        for (const char *team : {"North", "North/Harbour", "South"})
            m_teams[QString::fromLatin1(team)] = must(people.ensureTeam(QString::fromLatin1(team)));
        struct Person {
            const char *name, *role, *team;
        };
        for (const Person &person : {Person{"anna", "sales", "North"}, Person{"bert", "sales", "North/Harbour"},
                                     Person{"carla", "sales", "South"}, Person{"maria", "sales_manager", "North"}}) {
            server::NewUser user;
            user.name = QString::fromLatin1(person.name);
            user.roles = {QString::fromLatin1(person.role)};
            user.team = QString::fromLatin1(person.team);
            user.password = password();
            m_users[user.name] = must(people.addUser(user));
        }
        auto lease = must(service->storage().read());
        const Entity &role = *lease->catalog().entity(u"foundation.role");
        for (const Id &id : must(static_cast<const Reader &>(*lease->reader).ids(role.fullName, {})))
            m_roles[must(lease->reader->find(role, id))->value(u"name").toText()] = id;
    }
    m_serverFiles = disk.files();

    disk.setFiles({});
    {
        Database::Options options;
        options.vfs = disk.name();
        const auto database = must(Database::open(replicaPath(), options));
        RecordStore store(*database, m_older.catalog(),
                          RecordStore::Environment{&clock, &entropy, &m_older.contributions(), [] { return 0; }});
        must(store.prepare());
    }
    m_laptopFiles = disk.files();
}

} // namespace tz::sim
