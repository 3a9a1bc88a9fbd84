// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "serverfixture.h"

#include "tests/support/declared.h"
#include "tests/support/postgres.h"

#include <QDir>

namespace tz::test {

const QString account = QStringLiteral("crm.account");
const QString contact = QStringLiteral("crm.contact");
const QString note = QStringLiteral("crm.note");
const QString secret = QStringLiteral("crm.secret");
const QString conflict = QStringLiteral("foundation.conflict");

DepartmentFiles crmDepartment()
{
    DepartmentFiles files;
    files.origin = QStringLiteral("tests/crm");
    files.module =
        R"({"id": "crm", "label": "CRM", "icon": "users", "order": 1, "api": 1, "needs": ["foundation"], "uses": []})";
    files.entities.insert(QStringLiteral("entities/account.json"), R"({
        "entity": "account", "label": "Account", "plural": "Accounts", "icon": "building", "title": "name",
        "number": "A-{yyyy}-{seq:4}",
        "fields": [
            {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
            {"name": "number", "type": "text", "label": "Number", "readonly": true},
            {"name": "industry", "type": "text", "label": "Industry"},
            {"name": "notes", "type": "longtext", "label": "Notes"},
            {"name": "desk", "type": "text", "label": "Desk"},
            {"name": "street", "type": "text", "label": "Street", "group": "place"},
            {"name": "city", "type": "text", "label": "City", "group": "place"},
            {"name": "margin", "type": "integer", "label": "Margin"},
            {"name": "tags", "type": "tags", "label": "Tags"},
            {"name": "files", "type": "attachments", "label": "Files"},
            {"name": "papers", "type": "attachments", "label": "Papers"},
            {"name": "stage", "type": "state", "label": "Stage"},
            {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
            {"name": "team", "type": "team", "label": "Team", "default": "owner.team"},
            {"name": "double_margin", "type": "integer", "label": "Twice the margin", "formula": "margin * 2"},
            {"name": "contacts", "type": "integer", "label": "Contacts",
             "rollup": {"kind": "count", "entity": "crm.contact", "by": "account"}}],
        "claims": [{"claim": "desk", "of": ["desk"]}],
        "states": {"field": "stage", "initial": "lead", "values": [
            {"name": "lead", "label": "Lead"}, {"name": "won", "label": "Won", "final": true}],
            "transitions": [{"action": "win", "label": "Win", "from": ["lead"], "to": "won"}]},
        "access": {
            "sales": {"read": "team", "write": "team", "create": true, "delete": true, "assign": true, "hidden": ["margin", "papers"]},
            "sales_manager": {"read": "all", "write": "all", "create": true, "delete": true, "assign": true},
            "viewer": {"read": "own"}}})");
    files.entities.insert(QStringLiteral("entities/contact.json"), R"({
        "entity": "contact", "label": "Contact", "plural": "Contacts", "icon": "user", "title": "name", "parent": "account",
        "fields": [
            {"name": "name", "type": "text", "label": "Name", "required": true},
            {"name": "badge", "type": "text", "label": "Badge"},
            {"name": "account", "type": "link", "label": "Account", "to": "crm.account", "required": true}],
        "claims": [{"claim": "badge", "of": ["badge"]}]})");
    files.entities.insert(QStringLiteral("entities/note.json"), R"({
        "entity": "note", "label": "Note", "plural": "Notes", "icon": "note", "title": "text",
        "fields": [{"name": "text", "type": "text", "label": "Text"},
            {"name": "about", "type": "link", "label": "About", "to": "crm.account"}],
        "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})");
    files.entities.insert(QStringLiteral("entities/memo.json"), R"({
        "entity": "memo", "label": "Memo", "plural": "Memos", "icon": "note", "title": "text",
        "fields": [{"name": "text", "type": "text", "label": "Text"},
            {"name": "about", "type": "link", "label": "About", "to": "crm.account"},
            {"name": "copied", "type": "text", "label": "Copied", "default": "about.name"},
            {"name": "figure", "type": "integer", "label": "Figure", "default": "about.margin"},
            {"name": "cost", "type": "integer", "label": "Cost", "default": "about.margin"}],
        "actions": [{"action": "copy", "label": "Copy", "set": {"copied": "about.name"}}],
        "access": {"*": {"read": "all", "write": "all", "create": true, "hidden": ["cost"]},
            "sales_manager": {"read": "all", "write": "all", "create": true}}})");
    files.entities.insert(QStringLiteral("entities/secret.json"), R"({
        "entity": "secret", "label": "Secret", "plural": "Secrets", "icon": "lock", "title": "text",
        "fields": [{"name": "text", "type": "text", "label": "Text"}],
        "access": {"board": {"read": "all", "write": "all", "create": true}}})");
    files.entities.insert(QStringLiteral("entities/sealed.json"), R"({
        "entity": "sealed", "label": "Sealed", "plural": "Sealed", "icon": "lock", "title": "text",
        "fields": [{"name": "text", "type": "text", "label": "Text"}],
        "access": {"board": {"read": "all", "write": "all", "create": true}, "admin": {"read": "none"}}})");
    files.entities.insert(QStringLiteral("entities/guarded.json"), R"({
        "entity": "guarded", "label": "Guarded", "plural": "Guarded", "icon": "lock", "title": "text",
        "fields": [{"name": "text", "type": "text", "label": "Text"},
            {"name": "salary", "type": "integer", "label": "Salary"}],
        "access": {"board": {"read": "all", "write": "all", "create": true},
            "admin": {"read": "all", "hidden": ["salary"]}}})");
    return files;
}

namespace {
/// Making a server's tables takes PostgreSQL a second, copying them a tenth of it: the first test makes, all copy.
QString copiedDatabase()
{
    static const QString made = [] {
        const QString url = PostgresServer::shared().newTemplate();
        const ServerFixture maker(url);
        return url;
    }();
    return PostgresServer::shared().copyOf(made);
}
} // namespace

ServerFixture::ServerFixture()
    : ServerFixture(PostgresServer::isWanted() ? copiedDatabase() : QString(), !PostgresServer::isWanted())
{
}

quint64 ServerFixture::seed()
{
    static quint64 last = 6;
    return ++last;
}

ServerFixture ServerFixture::onPostgres()
{
    return ServerFixture(copiedDatabase(), false);
}

ServerFixture::ServerFixture(const QString &database, bool isNew)
{
    environment.database = database;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.passwordMemory = 8192;
    environment.passwordPasses = 1;
    auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    REQUIRE_RESULT(foundation);
    host.adopt(std::make_unique<Declared>(), std::move(*foundation));
    host.adopt(std::make_unique<Declared>(), crmDepartment());
    host.start();
    for (const DepartmentHost::Status &status : host.status()) {
        INFO(status.failure.toStdString());
        for (const CatalogFault &fault : status.faults)
            UNSCOPED_INFO(fault.toString().toStdString());
        REQUIRE(status.running);
    }
    if (isNew) {
        auto service = server::Service::open(folder.path(), host, environment, true);
        REQUIRE_RESULT(service);
        REQUIRE_RESULT((*service)->people().initialise(QStringLiteral("secret-admin")));
    }
    reopen();
}

void ServerFixture::reopen()
{
    api.reset();
    auto opened = server::Api::open(folder.path(), host, environment);
    REQUIRE_RESULT(opened);
    api = std::move(*opened);
}

Id ServerFixture::addUser(const char *name, QStringList roles, const char *team)
{
    server::NewUser user;
    user.name = QString::fromUtf8(name);
    user.roles = std::move(roles);
    user.team = QString::fromUtf8(team);
    user.password = QStringLiteral("secret-") + user.name;
    auto made = api->service().people().addUser(user);
    REQUIRE_RESULT(made);
    return *made;
}

server::Answer ServerFixture::ask(const char *path, const QByteArray &token, const QByteArray &cbor, bool packed)
{
    server::Request request;
    request.path = path;
    request.token = token;
    request.body = packed ? wire::compress(cbor) : cbor;
    request.packed = packed;
    request.address = "192.0.2.1";
    return api->handle(request);
}

Laptop::Laptop(ServerFixture &fixture, const char *name)
    : server(fixture)
{
    wire::LoginRequest login;
    login.user = QString::fromUtf8(name);
    login.password = QStringLiteral("secret-") + login.user;
    login.deviceName = QStringLiteral("Laptop of ") + login.user;
    const server::Answer answer = server.ask("/v1/login", {}, wire::encode(login));
    if (answer.status != 200)
        FAIL(wire::decodeError(answer.body)->toString().toStdString());
    const auto decoded = wire::decodeLoginAnswer(answer.body);
    REQUIRE_RESULT(decoded);
    token = decoded->token.toLatin1();
    device = decoded->device;
    user = decoded->user;
}

Batch Laptop::batch(std::vector<Change> changes)
{
    Batch made;
    made.id = server.ids.next();
    made.no = ++lastNo;
    made.hlc = HybridClock::fromMilliseconds(server.clock.nowMs());
    made.changes = std::move(changes);
    return made;
}

namespace {
Error errorOf(const server::Answer &answer)
{
    auto error = wire::decodeError(answer.body);
    if (!error)
        return Error("test.undecodable");
    error->params.insert(QStringLiteral("status"), answer.status);
    return *error;
}
} // namespace

Result<wire::PushAnswer> Laptop::push(std::vector<Batch> batches)
{
    wire::PushRequest request;
    request.base = {cursor.rev, cursor.chain.left(8)};
    request.batches = std::move(batches);
    const server::Answer answer = server.ask("/v1/push", token, wire::encode(request));
    everything += answer.body;
    if (answer.status != 200)
        return fail(errorOf(answer));
    return wire::decodePushAnswer(answer.body);
}

wire::BatchAnswer Laptop::make(std::vector<Change> changes)
{
    auto answer = push({batch(std::move(changes))});
    REQUIRE_RESULT(answer);
    REQUIRE(answer->answers.size() == 1);
    return answer->answers.front();
}

Result<wire::HelloAnswer> Laptop::hello()
{
    wire::HelloRequest request;
    request.device = device;
    request.lastNo = lastNo;
    if (cursor.rev > 0)
        request.marks.push_back({cursor.rev, cursor.chain.left(8)});
    const server::Answer answer = server.ask("/v1/hello", token, wire::encode(request));
    everything += answer.body;
    if (answer.status != 200)
        return fail(errorOf(answer));
    auto decoded = wire::decodeHelloAnswer(answer.body);
    if (decoded && !decoded->token.isEmpty())
        token = decoded->token.toLatin1();
    return decoded;
}

Result<wire::Page> Laptop::pullOnce(qint64 maxRows)
{
    wire::PullRequest request;
    request.cursor = {cursor.rev, cursor.chain.left(8)};
    request.keysVersion = keys.version;
    request.visibility = visibility;
    request.maxRows = maxRows;
    const server::Answer answer = server.ask("/v1/pull", token, wire::encode(request));
    everything += answer.body;
    if (answer.status != 200)
        return fail(errorOf(answer));
    return wire::decodePage(answer.body);
}

void Laptop::pull(qint64 maxRows)
{
    for (int round = 0; round < 1000; ++round) {
        auto page = pullOnce(maxRows);
        REQUIRE_RESULT(page);
        ++pages;
        if (page->keys) {
            keys = *page->keys;
            visibility = *page->visibility;
            continue;
        }
        for (const wire::TableRows &table : page->tables) {
            for (const wire::Row &row : table.rows) {
                Copy &copy = records[table.entity][row.id];
                copy.rev = row.rev;
                copy.keys = row.keys;
                for (qsizetype i = 0; i < table.fields.size(); ++i)
                    copy.values[table.fields.at(i)] = row.values[size_t(i)];
            }
        }
        for (const auto *list : {&page->gone, &page->evict}) {
            for (const wire::EntityIds &ids : *list) {
                for (const Id &id : ids.ids)
                    records[ids.entity].remove(id);
            }
        }
        cursor = page->mark;
        if (!page->more)
            return;
    }
    FAIL("the pull does not end");
}

Value Laptop::held(const QString &entity, const Id &id, const char *field) const
{
    return records.value(entity).value(id).values.value(QString::fromLatin1(field));
}

Change create(const char *entity, const Id &id, std::vector<FieldEdit> values)
{
    Change change;
    change.kind = ChangeKind::Create;
    change.entity = QString::fromLatin1(entity);
    change.id = id;
    change.edits = std::move(values);
    return change;
}

Change update(const char *entity, const Id &id, qint64 basedOn, std::vector<FieldEdit> edits)
{
    Change change = create(entity, id, std::move(edits));
    change.kind = ChangeKind::Update;
    change.basedOn = basedOn;
    return change;
}

Change act(const char *entity, const Id &id, qint64 basedOn, const char *action)
{
    Change change = update(entity, id, basedOn, {});
    change.kind = ChangeKind::Action;
    change.name = QString::fromLatin1(action);
    return change;
}

Change remove(const char *entity, const Id &id, qint64 basedOn)
{
    Change change = update(entity, id, basedOn, {});
    change.kind = ChangeKind::Delete;
    return change;
}

Change restore(const char *entity, const Id &id, qint64 basedOn)
{
    Change change = update(entity, id, basedOn, {});
    change.kind = ChangeKind::Restore;
    return change;
}

} // namespace tz::test
