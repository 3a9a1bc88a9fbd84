// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/receiver.h"

#include "tests/support/catch.h"

#include <QElapsedTimer>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tz::test {

namespace {
constexpr int longestMs = 60'000;
} // namespace

Receiver::Receiver()
{
    m_listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(m_listening, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
    REQUIRE(::listen(m_listening, 16) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(m_listening, reinterpret_cast<sockaddr *>(&address), &size) == 0);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

Receiver::~Receiver()
{
    m_stopping = true;
    m_thread.join();
    ::close(m_listening);
}

QString Receiver::url(const char *path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(QString::fromLatin1(path));
}

void Receiver::answer(int status, int times)
{
    std::lock_guard lock(m_mutex);
    m_status = status;
    m_times = times;
}

void Receiver::answer(std::function<Reply(const Got &)> how)
{
    std::lock_guard lock(m_mutex);
    m_how = std::move(how);
}

std::vector<Receiver::Got> Receiver::got() const
{
    std::lock_guard lock(m_mutex);
    return m_got;
}

std::vector<Receiver::Got> Receiver::accepted(size_t count) const
{
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        {
            std::lock_guard lock(m_mutex);
            if (m_accepted.size() >= count)
                return m_accepted;
            if (clock.elapsed() > longestMs)
                FAIL("only " << m_accepted.size() << " deliveries came");
        }
        QThread::msleep(10);
    }
}

void Receiver::run()
{
    while (!m_stopping.load()) {
        pollfd wait{m_listening, POLLIN, 0};
        if (::poll(&wait, 1, 50) <= 0)
            continue;
        const int connection = ::accept(m_listening, nullptr, nullptr);
        if (connection < 0)
            continue;
        serve(connection);
        ::close(connection);
    }
}

void Receiver::serve(int connection)
{
    QByteArray bytes;
    Got request;
    for (;;) {
        const qsizetype split = bytes.indexOf("\r\n\r\n");
        if (split >= 0 && request.line.isEmpty()) {
            const QByteArrayList lines = bytes.left(split).split('\n');
            request.line = lines.front().trimmed();
            for (const QByteArray &line : lines.mid(1)) {
                const qsizetype colon = line.indexOf(':');
                request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
            }
        }
        request.body = split < 0 ? QByteArray() : bytes.mid(split + 4);
        if (split >= 0 && request.body.size() >= request.headers.value("content-length").toLongLong())
            break;
        char buffer[65536];
        pollfd wait{connection, POLLIN, 0};
        if (::poll(&wait, 1, 5'000) <= 0)
            return;
        const auto n = ::recv(connection, buffer, sizeof buffer, 0);
        if (n <= 0)
            return;
        bytes.append(buffer, n);
    }
    int status = 204;
    QByteArray body;
    {
        std::lock_guard lock(m_mutex);
        m_got.push_back(request);
        if (m_times > 0) {
            --m_times;
            status = m_status;
        }
        if (status == 204)
            m_accepted.push_back(request);
        if (m_how) {
            const Reply reply = m_how(request);
            status = reply.status;
            body = reply.body;
        }
    }
    const QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) +
                              " Whatever\r\nContent-Length: " + QByteArray::number(body.size()) +
                              "\r\nLocation: /elsewhere\r\nConnection: close\r\n\r\n" + body;
    (void)::send(connection, answer.constData(), size_t(answer.size()), MSG_NOSIGNAL);
}

} // namespace tz::test
