// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/fuzz/fuzzconnection.h"

#include "core/base/check.h"
#include "tests/fuzz/fuzzserver.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <sys/socket.h>
#include <unistd.h>

namespace tz::fuzz {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// For ever, and never without work: the workers' threads still hold on to it when their work is done.
asio::io_context &context()
{
    static auto *const made = new asio::io_context;
    static const auto guard = asio::make_work_guard(*made);
    return *made;
}

struct Net {
    int generation;
    server::NetContext context;
};

QByteArray withTokens(const QByteArray &bytes)
{
    const FuzzServer &server = FuzzServer::shared();
    return QByteArray(bytes)
        .replace("@admin", server.admin())
        .replace("@user", server.user())
        .replace("@program", server.program());
}

/// The client's end.
class Client {
public:
    Client(asio::io_context &io, int handle, const bool &isOver)
        : m_io(io)
        , m_handle(handle)
        , m_isOver(isOver)
    {
    }
    ~Client() { ::close(m_handle); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void send(const QByteArray &bytes)
    {
        for (qsizetype sent = 0; sent < bytes.size() && !m_isOver;) {
            const auto size = ::send(m_handle, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (size > 0)
                sent += size;
            else
                turn();
        }
    }
    /// The server does something, if it has anything to do, and what it says is taken.
    void turn()
    {
        m_io.run_one_for(std::chrono::milliseconds(10));
        drain();
    }
    void drain()
    {
        char bytes[16 * 1024];
        for (;;) {
            const auto size = ::recv(m_handle, bytes, sizeof bytes, 0);
            if (size <= 0)
                return;
            answers.append(bytes, size);
        }
    }
    void end() { ::shutdown(m_handle, SHUT_WR); }

    QByteArray answers;

private:
    asio::io_context &m_io;
    int m_handle;
    const bool &m_isOver;
};

} // namespace

server::NetContext &network()
{
    static std::unique_ptr<Net> made;
    FuzzServer &server = FuzzServer::shared();
    if (!made || made->generation != server.generation()) {
        made.reset();
        server::NetLimits limits;
        // Nobody waits for the channel's last words.
        limits.wakeEveryMs = 0;
        made.reset(new Net{server.generation(), {server.api(), limits}});
    }
    return made->context;
}

QByteArray talk(const QByteArray &first, const std::function<bool()> &ready, const std::function<void()> &between,
                const QByteArray &second)
{
    server::NetContext &shared = network();
    int ends[2];
    TZ_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    asio::io_context &io = context();
    bool isOver = false;
    Client client(io, ends[1], isOver);
    tcp::socket socket(io);
    // It is no TCP, but a stream of bytes, which is all that is asked of it.
    socket.assign(tcp::v4(), ends[0]);
    asio::co_spawn(io, server::serveRequests(shared, boost::beast::tcp_stream(std::move(socket)), "192.0.2.1"),
                   [&isOver](const std::exception_ptr &thrown) {
                       isOver = true;
                       if (thrown)
                           std::rethrow_exception(thrown);
                   });
    client.send(withTokens(first));
    while (ready && !isOver && !ready())
        client.turn();
    if (between)
        between();
    client.send(withTokens(second));
    client.end();
    while (!isOver)
        client.turn();
    // What a wake-up channel still had to do.
    while (io.poll() > 0)
        client.drain();
    client.drain();
    return client.answers;
}

} // namespace tz::fuzz
