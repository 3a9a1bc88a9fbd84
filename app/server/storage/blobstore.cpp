// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/blobstore.h"

#include "core/sync/attachment.h"

namespace tz::server::blobs {

namespace {
/// So many MiB leave the database in one transaction.
constexpr qint64 sweptAtOnce = 64;

Result<bool> isNamed(Database &database, const QByteArray &hash)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT 1 FROM _member WHERE value >= ?1 AND value < ?2 LIMIT 1"));
    return select.bind(1, attachment::first(hash)).bind(2, attachment::last(hash)).step();
}

Result<bool> isUnderWay(Database &writer, const Id &content)
{
    TZ_ASSIGN(Statement select, writer.prepare("SELECT 1 FROM blob_upload WHERE content = ?1"));
    return select.bind(1, content).step();
}
} // namespace

Result<> createTables(Database &database)
{
    return database.execute(R"sql(
CREATE TABLE IF NOT EXISTS blob(hash BLOB PRIMARY KEY, content BLOB NOT NULL, size INTEGER NOT NULL,
    pieces BLOB NOT NULL, at INTEGER NOT NULL, unnamed_at INTEGER);
CREATE TABLE IF NOT EXISTS blob_piece(content BLOB NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY(content, n));
CREATE TABLE IF NOT EXISTS blob_proof(hash BLOB NOT NULL, entity INTEGER NOT NULL, owner BLOB NOT NULL,
    field INTEGER NOT NULL, PRIMARY KEY(hash, entity, owner, field)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob_upload(content BLOB PRIMARY KEY, device INTEGER NOT NULL, hash BLOB NOT NULL,
    entity INTEGER NOT NULL, owner BLOB NOT NULL, field INTEGER NOT NULL, size INTEGER NOT NULL, pieces BLOB NOT NULL,
    at INTEGER NOT NULL, UNIQUE(device, hash, entity, owner, field));
CREATE TABLE IF NOT EXISTS blob_gone(content BLOB PRIMARY KEY) WITHOUT ROWID;
)sql");
}

Result<std::optional<Blob>> find(Database &database, const QByteArray &hash)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT content, size, pieces FROM blob WHERE hash = ?1"));
    TZ_ASSIGN(const bool found, select.bind(1, hash).step());
    if (!found)
        return std::nullopt;
    return Blob{select.id(0), select.integer(1), select.bytes(2)};
}

Result<std::optional<QByteArray>> piece(Database &database, const Id &content, qint64 number)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT data FROM blob_piece WHERE content = ?1 AND n = ?2"));
    TZ_ASSIGN(const bool found, select.bind(1, content).bind(2, number).step());
    if (!found)
        return std::nullopt;
    return select.bytes(0);
}

Result<bool> isProven(Database &database, const QByteArray &hash, const Place &place)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT 1 FROM blob_proof WHERE hash = ?1 AND entity = ?2 "
                                                 "AND owner = ?3 AND field = ?4"));
    return select.bind(1, hash).bind(2, place.entity).bind(3, place.record).bind(4, place.field).step();
}

Result<> prove(Database &writer, const QByteArray &hash, const Place &place)
{
    TZ_ASSIGN(Statement insert, writer.prepare("INSERT INTO blob_proof(hash, entity, owner, field) "
                                               "VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"));
    return insert.bind(1, hash).bind(2, place.entity).bind(3, place.record).bind(4, place.field).run();
}

Result<std::vector<Place>> provenPlaces(Database &database, const QByteArray &hash, int limit)
{
    TZ_ASSIGN(Statement select,
              database.prepare("SELECT entity, owner, field FROM blob_proof WHERE hash = ?1 LIMIT ?2"));
    select.bind(1, hash).bind(2, limit);
    std::vector<Place> places;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return places;
        places.push_back({int(select.integer(0)), select.id(1), int(select.integer(2))});
    }
}

Result<std::optional<Blob>> upload(Database &database, qint64 device, const QByteArray &hash, const Place &place)
{
    TZ_ASSIGN(Statement select,
              database.prepare("SELECT content, size, pieces FROM blob_upload WHERE device = ?1 AND hash = ?2 "
                               "AND entity = ?3 AND owner = ?4 AND field = ?5"));
    select.bind(1, device).bind(2, hash).bind(3, place.entity).bind(4, place.record).bind(5, place.field);
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return std::nullopt;
    return Blob{select.id(0), select.integer(1), select.bytes(2)};
}

Result<qint64> uploadsOf(Database &database, qint64 device)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT count(*) FROM blob_upload WHERE device = ?1"));
    TZ_TRY(select.bind(1, device).step());
    return select.integer(0);
}

Result<> begin(Database &writer, qint64 device, const QByteArray &hash, const Place &place, const Blob &blob,
               qint64 nowMs)
{
    TZ_ASSIGN(Statement insert,
              writer.prepare("INSERT INTO blob_upload(content, device, hash, entity, owner, field, size, pieces, at) "
                             "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    // An array that is null would bind NULL: an empty file has no pieces.
    const QByteArray pieces = blob.pieces.isNull() ? QByteArray("") : blob.pieces;
    return insert.bind(1, blob.content)
        .bind(2, device)
        .bind(3, hash)
        .bind(4, place.entity)
        .bind(5, place.record)
        .bind(6, place.field)
        .bind(7, blob.size)
        .bind(8, pieces)
        .bind(9, nowMs)
        .run();
}

Result<std::vector<qint64>> missingPieces(Database &database, const Blob &blob)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT n FROM blob_piece WHERE content = ?1 ORDER BY n"));
    select.bind(1, blob.content);
    std::vector<qint64> missing;
    qint64 next = 0;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        const qint64 there = row ? select.integer(0) : blob.count();
        for (; next < there; ++next)
            missing.push_back(next);
        if (!row)
            return missing;
        next = there + 1;
    }
}

Result<bool> put(Database &writer, const Id &content, qint64 number, const QByteArray &data, qint64 nowMs)
{
    TZ_ASSIGN(const bool underWay, isUnderWay(writer, content));
    if (!underWay)
        return false;
    TZ_ASSIGN(Statement insert, writer.prepare("INSERT INTO blob_piece(content, n, data) VALUES(?1, ?2, ?3) "
                                               "ON CONFLICT DO NOTHING"));
    TZ_TRY(insert.bind(1, content).bind(2, number).bind(3, data).run());
    TZ_ASSIGN(Statement update, writer.prepare("UPDATE blob_upload SET at = ?2 WHERE content = ?1"));
    TZ_TRY(update.bind(1, content).bind(2, nowMs).run());
    return true;
}

Result<bool> finish(Database &writer, const QByteArray &hash, const Place &place, const Blob &upload, qint64 nowMs)
{
    TZ_ASSIGN(const bool underWay, isUnderWay(writer, upload.content));
    if (!underWay)
        return false;
    TZ_ASSIGN(const std::optional<Blob> before, find(writer, hash));
    if (before) {
        TZ_TRY(giveUp(writer, upload.content));
    } else {
        TZ_ASSIGN(Statement insert, writer.prepare("INSERT INTO blob(hash, content, size, pieces, at) "
                                                   "VALUES(?1, ?2, ?3, ?4, ?5)"));
        const QByteArray pieces = upload.pieces.isNull() ? QByteArray("") : upload.pieces;
        TZ_TRY(insert.bind(1, hash).bind(2, upload.content).bind(3, upload.size).bind(4, pieces).bind(5, nowMs).run());
        TZ_ASSIGN(Statement erase, writer.prepare("DELETE FROM blob_upload WHERE content = ?1"));
        TZ_TRY(erase.bind(1, upload.content).run());
    }
    TZ_TRY(prove(writer, hash, place));
    return true;
}

Result<> giveUp(Database &writer, const Id &content)
{
    TZ_ASSIGN(Statement gone, writer.prepare("INSERT INTO blob_gone(content) VALUES(?1) ON CONFLICT DO NOTHING"));
    TZ_TRY(gone.bind(1, content).run());
    TZ_ASSIGN(Statement erase, writer.prepare("DELETE FROM blob_upload WHERE content = ?1"));
    return erase.bind(1, content).run();
}

Result<> giveUpIdle(Database &writer, qint64 beforeMs)
{
    std::vector<Id> idle;
    {
        TZ_ASSIGN(Statement select, writer.prepare("SELECT content FROM blob_upload WHERE at < ?1"));
        TZ_ASSIGN(idle, select.bind(1, beforeMs).ids());
    }
    for (const Id &content : idle)
        TZ_TRY(giveUp(writer, content));
    return {};
}

Result<bool> hasGone(Database &database)
{
    TZ_ASSIGN(Statement select, database.prepare("SELECT 1 FROM blob_gone LIMIT 1"));
    return select.step();
}

Result<bool> sweep(Database &writer)
{
    Id content;
    {
        TZ_ASSIGN(Statement select, writer.prepare("SELECT content FROM blob_gone LIMIT 1"));
        TZ_ASSIGN(const bool found, select.step());
        if (!found)
            return false;
        content = select.id(0);
    }
    std::vector<qint64> numbers;
    {
        TZ_ASSIGN(Statement select, writer.prepare("SELECT n FROM blob_piece WHERE content = ?1 ORDER BY n LIMIT ?2"));
        select.bind(1, content).bind(2, sweptAtOnce);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            numbers.push_back(select.integer(0));
        }
    }
    if (!numbers.empty()) {
        TZ_ASSIGN(Statement erase, writer.prepare("DELETE FROM blob_piece WHERE content = ?1 AND n <= ?2"));
        TZ_TRY(erase.bind(1, content).bind(2, numbers.back()).run());
    }
    if (qint64(numbers.size()) < sweptAtOnce) {
        TZ_ASSIGN(Statement done, writer.prepare("DELETE FROM blob_gone WHERE content = ?1"));
        TZ_TRY(done.bind(1, content).run());
    }
    return true;
}

Result<std::vector<Unnamed>> unnamed(Database &database)
{
    std::vector<Unnamed> all;
    {
        TZ_ASSIGN(Statement select, database.prepare("SELECT hash, unnamed_at FROM blob"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            all.push_back({select.bytes(0), select.integer(1)});
        }
    }
    std::vector<Unnamed> without;
    for (Unnamed &one : all) {
        TZ_ASSIGN(const bool named, isNamed(database, one.hash));
        if (!named)
            without.push_back(std::move(one));
    }
    return without;
}

Result<std::vector<QByteArray>> namedAgain(Database &database)
{
    std::vector<QByteArray> marked;
    {
        TZ_ASSIGN(Statement select, database.prepare("SELECT hash FROM blob WHERE unnamed_at IS NOT NULL"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            marked.push_back(select.bytes(0));
        }
    }
    std::vector<QByteArray> again;
    for (QByteArray &hash : marked) {
        TZ_ASSIGN(const bool named, isNamed(database, hash));
        if (named)
            again.push_back(std::move(hash));
    }
    return again;
}

Result<> setUnnamedSince(Database &writer, const QByteArray &hash, std::optional<qint64> ms)
{
    TZ_ASSIGN(Statement update, writer.prepare("UPDATE blob SET unnamed_at = ?2 WHERE hash = ?1"));
    update.bind(1, hash);
    if (ms)
        update.bind(2, *ms);
    else
        update.bind(2, nullptr);
    return update.run();
}

Result<> forget(Database &writer, const QByteArray &hash)
{
    TZ_ASSIGN(const bool named, isNamed(writer, hash));
    TZ_ASSIGN(const std::optional<Blob> blob, find(writer, hash));
    if (named || !blob)
        return {};
    TZ_TRY(giveUp(writer, blob->content));
    TZ_ASSIGN(Statement erase, writer.prepare("DELETE FROM blob WHERE hash = ?1"));
    TZ_TRY(erase.bind(1, hash).run());
    TZ_ASSIGN(Statement proofs, writer.prepare("DELETE FROM blob_proof WHERE hash = ?1"));
    return proofs.bind(1, hash).run();
}

} // namespace tz::server::blobs
