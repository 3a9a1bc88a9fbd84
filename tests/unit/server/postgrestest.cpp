// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/postgres.h"
#include "core/base/messages.h"
#include "core/sync/audience.h"
#include "server/sentences.h"
#include "serverfixture.h"

#include <condition_variable>
#include <thread>

using namespace tz;
using namespace tz::test;
using namespace std::chrono_literals;

namespace {

PostgresServer &postgres()
{
    return PostgresServer::shared();
}

/// Two server processes on one database, as far as one process can be two: nothing but the database is common.
struct Pair {
    SystemClock clock;
    SystemEntropy entropy;
    ServerFixture a = ServerFixture::onPostgres();
    ServerFixture b{a.environment.database, false};

    Pair()
    {
        for (ServerFixture *one : {&a, &b}) {
            one->environment.clock = &clock;
            one->environment.entropy = &entropy;
            one->reopen();
        }
    }
    QByteArray run(const QByteArray &sql) const { return postgres().run(sql, a.environment.database); }
};

/// Commits that one of them hears of, on whichever thread.
class Heard {
public:
    explicit Heard(server::Api &api)
        : m_api(api)
    {
        m_api.setCommitHandler([this](const server::Commit &commit) {
            std::lock_guard lock(m_mutex);
            m_commits.push_back(commit);
            m_came.notify_all();
        });
    }
    ~Heard() { m_api.setCommitHandler({}); }
    bool waitFor(const std::function<bool(const server::Commit &)> &wanted)
    {
        std::unique_lock lock(m_mutex);
        return m_came.wait_for(lock, 5s, [&] { return std::any_of(m_commits.begin(), m_commits.end(), wanted); });
    }

private:
    server::Api &m_api;
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::vector<server::Commit> m_commits;
};

Change newAccount(const Id &id, const char *name)
{
    return create("crm.account", id, {edit("name", text(name))});
}

Error errorOf(const server::Answer &answer)
{
    const auto error = wire::decodeError(answer.body);
    REQUIRE_RESULT(error);
    return *error;
}

server::Request pushRequest(const Laptop &laptop, const Batch &batch)
{
    wire::PushRequest push;
    push.base = {laptop.cursor.rev, laptop.cursor.chain.left(8)};
    push.batches = {batch};
    server::Request request;
    request.path = "/v1/push";
    request.token = laptop.token;
    request.body = wire::encode(push);
    return request;
}

/// Ends every other connection of the installation at once.
void cutConnections()
{
    postgres().run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                   "AND backend_type = 'client backend'");
}

} // namespace

TEST_CASE("two processes on one database: revisions grow without gaps, and who pulls misses nothing", "[postgres]")
{
    Pair pair;
    constexpr size_t laptops = 4;
    constexpr int each = 20;
    std::vector<std::unique_ptr<Laptop>> all;
    std::vector<std::vector<server::Request>> requests(laptops);
    for (size_t i = 0; i < laptops; ++i) {
        const QByteArray name = "user" + QByteArray::number(qsizetype(i));
        pair.a.addUser(name.constData(), {QStringLiteral("sales_manager")}, "North");
        all.push_back(std::make_unique<Laptop>(i % 2 ? pair.b : pair.a, name.constData()));
        for (int k = 0; k < each; ++k)
            requests[i].push_back(
                pushRequest(*all[i], all[i]->batch({newAccount(pair.a.ids.next(), name.constData())})));
    }
    Laptop reader(pair.a, "admin");
    reader.pull();
    const qint64 before = reader.cursor.rev;

    std::atomic<int> faults = 0;
    std::atomic<size_t> working = laptops;
    std::vector<std::vector<qint64>> revisions(laptops);
    std::vector<std::thread> threads;
    for (size_t i = 0; i < laptops; ++i) {
        threads.emplace_back([&, i] {
            for (const server::Request &request : requests[i]) {
                const server::Answer answer = (i % 2 ? pair.b : pair.a).api->handle(request);
                const auto pushed = wire::decodePushAnswer(answer.body);
                if (answer.status == 200 && pushed && pushed->answers.size() == 1)
                    revisions[i].push_back(pushed->answers[0].rev);
                else
                    ++faults;
            }
            --working;
        });
    }
    // Pulls here and there in turn while they push; every page begins where the one before it ended.
    QSet<Id> seen;
    int pages = 0;
    for (bool last = false; !last;) {
        last = working == 0;
        std::this_thread::sleep_for(10ms);
        wire::PullRequest pull;
        pull.cursor = {reader.cursor.rev, reader.cursor.chain.left(8)};
        pull.keysVersion = reader.keys.version;
        pull.visibility = reader.visibility;
        pull.maxRows = limits::pageRows;
        server::Request request;
        request.path = "/v1/pull";
        request.token = reader.token;
        request.body = wire::encode(pull);
        const server::Answer answer = (++pages % 2 ? pair.b : pair.a).api->handle(request);
        REQUIRE(answer.status == 200);
        const auto page = wire::decodePage(answer.body);
        REQUIRE_RESULT(page);
        for (const wire::TableRows &table : page->tables) {
            for (const wire::Row &row : table.rows) {
                CHECK(row.rev > reader.cursor.rev);
                CHECK(row.rev <= page->mark.rev);
                if (table.entity == account)
                    seen.insert(row.id);
            }
        }
        CHECK(page->mark.rev >= reader.cursor.rev);
        reader.cursor = page->mark;
    }
    for (std::thread &thread : threads)
        thread.join();
    CHECK(faults == 0);
    CHECK(pages > 3);
    CHECK(seen.size() == qsizetype(laptops) * each);
    for (const auto &list : revisions) {
        CHECK(list.size() == size_t(each));
        CHECK(std::is_sorted(list.begin(), list.end(), std::less_equal<qint64>()));
    }
    const QByteArray own = "tongzhou.";
    CHECK(pair.run("SELECT max(rev) = count(*) AND min(rev) = 1 FROM " + own + "revision") == "t");
    CHECK(pair.run("SELECT rev > " + QByteArray::number(before) + " FROM " + own + "counter") == "t");
    CHECK(pair.run("SELECT bool_and(n = last_no AND n = highest) FROM (SELECT d.last_no, count(*) AS n, "
                   "max(b.no) AS highest FROM " +
                   own + "batch b JOIN " + own + "device d ON d.no = b.device GROUP BY d.no, d.last_no) AS each") ==
          "t");
}

TEST_CASE("a commit in one process wakes the other, and so does a device that is shut out", "[postgres]")
{
    Pair pair;
    pair.a.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(pair.a, "anna");
    Heard heard(*pair.b.api);
    const qint64 rev = anna.make({newAccount(pair.a.ids.next(), "A")}).rev;
    CHECK(heard.waitFor([&](const server::Commit &commit) { return commit.rev >= rev; }));
    // Nobody polls here: what is committed while the listening connection is broken is heard of when it is back.
    cutConnections();
    const qint64 meanwhile = anna.make({newAccount(pair.a.ids.next(), "B")}).rev;
    CHECK(heard.waitFor([&](const server::Commit &commit) { return commit.rev >= meanwhile; }));
    const qint64 known = pair.b.api->service().committer().knownRev();
    REQUIRE_RESULT(pair.a.api->service().people().revokeDevice(anna.device, {}));
    CHECK(heard.waitFor([&](const server::Commit &commit) { return commit.scopesChanged && commit.rev >= known; }));
    REQUIRE_ERROR(pair.b.api->listener(anna.token), "auth.device_revoked");
}

TEST_CASE("another process's commit is told of also when one's own follows at once", "[postgres]")
{
    // Without an Api nobody listens: only the committer itself can notice.
    Pair pair;
    auto other = server::Service::open(pair.b.folder.path(), pair.b.host, pair.b.environment, false);
    REQUIRE_RESULT(other);
    std::vector<server::Commit> commits;
    (*other)->committer().setHandler([&](const server::Commit &commit) { commits.push_back(commit); });
    Laptop admin(pair.a, "admin");
    const qint64 first = admin.make({newAccount(pair.a.ids.next(), "A")}).rev;
    REQUIRE_RESULT((*other)->people().ensureTeam(QStringLiteral("North")));
    REQUIRE(commits.size() == 2);
    CHECK(commits[0].rev == first);
    CHECK(commits[0].scopesChanged);
    CHECK(commits[1].rev == first + 1);
    (*other)->committer().setHandler({});
}

TEST_CASE("a field that was made through one process is known to the other before it judges", "[postgres]")
{
    Pair pair;
    Laptop admin(pair.a, "admin");
    const QString definition = QStringLiteral(R"({"name": "x_size", "type": "integer", "label": "Size"})");
    CHECK(admin
              .make({create("foundation.custom_field", pair.a.ids.next(),
                            {edit("entity", text("crm.note")), edit("name", text("x_size")),
                             edit("definition", Value(definition))})})
              .status == wire::BatchStatus::Accepted);
    Laptop second(pair.b, "admin");
    const Id id = pair.b.ids.next();
    CHECK(second.make({create("crm.note", id, {edit("text", text("n")), edit("x_size", Value(7))})}).status ==
          wire::BatchStatus::Accepted);
    admin.pull();
    CHECK(admin.held(note, id, "x_size") == Value(7));
    second.pull();
    CHECK(second.held(note, id, "x_size") == Value(7));
}

TEST_CASE("numbers of users and devices that one process gives hold in the other", "[postgres]")
{
    Pair pair;
    pair.a.addUser("anna", {QStringLiteral("sales")}, "North");
    pair.b.addUser("bo", {QStringLiteral("sales")}, "South");
    Laptop anna(pair.b, "anna"), bo(pair.a, "bo");
    const Id northern = pair.a.ids.next(), southern = pair.b.ids.next();
    anna.make({newAccount(northern, "N")});
    bo.make({newAccount(southern, "S")});
    // A change of team in one is the scope of the other's next request.
    anna.pull();
    bo.pull();
    CHECK(anna.has(account, northern));
    CHECK_FALSE(anna.has(account, southern));
    CHECK(bo.has(account, southern));
    const QByteArray own = "tongzhou.";
    CHECK(pair.run("SELECT count(*) = count(DISTINCT id) FROM " + own + "principal") == "t");
}

TEST_CASE("connections that are cut come back by themselves", "[postgres]")
{
    ServerFixture server = ServerFixture::onPostgres();
    Laptop admin(server, "admin");
    admin.make({newAccount(server.ids.next(), "A")});
    SECTION("while nobody used them")
    {
        cutConnections();
        const Id id = server.ids.next();
        CHECK(admin.make({newAccount(id, "B")}).rev > 0);
        cutConnections();
        admin.pull();
        CHECK(admin.has(account, id));
    }
    SECTION("amid a turn: nothing of it is done")
    {
        const auto done = server.api->service().committer().runTransaction([&](server::Connection &writer) -> Result<> {
            TZ_TRY(server::setSetting(writer.db(), "test", "half"));
            cutConnections();
            return server::setSetting(writer.db(), "test", "whole");
        });
        REQUIRE_ERROR(done, "store.unreachable");
        {
            auto connection = server.api->service().storage().read();
            REQUIRE_RESULT(connection);
            const auto value = server::setting((*connection)->db(), "test");
            REQUIRE_RESULT(value);
            CHECK(value->isEmpty());
        }
        CHECK(admin.make({newAccount(server.ids.next(), "C")}).rev > 0);
    }
    SECTION("at the commit, so that nobody knows: the device hears what became of its batch when it sends it again")
    {
        // A commit that waits for a standby is done here already when its connection is cut.
        postgres().run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        postgres().run("SELECT pg_reload_conf()");
        std::this_thread::sleep_for(300ms);
        const Id id = server.ids.next();
        const Batch batch = admin.batch({newAccount(id, "D")});
        const server::Request request = pushRequest(admin, batch);
        server::Answer first;
        std::thread device([&] { first = server.api->handle(request); });
        const QByteArray waiting = " FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        for (int waited = 0; waited < 500 && postgres().run("SELECT count(*)" + waiting) == "0"; ++waited)
            std::this_thread::sleep_for(10ms);
        CHECK(postgres().run("SELECT count(pg_terminate_backend(pid))" + waiting) == "1");
        device.join();
        postgres().run("ALTER SYSTEM RESET synchronous_standby_names");
        postgres().run("SELECT pg_reload_conf()");
        std::this_thread::sleep_for(300ms);
        CHECK(first.status == 503);
        CHECK(errorOf(first).code == "store.unreachable");

        const server::Answer again = server.api->handle(request);
        REQUIRE(again.status == 200);
        const auto heard = wire::decodePushAnswer(again.body);
        REQUIRE_RESULT(heard);
        REQUIRE(heard->answers.size() == 1);
        CHECK(heard->answers[0].status == wire::BatchStatus::Accepted);
        CHECK(server.api->service().committer().counters().repeated == 1);
        admin.pull();
        CHECK(admin.revOf(account, id) == heard->answers[0].rev);
    }
}

TEST_CASE("without its database the server says so and goes on when it is back", "[postgres]")
{
    server::addServerSentences();
    // One of its own: whatever else is in it is checked after the crash.
    PostgresServer mine;
    ServerFixture server(mine.newDatabase());
    Laptop admin(server, "admin");
    const Id before = server.ids.next(), after = server.ids.next();
    admin.make({newAccount(before, "A")});
    mine.crash();
    const Batch batch = admin.batch({newAccount(after, "B")});
    const server::Answer answer = server.api->handle(pushRequest(admin, batch));
    CHECK(answer.status == 503);
    CHECK(answer.retryAfterSeconds > 0);
    const Error error = errorOf(answer);
    CHECK(error.code == "store.unreachable");
    CHECK(hasSentence(error.code));
    // Where the database is, is nothing for devices.
    CHECK_FALSE(answer.body.contains("127.0.0.1"));
    CHECK_FALSE(server.api->healthy());
    // Half-way through with new fields, say: the writer is made whole again before anything is judged.
    REQUIRE_ERROR(server.api->service().storage().reloadCustomFields(), "store.unreachable");
    mine.start();
    // For half a second nobody tries again.
    std::this_thread::sleep_for(600ms);
    CHECK(server.api->healthy());
    CHECK(server.api->handle(pushRequest(admin, batch)).status == 200);
    admin.pull();
    CHECK(admin.has(account, before));
    CHECK(admin.has(account, after));
}

TEST_CASE("a password in the database's address reaches no message", "[postgres]")
{
    ServerFixture server;
    for (const char *url : {"postgresql://u:hush@127.0.0.1:1/db", "postgresql://u:hush@[::1/db",
                            "postgresql://u:hush@127.0.0.1:1/db?schema=No%20Name", "mysql://u:hush@h/db",
                            "postgresql://u:hush@127.0.0.1:1/db?password=hush&nonsense=1"}) {
        server::Environment environment = server.environment;
        environment.database = QString::fromLatin1(url);
        const auto opened = server::Api::open(server.folder.path(), server.host, environment);
        REQUIRE_FALSE(opened.has_value());
        CAPTURE(url);
        CHECK_FALSE(opened.error().toString().contains(QLatin1String("hush")));
        CHECK_FALSE(describe(opened.error()).contains(QLatin1String("hush")));
        CHECK(hasSentence(opened.error().code));
    }
}

TEST_CASE("texts and ids come back as they went, whatever is in them", "[postgres]")
{
    ServerFixture server = ServerFixture::onPostgres();
    const QString nothing = QString(QChar(0));
    const QString mark = QString(QChar(1));
    const ValueList values{
        Value(QStringLiteral("a") + nothing + QStringLiteral("b") + mark + u'0'),
        Value(mark),
        Value(nothing),
        // As long as an id in such a column, and marked like one; and as long as an id's bytes.
        Value(mark + QStringLiteral("i0123456789abcdef0123456789abcdef")),
        Value(QStringLiteral("sixteen letters!")),
        Value(server.ids.next()),
        Value(QStringLiteral("𝒳'\"\\ 华为")),
    };
    const auto done = server.api->service().committer().runTransaction([&](server::Connection &writer) -> Result<> {
        for (size_t i = 0; i < values.size(); ++i) {
            TZ_ASSIGN(Statement insert,
                      writer.db().prepare("INSERT INTO member(entity, owner, field, value, present, rev, "
                                          "writer) VALUES(?1, ?2, 1, ?3, 1, 1, 1)"));
            TZ_TRY(insert.bind(1, qint64(1000 + i)).bind(2, server.ids.next()).bind(3, values[i]).run());
            TZ_ASSIGN(Statement select,
                      writer.db().prepare("SELECT value FROM member WHERE entity = ?1 AND value = ?2"));
            TZ_ASSIGN(const bool found, select.bind(1, qint64(1000 + i)).bind(2, values[i]).step());
            CAPTURE(i);
            CHECK(found);
            CHECK(select.value(0) == values[i]);
            if (values[i].isText())
                CHECK(select.text(0) == values[i].toText());
            else
                CHECK(select.id(0) == values[i].toId());
        }
        return {};
    });
    REQUIRE_RESULT(done);
    // What a device says of itself is not judged by anybody.
    wire::LoginRequest login;
    login.user = QStringLiteral("admin");
    login.password = QStringLiteral("secret-admin");
    login.deviceName = QStringLiteral("A") + nothing + QStringLiteral("Z");
    CHECK(server.ask("/v1/login", {}, wire::encode(login)).status == 200);
    const auto devices = server.api->service().people().devices();
    REQUIRE_RESULT(devices);
    CHECK(devices->devices.front().name == login.deviceName);
}

TEST_CASE("reports read views in types that people expect", "[postgres]")
{
    const QString database = postgres().newDatabase();
    const QByteArray own = database.section(u'=', 1).toUtf8() + '.';
    ServerFixture server(database);
    Laptop admin(server, "admin");
    const Id kept = server.ids.next(), gone = server.ids.next();
    const wire::BatchAnswer made =
        admin.make({create("crm.account", kept,
                           {edit("name", text("华为")), edit("margin", Value(12)),
                            edit("tags", Value::fromSet({Value(QStringLiteral("b")), Value(QStringLiteral("a"))}))}),
                    newAccount(gone, "Gone")});
    REQUIRE(made.status == wire::BatchStatus::Accepted);
    REQUIRE(admin.make({remove("crm.account", gone, made.rev)}).status == wire::BatchStatus::Accepted);
    const QByteArray view = own + "report_crm_account";
    CHECK(postgres().run("SELECT count(*) FROM " + view) == "1");
    CHECK(QString::fromUtf8(postgres().run("SELECT name || ' ' || margin || ' ' || stage || ' ' || tags::text FROM " +
                                           view)) == QStringLiteral("华为 12 lead {a,b}"));
    CHECK(postgres().run("SELECT id FROM " + view) == kept.toString().toLatin1());
    const auto typeOf = [&](const char *column) {
        return postgres().run("SELECT pg_typeof(" + QByteArray(column) + ") FROM " + view);
    };
    CHECK(typeOf("id") == "uuid");
    CHECK(typeOf("owner") == "uuid");
    CHECK(typeOf("created_at") == "timestamp with time zone");
    CHECK(postgres().run("SELECT abs(extract(epoch FROM created_at) * 1000 - " +
                         QByteArray::number(server.clock.nowMs()) + ") < 100000 FROM " + view) == "t");

    // Rights on a view stay when the company adds a field of its own.
    postgres().run("DO $$ BEGIN CREATE ROLE analyst; EXCEPTION WHEN duplicate_object THEN END $$; GRANT SELECT ON " +
                   view + " TO analyst");
    const QString definition = QStringLiteral(R"({"name": "x_price", "type": "money", "label": "Price"})");
    REQUIRE(admin
                .make({create("foundation.custom_field", server.ids.next(),
                              {edit("entity", text("crm.account")), edit("name", text("x_price")),
                               edit("definition", Value(definition))})})
                .status == wire::BatchStatus::Accepted);
    REQUIRE(admin
                .make({create("crm.account", server.ids.next(),
                              {edit("name", text("B")), edit("x_price", Value(qint64(1'234'500)))})})
                .status == wire::BatchStatus::Accepted);
    CHECK(typeOf("x_price") == "numeric");
    CHECK(postgres().run("SELECT x_price FROM " + view + " WHERE name = 'B'") == "123.4500");
    CHECK(postgres().run("SELECT has_table_privilege('analyst', '" + view + "', 'SELECT')") == "t");
}

TEST_CASE("a schema with tables of others is left alone", "[postgres]")
{
    const QString database = postgres().newDatabase();
    const QByteArray schema = database.section(u'=', 1).toUtf8();
    postgres().run("CREATE SCHEMA " + schema + "; CREATE TABLE " + schema + ".theirs(a int)");
    ServerFixture lite{QString()};
    server::Environment environment = lite.environment;
    environment.database = database;
    REQUIRE_ERROR(server::Service::open(lite.folder.path(), lite.host, environment, true), "server.database_not_empty");
    REQUIRE_ERROR(server::Service::open(lite.folder.path(), lite.host, environment, false), "server.database_empty");
    CHECK(postgres().run("SELECT count(*) FROM " + schema + ".theirs") == "0");
}
