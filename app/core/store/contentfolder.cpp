// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/contentfolder.h"

#include "core/sync/attachment.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace tz {

namespace {
constexpr qsizetype hashBytes = 32;
const QString arriving = QStringLiteral("arriving");
const QString opened = QStringLiteral("open");
const QString beside = QStringLiteral("new");

Error writeFault(const QFileDevice &file)
{
    if (file.error() == QFileDevice::ResourceError || errno == ENOSPC)
        return Error("store.disk_full");
    return Error("store.io", {{QStringLiteral("path"), QDir::toNativeSeparators(file.fileName())},
                              {QStringLiteral("detail"), file.errorString()}});
}

Error readFault(const QString &path, const QString &reason)
{
    return Error("attachment.cannot_read",
                 {{QStringLiteral("path"), QDir::toNativeSeparators(path)}, {QStringLiteral("reason"), reason}});
}

/// All of it is on the disk when this returns.
Result<> synced(QFileDevice &file)
{
    if (!file.flush())
        return fail(writeFault(file));
#ifdef Q_OS_WIN
    const bool done = ::_commit(file.handle()) == 0;
#else
    const bool done = ::fsync(file.handle()) == 0;
#endif
    return done ? Result<>() : fail(writeFault(file));
}

void syncFolder(const QString &path)
{
#ifndef Q_OS_WIN
    if (const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY); folder >= 0) {
        (void)::fsync(folder);
        ::close(folder);
    }
#else
    Q_UNUSED(path)
#endif
}

/// Renames over whatever is there; the name is on the disk when this returns.
Result<> moved(const QString &from, const QString &to)
{
#ifdef Q_OS_WIN
    const bool done = MoveFileExW(reinterpret_cast<const wchar_t *>(QDir::toNativeSeparators(from).utf16()),
                                  reinterpret_cast<const wchar_t *>(QDir::toNativeSeparators(to).utf16()),
                                  MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
#else
    const bool done = std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
#endif
    if (!done)
        return fail("store.io", {{QStringLiteral("path"), QDir::toNativeSeparators(to)},
                                 {QStringLiteral("detail"), QString::fromLocal8Bit(std::strerror(errno))}});
    syncFolder(QFileInfo(to).path());
    return {};
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
    syncFolder(QFileInfo(path).path());
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
            return fail(writeFault(*to));
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
        return fail(writeFault(copy));
    const auto *const named = qobject_cast<const QFileDevice *>(&source);
    TZ_ASSIGN(Content content, passed(source, named ? named->fileName() : QString(), &copy, progress));
    // Also where it is there already: this one was just read from its source, that one lay on the disk.
    TZ_TRY(synced(copy));
    copy.close();
    const QString path = pathOf(content.hash);
    TZ_TRY(made(QFileInfo(path).path()));
    TZ_TRY(moved(copy.fileName(), path));
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
        return fail(writeFault(copy));
    TZ_ASSIGN(const Content content, passed(source, source.fileName(), &copy, progress));
    if (content.hash != hash) {
        source.remove();
        return fail("attachment.damaged");
    }
    TZ_TRY(synced(copy));
    copy.close();
    TZ_TRY(moved(copy.fileName(), file));
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
        return fail(writeFault(file));
    if (isNew)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // Half a piece of an earlier attempt is written over; what lies behind it would be of nothing.
    if (!file.resize(std::min(file.size(), number * limits::pieceBytes)) || !file.seek(number * limits::pieceBytes) ||
        file.write(data) != data.size() || !file.flush()) {
        const Error fault = writeFault(file);
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
    TZ_TRY(synced(file));
    file.close();
    TZ_TRY(made(QFileInfo(pathOf(hash)).path()));
    TZ_TRY(moved(file.fileName(), pathOf(hash)));
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
