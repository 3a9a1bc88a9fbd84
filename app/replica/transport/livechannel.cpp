// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/transport/livechannel.h"

#include <QNetworkRequest>

namespace tz {

namespace {
constexpr int pingEveryMs = 45'000;
}

LiveChannel::LiveChannel(QObject *parent)
    : QObject(parent)
{
    m_socket.setParent(this);
    m_socket.setMaxAllowedIncomingMessageSize(64 * 1024);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_answered = true;
        m_ping.start(pingEveryMs);
        setOpen(true);
    });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        m_ping.stop();
        m_wanted = false;
        setOpen(false);
    });
    // A connection that is refused never says "disconnected".
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto refused = &QWebSocket::errorOccurred;
#else
    const auto refused = QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error);
#endif
    connect(&m_socket, refused, this, [this] {
        m_wanted = false;
        setOpen(false);
    });
    connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { received(text.toUtf8()); });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &LiveChannel::received);
    connect(&m_socket, &QWebSocket::pong, this, [this] { m_answered = true; });
    connect(&m_ping, &QTimer::timeout, this, [this] {
        if (!m_answered) {
            m_socket.abort();
            return;
        }
        m_answered = false;
        m_socket.ping();
    });
}

LiveChannel::~LiveChannel()
{
    m_socket.disconnect(this);
}

void LiveChannel::open(const QUrl &url, const QString &token, const QSslConfiguration &tls)
{
    if (m_open || m_wanted)
        return;
    m_wanted = true;
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    if (url.scheme() == QLatin1String("wss"))
        m_socket.setSslConfiguration(tls);
    m_socket.open(request);
}

void LiveChannel::close()
{
    m_wanted = false;
    m_ping.stop();
    m_socket.abort();
    setOpen(false);
}

void LiveChannel::setOpen(bool open)
{
    const bool was = std::exchange(m_open, open);
    if (was != open || !open)
        Q_EMIT changed(open);
}

void LiveChannel::received(const QByteArray &message)
{
    m_answered = true;
    // The revision stands in decimal digits, bare or in a JSON object; more is not needed, the pull tells the rest.
    qint64 rev = 0;
    for (const char c : message) {
        if (c >= '0' && c <= '9' && rev < (std::numeric_limits<qint64>::max() - 9) / 10)
            rev = rev * 10 + (c - '0');
    }
    Q_EMIT wake(rev);
}

} // namespace tz
