// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "replica/export.h"

#include <QObject>

#include <functional>

namespace tz {

/// Keeps a device's token: in the system's keychain, or, where there is none, in the file "token" of the profile that
/// only its owner may read. Lives on the replica's thread and needs its event loop.
class TZ_REPLICA_EXPORT TokenStore : public QObject {
    Q_OBJECT
public:
    enum class Place { Keychain, File };

    explicit TokenStore(QString profileFolder, QObject *parent = nullptr);
    /// An empty token: there is none.
    void read(std::function<void(QString)> done);
    /// Errors: session.cannot_keep_token {path}.
    void write(const QString &token, std::function<void(Result<Place>)> done);
    void forget(std::function<void()> done);
    QString filePath() const;

private:
    Result<> writeFile(const QString &token) const;
    QString m_folder;
};

} // namespace tz
