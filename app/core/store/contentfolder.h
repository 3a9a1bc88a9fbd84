// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <vector>

class QIODevice;

namespace tz {

/// What is known of a content besides its bytes.
struct Content {
    QByteArray hash;                ///< SHA-256, 32 bytes
    qint64 size = 0;                ///< bytes
    std::vector<QByteArray> pieces; ///< SHA-256 of each piece of limits::pieceBytes
};

/// The contents of attached files on this computer: one file for each, named by its hash, in a folder of the profile.
/// A file with such a name is whole: it is written beside, synced and renamed. Holds a path only and may be used from
/// any thread; two threads may add the same content. Errors: attachment.cannot_read {path, reason},
/// attachment.too_large {max}, attachment.damaged, attachment.not_here, store.disk_full, store.io {path, detail},
/// store.interrupted.
class TZ_CORE_EXPORT ContentFolder {
public:
    /// `folder`: made when something is added to it.
    explicit ContentFolder(QString folder);
    QString path() const { return m_folder; }

    /// Called with the bytes done; false cancels (store.interrupted).
    using Progress = std::function<bool(qint64)>;
    /// Copies a file, or what a device has to give, into the folder.
    Result<Content> add(const QString &file, const Progress &progress = nullptr) const;
    Result<Content> add(QIODevice &source, const Progress &progress = nullptr) const;
    bool has(const QByteArray &hash) const;
    /// Reads all of it. What is not what its name says is removed (attachment.damaged).
    Result<Content> check(const QByteArray &hash) const;
    /// Writes a copy, checked while it is written; an existing file is replaced only by a whole one.
    Result<> exportTo(const QByteArray &hash, const QString &file, const Progress &progress = nullptr) const;
    Result<QByteArray> piece(const QByteArray &hash, qint64 number) const;

    /// A download: pieces in their order, kept in a file of its own until all are there.
    qint64 arrived(const QByteArray &hash) const;
    Result<> append(const QByteArray &hash, qint64 number, const QByteArray &data) const;
    /// Checks the whole and gives it its name; otherwise the download is dropped (attachment.damaged).
    Result<Content> complete(const QByteArray &hash) const;
    void dropArrived(const QByteArray &hash) const;

    /// A folder for a copy that another program opens; goes with the content.
    QString openFolder(const QByteArray &hash) const;
    /// The content, its copies that were opened, and what arrived of it.
    void remove(const QByteArray &hash) const;
    /// What programs that were killed left behind, and copies that were opened.
    void tidy() const;

    struct Stored {
        QByteArray hash;
        qint64 size = 0;
        qint64 modifiedMs = 0;
    };
    std::vector<Stored> list() const;

private:
    QString pathOf(const QByteArray &hash) const;
    QString arrivingPath(const QByteArray &hash) const;
    QString m_folder;
};

} // namespace tz
