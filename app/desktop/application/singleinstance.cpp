// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/singleinstance.h"

#include <QCryptographicHash>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

// A line per address; a peer that sends more than this is not one of ours.
constexpr qint64 handOverBytesMax = 64 * 1024;

} // namespace

SingleInstance::SingleInstance(const QString &profileFolder, QObject *parent)
    : QObject(parent)
{
    const QByteArray hash = QCryptographicHash::hash(profileFolder.toUtf8(), QCryptographicHash::Sha256).toHex();
    m_name = u"tongzhou-"_s + QString::fromLatin1(hash.left(24));
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readFrom(socket); });
            readFrom(socket);
        }
    });
}

bool SingleInstance::handOver(const QStringList &addresses) const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(500))
        return false;
    socket.write((addresses.join(u'\n') + u"\n.\n"_s).toUtf8());
    // Only an answer proves that somebody is at home: a hung program's socket accepts as well.
    return socket.waitForBytesWritten(1000) && socket.waitForReadyRead(2000) && socket.readAll().startsWith("ok");
}

bool SingleInstance::listen()
{
    // What a crashed program left behind; the profile's lock says that nobody else is there.
    QLocalServer::removeServer(m_name);
    return m_server.listen(m_name);
}

void SingleInstance::readFrom(QLocalSocket *socket)
{
    if (socket->bytesAvailable() > handOverBytesMax) {
        socket->abort();
        return;
    }
    const QByteArray text = socket->peek(handOverBytesMax);
    if (!text.endsWith("\n.\n"))
        return;
    socket->readAll();
    socket->write("ok\n");
    socket->flush();
    QStringList addresses = QString::fromUtf8(text.chopped(3)).split(u'\n', Qt::SkipEmptyParts);
    Q_EMIT openRequested(addresses);
}

} // namespace tz
