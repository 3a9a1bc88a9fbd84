// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/export.h"

#include <QSslConfiguration>
#include <QTimer>
#include <QWebSocket>

namespace tz {

/// The WebSocket over which the server says "there is something new"; it carries no data. Notices a dead connection by
/// its own pings. Does not reconnect by itself: the replicator's timers do.
class TZ_REPLICA_EXPORT LiveChannel : public QObject {
    Q_OBJECT
public:
    explicit LiveChannel(QObject *parent = nullptr);
    ~LiveChannel() override;

    void open(const QUrl &url, const QString &token, const QSslConfiguration &tls);
    void close();
    bool isOpen() const { return m_open; }

Q_SIGNALS:
    void wake(qint64 rev);
    void changed(bool open);

private:
    void setOpen(bool open);
    void received(const QByteArray &message);
    QWebSocket m_socket;
    QTimer m_ping;
    bool m_open = false;
    bool m_wanted = false;
    bool m_answered = true;
};

} // namespace tz
