// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/contentfolder.h"
#include "core/sync/attachment.h"
#include "tests/support/catch.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QTemporaryDir>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

/// Bytes that do not repeat from piece to piece.
QByteArray bytes(qint64 size)
{
    QByteArray all(size, Qt::Uninitialized);
    quint64 state = 0x9e3779b97f4a7c15ULL;
    for (char &byte : all) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        byte = char(state >> 56);
    }
    return all;
}

QByteArray sha256(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
}

class Folder {
public:
    QTemporaryDir outside;
    ContentFolder contents{outside.filePath(u"profile/attachments"_s)};

    QString write(const QString &name, const QByteArray &data) const
    {
        QFile file(outside.filePath(name));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(data);
        return file.fileName();
    }
    QByteArray read(const QString &path) const
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    QString stored(const QByteArray &hash) const
    {
        const QString name = QString::fromLatin1(hash.toHex());
        return contents.path() + u'/' + name.left(2) + u'/' + name;
    }
    int files() const
    {
        int count = 0;
        QDirIterator all(contents.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        for (; all.hasNext(); all.next())
            ++count;
        return count;
    }
};

} // namespace

TEST_CASE("a file that is added is here under its hash and comes out as it went in", "[content]")
{
    Folder folder;
    const QByteArray data = bytes(2 * limits::pieceBytes + 17);
    const auto added = folder.contents.add(folder.write(u"a.bin"_s, data));
    REQUIRE_RESULT(added);
    CHECK(added->hash == sha256(data));
    CHECK(added->size == data.size());
    REQUIRE(added->pieces.size() == 3);
    for (size_t i = 0; i < 3; ++i) {
        const QByteArray part = data.mid(qsizetype(i) * limits::pieceBytes, limits::pieceBytes);
        CHECK(added->pieces[i] == sha256(part));
        const auto piece = folder.contents.piece(added->hash, qint64(i));
        REQUIRE_RESULT(piece);
        CHECK(*piece == part);
    }
    CHECK(folder.contents.has(added->hash));
    REQUIRE_RESULT(folder.contents.exportTo(added->hash, folder.outside.filePath(u"out.bin"_s)));
    CHECK(folder.read(folder.outside.filePath(u"out.bin"_s)) == data);
    CHECK(folder.files() == 1);
    // Only its user may read it.
    CHECK((QFile::permissions(folder.stored(added->hash)) & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    CHECK((QFile::permissions(folder.contents.path()) & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    // Once more, from somewhere else: one content.
    QBuffer again(const_cast<QByteArray *>(&data));
    again.open(QIODevice::ReadOnly);
    CHECK(folder.contents.add(again)->hash == added->hash);
    CHECK(folder.contents.list().size() == 1);
    folder.contents.remove(added->hash);
    CHECK_FALSE(folder.contents.has(added->hash));
    CHECK(folder.contents.check(added->hash).error().is("attachment.not_here"));
}

TEST_CASE("an empty file is a file", "[content]")
{
    Folder folder;
    const auto added = folder.contents.add(folder.write(u"empty"_s, {}));
    REQUIRE_RESULT(added);
    CHECK(added->size == 0);
    CHECK(added->pieces.empty());
    CHECK(added->hash == sha256({}));
    CHECK(folder.contents.has(added->hash));
    folder.contents.remove(added->hash);
    REQUIRE_RESULT(folder.contents.complete(sha256({})));
    CHECK(folder.contents.has(added->hash));
}

TEST_CASE("what cannot be read leaves nothing behind", "[content]")
{
    Folder folder;
    CHECK(folder.contents.add(folder.outside.filePath(u"nowhere"_s)).error().is("attachment.cannot_read"));
    CHECK(folder.contents.add(folder.outside.path()).error().is("attachment.is_folder"));
    const QString path = folder.write(u"a.bin"_s, bytes(3 * limits::pieceBytes));
    CHECK(folder.contents.add(path, [](qint64 done) { return done < limits::pieceBytes; })
              .error()
              .is("store.interrupted"));
    CHECK(folder.files() == 0);
    // Sparse: it takes no space, and is refused before it is read.
    QFile large(folder.outside.filePath(u"large"_s));
    REQUIRE(large.open(QIODevice::WriteOnly));
    REQUIRE(large.resize(limits::blobBytes + 1));
    CHECK(folder.contents.add(large.fileName()).error().is("attachment.too_large"));
    CHECK(folder.files() == 0);
}

TEST_CASE("a content that was changed on the disk is never given out", "[content]")
{
    Folder folder;
    const auto added = folder.contents.add(folder.write(u"a.bin"_s, bytes(limits::pieceBytes + 5)));
    REQUIRE_RESULT(added);
    const auto flip = [&] {
        QFile file(folder.stored(added->hash));
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.seek(limits::pieceBytes);
        file.write("!");
    };
    flip();
    const QString out = folder.write(u"out"_s, "before");
    CHECK(folder.contents.exportTo(added->hash, out).error().is("attachment.damaged"));
    CHECK(folder.read(out) == "before");
    CHECK_FALSE(folder.contents.has(added->hash));
    REQUIRE_RESULT(folder.contents.add(folder.outside.filePath(u"a.bin"_s)));
    flip();
    CHECK(folder.contents.check(added->hash).error().is("attachment.damaged"));
    CHECK_FALSE(folder.contents.has(added->hash));
}

TEST_CASE("a download goes on where it stopped and counts only when it is whole", "[content]")
{
    Folder folder;
    const QByteArray data = bytes(2 * limits::pieceBytes + 100);
    const QByteArray hash = sha256(data);
    const auto part = [&](qint64 n) { return data.mid(n * limits::pieceBytes, limits::pieceBytes); };
    CHECK(folder.contents.arrived(hash) == 0);
    REQUIRE_RESULT(folder.contents.append(hash, 0, part(0)));
    CHECK(folder.contents.arrived(hash) == 1);
    CHECK_FALSE(folder.contents.has(hash));
    {
        // Killed in the middle of the second piece.
        QFile file(folder.contents.path() + u"/arriving/"_s + QString::fromLatin1(hash.toHex()));
        REQUIRE(file.open(QIODevice::Append));
        file.write(part(1).left(1000));
    }
    CHECK(folder.contents.arrived(hash) == 1);
    REQUIRE_RESULT(folder.contents.append(hash, 1, part(1)));
    REQUIRE_RESULT(folder.contents.append(hash, 2, part(2)));
    const auto whole = folder.contents.complete(hash);
    REQUIRE_RESULT(whole);
    CHECK(whole->size == data.size());
    CHECK(whole->pieces.size() == 3);
    CHECK(folder.contents.has(hash));
    CHECK(folder.files() == 1);

    // Something else than was asked for.
    const QByteArray other = sha256("other");
    REQUIRE_RESULT(folder.contents.append(other, 0, part(0)));
    CHECK(folder.contents.complete(other).error().is("attachment.damaged"));
    CHECK_FALSE(folder.contents.has(other));
    CHECK(folder.contents.arrived(other) == 0);
    CHECK(folder.files() == 1);
}

TEST_CASE("what a killed program and other programs left goes at the next start", "[content]")
{
    Folder folder;
    const auto added = folder.contents.add(folder.write(u"a.txt"_s, "text"));
    REQUIRE_RESULT(added);
    QDir().mkpath(folder.contents.path() + u"/new"_s);
    QDir().mkpath(folder.contents.openFolder(added->hash));
    REQUIRE_RESULT(folder.contents.exportTo(added->hash, folder.contents.openFolder(added->hash) + u"/a.txt"_s));
    QFile left(folder.contents.path() + u"/new/half"_s);
    REQUIRE(left.open(QIODevice::WriteOnly));
    left.close();
    CHECK(folder.files() == 3);
    folder.contents.tidy();
    CHECK(folder.files() == 1);
    CHECK(folder.contents.has(added->hash));
}
