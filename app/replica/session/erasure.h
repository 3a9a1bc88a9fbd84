// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/transport/transport.h"

#include <QUrl>

#include <memory>

namespace tz {

/// Takes a copy off this computer because an administrator asked for it: database, log, sign-in, drafts, settings and
/// whatever else the program keeps in the profile. What has to be done is written down first, so that it is done after
/// a crash too, and confirmed to the server as soon as that can be reached. Lives on the replica's thread.
class TZ_REPLICA_EXPORT Erasure : public QObject {
    Q_OBJECT
public:
    /// What the server said and what it has to be told.
    struct Order {
        QUrl server;
        QString caFile;
        /// By which the server knows which copy is gone.
        QString nonce;
        /// Batches that had not been sent and went with the copy.
        qint64 unsent = 0;
        bool confirmed = false;
    };

    explicit Erasure(QString profileFolder, QObject *parent = nullptr);
    /// An order that is written down in the profile.
    std::optional<Order> order() const;
    /// Writes the order down. The database must be closed before run(). Errors: store.read_only {path}.
    Result<> begin(const Order &order);
    /// Removes the files; may be called again. Files that another program still holds go at the next start.
    void run();
    /// Tells the server. `done`: true when it knows. The order is kept until the next start in any case, so that what
    /// the program writes on its way out goes too.
    void confirm(std::function<void(bool)> done);
    /// Forgets a confirmed order: nothing is left of the copy.
    void finish();

private:
    Result<> write(const Order &order) const;
    QString path() const;
    QString m_folder;
    std::unique_ptr<Transport> m_transport;
};

} // namespace tz
