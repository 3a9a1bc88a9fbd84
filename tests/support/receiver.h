// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tz::test {

/// A program that a server speaks to (webhooks are delivered to it, say): loopback, plain HTTP, one request after the
/// other.
class Receiver {
public:
    struct Got {
        QByteArray line;
        /// Names in lower case.
        QHash<QByteArray, QByteArray> headers;
        QByteArray body;
        QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    };
    Receiver();
    ~Receiver();

    QString url(const char *path = "/hook") const;
    /// So many requests are answered with this status, then 204 again.
    void answer(int status, int times);
    /// What it answers from now on instead; called on its own thread.
    struct Reply {
        int status = 200;
        QByteArray body;
    };
    void answer(std::function<Reply(const Got &)> how);
    /// Everything that came so far, also what was refused.
    std::vector<Got> got() const;
    /// What was answered with 204, once there are at least so many; the test fails when they do not come.
    std::vector<Got> accepted(size_t count) const;

private:
    void run();
    void serve(int connection);
    int m_listening = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    std::vector<Got> m_got, m_accepted;
    int m_status = 204;
    int m_times = 0;
    std::function<Reply(const Got &)> m_how;
    std::thread m_thread;
};

} // namespace tz::test
