// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Frames on the wake-up channel that no program sends.
#include "sockets.h"

#include <QtEndian>

using namespace tz;
using namespace tz::test;

namespace {

constexpr int protocolError = 1002, badText = 1007, tooLarge = 1009;

/// A client's frame: masked, as the protocol wants it, with zeros.
QByteArray frame(int firstByte, const QByteArray &payload, bool isMasked = true)
{
    QByteArray bytes(1, char(firstByte));
    const int mask = isMasked ? 0x80 : 0;
    if (payload.size() < 126) {
        bytes += char(mask | int(payload.size()));
    } else {
        bytes += char(mask | 126);
        bytes += char(payload.size() >> 8);
        bytes += char(payload.size() & 0xff);
    }
    return bytes + (isMasked ? QByteArray(4, '\0') : QByteArray()) + payload;
}

/// An open channel of a laptop.
class Channel {
public:
    Channel(Listening &server, const QByteArray &token, const QByteArray &moreHeaders = {})
        : m_socket(server.port())
    {
        m_socket.send("GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                      moreHeaders + "Authorization: Bearer " + token + "\r\n\r\n");
        m_opened = m_socket.read(
            [](const QByteArray &bytes) { return bytes.indexOf("\r\n\r\n") > 0 && !bytes.endsWith("\r\n\r\n"); }, 5000);
        REQUIRE(statusOf(m_opened) == 101);
    }
    bool send(const QByteArray &bytes) { return m_socket.send(bytes); }
    /// The code in the server's close frame; 0: it ended without one; -1: it did not end.
    int endsWith()
    {
        const QByteArray last = m_socket.read([](const QByteArray &bytes) { return bytes.contains('\x88'); }, 5000);
        const qsizetype at = last.indexOf('\x88');
        if (at >= 0 && last.size() >= at + 4)
            return qFromBigEndian<quint16>(last.constData() + at + 2);
        return m_socket.endsWithin(5000) ? 0 : -1;
    }
    const QByteArray &opened() const { return m_opened; }
    Socket &socket() { return m_socket; }

private:
    Socket m_socket;
    QByteArray m_opened;
};
} // namespace

TEST_CASE("a frame that breaks the protocol closes its channel with the reason, and no other",
          "[server][net][live][hostile]")
{
    Listening server;
    Laptop admin(server.fixture, "admin"), other(server.fixture, "admin");
    Channel channel(server, admin.token), bystander(server, other.token);
    int expected = protocolError;
    SECTION("not masked")
    {
        channel.send(frame(0x81, "hello", false));
    }
    SECTION("compressed, though nobody agreed to that: the beginning of a bomb")
    {
        channel.send(frame(0xc1, QByteArray::fromHex("edc10101000000c220fba7fa6a0f")));
    }
    SECTION("an opcode that there is not")
    {
        channel.send(frame(0x83, "x"));
    }
    SECTION("a control frame of more than 125 bytes")
    {
        channel.send(frame(0x89, QByteArray(126, 'x')));
    }
    SECTION("a control frame in parts")
    {
        channel.send(frame(0x09, "x"));
    }
    SECTION("a continuation of nothing")
    {
        channel.send(frame(0x80, "x"));
    }
    SECTION("a second beginning")
    {
        channel.send(frame(0x01, "x") + frame(0x01, "y"));
    }
    SECTION("a text that is none")
    {
        expected = badText;
        channel.send(frame(0x81, "\xff\xfe"));
    }
    SECTION("a message that is too large")
    {
        expected = tooLarge;
        channel.send(frame(0x82, QByteArray(5000, 'x')));
    }
    SECTION("a message that grows part by part")
    {
        expected = tooLarge;
        bool open = channel.send(frame(0x02, QByteArray(1000, 'x')));
        for (int i = 0; open && i < 10; ++i)
            open = channel.send(frame(0x00, QByteArray(1000, 'x')));
    }
    SECTION("a message that says it has 2^62 bytes")
    {
        expected = tooLarge;
        channel.send(QByteArray::fromHex("82ff4000000000000000") + QByteArray(4, '\0') + QByteArray(100, 'x'));
    }
    SECTION("a close with a code that there is not")
    {
        channel.send(frame(0x88, QByteArray::fromHex("0001")));
    }
    CHECK(channel.endsWith() == expected);
    CHECK_FALSE(bystander.socket().endsWithin(200));
    Socket next(server.port());
    next.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(statusOf(next.readAnswer()) == 200);
}

TEST_CASE("compression of messages is offered in vain, so that no small frame becomes a large one",
          "[server][net][live][hostile]")
{
    Listening server;
    Laptop admin(server.fixture, "admin");
    Channel channel(server, admin.token, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    CHECK_FALSE(channel.opened().toLower().contains("sec-websocket-extensions"));
}

TEST_CASE("ten thousand pings are answered or not, and what is said is not listened to", "[server][net][live][hostile]")
{
    Listening server;
    Laptop admin(server.fixture, "admin");
    Channel channel(server, admin.token);
    for (int i = 0; i < 10'000; ++i)
        REQUIRE(channel.send(frame(0x89, "ping")));
    for (int i = 0; i < 100; ++i)
        REQUIRE(channel.send(frame(0x81, "DROP TABLE device")));
    const QByteArray pongs =
        channel.socket().read([](const QByteArray &bytes) { return bytes.contains("ping"); }, 5000);
    CHECK(pongs.contains("ping"));
    // A commit is still told.
    const auto answer = admin.make({create("crm.note", server.fixture.ids.next(), {edit("text", text("x"))})});
    CHECK(answer.status == wire::BatchStatus::Accepted);
    Socket next(server.port());
    next.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(statusOf(next.readAnswer()) == 200);
}

TEST_CASE("a channel asked for in a wrong way is none", "[server][net][live][hostile]")
{
    Listening server;
    Laptop admin(server.fixture, "admin");
    const auto status = [&](const QByteArray &headers) {
        Socket socket(server.port());
        socket.send("GET /v1/live HTTP/1.1\r\nHost: x\r\n" + headers + "Authorization: Bearer " + admin.token +
                    "\r\n\r\n");
        return statusOf(socket.readAnswer());
    };
    CHECK(status({}) == 404);
    CHECK(status("Upgrade: websocket\r\nConnection: Upgrade\r\n") == 400);
    CHECK(status("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") == 426);
    CHECK(status("Upgrade: h2c\r\nConnection: Upgrade\r\n") == 404);
}
