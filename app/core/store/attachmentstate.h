// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/contentfolder.h"
#include "core/store/recordstore.h"
#include "core/sync/attachment.h"
#include "core/sync/blobwire.h"

#include <set>
#include <span>

namespace tz {

/// Where the content of one attached file is, as its user sees it.
struct AttachmentStatus {
    enum class Place {
        Here,      ///< on this computer, and where there is a server, there too
        Waiting,   ///< on this computer; the server does not have it yet
        Server,    ///< not on this computer; fetched when it is wanted
        Elsewhere, ///< whoever attached it has not sent it yet
        Missing,   ///< nowhere
    };
    Place place = Place::Here;
    bool pinned = false;
    /// Why the last attempt to send or to fetch it failed; empty code: none did.
    Error fault;
};

/// Copies a file of this computer, or bytes from the clipboard, into the folder; on any thread. The type is found out
/// from name and content. Whoever calls hands the content to AttachmentState::noteAdded(). Errors: ContentFolder's.
struct ImportedFile {
    Content content;
    Attachment member;
};
TZ_CORE_EXPORT Result<ImportedFile> importFile(const ContentFolder &folder, const QString &path,
                                               const ContentFolder::Progress &progress = nullptr);
TZ_CORE_EXPORT Result<ImportedFile> importBytes(const ContentFolder &folder, QByteArray bytes, const QString &name);

/// What a replica knows about the contents of attached files: what is here and may go, what has to be sent, what is
/// kept for good. The bytes are in a ContentFolder, which alone says what is here. Lives on the store's thread.
class TZ_CORE_EXPORT AttachmentState {
public:
    /// What is here and could be fetched again may take so many bytes, unless the profile says otherwise.
    static constexpr qint64 defaultBudget = qint64(2) << 30;

    AttachmentState(RecordStore &store, ContentFolder folder);

    const ContentFolder &folder() const { return m_folder; }
    /// After the start: tables say again what is in the folder.
    Result<> reconcile();
    /// A content was added on this computer (ContentFolder::add), for a record that will name it.
    Result<> noteAdded(const Content &content);
    /// A content came from the server.
    Result<> noteFetched(const Content &content);
    Result<> noteFetchFailed(const QByteArray &hash, const Error &error);
    /// The server's word (wire::BlobSeen).
    Result<> noteSeen(const QByteArray &hash, qint64 seen);
    Result<> touch(const QByteArray &hash);
    Result<> setPinned(const QByteArray &hash, bool pinned);
    std::vector<AttachmentStatus> status(const Record &record, std::span<const Attachment> files) const;

    /// A content that the server has to get, in the name of the record that was accepted with it.
    struct Upload {
        wire::BlobRef ref;
        int tries = 0;
        qint64 nextTryMs = 0;
        Error fault;
    };
    Result<std::vector<Upload>> uploads() const;
    /// Size and pieces; read from the file where they are not known.
    Result<Content> contentOf(const QByteArray &hash) const;
    Result<> uploaded(const wire::BlobRef &ref);
    /// It will be tried again.
    Result<> uploadFailed(const wire::BlobRef &ref, const Error &error, qint64 nextTryMs);
    /// It will not: nothing to send any more, or nothing that could be sent.
    Result<> dropUpload(const wire::BlobRef &ref, const Error &why);

    /// Pinned contents that are not here, each with a record that names it.
    Result<std::vector<wire::BlobRef>> missingPinned() const;
    /// What left with its record goes at once; what nothing names goes after 30 days; then the least used of what the
    /// server has too, until the rest keeps to the budget. Answers how many contents went.
    Result<int> tidy();
    qint64 budget() const;
    Result<> setBudget(qint64 bytes);

private:
    struct Row;
    std::optional<Row> row(const QByteArray &hash) const;
    Result<bool> isNamed(const QByteArray &hash) const;
    Result<> makeRow(const QByteArray &hash, qint64 size);
    Result<> drop(const QByteArray &hash, bool forgets);
    RecordStore &m_store;
    ContentFolder m_folder;
};

/// For those who write the replica's rows; inside their transactions.
namespace attachmenttables {

/// The batch was accepted, but for what `refused` holds (entity and record): the contents that it attached are to be
/// sent. Also of batches that were accepted before (repair of a damaged profile).
TZ_CORE_EXPORT Result<> noteAccepted(Database &database, const Catalog &catalog, const Batch &batch,
                                     const std::set<std::pair<QString, Id>> &refused);
/// The record leaves this computer: so do the contents that only it names.
TZ_CORE_EXPORT Result<> noteLeaving(Database &database, const CatalogNumbers &numbers, const Entity &entity,
                                    const Id &id);

} // namespace attachmenttables

} // namespace tz
