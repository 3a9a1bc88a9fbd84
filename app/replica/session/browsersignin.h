// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/sync/signinwire.h"
#include "replica/transport/transport.h"

#include <QTcpServer>
#include <QTimer>
#include <QUrl>

namespace tz {

/// Asks a server how one may sign in. Errors: net.*, auth.wait {seconds}.
TZ_REPLICA_EXPORT void askSignInWays(Transport &transport, std::function<void(Result<wire::SignInWays>)> done);

/// One sign-in on the page of the company's provider, in the user's browser (RFC 8252): makes what belongs to it, has
/// the page opened, and waits on a port of this computer for what the provider sends back. Lives on one thread and
/// needs its event loop; keep it until the browser has its answer.
class TZ_REPLICA_EXPORT BrowserSignIn : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<wire::ProviderProof>)>;

    explicit BrowserSignIn(Entropy &entropy, QObject *parent = nullptr);
    /// `open` gets the page's address; `done` comes exactly once, unless this ends before. Errors: net.*,
    /// auth.provider_off, auth.provider_unreachable, session.unsafe_page {url}, session.cannot_listen {reason},
    /// session.browser_denied {reason}, session.browser_timeout {minutes}, session.cancelled.
    void start(Transport &transport, std::function<void(const QUrl &)> open, Done done);
    /// `done` gets session.cancelled, if it is still waited for.
    void cancel();
    void setPatience(std::chrono::milliseconds patience) { m_timer.setInterval(patience); }

private:
    QUrl pageFor(const wire::SignInWays &ways) const;
    Result<QUrl> listen(const wire::SignInWays &ways);
    void accept();
    void received(class QTcpSocket &socket);
    /// What a request means; nothing when it is not the one that is waited for.
    std::optional<Result<wire::ProviderProof>> judge(const QByteArray &target) const;
    void finish(Result<wire::ProviderProof> result);

    Entropy &m_entropy;
    QTcpServer m_server;
    QTimer m_timer;
    Done m_done;
    wire::ProviderProof m_proof;
    QString m_state, m_issuer;
};

} // namespace tz
