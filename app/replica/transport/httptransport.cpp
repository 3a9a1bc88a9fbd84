// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/transport/httptransport.h"

#include "core/sync/wire.h"

#include <QFile>
#include <QNetworkInformation>
#include <QNetworkReply>
#include <QSslCertificate>

namespace tz {

namespace {

QString hostOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

} // namespace

Result<std::unique_ptr<HttpTransport>> HttpTransport::make(const QUrl &server, const QString &caFile)
{
    const QString scheme = server.scheme();
    if (!server.isValid() || server.host().isEmpty() ||
        (scheme != QLatin1String("https") && scheme != QLatin1String("http")))
        return fail("net.bad_url", {{QStringLiteral("url"), server.toDisplayString()}});
    std::unique_ptr<HttpTransport> transport(new HttpTransport(server));
    transport->m_tls = QSslConfiguration::defaultConfiguration();
    transport->m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(caFile);
        if (authorities.isEmpty())
            return fail("net.ca_file", {{QStringLiteral("path"), caFile}});
        transport->m_tls.setCaCertificates(authorities);
    }
    return transport;
}

HttpTransport::HttpTransport(const QUrl &server)
    : m_server(server)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(false);
    connect(&m_live, &LiveChannel::wake, this, &Transport::wake);
    connect(&m_live, &LiveChannel::changed, this, &Transport::liveChanged);
    // Only a hint to try again at once: a server on this computer is reachable without any network.
    if (QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) {
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
                [this](QNetworkInformation::Reachability now) {
                    if (now != QNetworkInformation::Reachability::Disconnected)
                        Q_EMIT reachable();
                });
    }
}

HttpTransport::~HttpTransport()
{
    cancel();
}

QUrl HttpTransport::urlOf(const QString &path) const
{
    QUrl url = m_server;
    QString base = url.path();
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    url.setPath(base + path);
    return url;
}

void HttpTransport::post(const QString &path, const QByteArray &body, int timeoutMs, Callback callback)
{
    QNetworkRequest request(urlOf(path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/cbor"));
    request.setRawHeader("Accept", "application/cbor");
    QByteArray sent = wire::compress(body);
    // The other side refuses what unpacks to too much: a file of nothing but zeros goes as it is.
    if (wire::mayBeUnpacked(sent.size(), body.size()))
        request.setRawHeader("Content-Encoding", "zstd");
    else
        sent = body;
    // Named by ourselves, so that Qt leaves the body alone: the limits on unpacking are ours.
    request.setRawHeader("Accept-Encoding", "zstd");
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setTransferTimeout(timeoutMs);
    if (m_server.scheme() == QLatin1String("https"))
        request.setSslConfiguration(m_tls);
    QNetworkReply *reply = m_network.post(request, sent);
    m_underWay.insert(reply);
    connect(reply, &QNetworkReply::finished, this, [this, reply, callback = std::move(callback)] {
        m_underWay.remove(reply);
        reply->deleteLater();
        callback(answerOf(*reply));
    });
}

Result<QByteArray> HttpTransport::answerOf(QNetworkReply &reply) const
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0) {
        const QString host = hostOf(m_server);
        switch (int(reply.error())) {
        case QNetworkReply::OperationCanceledError:
        case QNetworkReply::TimeoutError:
            return fail("net.timeout", {{QStringLiteral("host"), host}});
        case QNetworkReply::SslHandshakeFailedError:
            return fail("net.tls", {{QStringLiteral("host"), host}, {QStringLiteral("reason"), reply.errorString()}});
        default:
            return fail("net.unreachable",
                        {{QStringLiteral("host"), host}, {QStringLiteral("reason"), reply.errorString()}});
        }
    }
    QByteArray body = reply.readAll();
    if (reply.rawHeader("Content-Encoding").toLower() == "zstd") {
        auto plain = wire::decompress(body);
        if (!plain)
            return tl::unexpected(std::move(plain.error()));
        body = std::move(*plain);
    }
    if (status >= 200 && status < 300) {
        if (reply.error() != QNetworkReply::NoError)
            return fail("net.unreachable",
                        {{QStringLiteral("host"), hostOf(m_server)}, {QStringLiteral("reason"), reply.errorString()}});
        return body;
    }
    auto decoded = wire::decodeError(body);
    Error error = decoded ? std::move(*decoded) : Error("net.bad_answer");
    error.params.insert(QStringLiteral("status"), status);
    return tl::unexpected(std::move(error));
}

void HttpTransport::cancel()
{
    const auto underWay = std::exchange(m_underWay, {});
    for (QNetworkReply *reply : underWay) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void HttpTransport::setToken(const QString &token)
{
    m_token = token;
}

void HttpTransport::openLive()
{
    QUrl url = urlOf(QStringLiteral("/v1/live"));
    url.setScheme(m_server.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    m_live.open(url, m_token, m_tls);
}

void HttpTransport::closeLive()
{
    m_live.close();
}

bool HttpTransport::isLive() const
{
    return m_live.isOpen();
}

} // namespace tz
