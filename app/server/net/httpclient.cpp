// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/net/httpclient.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <QUrl>

namespace tz::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;

constexpr std::chrono::seconds patience(10);
/// Sign-in services send long policies and cookies.
constexpr std::uint32_t headerBytes = 64 * 1024;

using Request = http::request<http::string_body>;

struct Target {
    QUrl url;
    bool isSecure = false;
    std::string host;
    std::string port;

    explicit Target(const QString &text)
        : url(text, QUrl::StrictMode)
        , isSecure(url.scheme() == QLatin1String("https"))
        , host(QString::fromLatin1(QUrl::toAce(url.host())).toStdString())
        , port(std::to_string(url.port(isSecure ? 443 : 80)))
    {
        // Numbers and names that have no other form.
        if (host.empty())
            host = url.host().toStdString();
    }
    Error error(const char *code) const
    {
        return Error(code, {{QStringLiteral("host"), QString::fromStdString(host)}});
    }
};

Request requestFor(const Target &target, const HttpQuestion &question)
{
    QByteArray path = target.url.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    if (target.url.hasQuery())
        path += '?' + target.url.query(QUrl::FullyEncoded).toLatin1();
    Request request(question.body.isEmpty() ? http::verb::get : http::verb::post, path.toStdString(), 11);
    const bool isUsual = target.url.port() < 0;
    // An address of version 6 stands in brackets.
    const std::string name = target.host.find(':') == std::string::npos ? target.host : '[' + target.host + ']';
    request.set(http::field::host, isUsual ? name : name + ':' + target.port);
    request.set(http::field::user_agent, "tongzhou-server/" TZ_VERSION);
    request.set(http::field::connection, "close");
    for (const auto &[header, value] : question.headers)
        request.set(header.toStdString(), value.toStdString());
    request.body().assign(question.body.constData(), size_t(question.body.size()));
    request.prepare_payload();
    return request;
}

template <class Stream>
asio::awaitable<Result<HttpReply>> exchange(Stream &stream, const Target &target, const Request &request,
                                            quint64 mostBytes)
{
    boost::system::error_code fault;
    co_await http::async_write(stream, request, redirect_error(use_awaitable, fault));
    if (fault)
        co_return fail(target.error(fault == beast::error::timeout ? "net.timeout" : "net.unreachable"));
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.header_limit(headerBytes);
    parser.body_limit(mostBytes);
    co_await http::async_read_header(stream, buffer, parser, redirect_error(use_awaitable, fault));
    if (fault == beast::error::timeout)
        co_return fail(target.error("net.timeout"));
    if (fault)
        co_return fail(target.error("net.not_http"));
    // Read in any case, so that the other side is not cut off amid it.
    co_await http::async_read(stream, buffer, parser, redirect_error(use_awaitable, fault));
    HttpReply reply;
    reply.status = int(parser.get().result_int());
    reply.body = QByteArray::fromStdString(parser.get().body());
    reply.isWhole = !fault && parser.is_done();
    co_return reply;
}

asio::awaitable<Result<HttpReply>> ask(const Target &target, const Request &request, quint64 mostBytes)
{
    boost::system::error_code fault;
    tcp::resolver resolver(co_await asio::this_coro::executor);
    const auto found = co_await resolver.async_resolve(target.host, target.port, redirect_error(use_awaitable, fault));
    if (fault)
        co_return fail(target.error("net.unreachable"));
    beast::tcp_stream stream(co_await asio::this_coro::executor);
    stream.expires_after(patience);
    co_await stream.async_connect(found, redirect_error(use_awaitable, fault));
    if (fault)
        co_return fail(target.error(fault == beast::error::timeout ? "net.timeout" : "net.unreachable"));
    if (!target.isSecure)
        co_return co_await exchange(stream, target, request, mostBytes);

    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                    asio::ssl::context::no_tlsv1_1);
    tls.set_default_verify_paths(fault);
    beast::ssl_stream<beast::tcp_stream> secure(std::move(stream), tls);
    secure.set_verify_mode(asio::ssl::verify_peer);
    secure.set_verify_callback(asio::ssl::host_name_verification(target.host));
    boost::system::error_code isName;
    (void)asio::ip::make_address(target.host, isName);
    if (isName)
        SSL_ctrl(secure.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char *>(target.host.c_str()));
    co_await secure.async_handshake(asio::ssl::stream_base::client, redirect_error(use_awaitable, fault));
    if (fault == beast::error::timeout)
        co_return fail(target.error("net.timeout"));
    if (fault) {
        Error error = target.error("net.tls");
        error.params.insert(QStringLiteral("reason"), QString::fromStdString(fault.message()));
        co_return fail(error);
    }
    co_return co_await exchange(secure, target, request, mostBytes);
}

} // namespace

Result<HttpReply> askOverHttp(const HttpQuestion &question, quint64 mostBytes)
{
    const Target target(question.url);
    const Request request = requestFor(target, question);
    Result<HttpReply> reply = fail(target.error("net.timeout"));
    asio::io_context io;
    asio::co_spawn(io, ask(target, request, mostBytes), [&](std::exception_ptr fault, Result<HttpReply> done) {
        reply = fault ? fail(target.error("net.unreachable")) : std::move(done);
    });
    io.run();
    return reply;
}

} // namespace tz::server
