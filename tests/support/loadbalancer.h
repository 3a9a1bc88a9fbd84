// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QList>
#include <QThread>

#include <memory>

namespace tz::test {

/// Stands between laptops and several servers: gives each connection to the next server that takes it, and can cut all
/// of them. Works on a thread of its own.
class LoadBalancer {
public:
    /// Ports of loopback.
    explicit LoadBalancer(QList<quint16> servers);
    ~LoadBalancer();
    LoadBalancer(const LoadBalancer &) = delete;
    LoadBalancer &operator=(const LoadBalancer &) = delete;

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    /// Amid whatever they carry.
    void cutAll();

private:
    struct Private;
    QThread m_thread;
    std::unique_ptr<Private> d;
    quint16 m_port = 0;
};

} // namespace tz::test
