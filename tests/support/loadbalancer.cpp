// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/loadbalancer.h"

#include "tests/support/catch.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace tz::test {

struct LoadBalancer::Private {
    QList<quint16> servers;
    qsizetype next = 0;
    QTcpServer listener;

    void take(QTcpSocket *client);
    /// Connects to the next server, or after `tries` that were in vain gives up.
    void connect(QTcpSocket *client, qsizetype tries);
};

namespace {
void forward(QTcpSocket *from, QTcpSocket *to)
{
    const auto pass = [from, to] {
        if (from->isOpen() && to->isOpen())
            to->write(from->readAll());
    };
    QObject::connect(from, &QTcpSocket::readyRead, to, pass);
    QObject::connect(from, &QTcpSocket::disconnected, to, [pass, to] {
        pass();
        to->disconnectFromHost();
    });
    pass();
}
} // namespace

void LoadBalancer::Private::take(QTcpSocket *client)
{
    QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, servers.size());
}

void LoadBalancer::Private::connect(QTcpSocket *client, qsizetype tries)
{
    if (tries == 0)
        return client->abort();
    // It goes with its client.
    auto *server = new QTcpSocket(client);
    const auto isThrough = std::make_shared<bool>(false);
    QObject::connect(server, &QTcpSocket::connected, client, [=] {
        *isThrough = true;
        forward(client, server);
        forward(server, client);
    });
    QObject::connect(server, &QTcpSocket::errorOccurred, client, [=, this] {
        if (*isThrough)
            return;
        server->deleteLater();
        connect(client, tries - 1);
    });
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), servers[next++ % servers.size()]);
}

LoadBalancer::LoadBalancer(QList<quint16> servers)
    : d(std::make_unique<Private>())
{
    d->servers = std::move(servers);
    d->listener.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        &d->listener,
        [this] {
            QObject::connect(&d->listener, &QTcpServer::newConnection, &d->listener, [this] {
                while (QTcpSocket *client = d->listener.nextPendingConnection())
                    d->take(client);
            });
            d->listener.listen(QHostAddress::LocalHost);
            m_port = d->listener.serverPort();
        },
        Qt::BlockingQueuedConnection);
    REQUIRE(m_port > 0);
}

LoadBalancer::~LoadBalancer()
{
    cutAll();
    QMetaObject::invokeMethod(
        &d->listener, [this] { d->listener.close(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void LoadBalancer::cutAll()
{
    QMetaObject::invokeMethod(
        &d->listener,
        [this] {
            const auto clients = d->listener.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly);
            for (QTcpSocket *client : clients) {
                const auto servers = client->findChildren<QTcpSocket *>();
                for (QTcpSocket *server : servers)
                    server->abort();
                client->abort();
            }
        },
        Qt::BlockingQueuedConnection);
}

} // namespace tz::test
