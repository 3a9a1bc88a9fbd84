// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/attachmentstate.h"
#include "replica/export.h"

#include <QObject>
#include <QThreadPool>

namespace tz {

class LocalReplica;

/// The contents of attached files for programs with a user interface. Belongs to the GUI thread, on which every
/// callback comes; copying and hashing happen on a worker, everything else on the data thread.
class TZ_REPLICA_EXPORT Attachments : public QObject {
    Q_OBJECT
public:
    /// Runs work on the data thread, in order; not at all once the copy was erased.
    using Post = std::function<void(std::function<void(LocalReplica &)>)>;

    Attachments(const QString &folder, Post post);
    ~Attachments() override;

    /// Copies a file into the profile. The member is the caller's to put into a record.
    void add(const QString &path, std::function<void(Result<Attachment>)> done);
    void add(const QByteArray &bytes, const QString &name, std::function<void(Result<Attachment>)> done);
    /// Where the files of a record (which may not be saved yet) are, in their order.
    void status(const QString &entity, const Id &id, const std::vector<Attachment> &files,
                std::function<void(std::vector<AttachmentStatus>)> done);
    /// Asks the server which of these it has, if it can be reached; changed() tells.
    void look(std::vector<wire::BlobRef> refs);
    /// Brings the content here, if need be.
    void fetch(const wire::BlobRef &ref, std::function<void(Result<>)> done);
    /// The same, and a copy in a file of this name.
    void exportTo(const wire::BlobRef &ref, const QString &path, std::function<void(Result<>)> done);
    /// The same, in a file that another program may open; it goes at the next start of this one.
    void openCopy(const wire::BlobRef &ref, const QString &name, std::function<void(Result<QString>)> done);
    void setPinned(const wire::BlobRef &ref, bool pinned);

Q_SIGNALS:
    /// Another status of the content with this hash; empty: of any.
    void changed(const QByteArray &hash);
    void progress(const QByteArray &hash, qint64 done, qint64 all);

private:
    void imported(Result<ImportedFile> file, const std::function<void(Result<Attachment>)> &done);
    /// Calls `done` on the GUI thread.
    template <class T>
    void answer(std::function<void(T)> done, T result);

    ContentFolder m_folder;
    Post m_post;
    QThreadPool m_workers;
};

} // namespace tz
