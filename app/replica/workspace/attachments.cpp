// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/attachments.h"

#include "replica/workspace/localreplica.h"

#include <QDir>

namespace tz {

Attachments::Attachments(const QString &folder, Post post)
    : m_folder(folder)
    , m_post(std::move(post))
{
    m_workers.setMaxThreadCount(2);
}

Attachments::~Attachments()
{
    m_workers.waitForDone();
}

template <class T>
void Attachments::answer(std::function<void(T)> done, T result)
{
    QMetaObject::invokeMethod(
        this, [done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); },
        Qt::QueuedConnection);
}

void Attachments::imported(Result<ImportedFile> file, const std::function<void(Result<Attachment>)> &done)
{
    if (!file)
        return answer<Result<Attachment>>(done, fail(file.error()));
    m_post([this, file = std::move(*file), done](LocalReplica &replica) {
        if (const auto noted = replica.attachments().noteAdded(file.content); !noted)
            return answer<Result<Attachment>>(done, fail(noted.error()));
        answer<Result<Attachment>>(done, file.member);
    });
}

void Attachments::add(const QString &path, std::function<void(Result<Attachment>)> done)
{
    m_workers.start([this, path, done = std::move(done)] { imported(importFile(m_folder, path), done); });
}

void Attachments::add(const QByteArray &bytes, const QString &name, std::function<void(Result<Attachment>)> done)
{
    m_workers.start(
        [this, bytes, name, done = std::move(done)] { imported(importBytes(m_folder, bytes, name), done); });
}

void Attachments::status(const QString &entity, const Id &id, const std::vector<Attachment> &files,
                         std::function<void(std::vector<AttachmentStatus>)> done)
{
    m_post([this, entity, id, files, done = std::move(done)](LocalReplica &replica) {
        const Entity *known = replica.store().catalog().entity(entity);
        if (!known)
            return;
        Record record(*known, id);
        if (const auto found = replica.store().find(*known, id, true); found && *found)
            record = **found;
        else
            record.state = recordstate::pendingEdits;
        answer(done, replica.attachments().status(record, files));
    });
}

void Attachments::look(std::vector<wire::BlobRef> refs)
{
    m_post([refs = std::move(refs)](LocalReplica &replica) {
        const bool online = replica.status().connection == SyncStatus::Connection::Online;
        if (replica.transfers() && online && !refs.empty())
            replica.transfers()->look(refs, [](const Result<> &) {});
    });
}

void Attachments::fetch(const wire::BlobRef &ref, std::function<void(Result<>)> done)
{
    m_post([this, ref, done = std::move(done)](LocalReplica &replica) {
        replica.fetchAttachment(ref, [this, done](const Result<> &result) { answer<Result<>>(done, result); });
    });
}

void Attachments::exportTo(const wire::BlobRef &ref, const QString &path, std::function<void(Result<>)> done)
{
    fetch(ref, [this, hash = ref.hash, path, done = std::move(done)](const Result<> &here) {
        if (!here)
            return done(here);
        m_workers.start([this, hash, path, done] {
            const Result<> copied = m_folder.exportTo(hash, path);
            answer<Result<>>(done, copied);
            if (!copied && copied.error().is("attachment.damaged"))
                QMetaObject::invokeMethod(
                    this, [this, hash] { Q_EMIT changed(hash); }, Qt::QueuedConnection);
        });
    });
}

void Attachments::openCopy(const wire::BlobRef &ref, const QString &name, std::function<void(Result<QString>)> done)
{
    const QString folder = m_folder.openFolder(ref.hash);
    const QString path = folder + u'/' + attachment::fileName(name);
    fetch(ref, [this, hash = ref.hash, folder, path, done = std::move(done)](const Result<> &here) {
        if (!here)
            return done(fail(here.error()));
        m_workers.start([this, hash, folder, path, done] {
            QDir().mkpath(folder);
            // Somebody may have it open still: a copy that is the same need not be made again.
            const Result<> copied = QFile::exists(path) ? Result<>() : m_folder.exportTo(hash, path);
            if (!copied)
                return answer<Result<QString>>(done, fail(copied.error()));
            // What is changed in it would be lost: the file in the record is another one.
            QFile::setPermissions(path, QFileDevice::ReadOwner);
            answer<Result<QString>>(done, path);
        });
    });
}

void Attachments::setPinned(const wire::BlobRef &ref, bool pinned)
{
    m_post([this, ref, pinned](LocalReplica &replica) {
        if (const auto noted = replica.attachments().setPinned(ref.hash, pinned); !noted)
            Q_EMIT replica.notice(noted.error());
        const auto tell = [this, hash = ref.hash](const Result<> &) {
            QMetaObject::invokeMethod(
                this, [this, hash] { Q_EMIT changed(hash); }, Qt::QueuedConnection);
        };
        tell({});
        if (pinned)
            replica.fetchAttachment(ref, tell);
    });
}

} // namespace tz
