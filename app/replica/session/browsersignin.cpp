// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/browsersignin.h"

#include "core/base/messages.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QTcpSocket>
#include <QUrlQuery>

#include <array>

namespace tz {

namespace {
// The server may have to ask the provider first.
constexpr int askMs = 30'000;
constexpr std::chrono::minutes usualPatience(5);
constexpr qsizetype longestRequest = 16 * 1024;
/// Browsers open a few at once, and some that they do not use.
constexpr int mostConnections = 16;
constexpr int connectionMs = 10'000;
constexpr qsizetype longestReason = 40;

/// 256 random bits in the letters that RFC 7636 §4.1 allows.
QString randomText(Entropy &entropy)
{
    std::array<unsigned char, 32> bytes{};
    entropy.fill(bytes);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(bytes.data()), bytes.size())
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

/// Nothing of the request is in it, and it loads nothing.
QByteArray page(const QString &sentence)
{
    const QByteArray body = "<!DOCTYPE html><meta charset=\"utf-8\"><title>Tongzhou CRM</title>"
                            "<p style=\"font: 1.2em sans-serif; margin: 4em; text-align: center\">" +
                            sentence.toHtmlEscaped().toUtf8() + "</p>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " +
           QByteArray::number(body.size()) +
           "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
           "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
           "Connection: close\r\n\r\n" +
           body;
}

const QByteArray notFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// A word of the protocol (RFC 6749 §4.1.2.1); what else the address says is not shown to anybody.
QVariantMap reasonIn(const QString &text)
{
    const bool isWord = !text.isEmpty() && text.size() <= longestReason &&
                        std::ranges::all_of(text, [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'_'; });
    return isWord ? QVariantMap{{QStringLiteral("reason"), text}} : QVariantMap();
}
} // namespace

void askSignInWays(Transport &transport, std::function<void(Result<wire::SignInWays>)> done)
{
    transport.setToken({});
    transport.post(QStringLiteral("/v1/login/ways"), {}, askMs,
                   [done = std::move(done)](const Result<QByteArray> &body) {
                       done(body ? wire::decodeSignInWays(*body) : fail(body.error()));
                   });
}

BrowserSignIn::BrowserSignIn(Entropy &entropy, QObject *parent)
    : QObject(parent)
    , m_entropy(entropy)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(usualPatience);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        finish(fail("session.browser_timeout", {{QStringLiteral("minutes"), m_timer.interval() / 60'000}}));
    });
    connect(&m_server, &QTcpServer::newConnection, this, &BrowserSignIn::accept);
}

void BrowserSignIn::start(Transport &transport, std::function<void(const QUrl &)> open, Done done)
{
    m_done = std::move(done);
    askSignInWays(transport,
                  [self = QPointer<BrowserSignIn>(this), open = std::move(open)](const Result<wire::SignInWays> &ways) {
                      // Cancelled meanwhile.
                      if (!self || !self->m_done)
                          return;
                      const auto address = ways ? self->listen(*ways) : fail(ways.error());
                      if (!address)
                          return self->finish(fail(address.error()));
                      self->m_timer.start();
                      open(*address);
                  });
}

Result<QUrl> BrowserSignIn::listen(const wire::SignInWays &ways)
{
    if (!ways.throughProvider)
        return fail("auth.provider_off");
    if (ways.page.isEmpty())
        return fail("auth.provider_unreachable");
    // A server must not have programs or files opened here.
    if (!wire::isPrivateUrl(ways.page))
        return fail("session.unsafe_page", {{QStringLiteral("url"), ways.page}});
    if (!m_server.listen(QHostAddress::LocalHost))
        return fail("session.cannot_listen", {{QStringLiteral("reason"), m_server.errorString()}});
    m_issuer = ways.issuer;
    m_state = randomText(m_entropy);
    m_proof.nonce = randomText(m_entropy);
    m_proof.verifier = randomText(m_entropy);
    m_proof.port = m_server.serverPort();
    return pageFor(ways);
}

QUrl BrowserSignIn::pageFor(const wire::SignInWays &ways) const
{
    const QByteArray challenge = QCryptographicHash::hash(m_proof.verifier.toLatin1(), QCryptographicHash::Sha256)
                                     .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const std::pair<const char *, QString> parameters[] = {{"response_type", QStringLiteral("code")},
                                                           {"client_id", ways.clientId},
                                                           {"redirect_uri", wire::redirectUri(m_proof.port)},
                                                           {"scope", ways.scope},
                                                           {"state", m_state},
                                                           {"nonce", m_proof.nonce},
                                                           {"code_challenge", QString::fromLatin1(challenge)},
                                                           {"code_challenge_method", QStringLiteral("S256")}};
    QByteArray url = ways.page.toUtf8();
    char before = url.contains('?') ? '&' : '?';
    for (const auto &[name, value] : parameters) {
        url += before + QByteArray(name) + '=' + QUrl::toPercentEncoding(value);
        before = '&';
    }
    return QUrl::fromEncoded(url);
}

void BrowserSignIn::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        if (m_server.findChildren<QTcpSocket *>().size() > mostConnections) {
            socket->abort();
            continue;
        }
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { received(*socket); });
        QTimer::singleShot(connectionMs, socket, &QTcpSocket::abort);
    }
}

void BrowserSignIn::received(QTcpSocket &socket)
{
    const QByteArray begun = socket.peek(longestRequest);
    const bool isWhole = begun.contains("\r\n\r\n");
    if (!isWhole && begun.size() < longestRequest)
        return;
    socket.disconnect(this);
    (void)socket.readAll();
    const QByteArrayList words = begun.left(begun.indexOf('\r')).split(' ');
    const auto answer = isWhole && words.size() == 3 && words[0] == "GET" ? judge(words[1]) : std::nullopt;
    if (!answer) {
        socket.write(notFound);
    } else {
        // What exactly went wrong, the program says: a browser shows anything that stands in an address.
        socket.write(page(describe(Error(*answer ? "session.browser_done" : "session.browser_denied"))));
    }
    // At once: the program may end when it hears of this.
    socket.flush();
    socket.disconnectFromHost();
    // Last: whoever is told may end this.
    if (answer)
        finish(*answer);
}

std::optional<Result<wire::ProviderProof>> BrowserSignIn::judge(const QByteArray &target) const
{
    if (!m_done || !target.startsWith("/?"))
        return std::nullopt;
    const QUrlQuery query(QString::fromLatin1(target.mid(2)));
    const auto value = [&](const char *name) { return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded); };
    // Any page in any browser can send something here; only the provider knows the state.
    if (value("state") != m_state)
        return std::nullopt;
    // RFC 9207: what another provider says is no answer.
    if (query.hasQueryItem(QStringLiteral("iss")) && value("iss") != m_issuer)
        return fail("session.browser_denied");
    if (value("code").isEmpty())
        return fail("session.browser_denied", reasonIn(value("error")));
    wire::ProviderProof proof = m_proof;
    proof.code = value("code");
    return proof;
}

void BrowserSignIn::cancel()
{
    finish(fail("session.cancelled"));
}

void BrowserSignIn::finish(Result<wire::ProviderProof> result)
{
    m_timer.stop();
    m_server.close();
    if (const Done done = std::exchange(m_done, {}))
        done(std::move(result));
}

} // namespace tz
