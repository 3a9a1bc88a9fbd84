// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/net/connection.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace tz::server {

QByteArray bearerToken(const boost::beast::http::request<boost::beast::http::string_body> &request);
boost::beast::http::response<boost::beast::http::string_body>
listenerRefusal(const Error &error, const boost::beast::http::request<boost::beast::http::string_body> &request);

/// One wake-up channel: says the newest revision in digits, the first time at once, then at most once in 50 ms, with a
/// last one always. Lives on its connection's strand.
template <class Stream>
class LiveSession final : public LiveListener, public std::enable_shared_from_this<LiveSession<Stream>> {
public:
    LiveSession(NetContext &context, Stream &&stream, QByteArray token)
        : m_context(context)
        , m_token(std::move(token))
        , m_socket(std::move(stream))
        , m_signal(m_socket.get_executor())
    {
    }

    void wake(qint64 rev) override
    {
        boost::asio::post(m_socket.get_executor(), [self = this->shared_from_this(), rev] { self->note(rev); });
    }

    void scopeChanged(qint64 rev) override
    {
        m_context.others.post([self = this->shared_from_this(), rev] {
            auto who = self->m_context.api.listener(self->m_token);
            if (who) {
                self->m_context.hub.update(*self, std::move(who->keys));
                self->wake(rev);
                return;
            }
            // Who may not listen any more is woken a last time, whatever it has seen: its pull tells it why.
            boost::asio::post(self->m_socket.get_executor(), [self] {
                self->m_isLast = true;
                self->note(0);
            });
        });
    }

    boost::asio::awaitable<void> run(boost::beast::http::request<boost::beast::http::string_body> request)
    {
        using boost::asio::redirect_error;
        using boost::asio::use_awaitable;
        namespace websocket = boost::beast::websocket;
        const auto self = this->shared_from_this();
        boost::system::error_code fault;
        // Named, and without captures that own anything: GCC 12 destroys such a temporary in a co_await twice.
        const auto lookUp = [this] { return m_context.api.listener(m_token); };
        auto who = co_await m_context.others.run(lookUp);
        if (!who || !*who) {
            auto refusal = listenerRefusal(who ? who->error() : Error("server.busy"), request);
            refusal.prepare_payload();
            co_await boost::beast::http::async_write(m_socket.next_layer(), refusal,
                                                     redirect_error(use_awaitable, fault));
            co_return;
        }
        websocket::stream_base::timeout times =
            websocket::stream_base::timeout::suggested(boost::beast::role_type::server);
        times.idle_timeout = std::chrono::seconds(120);
        times.keep_alive_pings = true;
        m_socket.set_option(times);
        m_socket.read_message_max(4096);
        m_connection = std::make_shared<OpenConnection>();
        m_connection->live = true;
        m_connection->close = [weak = this->weak_from_this()] {
            if (const auto session = weak.lock())
                session->close();
        };
        if (const auto admitted = m_context.devices.enter(m_connection, (*who)->device); !admitted) {
            auto refusal = listenerRefusal(admitted.error(), request);
            refusal.prepare_payload();
            co_await boost::beast::http::async_write(m_socket.next_layer(), refusal,
                                                     redirect_error(use_awaitable, fault));
            co_return;
        }
        m_context.devices.idle(*m_connection);
        const Leaving leaving{m_context.devices, *m_connection};
        co_await m_socket.async_accept(request, redirect_error(use_awaitable, fault));
        if (fault)
            co_return;
        const qint64 rev = (*who)->rev;
        m_context.hub.add(self, std::move(**who));
        m_open = true;
        // What was committed between the look-up and the hub is covered by saying the revision once.
        note(rev);
        boost::asio::co_spawn(
            m_socket.get_executor(), [self] { return self->write(); }, boost::asio::detached);
        boost::beast::flat_buffer buffer;
        while (m_open) {
            // Nothing is expected; reading is what answers pings and notices the end.
            co_await m_socket.async_read(buffer, redirect_error(use_awaitable, fault));
            if (fault)
                break;
            buffer.consume(buffer.size());
        }
        m_open = false;
        m_context.hub.remove(*this);
        m_signal.cancel();
    }

    void close()
    {
        boost::asio::post(m_socket.get_executor(), [self = this->shared_from_this()] {
            self->m_open = false;
            self->m_signal.cancel();
            boost::beast::get_lowest_layer(self->m_socket).close();
        });
    }

private:
    struct Leaving {
        DeviceConnections &devices;
        OpenConnection &connection;
        ~Leaving() { devices.leave(connection); }
    };

    /// `rev` 0: unknown up to where, the client asks in any case.
    void note(qint64 rev)
    {
        m_pending = m_isLast ? 0 : std::max(m_pending, rev);
        m_waiting = true;
        m_signal.cancel();
    }

    boost::asio::awaitable<void> write()
    {
        using boost::asio::redirect_error;
        using boost::asio::use_awaitable;
        const auto self = this->shared_from_this();
        boost::system::error_code fault;
        m_socket.text(true);
        while (m_open) {
            if (!m_waiting) {
                m_signal.expires_at(boost::asio::steady_timer::time_point::max());
                co_await m_signal.async_wait(redirect_error(use_awaitable, fault));
                continue;
            }
            m_waiting = false;
            const std::string text = std::to_string(m_pending);
            co_await m_socket.async_write(boost::asio::buffer(text), redirect_error(use_awaitable, fault));
            if (fault || m_isLast)
                break;
            boost::asio::steady_timer pause(m_socket.get_executor(),
                                            std::chrono::milliseconds(m_context.limits.wakeEveryMs));
            co_await pause.async_wait(redirect_error(use_awaitable, fault));
        }
        if (m_isLast)
            co_await m_socket.async_close(boost::beast::websocket::close_code::policy_error,
                                          redirect_error(use_awaitable, fault));
    }

    NetContext &m_context;
    QByteArray m_token;
    boost::beast::websocket::stream<Stream> m_socket;
    boost::asio::steady_timer m_signal;
    qint64 m_pending = 0;
    bool m_waiting = false;
    bool m_open = false;
    bool m_isLast = false;
    std::shared_ptr<OpenConnection> m_connection;
};

template <class Stream>
boost::asio::awaitable<void> serveLive(NetContext &context, Stream stream,
                                       boost::beast::http::request<boost::beast::http::string_body> request)
{
    auto session = std::make_shared<LiveSession<Stream>>(context, std::move(stream), bearerToken(request));
    co_await session->run(std::move(request));
}

} // namespace tz::server
