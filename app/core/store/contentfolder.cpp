// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/contentfolder.h"

#include "core/store/durablefile.h"
#include "core/sync/attachment.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

namespace tz {

namespace {
constexpr qsizetype hashBytes = 32;
const QString arriving = QStringLiteral("arriving");
const QString opened = QStringLiteral("open");
const QString beside = QStringLiteral("new");

Error readFault(const QString &path, const QString &reason)
{
    return Error("attachment.cannot_read",
                 {{QStringLiteral("path"), QDir::toNativeSeparators(path)}, {QStringLiteral("reason"), reason}});
}

/// Makes the folder, which only its user may look into.
Result<> made(const QString &path)
{
    if (QFileInfo(path).isDir())
        return {};
    if (!QDir().mkpath(path))
        return fail("store.io", {{QStringLiteral("path"), QDir::toNativeSeparators(path)},
                                 {QStringLiteral("detail"), QStringLiteral("mkdir")}});
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    durable::syncFolder(QFileInfo(path).path());
    return {};
}

/// Hashes what passes, the whole and piece by piece.
class Hashing {
public:
    void add(QByteArrayView bytes)
    {
        m_whole.addData(bytes);
        m_content.size += bytes.size();
        while (!bytes.isEmpty()) {
            const qsizetype room = qsizetype(limits::pieceBytes) - m_inPiece;
            const QByteArrayView part = bytes.first(std::min(room, bytes.size()));
            m_piece.addData(part);
            m_inPiece += part.size();
            bytes = bytes.sliced(part.size());
            if (m_inPiece == limits::pieceBytes)
                endPiece();
        }
    }
    Content finish()
    {
        if (m_inPiece > 0)
            endPiece();
        m_content.hash = m_whole.result();
        return std::move(m_content);
    }

private:
    void endPiece()
    {
        m_content.pieces.push_back(m_piece.result());
        m_piece.reset();
        m_inPiece = 0;
    }
    QCryptographicHash m_whole{QCryptographicHash::Sha256};
    QCryptographicHash m_piece{QCryptographicHash::Sha256};
    qsizetype m_inPiece = 0;
    Content m_content;
};

/// Reads to the end; `to` may be null.
Result<Content> passed(QIODevice &from, const QString &path, QFileDevice *to, const ContentFolder::Progress &progress)
{
    Hashing hashing;
    QByteArray buffer(256 * 1024, Qt::Uninitialized);
    for (qint64 done = 0;;) {
        const qint64 size = from.read(buffer.data(), buffer.size());
        if (size < 0)
            return fail(readFault(path, from.errorString()));
        if (size == 0)
            break;
        done += size;
        if (done > limits::blobBytes)
            return fail("attachment.too_large", {{QStringLiteral("max"), limits::blobBytes >> 20}});
        hashing.add(QByteArrayView(buffer).first(qsizetype(size)));
        if (to && to->write(buffer.constData(), size) != size)
            return fail(durable::writeFault(*to));
        if (progress && !progress(done))
            return fail("store.interrupted");
    }
    return hashing.finish();
}
} // namespace

ContentFolder::ContentFolder(QString folder)
    : m_folder(std::move(folder))
{
}

QString ContentFolder::pathOf(const QByteArray &hash) const
{
    const QString name = QString::fromLatin1(hash.toHex());
    return m_folder + u'/' + name.left(2) + u'/' + name;
}

QString ContentFolder::arrivingPath(const QByteArray &hash) const
{
    return m_folder + u'/' + arriving + u'/' + QString::fromLatin1(hash.toHex());
}

QString ContentFolder::openFolder(const QByteArray &hash) const
{
    return m_folder + u'/' + opened + u'/' + QString::fromLatin1(hash.toHex());
}

Result<Content> ContentFolder::add(const QString &file, const Progress &progress) const
{
    if (QFileInfo(file).isDir())
        return fail("attachment.is_folder", {{QStringLiteral("path"), QDir::toNativeSeparators(file)}});
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(readFault(file, source.errorString()));
    if (source.size() > limits::blobBytes)
        return fail("attachment.too_large", {{QStringLiteral("max"), limits::blobBytes >> 20}});
    return add(source, progress);
}

Result<Content> ContentFolder::add(QIODevice &source, const Progress &progress) const
{
    const QString folder = m_folder + u'/' + beside;
    TZ_TRY(made(m_folder));
    TZ_TRY(made(folder));
    // Readable by its user only; removed unless it gets its name.
    QTemporaryFile copy(folder + QStringLiteral("/XXXXXX"));
    if (!copy.open())
        return fail(durable::writeFault(copy));
    const auto *const named = qobject_cast<const QFileDevice *>(&source);
    TZ_ASSIGN(Content content, passed(source, named ? named->fileName() : QString(), &copy, progress));
    // Also where it is there already: this one was just read from its source, that one lay on the disk.
    TZ_TRY(durable::synced(copy));
    copy.close();
    const QString path = pathOf(content.hash);
    TZ_TRY(made(QFileInfo(path).path()));
    TZ_TRY(durable::moved(copy.fileName(), path));
    copy.setAutoRemove(false);
    return content;
}

bool ContentFolder::has(const QByteArray &hash) const
{
    return hash.size() == hashBytes && QFile::exists(pathOf(hash));
}

Result<Content> ContentFolder::check(const QByteArray &hash) const
{
    QFile file(pathOf(hash));
    if (!has(hash) || !file.open(QIODevice::ReadOnly))
        return fail("attachment.not_here");
    TZ_ASSIGN(Content content, passed(file, file.fileName(), nullptr, nullptr));
    if (content.hash == hash)
        return content;
    file.remove();
    return fail("attachment.damaged");
}

Result<> ContentFolder::exportTo(const QByteArray &hash, const QString &file, const Progress &progress) const
{
    QFile source(pathOf(hash));
    if (!has(hash) || !source.open(QIODevice::ReadOnly))
        return fail("attachment.not_here");
    // Next to where it goes, so that it can be renamed.
    QTemporaryFile copy(QFileInfo(file).absolutePath() + QStringLiteral("/.XXXXXX"));
    if (!copy.open())
        return fail(durable::writeFault(copy));
    TZ_ASSIGN(const Content content, passed(source, source.fileName(), &copy, progress));
    if (content.hash != hash) {
        source.remove();
        return fail("attachment.damaged");
    }
    TZ_TRY(durable::synced(copy));
    copy.close();
    TZ_TRY(durable::moved(copy.fileName(), file));
    copy.setAutoRemove(false);
    return {};
}

Result<QByteArray> ContentFolder::piece(const QByteArray &hash, qint64 number) const
{
    QFile file(pathOf(hash));
    if (!has(hash) || !file.open(QIODevice::ReadOnly) || !file.seek(number * limits::pieceBytes))
        return fail("attachment.not_here");
    const QByteArray data = file.read(limits::pieceBytes);
    if (data.size() != attachment::pieceSize(file.size(), number))
        return fail(readFault(file.fileName(), file.errorString()));
    return data;
}

qint64 ContentFolder::arrived(const QByteArray &hash) const
{
    return QFileInfo(arrivingPath(hash)).size() / limits::pieceBytes;
}

Result<> ContentFolder::append(const QByteArray &hash, qint64 number, const QByteArray &data) const
{
    TZ_TRY(made(m_folder));
    TZ_TRY(made(m_folder + u'/' + arriving));
    QFile file(arrivingPath(hash));
    const bool isNew = !file.exists();
    if (!file.open(QIODevice::ReadWrite))
        return fail(durable::writeFault(file));
    if (isNew)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // Half a piece of an earlier attempt is written over; what lies behind it would be of nothing.
    if (!file.resize(std::min(file.size(), number * limits::pieceBytes)) || !file.seek(number * limits::pieceBytes) ||
        file.write(data) != data.size() || !file.flush()) {
        const Error fault = durable::writeFault(file);
        file.resize(number * limits::pieceBytes);
        return fail(fault);
    }
    return {};
}

Result<Content> ContentFolder::complete(const QByteArray &hash) const
{
    QFile file(arrivingPath(hash));
    // A content without bytes has no piece that could have come.
    if (!file.exists()) {
        TZ_TRY(append(hash, 0, {}));
    }
    if (!file.open(QIODevice::ReadWrite))
        return fail(readFault(file.fileName(), file.errorString()));
    TZ_ASSIGN(Content content, passed(file, file.fileName(), nullptr, nullptr));
    if (content.hash != hash) {
        file.remove();
        return fail("attachment.damaged");
    }
    TZ_TRY(durable::synced(file));
    file.close();
    TZ_TRY(made(QFileInfo(pathOf(hash)).path()));
    TZ_TRY(durable::moved(file.fileName(), pathOf(hash)));
    return content;
}

void ContentFolder::dropArrived(const QByteArray &hash) const
{
    QFile::remove(arrivingPath(hash));
}

void ContentFolder::remove(const QByteArray &hash) const
{
    if (hash.size() != hashBytes)
        return;
    QFile::remove(pathOf(hash));
    QFile::remove(arrivingPath(hash));
    if (QDir folder(openFolder(hash)); folder.exists())
        folder.removeRecursively();
}

void ContentFolder::tidy() const
{
    QDir(m_folder + u'/' + beside).removeRecursively();
    QDir(m_folder + u'/' + opened).removeRecursively();
}

std::vector<ContentFolder::Stored> ContentFolder::list() const
{
    std::vector<Stored> stored;
    const QStringList parts = QDir(m_folder).entryList({QStringLiteral("??")}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &part : parts) {
        QDirIterator files(m_folder + u'/' + part, QDir::Files);
        while (files.hasNext()) {
            files.next();
            const QByteArray hash = QByteArray::fromHex(files.fileName().toLatin1());
            if (hash.size() == hashBytes)
                stored.push_back({hash, files.fileInfo().size(), files.fileInfo().lastModified().toMSecsSinceEpoch()});
        }
    }
    return stored;
}

} // namespace tz
