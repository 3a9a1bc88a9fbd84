// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "sockets.h"

#include <sys/resource.h>
#include <sys/wait.h>

using namespace tz;
using namespace tz::test;

TEST_CASE("headers, bodies and slowness have limits", "[server][net][hostile]")
{
    server::NetLimits limits;
    limits.headerMs = 300;
    limits.requestMs = 400;
    limits.idleMs = 600;
    Listening server(limits);
    SECTION("a header that never ends")
    {
        Socket socket(server.port());
        socket.send("GET /healthz HTTP/1.1\r\n");
        const auto start = Ticker::now();
        CHECK(socket.endsWithin(5000));
        CHECK(msSince(start) < 3000);
    }
    SECTION("a header that comes drop by drop")
    {
        Socket socket(server.port());
        const auto start = Ticker::now();
        bool open = socket.send("GET /healthz HTTP/1.1\r\n");
        while (open && msSince(start) < 5000) {
            open = socket.send("X-A: b\r\n") && !socket.endsWithin(50);
        }
        CHECK_FALSE(open);
        CHECK(msSince(start) < 3000);
    }
    SECTION("a body that comes drop by drop")
    {
        Socket socket(server.port());
        socket.send("POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        const auto start = Ticker::now();
        bool open = true;
        while (open && msSince(start) < 5000)
            open = socket.send("x") && !socket.endsWithin(50);
        CHECK_FALSE(open);
        CHECK(msSince(start) < 3000);
    }
    SECTION("nothing at all")
    {
        Socket socket(server.port());
        CHECK(socket.endsWithin(5000));
    }
    SECTION("a header that is too large")
    {
        Socket socket(server.port());
        socket.send("GET /healthz HTTP/1.1\r\nX-Large: " + QByteArray(40'000, 'x') + "\r\n\r\n");
        CHECK(statusOf(socket.readAnswer()) == 431);
    }
    SECTION("a body that is too large")
    {
        Socket socket(server.port());
        socket.send("POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 300000000\r\n\r\n" +
                    QByteArray(100'000, 'x'));
        const QByteArray answer = socket.readAnswer();
        CHECK(statusOf(answer) == 413);
        CHECK(answer.contains("wire.too_large"));
    }
    SECTION("no HTTP")
    {
        Socket socket(server.port());
        socket.send("\x16\x03\x01 hello\r\n\r\n");
        CHECK(statusOf(socket.readAnswer()) == 400);
    }
    // Whatever came, the next one is served.
    Socket next(server.port());
    next.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(statusOf(next.readAnswer()) == 200);
}

TEST_CASE("who dawdles is cut off in time, and others are served meanwhile", "[server][net][hostile]")
{
    server::NetLimits limits;
    limits.headerMs = 1500;
    Listening server(limits);
    const QByteArray header = "GET /healthz HTTP/1.1\r\nX-Slow: " + QByteArray(10'000, 'x');
    std::vector<std::unique_ptr<Socket>> slow;
    for (int i = 0; i < 100; ++i)
        slow.push_back(std::make_unique<Socket>(server.port()));
    const auto start = Ticker::now();
    qsizetype dropped = 0;
    for (; dropped < header.size() && msSince(start) < 1000; ++dropped) {
        for (const auto &socket : slow)
            CHECK(socket->send(header.mid(dropped, 1)));
        Socket quick(server.port());
        quick.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        REQUIRE(statusOf(quick.readAnswer()) == 200);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(dropped > 10);
    for (const auto &socket : slow) {
        bool open = true;
        while (open && msSince(start) < 20'000)
            open = socket->send("x") && !socket->endsWithin(20);
        CHECK_FALSE(open);
    }
    CHECK(msSince(start) < 15'000);
}

TEST_CASE("a new connection must say something soon, one that was used may rest", "[server][net][hostile]")
{
    server::NetLimits limits;
    limits.headerMs = 300;
    limits.idleMs = 60'000;
    Listening server(limits);
    Socket used(server.port());
    used.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(statusOf(used.readAnswer()) == 200);
    Socket silent(server.port());
    CHECK(silent.endsWithin(10'000));
    CHECK_FALSE(used.endsWithin(600));
    used.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(statusOf(used.readAnswer()) == 200);
}

namespace {
/// Connections whose other ends are in a process of their own, because each process may have so many files only. Half
/// of them have begun a request, the others say nothing.
class HalfOpen {
public:
    HalfOpen(quint16 port, int count)
    {
        int told[2], held[2];
        REQUIRE(::pipe(told) == 0);
        REQUIRE(::pipe(held) == 0);
        m_child = ::fork();
        REQUIRE(m_child >= 0);
        if (m_child == 0) {
            // Only what may be called between fork and exec.
            ::close(held[1]);
            open(port, count, told[1]);
            char end = 0;
            (void)!::read(held[0], &end, 1);
            ::_exit(0);
        }
        ::close(told[1]);
        ::close(held[0]);
        m_held = held[1];
        while (m_opened < count && ::read(told[0], &m_opened, sizeof m_opened) == sizeof m_opened) {
        }
        ::close(told[0]);
    }
    ~HalfOpen()
    {
        ::close(m_held);
        ::waitpid(m_child, nullptr, 0);
    }
    HalfOpen(const HalfOpen &) = delete;
    HalfOpen &operator=(const HalfOpen &) = delete;
    int opened() const { return m_opened; }

private:
    static void open(quint16 port, int count, int tell)
    {
        constexpr char begun[] = "POST /v1/push HTTP/1.1\r\nHost:";
        for (int i = 1; i <= count; ++i) {
            const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(port);
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            if (handle < 0 || ::connect(handle, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
                break;
            if (i % 2 == 0)
                (void)!::send(handle, begun, sizeof begun - 1, MSG_NOSIGNAL);
            if (i % 100 == 0 || i == count)
                (void)!::write(tell, &i, sizeof i);
        }
        ::close(tell);
    }
    pid_t m_child = -1;
    int m_held = -1;
    int m_opened = 0;
};

/// What this process may open, as it was when it is over.
class FileLimit {
public:
    FileLimit() { REQUIRE(::getrlimit(RLIMIT_NOFILE, &m_before) == 0); }
    ~FileLimit() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    rlim_t most() const { return m_before.rlim_max; }
    void set(rlim_t current) const
    {
        const rlimit limit{current, m_before.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    }

private:
    rlimit m_before{};
};

int openConnections(Listening &server)
{
    Socket socket(server.port());
    socket.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray metrics = socket.readAnswer();
    const qsizetype at = metrics.indexOf("\ntongzhou_connections ") + 22;
    return metrics.mid(at, metrics.indexOf('\n', at) - at).toInt();
}

int healthOf(Listening &server)
{
    Socket socket(server.port());
    socket.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    return statusOf(socket.readAnswer());
}
} // namespace

TEST_CASE("ten thousand half-open connections do not keep others out", "[server][net][hostile]")
{
    FileLimit files;
    // As many as the machine lets a process have.
    const int count = int(std::min<rlim_t>(10'000, files.most() - std::min<rlim_t>(files.most(), 600)));
    if (count < 10'000)
        WARN("only " << count << " connections: the machine lets a process open " << files.most() << " files");
    REQUIRE(count > 1000);
    // As a service is usually started: 1,024 files, and more for who asks, which the server does.
    files.set(1024);
    server::NetLimits limits;
    limits.headerMs = 120'000;
    limits.connections = count + 100;
    Listening server(limits);
    files.set(std::min<rlim_t>(files.most(), rlim_t(count) + 500));
    const HalfOpen strangers(server.port(), count);
    REQUIRE(strangers.opened() == count);
    for (int i = 0; i < 10; ++i)
        REQUIRE(healthOf(server) == 200);
    CHECK(openConnections(server) > count);
}

TEST_CASE("more connections than there may be are let go, and places come free when their time is up",
          "[server][net][hostile]")
{
    server::NetLimits limits;
    limits.connections = 50;
    limits.headerMs = 1000;
    Listening server(limits);
    const auto start = Ticker::now();
    const HalfOpen strangers(server.port(), 200);
    REQUIRE(strangers.opened() == 200);
    // All places are taken by who says nothing: the next one is not kept waiting but sent away.
    Socket turnedAway(server.port());
    const bool isFull = turnedAway.endsWithin(900);
    if (msSince(start) < 900)
        CHECK(isFull);
    while (healthOf(server) != 200 && msSince(start) < 20'000)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(healthOf(server) == 200);
    CHECK(msSince(start) < 20'000);
    CHECK(openConnections(server) <= 50);
}

TEST_CASE("who does not take the answer is cut off, and others are served meanwhile", "[server][net][hostile]")
{
    server::NetLimits limits;
    limits.requestMs = 1500;
    Listening server(limits);
    Laptop admin(server.fixture, "admin");
    // More than what lies between the two ends, and nothing that could be compressed.
    for (int i = 0; i < 12; ++i) {
        QString text;
        while (text.size() < (1 << 20) - 100)
            text += server.fixture.ids.next().toString();
        wire::PushRequest push;
        push.batches = {admin.batch({create("crm.note", server.fixture.ids.next(), {edit("text", Value(text))})})};
        REQUIRE(server.fixture.ask("/v1/push", admin.token, wire::encode(push), false).status == 200);
    }
    admin.everything.clear();
    admin.pull();
    REQUIRE(admin.everything.size() > 12 << 20);
    wire::PullRequest pull;
    pull.keysVersion = admin.keys.version;
    pull.visibility = admin.visibility;
    const int before = openConnections(server);
    Socket slow(server.port(), 4096);
    const auto start = Ticker::now();
    slow.send(post("/v1/pull", admin.token, wire::compress(wire::encode(pull))));
    while (openConnections(server) <= before && msSince(start) < 1000)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(healthOf(server) == 200);
    int open = openConnections(server);
    for (; open > before && msSince(start) < 20'000; open = openConnections(server))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(open == before);
    CHECK(msSince(start) > 1000);
    // It got less than was on its way.
    CHECK(slow.readAnswer().size() < 12 << 20);
}

TEST_CASE("the HTTP API unpacks nothing", "[server][net][hostile]")
{
    Listening server;
    const auto token = server.fixture.api->service().tokens().add(
        {QStringLiteral("bridge"), QStringLiteral("admin"), {QStringLiteral("write:*")}, {}});
    REQUIRE_RESULT(token);
    Socket socket(server.port());
    socket.send(post("/api/v1/records/crm.note", token->toLatin1(), wire::compress(QByteArray(60 << 20, ' ')))
                    .replace("application/cbor", "application/json"));
    const QByteArray answer = socket.readAnswer();
    CHECK(statusOf(answer) == 400);
    CHECK(answer.contains("api.not_json"));
}

TEST_CASE("every limit of a request has its own answer, and the next request is served", "[server][net][hostile]")
{
    Listening server;
    server.fixture.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server.fixture, "anna");
    const auto pushed = [&](const QByteArray &cbor) {
        Socket socket(server.port());
        socket.send(post("/v1/push", anna.token, wire::compress(cbor)));
        return socket.readAnswer(30'000);
    };
    const auto noteWith = [&](const QString &text) {
        return create("crm.note", server.fixture.ids.next(), {edit("text", Value(text))});
    };
    QByteArray answer;
    int status = 0;
    const char *code = nullptr;
    SECTION("a header of many small lines")
    {
        Socket socket(server.port());
        socket.send("GET /healthz HTTP/1.1\r\n" + QByteArray("X: 1234567890\r\n").repeated(1200) + "\r\n");
        answer = socket.readAnswer();
        status = 431;
        code = "net.header_too_large";
    }
    SECTION("a path that is too long")
    {
        Socket socket(server.port());
        socket.send("GET /" + QByteArray(20'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n");
        answer = socket.readAnswer();
        status = 431;
        code = "net.header_too_large";
    }
    SECTION("a header whose lines never end, in small pieces")
    {
        Socket socket(server.port());
        bool open = socket.send("GET /healthz HTTP/1.1\r\n");
        for (int i = 0; open && i < 400; ++i) {
            open = socket.send(QByteArray("X: 1234567890\r\n").repeated(10));
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        answer = socket.readAnswer();
        status = 431;
        code = "net.header_too_large";
    }
    SECTION("a body in pieces, whose size nobody said")
    {
        Socket socket(server.port());
        socket.send("POST /v1/push HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n");
        socket.send(QByteArray("X: 1234567890\r\n").repeated(10));
        answer = socket.readAnswer();
        status = 411;
        code = "net.length_required";
    }
    SECTION("two lengths that differ")
    {
        Socket socket(server.port());
        socket.send("POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
        answer = socket.readAnswer();
        status = 400;
        code = "net.bad_request";
    }
    SECTION("a length and pieces")
    {
        Socket socket(server.port());
        socket.send("POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "0\r\n\r\n");
        answer = socket.readAnswer();
        status = 400;
        code = "net.bad_request";
    }
    SECTION("a bomb: more than a hundred times its size")
    {
        answer = pushed(QByteArray(60 << 20, '\0'));
        status = 413;
        code = "wire.ratio_too_high";
    }
    SECTION("a bomb: more than 64 MiB")
    {
        QByteArray noise;
        while (noise.size() < 1 << 20)
            noise += server.fixture.ids.next().toBytes();
        answer = pushed(noise.repeated(65));
        status = 413;
        code = "wire.too_large";
    }
    SECTION("something new that is nested too deep")
    {
        wire::PushRequest request;
        QByteArray cbor = wire::encode(request);
        cbor[0] = char(0x83);
        answer = pushed(cbor + QByteArray(9, char(0x81)) + '\0');
        status = 413;
        code = "wire.too_deep";
    }
    SECTION("a batch of more than 1,000 changes")
    {
        wire::PushRequest request;
        std::vector<Change> changes;
        while (changes.size() <= size_t(limits::changesPerBatch))
            changes.push_back(noteWith(QStringLiteral("n")));
        request.batches = {anna.batch(std::move(changes))};
        answer = pushed(wire::encode(request));
        status = 413;
        code = "wire.too_many_changes";
    }
    SECTION("a field of more than 1 MiB")
    {
        // Noise, so that it is not too well compressed.
        QString text;
        while (text.size() <= limits::fieldBytes)
            text += server.fixture.ids.next().toString();
        wire::PushRequest request;
        request.batches = {anna.batch({noteWith(text)})};
        answer = pushed(wire::encode(request));
        status = 413;
        code = "wire.field_too_large";
    }
    SECTION("65 batches")
    {
        wire::PushRequest request;
        for (int i = 0; i < 65; ++i)
            request.batches.push_back(anna.batch({noteWith(QString::number(i))}));
        answer = pushed(wire::encode(request));
        status = 413;
        code = "wire.too_many_batches";
    }
    REQUIRE(code);
    CHECK(statusOf(answer) == status);
    CHECK(answer.contains(code));
    Socket next(server.port());
    next.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(statusOf(next.readAnswer()) == 200);
}
