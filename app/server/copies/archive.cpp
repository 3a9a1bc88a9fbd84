// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/copies/archive.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <cerrno>
#include <numeric>

namespace tz::server {

namespace {

constexpr int newestFormat = 1;
constexpr qint64 block = 512;
constexpr qint64 chunk = 1 << 20;
constexpr qint64 largestManifest = 64 * 1024;
/// What eleven octal digits hold.
constexpr qint64 largestOctal = (qint64(1) << 33) - 1;
constexpr QFile::Permissions ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
const char manifestName[] = "manifest.json";

const char *contentName(Manifest::Kind kind)
{
    return kind == Manifest::Kind::Sqlite ? "server.sqlite" : "postgresql.dump";
}

Error fault(const char *code, const QFileDevice &file)
{
    if (file.error() == QFileDevice::ResourceError || errno == ENOSPC)
        return Error("store.disk_full");
    return Error(code, {{QStringLiteral("path"), file.fileName()}, {QStringLiteral("reason"), file.errorString()}});
}

Error about(const char *code, const QString &path)
{
    return Error(code, {{QStringLiteral("path"), path}});
}

qint64 padding(qint64 size)
{
    return (block - size % block) % block;
}

void putOctal(QByteArray &header, qsizetype at, qsizetype digits, qint64 value)
{
    header.replace(at, digits, QByteArray::number(value, 8).rightJustified(digits, '0'));
}

/// The sum of all bytes, those of the sum itself taken as spaces.
qint64 sumOf(QByteArray header)
{
    header.replace(148, 8, "        ");
    return std::accumulate(header.begin(), header.end(), qint64(0),
                           [](qint64 sum, char byte) { return sum + static_cast<unsigned char>(byte); });
}

QByteArray headerOf(const char *name, qint64 size, qint64 madeAtMs)
{
    QByteArray header(block, '\0');
    header.replace(0, qsizetype(qstrlen(name)), name);
    putOctal(header, 100, 7, 0600);
    putOctal(header, 108, 7, 0);
    putOctal(header, 116, 7, 0);
    if (size <= largestOctal) {
        putOctal(header, 124, 11, size);
    } else {
        // As GNU tar does: the first bit set, then the number itself.
        header[124] = char(0x80);
        for (int i = 0; i < 8; ++i)
            header[135 - i] = char((size >> (8 * i)) & 0xff);
    }
    putOctal(header, 136, 11, madeAtMs / 1000);
    header[156] = '0';
    header.replace(257, 8, QByteArrayView("ustar\00000", 8).toByteArray());
    putOctal(header, 148, 6, sumOf(header));
    header.replace(154, 2, QByteArrayView("\0 ", 2).toByteArray());
    return header;
}

struct Entry {
    QByteArray name;
    qint64 size = 0;
};

/// Nothing: this is no header of ours.
std::optional<Entry> entryFrom(const QByteArray &header)
{
    if (header.size() != block || header.mid(257, 5) != "ustar")
        return std::nullopt;
    const QByteArray sum = header.mid(148, 6);
    bool ok = false;
    if (sum.toLongLong(&ok, 8) != sumOf(header) || !ok)
        return std::nullopt;
    Entry entry;
    entry.name = QByteArray(header.constData(), qsizetype(qstrnlen(header.constData(), 100)));
    if (header[124] & char(0x80)) {
        for (int i = 0; i < 8; ++i)
            entry.size = (entry.size << 8) | static_cast<unsigned char>(header[128 + i]);
    } else {
        entry.size = header.mid(124, 11).toLongLong(&ok, 8);
    }
    return ok && entry.size >= 0 ? std::optional(entry) : std::nullopt;
}

QByteArray toJson(const Manifest &manifest)
{
    QJsonObject object{
        {QStringLiteral("tongzhou"), QStringLiteral("backup")},
        {QStringLiteral("format"), newestFormat},
        {QStringLiteral("program"), manifest.program},
        {QStringLiteral("content"), QString::fromLatin1(contentName(manifest.kind))},
        {QStringLiteral("server"), manifest.server.toString()},
        {QStringLiteral("revision"), manifest.revision},
        {QStringLiteral("chain"), QString::fromLatin1(manifest.chain.toHex())},
        {QStringLiteral("made_at"), QDateTime::fromMSecsSinceEpoch(manifest.madeAtMs, Qt::UTC).toString(Qt::ISODate)},
        {QStringLiteral("size"), manifest.size},
        {QStringLiteral("sha256"), QString::fromLatin1(manifest.sha256.toHex())}};
    if (!manifest.schema.isEmpty())
        object.insert(QStringLiteral("schema"), manifest.schema);
    return QJsonDocument(object).toJson();
}

Result<Manifest> fromJson(const QByteArray &json, const QString &path)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(u"tongzhou") != QLatin1String("backup"))
        return fail(about("copies.foreign", path));
    if (object.value(u"format").toInt() > newestFormat)
        return fail(about("copies.newer", path));
    Manifest manifest;
    const QByteArray content = object.value(u"content").toString().toLatin1();
    const auto server = Id::fromString(object.value(u"server").toString());
    manifest.kind = content == contentName(Manifest::Kind::Sqlite) ? Manifest::Kind::Sqlite : Manifest::Kind::Postgres;
    manifest.program = object.value(u"program").toString();
    manifest.revision = object.value(u"revision").toInteger(-1);
    manifest.chain = QByteArray::fromHex(object.value(u"chain").toString().toLatin1());
    manifest.madeAtMs = QDateTime::fromString(object.value(u"made_at").toString(), Qt::ISODate).toMSecsSinceEpoch();
    manifest.schema = object.value(u"schema").toString();
    manifest.size = object.value(u"size").toInteger(-1);
    manifest.sha256 = QByteArray::fromHex(object.value(u"sha256").toString().toLatin1());
    if (content != contentName(manifest.kind) || !server || manifest.revision < 0 || manifest.size < 0 ||
        manifest.sha256.size() != 32)
        return fail(about("copies.damaged", path));
    manifest.server = *server;
    return manifest;
}

/// Copies `size` bytes; each piece is shown to `seen`.
template <class Seen>
Result<bool> copy(QIODevice &from, QFileDevice *to, qint64 size, const Seen &seen)
{
    for (qint64 left = size; left > 0;) {
        const QByteArray piece = from.read(std::min(left, chunk));
        if (piece.isEmpty())
            return false;
        seen(piece);
        if (to && to->write(piece) != piece.size())
            return fail(fault("copies.cannot_write", *to));
        left -= piece.size();
    }
    return true;
}

/// Leaves the file at the beginning of the content.
Result<Manifest> readManifest(QFile &file)
{
    if (!file.open(QFile::ReadOnly))
        return fail(fault("copies.cannot_read", file));
    const auto head = entryFrom(file.read(block));
    if (!head || head->name != manifestName || head->size > largestManifest)
        return fail(about("copies.foreign", file.fileName()));
    const QByteArray json = file.read(head->size);
    TZ_ASSIGN(Manifest manifest, fromJson(json, file.fileName()));
    file.read(padding(head->size));
    const auto content = entryFrom(file.read(block));
    if (!content || content->name != contentName(manifest.kind) || content->size != manifest.size)
        return fail(about("copies.damaged", file.fileName()));
    return manifest;
}

Result<> writeContent(QFile &archive, const Manifest &manifest, QSaveFile &out)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    TZ_ASSIGN(const bool whole,
              copy(archive, &out, manifest.size, [&](const QByteArray &piece) { hash.addData(piece); }));
    if (!whole || hash.result() != manifest.sha256)
        return fail(about("copies.damaged", archive.fileName()));
    return out.commit() ? Result<>() : fail(fault("copies.cannot_write", out));
}

} // namespace

Result<> pack(const QString &path, Manifest manifest, const QString &content)
{
    QFile in(content);
    if (!in.open(QFile::ReadOnly))
        return fail(fault("copies.cannot_read", in));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!hash.addData(&in) || !in.seek(0))
        return fail(fault("copies.cannot_read", in));
    manifest.size = in.size();
    manifest.sha256 = hash.result();
    const QByteArray json = toJson(manifest);

    QSaveFile out(path);
    // Everybody's records and the hashes of passwords are in it: closed to others before anything is written.
    if (!out.open(QFile::WriteOnly) || !out.setPermissions(ownersOnly))
        return fail(fault("copies.cannot_write", out));
    const QByteArray before = headerOf(manifestName, json.size(), manifest.madeAtMs) + json +
                              QByteArray(padding(json.size()), '\0') +
                              headerOf(contentName(manifest.kind), manifest.size, manifest.madeAtMs);
    if (out.write(before) != before.size())
        return fail(fault("copies.cannot_write", out));
    TZ_ASSIGN(const bool whole, copy(in, &out, manifest.size, [](const QByteArray &) {}));
    if (!whole)
        return fail(fault("copies.cannot_read", in));
    // Two empty blocks end a tar.
    const QByteArray after(padding(manifest.size) + 2 * block, '\0');
    if (out.write(after) != after.size() || !out.commit())
        return fail(fault("copies.cannot_write", out));
    return {};
}

Result<Manifest> unpack(const QString &path, const QString &to)
{
    QFile archive(path);
    TZ_ASSIGN(const Manifest manifest, readManifest(archive));
    QSaveFile out(to);
    if (!out.open(QFile::WriteOnly) || !out.setPermissions(ownersOnly))
        return fail(fault("copies.cannot_write", out));
    TZ_TRY(writeContent(archive, manifest, out));
    return manifest;
}

Result<Manifest> manifestOf(const QString &path)
{
    QFile archive(path);
    return readManifest(archive);
}

} // namespace tz::server
