// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/net/httpserver.h"
#include "serverfixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace tz::test {

using Ticker = std::chrono::steady_clock;

inline qint64 msSince(Ticker::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Ticker::now() - start).count();
}

/// A bare TCP connection, so that broken requests can be sent too.
class Socket {
public:
    /// `buffer`: bytes that wait here until they are read; 0: as the machine likes.
    explicit Socket(quint16 port, int buffer = 0)
    {
        m_handle = ::socket(AF_INET, SOCK_STREAM, 0);
        if (buffer > 0)
            ::setsockopt(m_handle, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(m_handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_connected = ::connect(m_handle, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~Socket() { ::close(m_handle); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    bool send(const QByteArray &bytes)
    {
        for (qsizetype sent = 0; sent < bytes.size();) {
            const auto n = ::send(m_handle, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (n <= 0)
                return false;
            sent += n;
        }
        return true;
    }
    /// What arrives until `enough` says so, the end, or the time is up.
    QByteArray read(const std::function<bool(const QByteArray &)> &enough, int timeoutMs)
    {
        const auto start = Ticker::now();
        while (!enough(m_received) && msSince(start) < timeoutMs) {
            pollfd wait{m_handle, POLLIN, 0};
            if (::poll(&wait, 1, int(timeoutMs - msSince(start))) <= 0)
                break;
            char bytes[65536];
            const auto n = ::recv(m_handle, bytes, sizeof bytes, 0);
            if (n <= 0) {
                m_ended = true;
                break;
            }
            m_received.append(bytes, n);
        }
        return std::exchange(m_received, {});
    }
    QByteArray readAnswer(int timeoutMs = 5000)
    {
        return read(
            [](const QByteArray &bytes) {
                const qsizetype head = bytes.indexOf("\r\n\r\n");
                if (head < 0)
                    return false;
                const qsizetype at = bytes.toLower().indexOf("content-length: ");
                const qsizetype length =
                    at < 0 ? 0 : bytes.mid(at + 16, bytes.indexOf("\r\n", at) - at - 16).toLongLong();
                return bytes.size() >= head + 4 + length;
            },
            timeoutMs);
    }
    bool endsWithin(int timeoutMs)
    {
        (void)read([this](const QByteArray &) { return m_ended; }, timeoutMs);
        return m_ended;
    }
    bool connected() const { return m_connected; }

private:
    int m_handle = -1;
    bool m_connected = false;
    bool m_ended = false;
    QByteArray m_received;
};

/// A server that listens on a port of its own.
struct Listening {
    ServerFixture fixture;
    std::unique_ptr<server::HttpServer> http;
    explicit Listening(const server::NetLimits &limits = {})
    {
        server::NetOptions options;
        options.limits = limits;
        auto listening = server::HttpServer::listen(*fixture.api, options);
        REQUIRE_RESULT(listening);
        http = std::move(*listening);
        http->start();
    }
    ~Listening() { http->stop(); }
    quint16 port() const { return http->port(); }
};

/// A request that claims a zstd body.
inline QByteArray post(const char *path, const QByteArray &token, const QByteArray &body)
{
    return QByteArray("POST ") + path +
           " HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Encoding: zstd\r\n" +
           (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

} // namespace tz::test
