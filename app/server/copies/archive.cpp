// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/copies/archive.h"

#include "core/store/durablefile.h"

#include <zip.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <memory>

namespace tz::server {

namespace {

constexpr int newestFormat = 1;
constexpr qint64 chunk = 1 << 20;
constexpr qint64 largestManifest = 64 * 1024;
constexpr QFile::Permissions ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
const char manifestName[] = "manifest.json";

const char *contentName(Manifest::Kind kind)
{
    return kind == Manifest::Kind::Sqlite ? "server.sqlite" : "postgresql.dump";
}

Error fault(const char *code, const QString &path, const QString &reason)
{
    return Error(code, {{QStringLiteral("path"), path}, {QStringLiteral("reason"), reason}});
}

Error writeFault(const QFileDevice &file)
{
    Error error = durable::writeFault(file);
    return error.is("store.disk_full") ? error : fault("copies.cannot_write", file.fileName(), file.errorString());
}

Error about(const char *code, const QString &path)
{
    return Error(code, {{QStringLiteral("path"), path}});
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

struct Discarding {
    void operator()(zip_t *archive) const { zip_discard(archive); }
    void operator()(zip_file_t *entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, Discarding>;
using Entry = std::unique_ptr<zip_file_t, Discarding>;

QString reasonOf(zip_error_t *error)
{
    return QString::fromUtf8(zip_error_strerror(error));
}

Result<Archive> openArchive(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return fail(fault("copies.cannot_read", path, file.errorString()));
    // What begins like one and is none has lost its end, where the list of its files is.
    const bool begins = file.peek(4) == QByteArray("PK\3\4", 4);
    Archive archive(zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr));
    if (!archive)
        return fail(about(begins ? "copies.damaged" : "copies.foreign", path));
    return archive;
}

Result<Manifest> readManifest(zip_t *archive, const QString &path)
{
    const Entry entry(zip_fopen(archive, manifestName, 0));
    if (!entry)
        return fail(about("copies.foreign", path));
    QByteArray json(largestManifest, '\0');
    const zip_int64_t size = zip_fread(entry.get(), json.data(), zip_uint64_t(json.size()));
    if (size < 0)
        return fail(about("copies.damaged", path));
    json.truncate(qsizetype(size));
    return fromJson(json, path);
}

/// Adds the file under the name, compressed where that saves anything.
bool add(zip_t *archive, const char *name, zip_source_t *source, bool compress)
{
    const zip_int64_t index = source ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0)
        zip_source_free(source);
    // The lowest level: a database that is copied every hour must not keep the machine busy.
    return index >= 0 && zip_set_file_compression(archive, zip_uint64_t(index),
                                                  compress ? ZIP_CM_DEFLATE : ZIP_CM_STORE, compress ? 1 : 0) == 0;
}

Result<> writeArchive(const QString &path, const Manifest &manifest, const QString &content)
{
    const QByteArray json = toJson(manifest);
    int code = 0;
    Archive archive(zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_EXCL, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString reason = reasonOf(&error);
        zip_error_fini(&error);
        return fail(fault("copies.cannot_write", path, reason));
    }
    // What pg_dump wrote is compressed already.
    const bool isPlain = manifest.kind == Manifest::Kind::Sqlite;
    const bool added = add(archive.get(), manifestName,
                           zip_source_buffer(archive.get(), json.constData(), zip_uint64_t(json.size()), 0), false) &&
                       add(archive.get(), contentName(manifest.kind),
                           zip_source_file(archive.get(), QFile::encodeName(content).constData(), 0, -1), isPlain);
    if (!added || zip_close(archive.get()) != 0) {
        zip_error_t *const error = zip_get_error(archive.get());
        if (zip_error_code_system(error) == ENOSPC)
            return fail("store.disk_full");
        return fail(fault("copies.cannot_write", path, reasonOf(error)));
    }
    (void)archive.release();
    return {};
}

} // namespace

Result<> pack(const QString &path, Manifest manifest, const QString &content)
{
    {
        QFile in(content);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!in.open(QFile::ReadOnly) || !hash.addData(&in))
            return fail(fault("copies.cannot_read", content, in.errorString()));
        manifest.size = in.size();
        manifest.sha256 = hash.result();
    }
    // Beside the content, where nobody else may look.
    const QString made = content + QStringLiteral(".zip");
    TZ_TRY(writeArchive(made, manifest, content));
    QFile file(made);
    if (!file.open(QFile::ReadWrite) || !file.setPermissions(ownersOnly))
        return fail(writeFault(file));
    TZ_TRY(durable::synced(file));
    file.close();
    return durable::moved(made, path);
}

Result<Manifest> unpack(const QString &path, const QString &to)
{
    TZ_ASSIGN(const Archive archive, openArchive(path));
    TZ_ASSIGN(const Manifest manifest, readManifest(archive.get(), path));
    const Entry entry(zip_fopen(archive.get(), contentName(manifest.kind), 0));
    if (!entry)
        return fail(about("copies.damaged", path));
    QSaveFile out(to);
    if (!out.open(QFile::WriteOnly) || !out.setPermissions(ownersOnly))
        return fail(writeFault(out));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(chunk, '\0');
    qint64 size = 0;
    // Never more than the manifest says: what claims to be small must not fill the disk.
    while (size <= manifest.size) {
        const zip_int64_t got = zip_fread(entry.get(), piece.data(), zip_uint64_t(piece.size()));
        if (got < 0)
            return fail(about("copies.damaged", path));
        if (got == 0)
            break;
        size += got;
        hash.addData(QByteArrayView(piece).first(got));
        if (out.write(piece.constData(), got) != got)
            return fail(writeFault(out));
    }
    if (size != manifest.size || hash.result() != manifest.sha256)
        return fail(about("copies.damaged", path));
    if (!out.commit())
        return fail(writeFault(out));
    return manifest;
}

Result<Manifest> manifestOf(const QString &path)
{
    TZ_ASSIGN(const Archive archive, openArchive(path));
    return readManifest(archive.get(), path);
}

} // namespace tz::server
