// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "sockets.h"

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
