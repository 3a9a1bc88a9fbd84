// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/messages.h"
#include "core/sync/adminwire.h"
#include "core/sync/blobwire.h"
#include "core/sync/numberwire.h"
#include "server/api/rations.h"
#include "serverfixture.h"
#include "tests/support/postgres.h"

#include <latch>
#include <thread>

using namespace tz;
using namespace tz::test;

namespace {
Error errorOf(const server::Answer &answer)
{
    const auto error = wire::decodeError(answer.body);
    REQUIRE_RESULT(error);
    return *error;
}

server::Request pullRequest(const Laptop &laptop, const char *path, qint64 maxRows)
{
    wire::PullRequest pull;
    pull.cursor = {laptop.cursor.rev, laptop.cursor.chain.left(8)};
    pull.keysVersion = laptop.keys.version;
    pull.visibility = laptop.visibility;
    pull.maxRows = maxRows;
    server::Request request;
    request.path = path;
    request.token = laptop.token;
    request.body = wire::encode(pull);
    return request;
}

/// One page; takes over the keys but keeps no rows.
wire::Page page(ServerFixture &server, Laptop &laptop, const char *path, qint64 maxRows)
{
    for (;;) {
        const server::Answer answer = server.api->handle(pullRequest(laptop, path, maxRows));
        REQUIRE(answer.status == 200);
        const auto page = wire::decodePage(answer.body);
        REQUIRE_RESULT(page);
        if (!page->keys) {
            laptop.cursor = page->mark;
            return *page;
        }
        laptop.keys = *page->keys;
        laptop.visibility = *page->visibility;
    }
}
} // namespace

TEST_CASE("a device may greet sixty times an hour, and is told when it may again", "[server][limits]")
{
    ServerFixture server;
    Laptop one(server, "admin"), other(server, "admin");
    for (int i = 0; i < server::Hellos::perHour; ++i)
        REQUIRE_RESULT(one.hello());
    const auto refused = one.hello();
    REQUIRE_ERROR(refused, "server.too_many_hellos");
    CHECK(refused.error().params.value(QStringLiteral("status")).toInt() == 429);
    CHECK(refused.error().params.value(QStringLiteral("limit")).toInt() == 60);
    CHECK(refused.error().params.value(QStringLiteral("seconds")).toInt() == 60);
    const qint64 wait = refused.error().params.value(QStringLiteral("retry_after_ms")).toLongLong();
    CHECK(wait == 60'000);
    REQUIRE_RESULT(other.hello());
    server.clock.advanceMs(wait - 1);
    REQUIRE_ERROR(one.hello(), "server.too_many_hellos");
    server.clock.advanceMs(1);
    REQUIRE_RESULT(one.hello());
    REQUIRE_ERROR(one.hello(), "server.too_many_hellos");
    // What is not a greeting goes on.
    CHECK(one.pullOnce().has_value());
    CHECK(one.make({create("crm.note", server.ids.next(), {edit("text", text("A"))})}).rev > 0);
}

TEST_CASE("when very many come at once, each is told its own moment to go on", "[server][limits]")
{
    ManualClock clock;
    server::Hellos hellos(clock);
    std::vector<qint64> waits;
    for (int i = 0; i < 1000; ++i)
        waits.push_back(hellos.spreadMs());
    CHECK(std::ranges::count(waits, 0) == 200);
    CHECK(std::ranges::is_sorted(waits));
    CHECK(waits.back() == 16'000);
    clock.advanceMs(60'000);
    CHECK(hellos.spreadMs() == 0);
}

TEST_CASE("four backfills are served at once, the others are told their place in the line", "[server][limits]")
{
    ServerFixture server;
    Laptop writer(server, "admin");
    for (int i = 0; i < 8; ++i)
        writer.make({create("crm.note", server.ids.next(), {edit("text", text("A"))})});
    writer.pull();
    std::vector<std::unique_ptr<Laptop>> laptops;
    for (int i = 0; i < 6; ++i)
        laptops.push_back(std::make_unique<Laptop>(server, "admin"));
    for (int i = 0; i < 4; ++i) {
        const wire::Page first = page(server, *laptops[size_t(i)], "/v1/backfill", 1);
        CHECK(first.position == 0);
        CHECK(first.more);
    }
    wire::Page waiting = page(server, *laptops[4], "/v1/backfill", 1);
    CHECK(waiting.position == 1);
    CHECK(waiting.retryAfterMs == 1000);
    CHECK(waiting.tables.empty());
    CHECK(waiting.mark.rev == 0);
    waiting = page(server, *laptops[5], "/v1/backfill", 1);
    CHECK(waiting.position == 2);
    CHECK(waiting.retryAfterMs == 2000);
    // The way for news is no way around the line.
    CHECK(page(server, *laptops[5], "/v1/pull", 1).position == 2);
    // A laptop that is served goes on; news of others do not wait.
    CHECK(page(server, *laptops[0], "/v1/backfill", 1).position == 0);
    writer.make({create("crm.note", server.ids.next(), {edit("text", text("B"))})});
    const auto news = writer.pullOnce();
    REQUIRE_RESULT(news);
    CHECK(news->position == 0);
    CHECK(news->tables.size() == 1);

    // The first is through: the next in the line takes its place, the one behind moves up.
    while (page(server, *laptops[0], "/v1/backfill", 50).more) {
    }
    CHECK(page(server, *laptops[5], "/v1/backfill", 1).position == 1 + 1 - 1);
    CHECK(page(server, *laptops[4], "/v1/backfill", 1).position == 0);
    CHECK(page(server, *laptops[5], "/v1/backfill", 1).position == 1);
    // Those who were served and went away lose their place.
    server.clock.advanceMs(31'000);
    CHECK(page(server, *laptops[5], "/v1/backfill", 1).position == 0);
}

TEST_CASE("whoever waits in the line and goes away holds up nobody", "[server][limits]")
{
    ManualClock clock;
    server::BackfillLine line(clock);
    const auto id = [](int n) { return Id::fromName(QString::number(n)); };
    for (int n = 0; n < 4; ++n)
        CHECK(line.ask(id(n)).position == 0);
    CHECK(line.ask(id(4)).position == 1);
    CHECK(line.ask(id(5)).position == 2);
    // 4 never comes back; 5 does.
    clock.advanceMs(20'000);
    CHECK(line.ask(id(5)).position == 2);
    clock.advanceMs(20'000);
    CHECK(line.ask(id(5)).position == 1);
    // What is under way keeps its place however long it takes.
    line.finished(id(0), true);
    CHECK(line.ask(id(5)).position == 0);
    CHECK(line.ask(id(6)).position == 1);
    line.finished(id(1), false);
    CHECK(line.ask(id(6)).position == 1);
    clock.advanceMs(31'000);
    CHECK(line.ask(id(6)).position == 0);
}

TEST_CASE("a request that cannot be answered in its time says so and leaves nothing half done", "[server][limits]")
{
    ServerFixture server;
    Laptop anna(server, "admin");
    anna.pull();
    SECTION("it waited too long before anybody looked at it")
    {
        server::Request request = pullRequest(anna, "/v1/pull", 100);
        request.deadline = std::chrono::steady_clock::now() - std::chrono::milliseconds(1);
        const server::Answer answer = server.api->handle(request);
        CHECK(answer.status == 503);
        CHECK(errorOf(answer).code == "server.too_slow");
        request.deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        CHECK(server.api->handle(request).status == 200);
    }
    SECTION("reading takes too long")
    {
        // On PostgreSQL writing takes longer, and so does reading.
        const int pushes = PostgresServer::isWanted() ? 3 : 20;
        for (int i = 0; i < pushes; ++i) {
            std::vector<Change> notes;
            for (int k = 0; k < 1000; ++k)
                notes.push_back(create("crm.note", server.ids.next(), {edit("text", text("A"))}));
            anna.make(std::move(notes));
        }
        server::Request request = pullRequest(anna, "/v1/pull", limits::pageRows);
        request.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
        const server::Answer answer = server.api->handle(request);
        CHECK(answer.status == 503);
        CHECK(errorOf(answer).code == "server.too_slow");
        // The connection is as good as before.
        const Result<wire::Page> whole = anna.pullOnce();
        REQUIRE_RESULT(whole);
        CHECK(whole->tables.at(0).rows.size() == size_t(pushes) * 1000);
    }
    SECTION("the turn does not come in time")
    {
        std::latch held(1), letGo(1);
        std::thread other([&] {
            const auto done = server.api->service().committer().runTransaction([&](server::Connection &) -> Result<> {
                held.count_down();
                letGo.wait();
                return {};
            });
            CHECK(done.has_value());
        });
        held.wait();
        const Id id = server.ids.next();
        wire::PushRequest push;
        push.base = {anna.cursor.rev, anna.cursor.chain.left(8)};
        push.batches = {anna.batch({create("crm.note", id, {edit("text", text("late"))})})};
        server::Request request;
        request.path = "/v1/push";
        request.token = anna.token;
        request.body = wire::encode(push);
        request.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
        const server::Answer answer = server.api->handle(request);
        letGo.count_down();
        other.join();
        CHECK(answer.status == 503);
        CHECK(errorOf(answer).code == "server.too_slow");
        anna.pull();
        CHECK_FALSE(anna.has(note, id));
        request.deadline.reset();
        CHECK(server.api->handle(request).status == 200);
        anna.pull();
        CHECK(anna.has(note, id));
    }
}

TEST_CASE("a list that is longer than any of ours is refused with its limit before anything is done",
          "[server][limits][hostile]")
{
    ServerFixture server;
    Laptop anna(server, "admin");
    const auto refused = [&](const char *path, const QByteArray &cbor, qint64 limit, const char *code) {
        INFO(path);
        const server::Answer answer = server.ask(path, anna.token, cbor, false);
        CHECK(answer.status == 413);
        const Error error = errorOf(answer);
        CHECK(error.code == code);
        CHECK(error.params.value(QStringLiteral("limit")).toLongLong() == limit);
    };
    wire::HelloRequest hello;
    hello.marks.resize(65);
    refused("/v1/hello", wire::encode(hello), 64, "wire.too_large");
    wire::PullRequest pull;
    pull.backfill.resize(100'001);
    for (const char *path : {"/v1/pull", "/v1/backfill"})
        refused(path, wire::encode(pull), 100'000, "wire.too_large");
    wire::NumbersRequest numbers;
    numbers.stocks.resize(size_t(wire::stocksPerRequest) + 1);
    refused("/v1/numbers", wire::encode(numbers), wire::stocksPerRequest, "wire.too_large");
    wire::BlobLook look;
    look.refs.resize(size_t(wire::blobsPerLook) + 1, {account, anna.user, account, QByteArray(32, 'x')});
    refused("/v1/blob/look", wire::encode(look), wire::blobsPerLook, "wire.too_large");
    wire::BlobOffer offer;
    offer.ref = look.refs.front();
    offer.pieces.resize(2049, QByteArray(32, 'x'));
    refused("/v1/blob", wire::encode(offer), 2048, "wire.too_large");
    wire::PushRequest push;
    push.batches = {anna.batch({create("crm.note", server.ids.next(), std::vector<FieldEdit>(2001))})};
    refused("/v1/push", wire::encode(push), 2000, "wire.too_large");
    // Of records that are asked about, more than so many are not answered.
    wire::StateRequest state;
    state.records = {{note, std::vector<Id>(size_t(limits::statesPerRequest) + 1, Id::fromName(u"x"))}};
    const auto answered = wire::decodeStateAnswer(server.ask("/v1/state", anna.token, wire::encode(state), false).body);
    REQUIRE_RESULT(answered);
    CHECK(answered->unknown.front().ids.size() == size_t(limits::statesPerRequest));
    anna.lastNo = 0;
    CHECK(anna.make({create("crm.note", server.ids.next(), {edit("text", text("x"))})}).status ==
          wire::BatchStatus::Accepted);
}

TEST_CASE("a backfill under way does not hold the committer", "[server][limits]")
{
    ServerFixture server;
    Laptop anna(server, "admin");
    anna.make({create("crm.note", server.ids.next(), {edit("text", text("A"))})});
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    const auto snapshot = server::Snapshot::begin((*connection)->db());
    REQUIRE_RESULT(snapshot);
    auto rows = (*connection)->db().prepare("SELECT id FROM crm_note");
    REQUIRE_RESULT(rows);
    REQUIRE(rows->step().value());
    // On this very thread: if a reader held it up, this would never end.
    CHECK(anna.make({create("crm.note", server.ids.next(), {edit("text", text("B"))})}).rev > 0);
}

TEST_CASE("every limit has a sentence of its own", "[server][limits]")
{
    for (const char *code : {"wire.too_large", "wire.ratio_too_high", "wire.too_deep", "wire.field_too_large",
                             "wire.too_many_changes", "wire.too_many_batches", "net.header_too_large",
                             "net.length_required", "net.too_many_connections", "auth.too_many_devices", "auth.wait",
                             "server.too_many_hellos", "server.too_slow", "server.busy", "sync.in_line"}) {
        CAPTURE(code);
        CHECK(hasSentence(code));
    }
}
