// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/states.h"
#include "serverfixture.h"

#include <sqlite3.h>

using namespace tz;
using namespace tz::test;

TEST_CASE("rows of other teams and hidden fields are not in a single byte that is sent", "[server][pull][permissions]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("shen", {QStringLiteral("sales")}, "South");
    server.addUser("boss", {QStringLiteral("sales_manager")});
    Laptop anna(server, "anna"), shen(server, "shen"), boss(server, "boss");
    const Id north = server.ids.next(), south = server.ids.next(), child = server.ids.next(), hush = server.ids.next();
    anna.make({create("crm.account", north, {edit("name", text("NORTHERN-MARK"))})});
    shen.make({create("crm.account", south, {edit("name", text("SOUTHERN-MARK"))}),
               create("crm.contact", child, {edit("name", text("SOUTHERN-CHILD")), edit("account", Value(south))})});
    boss.pull();
    boss.make(
        {update("crm.account", north, boss.revOf(account, north), {edit("margin", Value(qint64(987654321987)))})});
    Laptop admin(server, "admin");
    admin.make({create("crm.secret", hush, {edit("text", text("SECRET-MARK"))})});

    anna.pull();
    CHECK(anna.has(account, north));
    CHECK_FALSE(anna.has(account, south));
    CHECK_FALSE(anna.has(contact, child));
    CHECK_FALSE(anna.records.contains(secret));
    CHECK_FALSE(anna.records.value(account).value(north).values.contains(QStringLiteral("margin")));
    CHECK_FALSE(anna.everything.contains("SOUTHERN"));
    CHECK_FALSE(anna.everything.contains("SECRET-MARK"));
    CHECK_FALSE(anna.everything.contains("margin"));
    CHECK_FALSE(anna.everything.contains(south.toBytes()));
    CHECK_FALSE(anna.everything.contains(QByteArray::fromHex("1b000000e5f4c8") /* no part of the number either */));

    // Asked directly, what may not be seen is answered like what does not exist.
    const auto probe = [&](Change change) {
        const auto answer = anna.make({std::move(change)});
        CHECK(answer.status == wire::BatchStatus::Refused);
        return answer.reasons.at(0).error.toString().replace(QStringLiteral("crm.account"), QString());
    };
    CHECK(probe(update("crm.account", south, 0, {edit("name", text("mine"))})) ==
          probe(update("crm.account", Id::fromName(u"nowhere"), 0, {edit("name", text("mine"))})));
    CHECK(probe(remove("crm.account", south, 0)) == probe(remove("crm.account", Id::fromName(u"nowhere"), 0)));
    const auto hidden = anna.make({update("crm.account", north, 0, {edit("margin", Value(5))})});
    CHECK(hidden.reasons.at(0).error.code == "access.field_hidden");

    wire::HistoryRequest history;
    history.entity = account;
    history.id = south;
    CHECK(server.ask("/v1/history", anna.token, wire::encode(history)).status == 404);
    history.id = north;
    const server::Answer items = server.ask("/v1/history", anna.token, wire::encode(history));
    REQUIRE(items.status == 200);
    CHECK_FALSE(items.body.contains("margin"));
    const auto decoded = wire::decodeHistoryAnswer(items.body);
    REQUIRE_RESULT(decoded);
    CHECK_FALSE(decoded->items.empty());
    CHECK(wire::decodeHistoryAnswer(server.ask("/v1/history", boss.token, wire::encode(history)).body)->items.size() >
          decoded->items.size());

    boss.pull();
    CHECK(boss.has(account, south));
    CHECK(boss.held(account, north, "margin") == Value(qint64(987654321987)));
}

TEST_CASE("a team is seen with all below it", "[server][pull][permissions]")
{
    ServerFixture server;
    server.addUser("top", {QStringLiteral("sales")}, "North");
    server.addUser("low", {QStringLiteral("sales")}, "North/Berlin");
    Laptop top(server, "top"), low(server, "low");
    const Id above = server.ids.next(), below = server.ids.next();
    top.make({create("crm.account", above, {edit("name", text("above"))})});
    low.make({create("crm.account", below, {edit("name", text("below"))})});
    top.pull();
    low.pull();
    CHECK(top.has(account, above));
    CHECK(top.has(account, below));
    CHECK(low.has(account, below));
    CHECK_FALSE(low.has(account, above));
}

TEST_CASE("a record that is given away leaves the laptop with its children, and one that comes back is sent",
          "[server][pull]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    const Id shen = server.addUser("shen", {QStringLiteral("sales")}, "South");
    server.addUser("boss", {QStringLiteral("sales_manager")});
    Laptop anna(server, "anna"), south(server, "shen"), boss(server, "boss");
    const Id id = server.ids.next(), child = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("moving"))}),
               create("crm.contact", child, {edit("name", text("child")), edit("account", Value(id))})});
    anna.pull();
    south.pull();
    REQUIRE(anna.has(contact, child));
    boss.pull();
    const Value annas = boss.held(account, id, "owner");
    REQUIRE(
        boss.make({update("crm.account", id, boss.revOf(account, id), {edit("owner", Value(shen), annas)})}).status ==
        wire::BatchStatus::Accepted);
    anna.pull();
    south.pull();
    CHECK_FALSE(anna.has(account, id));
    CHECK_FALSE(anna.has(contact, child));
    CHECK(south.has(account, id));
    CHECK(south.has(contact, child));
    boss.pull();
    boss.make({update("crm.account", id, boss.revOf(account, id), {edit("owner", annas, Value(shen))})});
    anna.pull();
    south.pull();
    CHECK(anna.has(account, id));
    CHECK(anna.has(contact, child));
    CHECK_FALSE(south.has(account, id));
}

TEST_CASE("pages are cut between revisions and end with everything", "[server][pull]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    constexpr int batches = 40;
    constexpr int each = 25;
    for (int i = 0; i < batches; ++i) {
        std::vector<Change> changes;
        for (int k = 0; k < each; ++k)
            changes.push_back(create("crm.note", server.ids.next(), {edit("text", text("n"))}));
        admin.make(std::move(changes));
    }
    Laptop other(server, "admin");
    other.pull();
    const int wholePages = other.pages;
    Laptop slow(server, "admin");
    slow.pull(60);
    CHECK(slow.pages > wholePages + 10);
    CHECK(slow.records.value(note).size() == batches * each);
    CHECK(slow.cursor.rev == other.cursor.rev);
    CHECK(slow.cursor.chain == other.cursor.chain);
    const auto quiet = slow.pullOnce();
    REQUIRE_RESULT(quiet);
    CHECK(quiet->tables.empty());
    CHECK_FALSE(quiet->more);
}

TEST_CASE("another team means other keys; what they grant is backfilled", "[server][pull]")
{
    ServerFixture server;
    const Id annaId = server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("shen", {QStringLiteral("sales")}, "South");
    Laptop anna(server, "anna"), shen(server, "shen"), admin(server, "admin");
    std::vector<Id> southern;
    for (int i = 0; i < 9; ++i) {
        southern.push_back(server.ids.next());
        shen.make({create("crm.account", southern.back(), {edit("name", text("south"))})});
    }
    anna.pull();
    CHECK(anna.records.value(account).isEmpty());
    admin.pull();
    const Value team = admin.held(QStringLiteral("foundation.user"), shen.user, "team");
    REQUIRE(admin
                .make({update("foundation.user", annaId, 0,
                              {edit("team", team, admin.held(QStringLiteral("foundation.user"), annaId, "team"))})})
                .status == wire::BatchStatus::Accepted);
    const auto page = anna.pullOnce();
    REQUIRE_RESULT(page);
    REQUIRE(page->keys);
    CHECK(page->tables.empty());
    std::vector<wire::Backfill> gained;
    for (const qint64 key : page->keys->keys) {
        if (!std::binary_search(anna.keys.keys.begin(), anna.keys.keys.end(), key))
            gained.push_back({key, 0});
    }
    REQUIRE_FALSE(gained.empty());
    wire::PullRequest request;
    request.cursor = {anna.cursor.rev, anna.cursor.chain.left(8)};
    request.keysVersion = page->keys->version;
    request.visibility = *page->visibility;
    request.backfill = gained;
    request.maxRows = 4;
    std::set<Id> came;
    bool more = true;
    int pages = 0;
    for (; more && pages < 20; ++pages) {
        const auto next = wire::decodePage(server.ask("/v1/pull", anna.token, wire::encode(request)).body);
        REQUIRE_RESULT(next);
        for (const wire::TableRows &table : next->tables) {
            if (table.entity == account) {
                for (const wire::Row &row : table.rows)
                    came.insert(row.id);
            }
        }
        request.cursor = {next->mark.rev, next->mark.chain.left(8)};
        request.backfill.clear();
        for (const wire::Backfill &state : next->backfilled) {
            if (state.fromRev <= next->mark.rev)
                request.backfill.push_back(state);
        }
        more = next->more;
    }
    CHECK(came == std::set<Id>(southern.begin(), southern.end()));
    CHECK(pages >= 3);
    CHECK(request.backfill.empty());
}

TEST_CASE("a commit wakes whom it concerns and nobody else", "[server][live]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    server.addUser("shen", {QStringLiteral("sales")}, "South");
    Laptop anna(server, "anna"), bo(server, "bo"), shen(server, "shen");
    std::vector<server::Commit> commits;
    server.api->setCommitHandler([&](const server::Commit &commit) { commits.push_back(commit); });
    anna.make({create("crm.account", server.ids.next(), {edit("name", text("A"))})});
    REQUIRE(commits.size() == 1);
    CHECK(commits[0].onlyAuthor == anna.device);
    const auto hears = [&](const Laptop &laptop) {
        const auto who = server.api->listener(laptop.token);
        REQUIRE_RESULT(who);
        std::vector<qint64> both;
        std::set_intersection(who->keys.begin(), who->keys.end(), commits[0].keys.begin(), commits[0].keys.end(),
                              std::back_inserter(both));
        return !both.empty();
    };
    CHECK(hears(bo));
    CHECK_FALSE(hears(shen));
    CHECK_FALSE(commits[0].scopesChanged);
    server.addUser("new", {QStringLiteral("sales")}, "North");
    CHECK(commits.back().scopesChanged);
    server.api->setCommitHandler({});
}

TEST_CASE("a page and an answer ask a few questions, however many records they bring", "[server][pull]")
{
    ServerFixture server;
    const Id anna = server.addUser("anna", {QStringLiteral("sales")}, "North");
    const Id boss = server.addUser("boss", {QStringLiteral("sales_manager")});
    Laptop laptop(server, "anna");
    // More than are asked for at once, and not a multiple of it.
    constexpr int records = 150;
    std::vector<Change> changes;
    std::vector<Id> ids;
    for (int i = 0; i < records; ++i) {
        ids.push_back(server.ids.next());
        const ValueList tags{Value(QStringLiteral("all")), Value(QStringLiteral("tag %1").arg(i % 7))};
        changes.push_back(create("crm.account", ids.back(), {edit("name", text("x")), edit("tags", Value(tags))}));
    }
    REQUIRE(laptop.make(std::move(changes)).status == wire::BatchStatus::Accepted);
    ids.push_back(Id::fromName(u"nowhere"));

    server::Service &service = server.api->service();
    auto connection = service.storage().read();
    REQUIRE_RESULT(connection);
    sqlite3 *const handle = (*connection)->db().handle();
    int questions = 0;
    if (handle) {
        sqlite3_trace_v2(
            handle, SQLITE_TRACE_STMT,
            [](unsigned, void *count, void *, void *) {
                ++*static_cast<int *>(count);
                return 0;
            },
            &questions);
    }
    for (const Id &user : {anna, boss}) {
        const auto scope = service.scopes().of(**connection, user);
        REQUIRE_RESULT(scope);
        server::States states(**connection, **scope);
        const Entity &entity = *(*connection)->catalog().entity(account);
        const qsizetype tags = [&] { return states.table(entity)->rows.fields.indexOf(QStringLiteral("tags")); }();
        auto byId = states.table(entity);
        questions = 0;
        const auto others = states.add(*byId, std::span<const Id>(ids));
        REQUIRE_RESULT(others);
        CHECK(*others == std::vector{ids.back()});
        CHECK(questions <= 3 * 3);
        REQUIRE(byId->rows.rows.size() == size_t(records));
        for (int i = 0; i < records; ++i) {
            const wire::Row &row = byId->rows.rows[size_t(i)];
            CHECK(row.id == ids[size_t(i)]);
            CHECK(row.values[size_t(tags)] ==
                  Value::fromSet({Value(QStringLiteral("all")), Value(QStringLiteral("tag %1").arg(i % 7))}));
        }
        if (user == anna)
            continue;
        auto range = states.table(entity);
        questions = 0;
        REQUIRE_RESULT(states.addRange(*range, 0, std::numeric_limits<qint64>::max()));
        CHECK(questions <= 2);
        const auto byIds = [](const wire::Row &a, const wire::Row &b) { return a.id < b.id; };
        std::ranges::sort(range->rows.rows, byIds);
        std::ranges::sort(byId->rows.rows, byIds);
        REQUIRE(range->rows.rows.size() == byId->rows.rows.size());
        for (size_t i = 0; i < range->rows.rows.size(); ++i)
            CHECK(range->rows.rows[i].values == byId->rows.rows[i].values);
    }
    if (handle)
        sqlite3_trace_v2(handle, 0, nullptr, nullptr);
}
