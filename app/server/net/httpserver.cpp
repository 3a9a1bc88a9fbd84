// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/net/httpserver.h"

#include "server/api/api.h"
#include "server/net/memory.h"
#include "server/net/session.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/strand.hpp>

#include <QDateTime>
#include <QFile>

#include <thread>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace tz::server {

namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;

struct HttpServer::Private {
    Private(Api &api, const NetOptions &o)
        : options(o)
        , context(api, o.limits)
        , io(int(o.ioThreads))
        , strand(asio::make_strand(io))
        , acceptor(strand)
        , poll(strand)
        , jobs(strand)
    {
    }

    NetOptions options;
    NetContext context;
    asio::io_context io;
    /// Of everything but the connections, which have one each.
    asio::strand<asio::io_context::executor_type> strand;
    std::optional<asio::ssl::context> tls;
    tcp::acceptor acceptor;
    asio::steady_timer poll, jobs;
    std::vector<std::thread> threads;
    std::atomic<bool> jobsRunning{false};
    qint64 certificateEndsAtMs = 0;
    Api &api() { return context.api; }

    Result<> prepareTls();
    Presence::Network network() const;
    asio::awaitable<void> accept();
    asio::awaitable<void> serve(tcp::socket socket);
    asio::awaitable<void> watch();
    asio::awaitable<void> runJobs();
};

namespace {
/// With the usual limit of 1,024 open files, idle connections alone would keep others out, and the database from
/// opening its own. Where no more are allowed, fewer connections are.
void makeRoomForConnections(NetLimits &limits)
{
#ifdef Q_OS_UNIX
    constexpr rlim_t otherFiles = 256;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    const rlim_t wanted = rlim_t(limits.connections) + otherFiles;
    if (files.rlim_cur < wanted) {
        const rlimit raised{std::min(wanted, files.rlim_max), files.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            files = raised;
    }
    if (files.rlim_cur < wanted)
        limits.connections = int(std::max(files.rlim_cur, 2 * otherFiles) - otherFiles);
#endif
}
} // namespace

HttpServer::HttpServer() = default;

HttpServer::~HttpServer()
{
    if (d)
        stop();
}

Result<> HttpServer::Private::prepareTls()
{
    tls.emplace(asio::ssl::context::tls_server);
    boost::system::error_code fault;
    tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                     asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    const auto refused = [&](const QString &path) {
        return fail("net.certificate", {{QStringLiteral("path"), path},
                                        {QStringLiteral("reason"), QString::fromStdString(fault.message())}});
    };
    tls->use_certificate_chain_file(options.certificateFile.toStdString(), fault);
    if (fault)
        return refused(options.certificateFile);
    tls->use_private_key_file(options.keyFile.toStdString(), asio::ssl::context::pem, fault);
    if (fault)
        return refused(options.keyFile);
    if (const X509 *certificate = SSL_CTX_get0_certificate(tls->native_handle())) {
        std::tm end{};
        if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1)
            certificateEndsAtMs = QDateTime(QDate(end.tm_year + 1900, end.tm_mon + 1, end.tm_mday),
                                            QTime(end.tm_hour, end.tm_min, end.tm_sec), Qt::UTC)
                                      .toMSecsSinceEpoch();
    }
    return {};
}

Presence::Network HttpServer::Private::network() const
{
    Presence::Network network;
    network.listening = context.hub.devices();
    for (const Workers *workers : context.allWorkers())
        network.queues.push_back({QString::fromLatin1(workers->name()), workers->queued()});
    network.certificateEndsAtMs = certificateEndsAtMs;
    return network;
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(Api &api, const NetOptions &options)
{
    boost::system::error_code fault;
    const auto address = asio::ip::make_address(options.address.toStdString(), fault);
    if (fault)
        return fail("net.bad_address", {{QStringLiteral("address"), options.address}});
    if (options.certificateFile.isEmpty() && !address.is_loopback())
        return fail("net.tls_required", {{QStringLiteral("address"), options.address}});
    std::unique_ptr<HttpServer> server(new HttpServer);
    NetOptions fitting = options;
    makeRoomForConnections(fitting.limits);
    server->d = std::make_unique<Private>(api, fitting);
    Private &d = *server->d;
    if (!options.certificateFile.isEmpty())
        TZ_TRY(d.prepareTls());
    const tcp::endpoint endpoint(address, options.port);
    d.acceptor.open(endpoint.protocol(), fault);
    if (!fault)
        d.acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
    if (!fault)
        d.acceptor.bind(endpoint, fault);
    if (!fault)
        d.acceptor.listen(asio::socket_base::max_listen_connections, fault);
    if (fault)
        return fail("net.cannot_listen", {{QStringLiteral("address"), options.address},
                                          {QStringLiteral("port"), int(options.port)},
                                          {QStringLiteral("reason"), QString::fromStdString(fault.message())}});
    return server;
}

quint16 HttpServer::port() const
{
    boost::system::error_code fault;
    return d->acceptor.local_endpoint(fault).port();
}

asio::awaitable<void> HttpServer::Private::accept()
{
    while (!context.stopping.load()) {
        boost::system::error_code fault;
        tcp::socket socket =
            co_await acceptor.async_accept(asio::make_strand(io), redirect_error(use_awaitable, fault));
        if (fault == asio::error::operation_aborted || !acceptor.is_open())
            break;
        if (fault) {
            // Out of file descriptors, say: wait until some are free instead of spinning.
            asio::steady_timer pause(strand, std::chrono::milliseconds(50));
            co_await pause.async_wait(redirect_error(use_awaitable, fault));
            continue;
        }
        if (context.connections.load() >= options.limits.connections) {
            ++context.rejected;
            continue;
        }
        socket.set_option(tcp::no_delay(true), fault);
        const auto own = socket.get_executor();
        asio::co_spawn(own, serve(std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> HttpServer::Private::serve(tcp::socket socket)
{
    ++context.connections;
    boost::system::error_code fault;
    const tcp::endpoint peer = socket.remote_endpoint(fault);
    const QByteArray address = QByteArray::fromStdString(peer.address().to_string());
    try {
        boost::beast::tcp_stream stream(std::move(socket));
        if (tls) {
            boost::beast::ssl_stream<boost::beast::tcp_stream> secure(std::move(stream), *tls);
            boost::beast::get_lowest_layer(secure).expires_after(std::chrono::milliseconds(options.limits.headerMs));
            co_await secure.async_handshake(asio::ssl::stream_base::server, redirect_error(use_awaitable, fault));
            if (!fault)
                co_await serveRequests(context, std::move(secure), address);
        } else {
            co_await serveRequests(context, std::move(stream), address);
        }
    } catch (const std::exception &gone) {
        qWarning("connection ended: %s", gone.what());
    }
    --context.connections;
}

asio::awaitable<void> HttpServer::Private::watch()
{
    boost::system::error_code fault;
    while (!context.stopping.load()) {
        poll.expires_after(std::chrono::milliseconds(api().pollEveryMs(options.limits.pollMs)));
        co_await poll.async_wait(redirect_error(use_awaitable, fault));
        if (fault)
            break;
        (void)co_await context.upkeep.run([this] {
            api().pollForeignCommits();
            return true;
        });
    }
}

asio::awaitable<void> HttpServer::Private::runJobs()
{
    boost::system::error_code fault;
    while (!context.stopping.load()) {
        jobs.expires_after(std::chrono::milliseconds(options.limits.jobsMs));
        co_await jobs.async_wait(redirect_error(use_awaitable, fault));
        if (fault)
            break;
        (void)co_await context.upkeep.run([this] {
            if (const auto done = api().runJobs(); !done)
                qWarning("jobs failed: %s", qPrintable(done.error().toString()));
            memory::giveBack();
            return true;
        });
    }
}

void HttpServer::start()
{
    d->api().setCommitHandler([this](const Commit &commit) {
        d->context.hub.committed(commit);
        d->context.deliverer.wake();
    });
    d->api().service().presence().begin([this] { return d->network(); });
    d->context.deliverer.start();
    asio::co_spawn(d->strand, d->accept(), asio::detached);
    asio::co_spawn(d->strand, d->watch(), asio::detached);
    asio::co_spawn(d->strand, d->runJobs(), asio::detached);
    for (int i = 0; i < d->options.ioThreads; ++i)
        d->threads.emplace_back([this] { d->io.run(); });
}

void HttpServer::waitForSignal()
{
    asio::io_context waiting;
    asio::signal_set signals(waiting, SIGTERM, SIGINT);
    signals.async_wait([](const boost::system::error_code &, int) {});
    waiting.run();
    stop();
}

void HttpServer::stop()
{
    if (d->threads.empty() || d->context.stopping.exchange(true))
        return;
    asio::post(d->strand, [this] {
        boost::system::error_code fault;
        d->acceptor.close(fault);
        d->poll.cancel();
        d->jobs.cancel();
    });
    // What is under way gets its answer; who only listens or idles is cut off.
    for (int waited = 0; d->context.underWay.load() > 0 && waited < 1000; ++waited)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    d->api().setCommitHandler({});
    d->api().service().presence().end();
    d->context.deliverer.stop();
    d->io.stop();
    for (std::thread &thread : d->threads)
        thread.join();
    d->threads.clear();
    d->context.signIns.join();
    d->context.providers.join();
    d->context.pushes.join();
    d->context.pulls.join();
    d->context.backfills.join();
    d->context.blobs.join();
    d->context.others.join();
    d->context.programs.join();
    d->context.upkeep.join();
}

} // namespace tz::server
