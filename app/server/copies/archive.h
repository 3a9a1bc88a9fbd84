// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

#include <QString>

namespace tz::server {

/// What a backup says of itself: the file manifest.json in it.
struct Manifest {
    /// How the data was kept.
    enum class Kind { Sqlite, Postgres };
    Kind kind = Kind::Sqlite;
    QString program;
    Id server;
    qint64 revision = 0;
    /// Fingerprint of the server's history at that revision.
    QByteArray chain;
    qint64 madeAtMs = 0;
    /// Of PostgreSQL.
    QString schema;
    /// Of the content; the archive's functions fill them in.
    qint64 size = 0;
    QByteArray sha256;
};

/// A backup file: a tar of manifest.json and one content (server.sqlite, or what pg_dump wrote), which `tar` unpacks.
/// Readable for its owner only. Appears whole or not at all, and is on the disk then. Errors: copies.cannot_read {path,
/// reason}, copies.cannot_write {path, reason}, store.disk_full.
Result<> pack(const QString &path, Manifest manifest, const QString &content);
/// Writes the content to `to` while comparing it with the manifest. Errors: those of pack(), copies.foreign {path},
/// copies.damaged {path}, copies.newer {path}. After an error there is nothing at `to`.
Result<Manifest> unpack(const QString &path, const QString &to);
/// Alone, without looking at the content.
Result<Manifest> manifestOf(const QString &path);

} // namespace tz::server
