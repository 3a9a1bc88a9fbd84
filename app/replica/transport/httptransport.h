// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/transport/livechannel.h"
#include "replica/transport/transport.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QUrl>

namespace tz {

/// HTTPS to a server: CBOR bodies compressed with zstd, the token in the Authorization header only.
class TZ_REPLICA_EXPORT HttpTransport final : public Transport {
    Q_OBJECT
public:
    /// `caFile`: PEM file with the certificate authority to trust instead of the system's; empty: the system's.
    /// Errors: net.bad_url {url}, net.ca_file {path}.
    static Result<std::unique_ptr<HttpTransport>> make(const QUrl &server, const QString &caFile);
    ~HttpTransport() override;

    void post(const QString &path, const QByteArray &body, int timeoutMs, Callback callback) override;
    void cancel() override;
    void setToken(const QString &token) override;
    void openLive() override;
    void closeLive() override;
    bool isLive() const override;

private:
    explicit HttpTransport(const QUrl &server);
    QUrl urlOf(const QString &path) const;
    Result<QByteArray> answerOf(class QNetworkReply &reply) const;

    QUrl m_server;
    QString m_token;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
    LiveChannel m_live;
    QSet<class QNetworkReply *> m_underWay;
};

} // namespace tz
