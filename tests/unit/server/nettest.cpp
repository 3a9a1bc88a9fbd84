// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "sockets.h"

#include <latch>

using namespace tz;
using namespace tz::test;

TEST_CASE("health, metrics and errors over a socket", "[server][net]")
{
    Listening server;
    Socket socket(server.port());
    REQUIRE(socket.connected());
    socket.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    QByteArray answer = socket.readAnswer();
    CHECK(statusOf(answer) == 200);
    CHECK(answer.endsWith("{\"status\":\"ok\"}"));
    socket.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    answer = socket.readAnswer();
    CHECK(answer.contains("tongzhou_http_requests_total 2"));
    socket.send("GET /elsewhere HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n");
    answer = socket.readAnswer();
    CHECK(statusOf(answer) == 404);
    CHECK(answer.contains("server.unknown_path"));
    socket.send(post("/v1/pull", "wrong", wire::compress("x")));
    CHECK(statusOf(socket.readAnswer()) == 401);
}

TEST_CASE("plain HTTP is for loopback only", "[server][net]")
{
    ServerFixture fixture;
    server::NetOptions options;
    options.address = QStringLiteral("0.0.0.0");
    REQUIRE_ERROR(server::HttpServer::listen(*fixture.api, options), "net.tls_required");
    options.address = QStringLiteral("nowhere");
    REQUIRE_ERROR(server::HttpServer::listen(*fixture.api, options), "net.bad_address");
    options.address = QStringLiteral("127.0.0.1");
    options.certificateFile = options.keyFile = QStringLiteral("/nonexistent.pem");
    REQUIRE_ERROR(server::HttpServer::listen(*fixture.api, options), "net.certificate");
}

TEST_CASE("the wake-up channel is told at once, then at most once in its interval, and always at last",
          "[server][net][live]")
{
    Listening server;
    server.fixture.addUser("anna", {QStringLiteral("sales")}, "North");
    server.fixture.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server.fixture, "anna"), bo(server.fixture, "bo");
    Socket live(server.port());
    live.send(
        "GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
        bo.token + "\r\n\r\n");
    const QByteArray opened = live.read(
        [](const QByteArray &bytes) { return bytes.indexOf("\r\n\r\n") > 0 && !bytes.endsWith("\r\n\r\n"); }, 5000);
    REQUIRE(statusOf(opened) == 101);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));

    std::vector<qint64> waits;
    for (int i = 0; i < 20; ++i) {
        const auto answer = anna.make({create("crm.account", server.fixture.ids.next(), {edit("name", text("A"))})});
        const QByteArray expected = QByteArray::number(answer.rev);
        const auto start = Ticker::now();
        const QByteArray frame = live.read([&](const QByteArray &bytes) { return bytes.endsWith(expected); }, 5000);
        CHECK(frame.endsWith(expected));
        waits.push_back(msSince(start));
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
    std::sort(waits.begin(), waits.end());
    // On a busy machine too; the benchmark measures the real figure.
    CHECK(waits[waits.size() / 2] < 50);

    qint64 last = 0;
    for (int i = 0; i < 30; ++i)
        last = anna.make({create("crm.account", server.fixture.ids.next(), {edit("name", text("A"))})}).rev;
    const QByteArray frames =
        live.read([&](const QByteArray &bytes) { return bytes.endsWith(QByteArray::number(last)); }, 5000);
    CHECK(frames.endsWith(QByteArray::number(last)));
    // Text frames with a few digits; far fewer than commits when those came fast.
    CHECK(frames.count('\x81') <= 30);

    Socket stranger(server.port());
    stranger.send(
        "GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer guess\r\n\r\n");
    CHECK(statusOf(stranger.readAnswer()) == 401);
}

TEST_CASE("a device has four connections: the oldest idle one gives way, and none is cut off at work",
          "[server][net][limits]")
{
    Listening server;
    Laptop admin(server.fixture, "admin"), other(server.fixture, "admin");
    admin.pull();
    other.pull();
    wire::PullRequest pull;
    pull.cursor = {admin.cursor.rev, admin.cursor.chain.left(8)};
    pull.keysVersion = admin.keys.version;
    pull.visibility = admin.visibility;
    const auto ask = [&](Socket &socket, const Laptop &laptop) {
        socket.send(post("/v1/pull", laptop.token, wire::compress(wire::encode(pull))));
        return statusOf(socket.readAnswer());
    };
    std::vector<std::unique_ptr<Socket>> sockets;
    for (int i = 0; i < 5; ++i) {
        sockets.push_back(std::make_unique<Socket>(server.port()));
        CHECK(ask(*sockets.back(), admin) == 200);
    }
    CHECK(sockets[0]->endsWithin(5000));
    for (size_t i = 1; i < 5; ++i)
        CHECK(ask(*sockets[i], admin) == 200);

    // All four at work: each pushes while somebody else has the turn.
    std::latch held(1), letGo(1);
    std::thread holder([&] {
        (void)server.fixture.api->service().committer().runTransaction([&](server::Connection &) -> Result<> {
            held.count_down();
            letGo.wait();
            return {};
        });
    });
    held.wait();
    wire::PushRequest push;
    push.base = pull.cursor;
    push.batches = {admin.batch({create("crm.note", server.fixture.ids.next(), {edit("text", text("once"))})})};
    for (size_t i = 1; i < 5; ++i)
        sockets[i]->send(post("/v1/push", admin.token, wire::compress(wire::encode(push))));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    Socket fifth(server.port()), ofAnother(server.port());
    fifth.send(post("/v1/pull", admin.token, wire::compress(wire::encode(pull))));
    const QByteArray refused = fifth.readAnswer();
    CHECK(statusOf(refused) == 429);
    CHECK(refused.contains("net.too_many_connections"));
    CHECK(ask(ofAnother, other) == 200);
    letGo.count_down();
    holder.join();
    for (size_t i = 1; i < 5; ++i)
        CHECK(statusOf(sockets[i]->readAnswer()) == 200);
    CHECK(ask(fifth, admin) == 200);
}

namespace {
QByteArray listening(const QByteArray &token)
{
    return "GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
           token + "\r\n\r\n";
}

QByteArray opened(Socket &socket)
{
    return socket.read(
        [](const QByteArray &bytes) { return bytes.indexOf("\r\n\r\n") > 0 && !bytes.endsWith("\r\n\r\n"); }, 5000);
}
} // namespace

TEST_CASE("who is shut out while listening is woken once more and cut off", "[server][net][live]")
{
    server::NetLimits limits;
    limits.pollMs = 20;
    Listening server(limits);
    server.fixture.addUser("anna", {QStringLiteral("sales")});
    Laptop anna(server.fixture, "anna"), admin(server.fixture, "admin");
    Socket live(server.port()), stays(server.port());
    live.send(listening(anna.token));
    stays.send(listening(admin.token));
    REQUIRE(statusOf(opened(live)) == 101);
    REQUIRE(statusOf(opened(stays)) == 101);
    {
        // As the command line does it: another process on the same data.
        server::Environment beside = server.fixture.environment;
        beside.checkpoints = false;
        auto other = server::Service::open(server.fixture.folder.path(), server.fixture.host, beside, false);
        REQUIRE_RESULT(other);
        REQUIRE_RESULT((*other)->people().revokeDevice(anna.device, {}));
    }
    // A text frame with the single digit 0 (ask, whatever you have seen), then the close frame.
    const QByteArray last = live.read([](const QByteArray &bytes) { return bytes.contains('\x88'); }, 5000);
    CHECK(last.contains(QByteArray("\x81\x01"
                                   "0")));
    CHECK(last.contains('\x88'));
    CHECK_FALSE(stays.endsWithin(100));
}

TEST_CASE("a device has one wake-up channel, the newest", "[server][net][live]")
{
    Listening server;
    Laptop admin(server.fixture, "admin");
    Socket first(server.port()), second(server.port());
    first.send(listening(admin.token));
    REQUIRE(statusOf(opened(first)) == 101);
    second.send(listening(admin.token));
    REQUIRE(statusOf(opened(second)) == 101);
    CHECK(first.endsWithin(5000));
    CHECK_FALSE(second.endsWithin(200));
}

TEST_CASE("requests under way are answered when the server is told to stop", "[server][net]")
{
    Listening server;
    Laptop admin(server.fixture, "admin");
    Socket socket(server.port());
    wire::PushRequest request;
    request.batches = {admin.batch({create("crm.note", server.fixture.ids.next(), {edit("text", text("last"))})})};
    socket.send(post("/v1/push", admin.token, wire::compress(wire::encode(request))));
    CHECK(statusOf(socket.readAnswer()) == 200);
    const quint16 port = server.port();
    const auto start = Ticker::now();
    server.http->stop();
    CHECK(msSince(start) < 5000);
    CHECK_FALSE(Socket(port).connected());
}
