// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/wireclient.h"

#include "core/base/clock.h"
#include "core/sync/hybridclock.h"
#include "tests/bench/benchmark.h"

#include <QThread>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tz::bench {

namespace {
constexpr qsizetype markBytes = 8;
constexpr int longestMs = 120'000;

[[noreturn]] void broken(const char *what)
{
    qFatal("%s: %s", what, std::strerror(errno));
}
} // namespace

Socket::Socket(quint16 port)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (m_descriptor < 0 || ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        broken("cannot connect to the server");
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

Socket::~Socket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Socket::write(const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t sent = ::send(m_descriptor, bytes.constData() + done, size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (sent <= 0)
            broken("cannot send to the server");
        done += sent;
    }
}

bool Socket::wait(int ms) const
{
    if (!m_buffer.isEmpty())
        return true;
    pollfd waiting{m_descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, ms) > 0;
}

void Socket::fill()
{
    char bytes[64 * 1024];
    if (!m_buffer.size())
        m_buffer.reserve(sizeof(bytes));
    pollfd waiting{m_descriptor, POLLIN, 0};
    if (::poll(&waiting, 1, longestMs) <= 0)
        qFatal("the server does not answer");
    const ssize_t got = ::recv(m_descriptor, bytes, sizeof(bytes), 0);
    if (got <= 0)
        broken("the server ended the connection");
    m_buffer.append(bytes, got);
}

QByteArray Socket::take(qsizetype size)
{
    while (m_buffer.size() < size)
        fill();
    QByteArray taken = m_buffer.left(size);
    m_buffer.remove(0, size);
    return taken;
}

QByteArray Socket::takeUntil(const QByteArray &end)
{
    for (;;) {
        if (const qsizetype at = m_buffer.indexOf(end); at >= 0)
            return take(at + end.size());
        fill();
    }
}

WakeChannel::WakeChannel(quint16 port, const QByteArray &token)
    : m_socket(port)
{
    m_socket.write("GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Authorization: Bearer " +
                   token + "\r\n\r\n");
    const QByteArray head = m_socket.takeUntil("\r\n\r\n");
    if (!head.startsWith("HTTP/1.1 101"))
        qFatal("no wake-up channel: %s", head.constData());
}

qint64 WakeChannel::read()
{
    // Short messages of the server, which are never masked.
    const QByteArray head = m_socket.take(2);
    const int kind = head[0] & 0x0f;
    const QByteArray text = m_socket.take(head[1] & 0x7f);
    if (kind == 0x1)
        return text.toLongLong();
    if (kind == 0x8)
        qFatal("the server closed a wake-up channel");
    if (kind == 0x9)
        // With a mask of zeros the text stays as it is.
        m_socket.write(QByteArray("\x8a") + char(0x80 | text.size()) + QByteArray(4, '\0') + text);
    return -1;
}

WireClient::WireClient(quint16 port, QByteArray token)
    : m_socket(port)
    , m_token(std::move(token))
{
}

QByteArray WireClient::post(const QByteArray &path, const QByteArray &cbor)
{
    const QByteArray body = wire::compress(cbor);
    m_socket.write("POST " + path +
                   " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cbor\r\nAccept: application/cbor\r\n"
                   "Content-Encoding: zstd\r\nAccept-Encoding: zstd\r\nAuthorization: Bearer " +
                   m_token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    const QByteArray head = m_socket.takeUntil("\r\n\r\n").toLower();
    const auto header = [&head](const QByteArray &name) {
        const QByteArray line = "\r\n" + name + ": ";
        const qsizetype at = head.indexOf(line);
        const qsizetype from = at + line.size();
        return at < 0 ? QByteArray() : head.mid(from, head.indexOf("\r\n", from) - from);
    };
    QByteArray answer = m_socket.take(header("content-length").toLongLong());
    m_packed = answer.size();
    if (header("content-encoding") == "zstd")
        answer = std::move(*must(wire::decompress(answer)));
    m_plain = answer.size();
    if (head.mid(9, 3) != "200") {
        const auto error = wire::decodeError(answer);
        qFatal("%s: %s", path.constData(), error ? qPrintable(error->toString()) : head.constData());
    }
    return answer;
}

void WireClient::hello()
{
    wire::HelloRequest request;
    request.program = QStringLiteral("bench");
    const auto answer = must(wire::decodeHelloAnswer(post("/v1/hello", wire::encode(request))));
    m_cursor = {answer->rev, answer->chain};
    m_nextNo = answer->expectedNo;
    m_keysVersion = answer->keys.version;
    m_visibility = answer->visibility;
    m_catalog = answer->catalog;
}

Batch WireClient::batch(std::vector<Change> changes, bool independent)
{
    Batch batch;
    batch.id = newId();
    batch.no = m_nextNo++;
    batch.hlc = HybridClock::fromMilliseconds(SystemClock().nowMs());
    batch.independent = independent;
    batch.changes = std::move(changes);
    return batch;
}

wire::PushAnswer WireClient::push(std::vector<Batch> batches)
{
    wire::PushRequest request;
    request.base = m_cursor;
    request.base.chain.truncate(markBytes);
    request.batches = std::move(batches);
    auto answer = must(wire::decodePushAnswer(post("/v1/push", wire::encode(request))));
    for (const wire::BatchAnswer &one : answer->answers) {
        if (!one.reasons.empty())
            qFatal("refused: %s", qPrintable(one.reasons.front().error.toString()));
    }
    if (answer->answers.size() != request.batches.size())
        qFatal("%d of %d batches were answered", int(answer->answers.size()), int(request.batches.size()));
    return std::move(*answer);
}

wire::Page WireClient::pull(bool keepCursor)
{
    for (;;) {
        wire::PullRequest request;
        request.cursor = m_cursor;
        request.cursor.chain.truncate(markBytes);
        request.keysVersion = m_keysVersion;
        request.visibility = m_visibility;
        request.catalog = m_catalog;
        auto page =
            must(wire::decodePage(post(m_cursor.rev == 0 ? "/v1/backfill" : "/v1/pull", wire::encode(request))));
        if (page->position > 0) {
            QThread::msleep(ulong(page->retryAfterMs));
            continue;
        }
        if (page->keys || page->visibility)
            qFatal("the scope of a device changed while it was measured");
        if (!keepCursor)
            m_cursor = page->mark;
        return std::move(*page);
    }
}

Id newId()
{
    static std::mutex mutex;
    static SystemClock clock;
    static SystemEntropy entropy;
    static IdSource ids(clock, entropy);
    const std::lock_guard lock(mutex);
    return ids.next();
}

} // namespace tz::bench
