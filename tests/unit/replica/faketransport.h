// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/numberwire.h"
#include "replica/transport/transport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

namespace tz::test {

/// A server in a function: what it answers, comes in the next turn of the event loop.
class FakeTransport final : public Transport {
public:
    using Server = std::function<Result<QByteArray>(const QString &path, const QByteArray &body)>;
    explicit FakeTransport(Server server)
        : m_server(std::move(server))
    {
    }
    void post(const QString &path, const QByteArray &body, int, Callback callback) override
    {
        const bool isAboutNumbers = path == QLatin1String("/v1/numbers");
        if (!isAboutNumbers || leasesNumbers) {
            asked << path;
            tokens << token;
        }
        QTimer::singleShot(0, this, [this, path, body, isAboutNumbers, callback = std::move(callback), turn = m_turn] {
            if (turn != m_turn)
                return;
            callback(isAboutNumbers && !leasesNumbers ? wire::encode(wire::NumbersAnswer()) : m_server(path, body));
        });
    }
    void cancel() override { ++m_turn; }
    void setToken(const QString &now) override { token = now; }
    void openLive() override {}
    void closeLive() override {}
    bool isLive() const override { return live; }

    QStringList asked;
    QStringList tokens;
    QString token;
    /// The wake-up channel is open.
    bool live = false;
    /// The function answers requests for numbers, too; otherwise there are none, and nobody sees that they were asked
    /// for.
    bool leasesNumbers = false;

private:
    Server m_server;
    int m_turn = 0;
};

/// A refusal as HttpTransport hands it on.
inline Result<QByteArray> refusal(int status, Error error)
{
    error.params.insert(QStringLiteral("status"), status);
    return tl::unexpected(std::move(error));
}

/// Lets the event loop run until `done`, or the time is up.
inline bool waitUntil(const std::function<bool()> &done, int timeoutMs = 10'000)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < timeoutMs)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    return done();
}

} // namespace tz::test
