// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "serverfixture.h"

#include "core/sync/digest.h"
#include "server/storage/digests.h"
#include "tests/support/postgres.h"

#include <QFile>

using namespace tz;
using namespace tz::test;

namespace {

Result<wire::StateAnswer> statesOf(Laptop &laptop, std::vector<wire::EntityIds> records, wire::Mark newest = {})
{
    wire::StateRequest request;
    request.newest = std::move(newest);
    request.records = std::move(records);
    const server::Answer answer = laptop.server.ask("/v1/state", laptop.token, wire::encode(request));
    laptop.everything += answer.body;
    if (answer.status != 200)
        return fail(*wire::decodeError(answer.body));
    return wire::decodeStateAnswer(answer.body);
}

std::vector<Id> idsIn(const std::vector<wire::EntityIds> &lists, const QString &entity)
{
    for (const wire::EntityIds &list : lists) {
        if (list.entity == entity)
            return list.ids;
    }
    return {};
}

std::map<qint64, std::pair<qint64, qint64>> digestsOf(ServerFixture &server)
{
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    auto select = (*connection)->db().prepare("SELECT key, n, sum FROM digest WHERE n <> 0 OR sum <> 0");
    REQUIRE_RESULT(select);
    std::map<qint64, std::pair<qint64, qint64>> all;
    while (select->step().value())
        all[select->integer(0)] = {select->integer(1), select->integer(2)};
    return all;
}

/// Counted anew from the records.
std::map<qint64, std::pair<qint64, qint64>> recounted(ServerFixture &server)
{
    // In its turn: the program may be writing by itself.
    const auto count = [](server::Connection &writer) -> Result<> {
        TZ_TRY(writer.db().execute("DELETE FROM setting WHERE name = 'digests'"));
        return server::ensureDigests(writer.db(), *writer.model);
    };
    const Result<> counted = server.api->service().committer().runTransaction(count);
    REQUIRE_RESULT(counted);
    return digestsOf(server);
}

} // namespace

TEST_CASE("the server says what it holds of records, and no more than the user may see", "[server][state][permissions]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("shen", {QStringLiteral("sales")}, "South");
    Laptop anna(server, "anna"), shen(server, "shen"), admin(server, "admin");
    const Id own = server.ids.next(), deleted = server.ids.next(), foreign = server.ids.next(),
             hush = server.ids.next(), never = server.ids.next();
    const qint64 made = anna.make({create("crm.account", own, {edit("name", text("Own"))}),
                                   create("crm.account", deleted, {edit("name", text("Deleted"))})})
                            .rev;
    anna.make({remove("crm.account", deleted, made)});
    shen.make({create("crm.account", foreign, {edit("name", text("FOREIGN-MARK"))})});
    admin.make({create("crm.secret", hush, {edit("text", text("SECRET-MARK"))})});

    const auto answer = statesOf(
        anna,
        {{account, {own, deleted, foreign, never}}, {secret, {hush, never}}, {QStringLiteral("crm.no"), {never}}});
    REQUIRE_RESULT(answer);
    REQUIRE(answer->tables.size() == 1);
    REQUIRE(answer->tables[0].rows.size() == 1);
    CHECK(answer->tables[0].rows[0].id == own);
    CHECK_FALSE(answer->tables[0].fields.contains(QStringLiteral("margin")));
    CHECK(idsIn(answer->gone, account) == std::vector<Id>{deleted});
    CHECK(idsIn(answer->evict, account) == std::vector<Id>{foreign});
    CHECK(idsIn(answer->unknown, account) == std::vector<Id>{never});
    // What is not served at all is there or not, and nothing more is said.
    CHECK(idsIn(answer->evict, secret) == std::vector<Id>{hush});
    CHECK(idsIn(answer->unknown, secret) == std::vector<Id>{never});
    CHECK(idsIn(answer->unknown, QStringLiteral("crm.no")) == std::vector<Id>{never});
    CHECK_FALSE(anna.everything.contains("FOREIGN-MARK"));
    CHECK_FALSE(anna.everything.contains("SECRET-MARK"));
    CHECK(answer->mark.rev > made);
    CHECK_FALSE(answer->keys.keys.empty());

    // Of more than a request may hold the rest is not answered, and is asked for again.
    std::vector<Id> many(size_t(limits::statesPerRequest) + 5, never);
    const auto cut = statesOf(anna, {{account, many}});
    REQUIRE_RESULT(cut);
    CHECK(idsIn(cut->unknown, account).size() == size_t(limits::statesPerRequest));

    CHECK(server.ask("/v1/state", {}, wire::encode(wire::StateRequest())).status == 401);
    CHECK(server.ask("/v1/state", anna.token, "nonsense").status == 400);
    REQUIRE_ERROR(statesOf(anna, {}, {made, QByteArray(8, 'x')}), "sync.history");
}

TEST_CASE("what a device was answered beyond its cursor must be of this history too", "[server][history]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    admin.pull();
    const auto pushed =
        admin.push({admin.batch({create("crm.account", server.ids.next(), {edit("name", text("A"))})})});
    REQUIRE_RESULT(pushed);
    CHECK(pushed->mark.rev == pushed->answers[0].rev);
    CHECK(pushed->mark.chain.size() == 16);
    wire::PullRequest pull;
    pull.cursor = {admin.cursor.rev, admin.cursor.chain.left(8)};
    pull.keysVersion = admin.keys.version;
    pull.visibility = admin.visibility;
    pull.newest = {pushed->mark.rev, pushed->mark.chain.left(8)};
    CHECK(server.ask("/v1/pull", admin.token, wire::encode(pull)).status == 200);
    // The cursor is known; what was answered later is of a history that went with a failover.
    for (const char *path : {"/v1/pull", "/v1/backfill"}) {
        pull.newest.chain = QByteArray(8, 'x');
        CHECK(server.ask(path, admin.token, wire::encode(pull)).status == 409);
        pull.newest = {pushed->mark.rev + 100, pushed->mark.chain.left(8)};
        CHECK(wire::decodeError(server.ask(path, admin.token, wire::encode(pull)).body)->is("sync.history"));
    }
}

TEST_CASE("the same batch after a failover is of another history: its times may be others", "[server][history]")
{
    if (PostgresServer::isWanted())
        return;
    ServerFixture server;
    Laptop admin(server, "admin");
    admin.pull();
    // The standby that takes over does not have the last commit.
    const QString path = server.folder.filePath(QStringLiteral("server.sqlite"));
    const QString standby = server.folder.filePath(QStringLiteral("standby"));
    server.api.reset();
    REQUIRE(QFile::copy(path, standby));
    server.reopen();
    const Batch batch = admin.batch({create("crm.account", server.ids.next(), {edit("name", text("A"))})});
    const auto before = admin.push({batch});
    REQUIRE_RESULT(before);
    server.api.reset();
    REQUIRE(QFile::remove(path));
    REQUIRE(QFile::rename(standby, path));
    server.reopen();
    server.clock.advanceMs(60'000);
    const auto after = admin.push({batch});
    REQUIRE_RESULT(after);
    CHECK(after->mark.rev == before->mark.rev);
    CHECK(after->mark.chain != before->mark.chain);
}

TEST_CASE("edits on a revision that the server has lost are judged by what they replaced", "[server][push][history]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales_manager")});
    server.addUser("bert", {QStringLiteral("sales_manager")});
    Laptop anna(server, "anna"), bert(server, "bert");
    const Id id = server.ids.next();
    const qint64 made = anna.make({create("crm.account", id,
                                          {edit("name", text("A")), edit("industry", text("old")),
                                           edit("tags", Value::fromSet({Value(QStringLiteral("vip"))}))})})
                            .rev;
    const qint64 lost = lostAfter(made);

    SECTION("in the order in which they followed each other nothing conflicts")
    {
        // Bert had changed it after he had seen Anna's change; both come again.
        CHECK(anna.make({update("crm.account", id, made, {edit("industry", text("hers"), text("old"))})})
                  .conflicts.empty());
        const auto his = bert.make({update("crm.account", id, lost, {edit("industry", text("his"), text("hers"))})});
        CHECK(his.status == wire::BatchStatus::Accepted);
        CHECK(his.conflicts.empty());
        bert.pull();
        CHECK(bert.held(account, id, "industry") == text("his"));
        CHECK(bert.records.value(conflict).isEmpty());
    }
    SECTION("what nobody has changed since both agreed is simply written")
    {
        // What was replaced is of a batch that was refused this time.
        const auto his = bert.make({update("crm.account", id, lost, {edit("industry", text("his"), text("gone"))})});
        CHECK(his.status == wire::BatchStatus::Accepted);
        CHECK(his.conflicts.empty());
    }
    SECTION("what somebody wrote meanwhile in this history is a conflict")
    {
        anna.make({update("crm.account", id, made, {edit("industry", text("hers"), text("old"))})});
        const auto his = bert.make({update("crm.account", id, lost, {edit("industry", text("his"), text("old"))})});
        CHECK(his.status == wire::BatchStatus::Accepted);
        anna.pull();
        CHECK(anna.records.value(conflict).size() + his.conflicts.size() == 1);
    }
    SECTION("a deletion does not take away what somebody wrote meanwhile")
    {
        anna.make({update("crm.account", id, made, {edit("industry", text("hers"), text("old"))})});
        const auto refused = bert.make({remove("crm.account", id, lost)});
        REQUIRE(refused.status == wire::BatchStatus::Refused);
        CHECK(refused.reasons[0].error.is("record.changed_meanwhile"));
        CHECK(bert.make({remove("crm.account", id, lostAfter(made + 1))}).status == wire::BatchStatus::Accepted);
    }
    SECTION("a member that was there when both agreed may be taken away")
    {
        Change off = update("crm.account", id, lost, {});
        off.kind = ChangeKind::Member;
        off.name = QStringLiteral("tags");
        off.member = Value(QStringLiteral("vip"));
        off.present = false;
        CHECK(bert.make({off}).status == wire::BatchStatus::Accepted);
        bert.pull();
        CHECK(bert.held(account, id, "tags").toList().empty());
    }
}

TEST_CASE("the sums that the server keeps are those of the records that are there", "[server][sums]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    const Id shen = server.addUser("shen", {QStringLiteral("sales")}, "South");
    Laptop anna(server, "anna"), admin(server, "admin");
    std::vector<Id> accounts;
    SeededEntropy dice(5);
    for (int i = 0; i < 60; ++i) {
        const Id id = accounts.empty() ? Id() : accounts[dice.next64() % accounts.size()];
        Laptop &who = dice.next64() % 2 ? anna : admin;
        const qint64 seen = qint64(1) << 40;
        switch (id.isNull() ? 0 : dice.next64() % 7) {
        case 0:
            accounts.push_back(server.ids.next());
            who.make({create("crm.account", accounts.back(), {edit("name", text("A"))}),
                      create("crm.contact", server.ids.next(),
                             {edit("name", text("C")), edit("account", Value(accounts.back()))})});
            break;
        case 1:
            who.make({update("crm.account", id, seen, {edit("name", Value(QStringLiteral("A%1").arg(i)))})});
            break;
        case 2:
            who.make({remove("crm.account", id, seen)});
            break;
        case 3:
            who.make({restore("crm.account", id, seen)});
            break;
        case 4:
            admin.make({update("crm.account", id, seen, {edit("owner", Value(dice.next64() % 2 ? shen : anna.user))})});
            break;
        case 5:
            who.make({create("crm.contact", server.ids.next(), {edit("name", text("C")), edit("account", Value(id))})});
            break;
        default:
            // The second change is refused, and the batch with it.
            who.make({update("crm.account", id, seen, {edit("name", text("Never"))}),
                      update("crm.account", server.ids.next(), seen, {edit("name", text("Nobody"))})});
        }
    }
    CHECK(digestsOf(server) == recounted(server));

    // They come with the page that ends the feed, where they are asked for, of this user's keys alone.
    anna.pull();
    wire::PullRequest pull;
    pull.cursor = {anna.cursor.rev, anna.cursor.chain.left(8)};
    pull.keysVersion = anna.keys.version;
    pull.visibility = anna.visibility;
    const auto page = [&] { return *wire::decodePage(server.ask("/v1/pull", anna.token, wire::encode(pull)).body); };
    CHECK(page().sums.empty());
    pull.sums = true;
    const wire::Page summed = page();
    CHECK(summed.sums.size() == anna.keys.keys.size());
    std::map<qint64, Digest> held;
    for (auto entity = anna.records.cbegin(); entity != anna.records.cend(); ++entity) {
        for (auto copy = entity->cbegin(); copy != entity->cend(); ++copy) {
            for (const qint64 position : copy->keys)
                held[anna.keys.keys[size_t(position)]].add(copy.key(), copy->rev);
        }
    }
    for (const wire::Sum &sum : summed.sums) {
        CAPTURE(sum.entity.toStdString(), sum.key);
        CHECK(held[sum.key].n == sum.n);
        CHECK(held[sum.key].stored() == sum.sum);
    }
    // While more is to come there are none; nor before the keys are known.
    anna.make({create("crm.note", server.ids.next(), {edit("text", text("n"))})});
    anna.make({create("crm.note", server.ids.next(), {edit("text", text("n"))})});
    pull.maxRows = 1;
    CHECK(page().more);
    CHECK(page().sums.empty());
    pull.keysVersion = 1;
    CHECK(page().sums.empty());
}
