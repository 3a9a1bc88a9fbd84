// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/net/connection.h"
#include "server/net/livesession.h"
#include "server/rest/rest.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace tz::server {

namespace http = boost::beast::http;
using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;

/// Answers that need no records: wrong paths and methods, faults before the Api is asked. `keep`: it is known where the
/// next request begins.
HttpResponse errorResponse(http::status status, const Error &error, const HttpRequest &request, bool keep = true);
/// Whether it belongs to the HTTP API for other programs.
bool isForPrograms(const HttpRequest &request);
/// GET /healthz and /metrics.
HttpResponse answerGet(NetContext &context, const HttpRequest &request);
Request requestFor(HttpRequest &request, const QByteArray &address);
HttpResponse responseFor(Answer &&answer, const HttpRequest &request);
/// The same for the HTTP API.
rest::Request programRequestFor(const HttpRequest &request);
HttpResponse responseFor(rest::Answer &&answer, const HttpRequest &request);
Workers &workersFor(NetContext &context, const HttpRequest &request);
QByteArray bearerToken(const HttpRequest &request);

/// Gives what was already sent some seconds to reach the client before the connection goes: otherwise the reset that
/// follows unread input would overtake the answer.
template <class Stream>
boost::asio::awaitable<void> linger(Stream &stream)
{
    boost::system::error_code fault;
    auto &lowest = boost::beast::get_lowest_layer(stream);
    lowest.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, fault);
    lowest.expires_after(std::chrono::seconds(2));
    std::array<char, 16 * 1024> dropped;
    for (qsizetype total = 0; total < (qsizetype(64) << 20);) {
        const size_t size = co_await lowest.async_read_some(
            boost::asio::buffer(dropped), boost::asio::redirect_error(boost::asio::use_awaitable, fault));
        if (fault)
            break;
        total += qsizetype(size);
    }
}

/// The header of a request. Beast's own limit holds for what it reads at once only: lines that arrive in small pieces
/// would add up without end.
template <class Stream, class Parser>
boost::asio::awaitable<void> readHeader(Stream &stream, boost::beast::flat_buffer &buffer, Parser &parser,
                                        qsizetype most, boost::system::error_code &fault)
{
    qsizetype size = 0;
    for (;;) {
        if (buffer.size() > 0) {
            const size_t used = parser.put(buffer.cdata(), fault);
            buffer.consume(used);
            size += qsizetype(used);
            if (size > most && (!fault || fault == http::error::need_more))
                fault = http::error::header_limit;
            if (fault != http::error::need_more)
                co_return;
            fault = {};
        }
        const size_t more = co_await stream.async_read_some(
            buffer.prepare(4096), boost::asio::redirect_error(boost::asio::use_awaitable, fault));
        if (fault)
            co_return;
        buffer.commit(more);
    }
}

/// A connection among those of its device, as long as it is read. Lives on the connection's strand.
template <class Stream>
class DeviceConnection {
public:
    DeviceConnection(NetContext &context, Stream &stream)
        : m_context(context)
        , m_open(std::make_shared<OpenConnection>())
        , m_stream(std::make_shared<Stream *>(&stream))
    {
        m_open->close = [executor = stream.get_executor(), stream = m_stream] {
            boost::asio::post(executor, [stream] {
                if (*stream)
                    boost::beast::get_lowest_layer(**stream).close();
            });
        };
    }
    ~DeviceConnection() { leave(); }
    DeviceConnection(const DeviceConnection &) = delete;
    DeviceConnection &operator=(const DeviceConnection &) = delete;

    void leave()
    {
        *m_stream = nullptr;
        m_context.devices.leave(*m_open);
    }
    void idle() { m_context.devices.idle(*m_open); }
    std::function<Result<>(const Id &)> admission() const
    {
        return [&devices = m_context.devices, open = m_open](const Id &device) { return devices.enter(open, device); };
    }

private:
    NetContext &m_context;
    std::shared_ptr<OpenConnection> m_open;
    std::shared_ptr<Stream *> m_stream;
};

/// One connection, request after request.
template <class Stream>
boost::asio::awaitable<void> serveRequests(NetContext &context, Stream stream, QByteArray address)
{
    using boost::asio::redirect_error;
    using boost::asio::use_awaitable;
    const NetLimits &limits = context.limits;
    boost::beast::flat_buffer buffer(size_t(limits.headerBytes) * 4);
    boost::system::error_code fault;
    auto &lowest = boost::beast::get_lowest_layer(stream);
    DeviceConnection<Stream> connection(context, stream);
    // Who connects has something to say; only who was answered once may keep the connection and rest.
    int restMs = limits.headerMs;
    while (!context.stopping.load()) {
        if (buffer.size() == 0) {
            lowest.expires_after(std::chrono::milliseconds(restMs));
            const size_t first =
                co_await stream.async_read_some(buffer.prepare(4096), redirect_error(use_awaitable, fault));
            if (fault)
                break;
            buffer.commit(first);
        }
        http::request_parser<http::string_body> parser;
        parser.header_limit(std::uint32_t(limits.headerBytes));
        parser.body_limit(std::uint64_t(limits::bodyBytes));
        lowest.expires_after(std::chrono::milliseconds(limits.headerMs));
        co_await readHeader(stream, buffer, parser, limits.headerBytes, fault);
        const bool isChunked = !fault && parser.chunked();
        if (!fault && !isChunked && !parser.is_done()) {
            if (parser.get()[http::field::expect] == "100-continue") {
                http::response<http::empty_body> go(http::status::continue_, 11);
                co_await http::async_write(stream, go, redirect_error(use_awaitable, fault));
            }
            lowest.expires_after(std::chrono::milliseconds(limits.requestMs));
            if (!fault)
                co_await http::async_read(stream, buffer, parser, redirect_error(use_awaitable, fault));
        }
        if (fault || isChunked) {
            if (fault == boost::beast::error::timeout)
                ++context.timeouts;
            std::optional<HttpResponse> refusal;
            const HttpRequest &begun = parser.get();
            if (isChunked)
                // Lines may follow the pieces, and Beast knows no limit for those. No program of ours sends pieces.
                refusal = errorResponse(http::status::length_required, Error("net.length_required"), begun, false);
            else if (fault == http::error::body_limit)
                refusal = errorResponse(http::status::payload_too_large,
                                        Error("wire.too_large", {{QStringLiteral("limit"), qint64(limits::bodyBytes)}}),
                                        begun, false);
            else if (fault == http::error::header_limit || fault == http::error::buffer_overflow)
                refusal = errorResponse(
                    http::status::request_header_fields_too_large,
                    Error("net.header_too_large", {{QStringLiteral("limit"), qint64(limits.headerBytes)}}), begun,
                    false);
            else if (fault.category() == http::make_error_code(http::error::bad_method).category() &&
                     fault != http::error::end_of_stream && fault != http::error::partial_message)
                refusal = errorResponse(http::status::bad_request, Error("net.bad_request"), begun, false);
            if (refusal) {
                ++context.rejected;
                lowest.expires_after(std::chrono::milliseconds(limits.requestMs));
                co_await http::async_write(stream, *refusal, redirect_error(use_awaitable, fault));
                co_await linger(stream);
            }
            break;
        }

        HttpRequest request = parser.release();
        context.bytesIn += qint64(request.body().size());
        ++context.requests;
        if (request.target() == "/v1/live" && boost::beast::websocket::is_upgrade(request)) {
            lowest.expires_never();
            connection.leave();
            co_await serveLive(context, std::move(stream), std::move(request));
            co_return;
        }
        HttpResponse response;
        bool longWork = false;
        const bool forPrograms = isForPrograms(request);
        if (forPrograms || request.method() == http::verb::post) {
            ++context.underWay;
            const unsigned version = request.version();
            const bool keep = request.keep_alive();
            Workers &workers = workersFor(context, request);
            // The hash of a content of two GiB takes its time too.
            longWork = &workers == &context.backfills || request.target() == "/v1/blob/done";
            const Deadline::Time deadline = std::chrono::steady_clock::now() +
                                            std::chrono::milliseconds(longWork ? limits.backfillMs : limits.requestMs);
            lowest.expires_never();
            std::optional<HttpResponse> worked = co_await workers.run([&]() -> HttpResponse {
                if (forPrograms) {
                    rest::Request question = programRequestFor(request);
                    question.deadline = deadline;
                    question.admit = connection.admission();
                    return responseFor(rest::handle(context.api.service(), question), request);
                }
                Request question = requestFor(request, address);
                question.deadline = deadline;
                question.admit = connection.admission();
                return responseFor(context.api.handle(question), request);
            });
            connection.idle();
            if (worked)
                response = std::move(*worked);
            else
                response = errorResponse(http::status::service_unavailable, Error("server.busy"), request);
            response.version(version);
            response.keep_alive(keep && !context.stopping.load());
            --context.underWay;
        } else {
            response = answerGet(context, request);
            response.keep_alive(request.keep_alive());
        }
        response.prepare_payload();
        context.bytesOut += qint64(response.body().size());
        lowest.expires_after(std::chrono::milliseconds(longWork ? limits.backfillMs : limits.requestMs));
        co_await http::async_write(stream, response, redirect_error(use_awaitable, fault));
        if (fault || !response.keep_alive())
            break;
        restMs = limits.idleMs;
    }
    lowest.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, fault);
}

} // namespace tz::server
