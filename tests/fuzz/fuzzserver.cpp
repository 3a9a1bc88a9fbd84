// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/fuzz/fuzzserver.h"

#include "core/base/check.h"
#include "core/sync/attachment.h"
#include "core/sync/digest.h"
#include "tests/support/declared.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <map>

namespace tz::fuzz {

namespace {

/// A run may wait for as long as it likes to be let in again; after so many the tokens would grow old.
constexpr qint64 stepMs = 61'000;
constexpr qint64 longestMs = 86'400'000;

DepartmentFiles crm()
{
    DepartmentFiles files;
    files.origin = QStringLiteral("tests/crm");
    files.module = R"({"id": "crm", "label": "CRM", "order": 1, "api": 1, "needs": ["foundation"], "uses": []})";
    files.entities.insert(QStringLiteral("entities/account.json"), R"({
        "entity": "account", "label": "Account", "plural": "Accounts", "title": "name", "number": "A-{yyyy}-{seq:4}",
        "fields": [
            {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
            {"name": "number", "type": "text", "label": "Number", "readonly": true},
            {"name": "industry", "type": "text", "label": "Industry"},
            {"name": "notes", "type": "longtext", "label": "Notes"},
            {"name": "desk", "type": "text", "label": "Desk"},
            {"name": "margin", "type": "integer", "label": "Margin"},
            {"name": "worth", "type": "money", "label": "Worth"},
            {"name": "due", "type": "date", "label": "Due"},
            {"name": "seen_at", "type": "datetime", "label": "Seen"},
            {"name": "address", "type": "address", "label": "Address"},
            {"name": "tags", "type": "tags", "label": "Tags"},
            {"name": "files", "type": "attachments", "label": "Files"},
            {"name": "others", "type": "links", "to": "crm.account", "label": "Others"},
            {"name": "stage", "type": "state", "label": "Stage"},
            {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
            {"name": "team", "type": "team", "label": "Team", "default": "owner.team"},
            {"name": "twice", "type": "integer", "label": "Twice the margin", "formula": "margin * 2"}],
        "claims": [{"claim": "desk", "of": ["desk"]}],
        "states": {"field": "stage", "initial": "lead", "values": [
            {"name": "lead", "label": "Lead"}, {"name": "won", "label": "Won", "final": true}],
            "transitions": [{"action": "win", "label": "Win", "from": ["lead"], "to": "won"}]},
        "access": {"sales": {"read": "team", "write": "team", "create": true, "delete": true, "hidden": ["margin"]}}})");
    files.entities.insert(QStringLiteral("entities/contact.json"), R"({
        "entity": "contact", "label": "Contact", "plural": "Contacts", "title": "name", "parent": "account",
        "fields": [
            {"name": "name", "type": "text", "label": "Name", "required": true},
            {"name": "account", "type": "link", "label": "Account", "to": "crm.account", "required": true}]})");
    return files;
}

} // namespace

FuzzServer &FuzzServer::shared()
{
    static FuzzServer server;
    return server;
}

FuzzServer::FuzzServer()
{
    m_environment.clock = &m_clock;
    m_environment.entropy = &m_entropy;
    m_environment.passwordMemory = 8192;
    m_environment.passwordPasses = 1;
    auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    TZ_CHECK(foundation);
    m_host.adopt(std::make_unique<test::Declared>(), std::move(*foundation));
    m_host.adopt(std::make_unique<test::Declared>(), crm());
    m_host.start();
    TZ_CHECK(m_host.allRunning());
    make();
    // The last one to close empties the write-ahead log.
    m_watching.reset();
    m_api.reset();
    QFile file(m_folder.filePath(QStringLiteral("server.sqlite")));
    TZ_CHECK(file.open(QFile::ReadOnly));
    m_file = file.readAll();
    open();
}

void FuzzServer::make()
{
    {
        auto service = server::Service::open(m_folder.path(), m_host, m_environment, true);
        TZ_CHECK(service);
        TZ_CHECK((*service)->people().initialise(QStringLiteral("secret-admin")));
    }
    open();
    server::Service &service = m_api->service();
    server::NewUser anna;
    anna.name = QStringLiteral("anna");
    anna.roles = {QStringLiteral("sales")};
    anna.team = QStringLiteral("North");
    anna.password = QStringLiteral("secret-anna");
    TZ_CHECK(service.people().addUser(anna));
    m_admin = signIn(QStringLiteral("admin"), QStringLiteral("secret-admin"));
    m_user = signIn(QStringLiteral("anna"), QStringLiteral("secret-anna"));
    const auto program = service.tokens().add(
        {QStringLiteral("bridge"), QStringLiteral("admin"), {QStringLiteral("read:*"), QStringLiteral("write:*")}, {}});
    TZ_CHECK(program);
    m_program = program->toLatin1();

    const test::Subjects subjects;
    const QByteArray content = test::fileContent();
    const Attachment file{QCryptographicHash::hash(content, QCryptographicHash::Sha256), content.size(),
                          QStringLiteral("text/plain"), QStringLiteral("a.txt")};
    Change create;
    create.kind = ChangeKind::Create;
    create.entity = QStringLiteral("crm.account");
    create.id = subjects.account;
    create.edits = {{QStringLiteral("name"), Value(QStringLiteral("Acme")), {}},
                    {QStringLiteral("files"), Value::fromSet({file.toValue()}), {}}};
    wire::PushRequest push;
    Batch batch;
    batch.id = Id::fromName(u"first");
    batch.no = 1;
    batch.changes = {create};
    push.batches = {batch};
    const auto pushed = wire::decodePushAnswer(ask("/v1/push", m_user, wire::encode(push)).body);
    TZ_CHECK(pushed && pushed->answers.front().reasons.empty());
}

QByteArray FuzzServer::signIn(const QString &user, const QString &password)
{
    wire::LoginRequest login;
    login.user = user;
    login.password = password;
    const auto answer = wire::decodeLoginAnswer(ask("/v1/login", {}, wire::encode(login)).body);
    TZ_CHECK(answer);
    return answer->token.toLatin1();
}

server::Answer FuzzServer::ask(const char *path, const QByteArray &token, const QByteArray &cbor)
{
    server::Request request;
    request.path = path;
    request.token = token;
    request.body = cbor;
    return m_api->handle(request);
}

void FuzzServer::open()
{
    m_watching.reset();
    auto opened = server::Api::open(m_folder.path(), m_host, m_environment);
    TZ_CHECK(opened);
    m_api = std::move(*opened);
    Database::Options options;
    options.mode = Database::Mode::ReadOnly;
    auto watching = Database::open(m_folder.filePath(QStringLiteral("server.sqlite")), options);
    TZ_CHECK(watching);
    m_watching = std::move(*watching);
    m_version = 0;
    (void)isChanged();
    ++m_generation;
}

bool FuzzServer::isChanged()
{
    auto version = m_watching->prepare("PRAGMA data_version");
    TZ_CHECK(version && version->step().value_or(false));
    const qint64 before = std::exchange(m_version, version->integer(0));
    return m_version != before;
}

void FuzzServer::settle()
{
    m_clock.advanceMs(stepMs);
    const bool changed = isChanged();
    if (!changed && m_clock.monotonicMs() % longestMs >= stepMs)
        return;
    if (changed) {
        auto check = m_watching->prepare("PRAGMA quick_check");
        TZ_CHECK(check && check->step().value_or(false) && check->text(0) == QLatin1String("ok"));
        check->reset();
        checkRecords();
    }
    m_watching.reset();
    m_api.reset();
    QDir folder(m_folder.path());
    for (const QString &name : folder.entryList(QDir::Files))
        TZ_CHECK(folder.remove(name));
    QFile file(m_folder.filePath(QStringLiteral("server.sqlite")));
    TZ_CHECK(file.open(QFile::WriteOnly) && file.write(m_file) == m_file.size());
    file.close();
    m_clock.setNowMs(ManualClock().nowMs());
    open();
}

void FuzzServer::checkRecords()
{
    // A first copy can be made of what is there now, and holds as many records as the server counts.
    wire::PullRequest pull;
    pull.sums = true;
    pull.maxRows = 50'000;
    std::map<std::pair<QString, qint64>, Digest> held;
    std::vector<qint64> keys;
    for (int pages = 0; pages < 100; ++pages) {
        const server::Answer answer = ask("/v1/pull", m_admin, wire::encode(pull));
        // Whoever was shut out has no copy.
        if (answer.status == 401 || answer.status == 403)
            return;
        TZ_CHECK(answer.status == 200);
        const auto page = wire::decodePage(answer.body);
        TZ_CHECK(page);
        if (page->keys) {
            keys = page->keys->keys;
            pull.keysVersion = page->keys->version;
            pull.visibility = *page->visibility;
            continue;
        }
        for (const wire::TableRows &table : page->tables) {
            for (const wire::Row &row : table.rows) {
                for (const qint64 position : row.keys) {
                    TZ_CHECK(position >= 0 && size_t(position) < keys.size());
                    held[{table.entity, keys[size_t(position)]}].add(row.id, row.rev);
                }
            }
        }
        pull.cursor = {page->mark.rev, page->mark.chain.left(8)};
        if (page->more)
            continue;
        for (const wire::Sum &sum : page->sums) {
            const Digest &digest = held[{sum.entity, sum.key}];
            TZ_CHECK(digest.n == sum.n && digest.stored() == sum.sum);
        }
        return;
    }
    TZ_CHECK(!"the pull ends");
}

} // namespace tz::fuzz
