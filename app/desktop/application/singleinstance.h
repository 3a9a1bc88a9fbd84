// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace tz {

/// One running program per profile: a second start hands its addresses to the first and ends.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString &profileFolder, QObject *parent = nullptr);

    /// True when another program took the addresses over (an empty list only raises its window).
    bool handOver(const QStringList &addresses) const;
    /// To be called once the profile's lock is ours.
    bool listen();

Q_SIGNALS:
    void openRequested(const QStringList &addresses);

private:
    void readFrom(QLocalSocket *socket);
    QString m_name;
    QLocalServer m_server;
};

} // namespace tz
