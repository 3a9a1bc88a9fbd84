// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The company, its server and its laptops; what happens to them is in leakdeeds.cpp.
#include "leakworld.h"

#include "server/webhooks/events.h"
#include "serverfixture.h"
#include "tests/support/declared.h"
#include "tests/support/postgres.h"

namespace tz::test {

using namespace Qt::StringLiterals;

namespace {
const QString secretOfAll = u"secret-password"_s;

/// What a user sent, and what came of it.
bool isOwnBatch(const QString &column)
{
    return column.startsWith(u"sync_journal."_s) || column.startsWith(u"sync_rejected."_s);
}
} // namespace

LeakWorld::LeakWorld(quint64 seed)
    : m_seed(seed)
    , m_dice(seed * 7919 + 1)
    , m_entropy(seed * 104729 + 3)
    , m_markers(seed * 15485863 + 5)
    , m_rights(Rules(m_dice))
    , m_rules(m_dice)
{
    m_environment.clock = &m_clock;
    m_environment.entropy = &m_entropy;
    m_environment.utcOffsetSeconds = [] { return 0; };
    m_environment.passwordMemory = 8192;
    m_environment.passwordPasses = 1;
    if (PostgresServer::isWanted())
        m_environment.database = PostgresServer::shared().newDatabase();
    m_rights.setRules(m_rules);
    m_hosts.push_back(makeHost());
    {
        auto service = server::Service::open(m_folder.path(), *m_hosts.back(), m_environment, true);
        REQUIRE_RESULT(service);
        REQUIRE_RESULT((*service)->people().initialise(secretOfAll));
    }
    openServer();
    server::People &people = m_api->service().people();
    for (const QString &path : {u"North"_s, u"North/Port"_s, u"North/Hill"_s, u"South"_s, u"South/Bay"_s}) {
        const auto team = people.ensureTeam(path);
        REQUIRE_RESULT(team);
        m_teams.push_back(*team);
    }
    // Addresses of users stay: there are no more than these.
    m_users.reserve(6);
    for (const QString &name : {u"anna"_s, u"bert"_s, u"carla"_s, u"dora"_s, u"emil"_s, u"maria"_s})
        signUp(name);
    for (User &user : m_users)
        addDevice(user.name, user);
    addDevice(u"anna's second"_s, m_users.front());
    m_rights.read(*m_api);
    for (const auto &device : m_devices)
        REQUIRE(device->sync());
    // Something to begin with, also with those who would not see it if they had not made it.
    for (int i = 0; i < 20; ++i)
        createSome();
    for (const auto &device : m_devices)
        synced(*device);
}

LeakWorld::~LeakWorld()
{
    m_devices.clear();
    m_api.reset();
}

std::unique_ptr<DepartmentHost> LeakWorld::makeHost() const
{
    auto host = std::make_unique<DepartmentHost>();
    auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    REQUIRE_RESULT(foundation);
    host->adopt(std::make_unique<Declared>(), std::move(*foundation));
    host->adopt(std::make_unique<Declared>(), m_rules.declared());
    host->start();
    for (const DepartmentHost::Status &status : host->status()) {
        INFO(status.failure.toStdString());
        for (const CatalogFault &fault : status.faults)
            UNSCOPED_INFO(fault.toString().toStdString());
        REQUIRE(status.running);
    }
    return host;
}

void LeakWorld::openServer()
{
    m_api.reset();
    auto opened = server::Api::open(m_folder.path(), *m_hosts.back(), m_environment);
    REQUIRE_RESULT(opened);
    m_api = std::move(*opened);
}

LeakWorld::User &LeakWorld::signUp(const QString &name)
{
    server::NewUser user;
    user.name = name;
    user.roles = {Rules::roles[qsizetype(chance(3))]};
    if (chance(3) == 0)
        user.roles << Rules::roles[qsizetype(chance(3))];
    user.roles.removeDuplicates();
    user.password = secretOfAll;
    const auto id = m_api->service().people().addUser(user);
    REQUIRE_RESULT(id);
    bySystem({update("foundation.user", *id, 0, {test::edit("team", Value(oneOf(m_teams)))})});
    wire::LoginRequest login;
    login.user = name;
    login.password = secretOfAll;
    server::Request request;
    request.path = "/v1/login";
    request.body = wire::encode(login);
    const auto answer = wire::decodeLoginAnswer(m_api->handle(request).body);
    REQUIRE_RESULT(answer);
    const auto token = m_api->service().tokens().add({name, name, {u"read:*"_s, u"write:*"_s}, {}});
    REQUIRE_RESULT(token);
    return m_users.emplace_back(User{name, *id, token->toLatin1(), answer->token.toLatin1(), answer->device, 0});
}

LeakDevice &LeakWorld::addDevice(const QString &name, User &user)
{
    wire::LoginRequest login;
    login.user = user.name;
    login.password = secretOfAll;
    login.deviceName = name;
    server::Request request;
    request.path = "/v1/login";
    request.body = wire::encode(login);
    const auto answer = wire::decodeLoginAnswer(m_api->handle(request).body);
    REQUIRE_RESULT(answer);
    m_devices.push_back(std::make_unique<LeakDevice>(
        name, user.id, answer->device, answer->token.toLatin1(), m_clock, m_seed * 31 + m_devices.size(),
        [this, id = user.id](const QByteArray &token, const QString &path, const QByteArray &body) {
            return answerTo(id, token, path, body);
        }));
    m_devices.back()->open(*m_hosts.back());
    return *m_devices.back();
}

void LeakWorld::bySystem(std::vector<Change> changes)
{
    Batch batch;
    batch.changes = std::move(changes);
    REQUIRE_RESULT(m_api->service().committer().runAsSystem(std::move(batch)));
    m_rights.read(*m_api);
}

Result<QByteArray> LeakWorld::answerTo(const Id &user, const QByteArray &token, const QString &path,
                                       const QByteArray &body)
{
    server::Request request;
    request.path = path.toLatin1();
    request.token = token;
    request.body = body;
    const server::Answer answer = m_api->handle(request);
    m_rights.read(*m_api);
    if (path == u"/v1/push" && answer.status == 200) {
        // What the author left out, the server filled from what they may see.
        const auto push = wire::decodePushRequest(body);
        REQUIRE_RESULT(push);
        for (const Batch &batch : push->batches)
            for (const Change &change : batch.changes)
                if (change.entity == u"vault.note")
                    noteCopied(user, change.entity, change.id);
    }
    look(user, answer.body, u"the answer to "_s + path);
    if (answer.status == 200) {
        if (path == u"/v1/pull") {
            const auto page = wire::decodePage(answer.body);
            REQUIRE_RESULT(page);
            for (const wire::EntityIds &ids : page->evict)
                m_counts.evicted += qint64(ids.ids.size());
        }
        return answer.body;
    }
    ++m_counts.denied;
    auto error = wire::decodeError(answer.body);
    REQUIRE_RESULT(error);
    return refusal(answer.status, std::move(*error));
}

server::Answer LeakWorld::ask(const User &user, const QByteArray &token, const char *path, const QByteArray &body,
                              std::optional<Value> typed)
{
    server::Request request;
    request.path = path;
    request.token = token;
    request.body = body;
    server::Answer answer = m_api->handle(request);
    m_rights.read(*m_api);
    look(user.id, answer.body, QLatin1String("the answer to a forged ") + QLatin1String(path), std::move(typed));
    return answer;
}

/// `typed`: a value that stood in the question. `isNarrowed`: places that the token does not reach.
void LeakWorld::look(const Id &user, QByteArrayView bytes, const QString &where, std::optional<Value> typed,
                     const std::function<bool(const Place &)> &isNarrowed, const LeakDevice *device)
{
    ++m_counts.answers;
    const bool active = m_rights.isActive(user);
    for (const size_t found : m_markers.in(bytes)) {
        const Marker &marker = m_markers.at(found);
        const bool sees = active && std::ranges::any_of(marker.places, [&](const Place &place) {
                              return !(isNarrowed && isNarrowed(place)) && m_rights.sees(user, place);
                          });
        m_counts.seen += sees;
        if (sees || marker.author == user || (typed && *typed == marker.value))
            continue;
        const QStringList columns = device ? device->columnsWith(marker.value) : QStringList();
        if (marker.makers.contains(user) && !columns.isEmpty() && std::ranges::all_of(columns, isOwnBatch))
            continue;
        const Place &place = marker.places.front();
        std::ostringstream said;
        said << "seed " << m_seed << ", step " << m_step << " (" << m_deed << "): " << where.toStdString() << " of "
             << std::ranges::find(m_users, user, &User::id)->name.toStdString() << " holds "
             << marker.value.toDebugString().toStdString() << ", " << place.field.toStdString() << " of "
             << place.entity.toStdString() << ' ' << place.record.toString().toStdString();
        if (device)
            said << ", in " << columns.join(u", ").toStdString();
        // The program under test is still running: this is said when it is done.
        if (m_leak.empty())
            m_leak = said.str();
    }
}

bool LeakWorld::isBehind(LeakDevice &device) const
{
    const auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    const auto now = server::currentRevision((*lease)->db());
    REQUIRE_RESULT(now);
    return device.replica().cursor().rev < now->rev;
}

void LeakWorld::synced(LeakDevice &device)
{
    const qint64 before = m_counts.denied;
    if (!device.sync()) {
        // Nobody is turned away but who is shut out.
        REQUIRE(m_counts.denied > before);
        REQUIRE_FALSE(m_rights.isActive(device.user));
        return;
    }
    // What others edited goes out as soon as anything waits, so also between this laptop's page and now.
    if (isBehind(device))
        return synced(device);
    lookAt(device);
}

/// Right after everything was sent and fetched.
void LeakWorld::lookAt(LeakDevice &device)
{
    REQUIRE(device.replica().isComplete());
    REQUIRE(device.replica().waiting().value_or(1) == 0);
    ++m_counts.files;
    look(device.user, device.bytes(), u"the folder of "_s + device.name, {}, {}, &device);
}

/// What may be seen is found where it has to be: otherwise nothing that is not found would mean anything.
void LeakWorld::lookForAllAt(LeakDevice &device)
{
    const std::set<size_t> here = m_markers.in(device.bytes());
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    for (const auto &[name, id] : m_rights.records()) {
        if (m_rights.isDeleted(id))
            continue;
        const auto record = (*lease)->reader->find(*(*lease)->catalog().entity(name), id);
        REQUIRE_RESULT(record);
        for (const QString &field : Rules::fieldsOf(name)) {
            const auto marker = m_markers.of((*record)->value(field));
            if (!marker || !m_rights.sees(device.user, Place{name, id, field}))
                continue;
            INFO("seed " << m_seed << ": " << field.toStdString() << " of " << name.toStdString() << ' '
                         << id.toString().toStdString() << " at " << device.name.toStdString());
            REQUIRE(here.contains(*marker));
            ++m_counts.seen;
        }
    }
}

void LeakWorld::lookAtWebhook(const User &user)
{
    const auto reader =
        server::UserReader::open(m_api->service().storage(), m_api->service().scopes(), user.id, nullptr);
    if (!reader) {
        REQUIRE_FALSE(m_rights.isActive(user.id));
        return;
    }
    server::Webhook webhook;
    webhook.user = user.id;
    webhook.events = {u"create"_s, u"update"_s, u"delete"_s};
    for (const auto &[entity, above] : Rules::entities) {
        webhook.entity = entity;
        const auto made = server::eventsAfter(**reader, webhook, qint64(chance(200)));
        REQUIRE_RESULT(made);
        for (const server::WebhookEvent &event : made->events)
            look(user.id, event.body, u"a webhook"_s);
    }
}

Value LeakWorld::valueFor(const Place &place, const Id &author)
{
    return place.field == u"amount" ? m_markers.number(place, author) : m_markers.text(place, author);
}

/// What a laptop wrote, its user saw: also values that were copied or brought back.
void LeakWorld::noteWritten(LeakDevice &device, const Receipt &receipt, bool isNew)
{
    for (const Receipt::Touched &touched : receipt.touched) {
        const Entity *entity = device.store().catalog().entity(touched.entity);
        const auto record = device.store().find(*entity, touched.id, true);
        REQUIRE_RESULT(record);
        if (!*record)
            continue;
        for (const Field &field : entity->fields) {
            if (field.isDerived())
                continue;
            m_markers.put((*record)->value(field.index), {touched.entity, touched.id, field.name});
            if (isNew)
                m_markers.noteMaker((*record)->value(field.index), device.user);
        }
    }
}

void LeakWorld::noteCopied(const Id &user, const QString &entity, const Id &record)
{
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    const Entity *of = (*lease)->catalog().entity(entity);
    const auto made = (*lease)->reader->find(*of, record, true);
    REQUIRE_RESULT(made);
    if (!*made)
        return;
    for (const Field &field : of->fields) {
        const Value &value = (*made)->value(field.index);
        if (const auto marker = m_markers.of(value); marker && m_rights.sees(user, m_markers.at(*marker)))
            m_markers.put(value, {entity, record, field.name});
    }
}

void LeakWorld::run(int steps)
{
    struct Turn {
        const char *name;
        Deed deed;
        quint64 weight;
    };
    static constexpr std::array turns{Turn{"create", &LeakWorld::createSome, 12},
                                      Turn{"edit", &LeakWorld::edit, 40},
                                      Turn{"give away", &LeakWorld::giveAway, 18},
                                      Turn{"attach", &LeakWorld::attach, 6},
                                      Turn{"remove", &LeakWorld::removeOrRestore, 8},
                                      Turn{"act or undo", &LeakWorld::actOrUndo, 8},
                                      Turn{"sync", &LeakWorld::sync, 34},
                                      Turn{"fetch", &LeakWorld::fetchContent, 6},
                                      Turn{"roles", &LeakWorld::changeRoles, 6},
                                      Turn{"team of a user", &LeakWorld::changeTeam, 6},
                                      Turn{"teams", &LeakWorld::moveTeam, 4},
                                      Turn{"disable", &LeakWorld::disableOrEnable, 3},
                                      Turn{"delete a role", &LeakWorld::deleteRole, 2},
                                      Turn{"rules", &LeakWorld::changeRules, 3},
                                      Turn{"pull", &LeakWorld::pullEverything, 5},
                                      Turn{"history", &LeakWorld::askHistory, 8},
                                      Turn{"contents", &LeakWorld::askForContents, 6},
                                      Turn{"forge", &LeakWorld::forge, 14},
                                      Turn{"read", &LeakWorld::read, 8},
                                      Turn{"write", &LeakWorld::write, 6}};
    quint64 all = 0;
    for (const Turn &turn : turns)
        all += turn.weight;
    for (m_step = 1; m_step <= steps; ++m_step) {
        m_clock.advanceMs(60'000 + qint64(chance(600'000)));
        quint64 at = chance(all);
        const auto turn = std::ranges::find_if(turns, [&](const Turn &one) {
            const bool isIt = at < one.weight;
            at -= isIt ? 0 : one.weight;
            return isIt;
        });
        m_deed = turn->name;
        (this->*turn->deed)();
        if (!m_leak.empty())
            FAIL(m_leak);
    }
    m_deed = "the end";
    for (const auto &device : m_devices) {
        device->open(*m_hosts.back());
        synced(*device);
    }
    // Once more: what the last ones sent concerns those who came before.
    for (const auto &device : m_devices) {
        synced(*device);
        if (m_rights.isActive(device->user))
            lookForAllAt(*device);
    }
    for (const User &user : m_users) {
        lookAtWebhook(user);
        for (size_t i = 0; i < m_markers.count(); ++i)
            m_counts.forbidden += m_markers.at(i).author != user.id && !m_rights.sees(user.id, m_markers.at(i));
    }
    if (!m_leak.empty())
        FAIL(m_leak);
    for (const auto &device : m_devices)
        m_counts.conflicts +=
            qint64(static_cast<const Reader &>(device->store()).ids(conflict, {}).value_or(std::vector<Id>()).size());
}

} // namespace tz::test
