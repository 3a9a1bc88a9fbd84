// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"

#include <optional>
#include <vector>

/// The contents of attached files in the server's database, piece by piece, so that no whole content is ever in memory.
/// Whoever writes does so inside the committer's turn.
///
/// A content counts only when it is whole and checked: then there is a row in `blob`. Which records it may be read
/// through stands in `blob_proof`: those for which somebody brought all of its bytes, or who could read it already.
namespace tz::server::blobs {

/// Where a file stands: numbers of entity and field, and the record.
struct Place {
    int entity = 0;
    Id record;
    int field = 0;
};

struct Blob {
    /// Under which its pieces are kept; never used twice.
    Id content;
    qint64 size = 0;
    /// SHA-256 of each piece, one after the other.
    QByteArray pieces;
    qint64 count() const { return pieces.size() / 32; }
    QByteArray pieceHash(qint64 number) const { return pieces.mid(qsizetype(number) * 32, 32); }
};

/// The whole content with this hash.
Result<std::optional<Blob>> find(Database &database, const QByteArray &hash);
/// Nothing: there is no such piece.
Result<std::optional<QByteArray>> piece(Database &database, const Id &content, qint64 number);

Result<bool> isProven(Database &database, const QByteArray &hash, const Place &place);
Result<> prove(Database &writer, const QByteArray &hash, const Place &place);
/// At most `limit` places through which the content may be read.
Result<std::vector<Place>> provenPlaces(Database &database, const QByteArray &hash, int limit);

/// What a device has begun to bring for a place; its own alone, so that nobody spoils another's.
Result<std::optional<Blob>> upload(Database &database, qint64 device, const QByteArray &hash, const Place &place);
Result<qint64> uploadsOf(Database &database, qint64 device);
Result<> begin(Database &writer, qint64 device, const QByteArray &hash, const Place &place, const Blob &blob,
               qint64 nowMs);
Result<std::vector<qint64>> missingPieces(Database &database, const Blob &blob);
/// False: the upload was given up meanwhile.
Result<bool> put(Database &writer, const Id &content, qint64 number, const QByteArray &data, qint64 nowMs);
/// The upload's pieces become the content (unless there is one with this hash) and the place is proven. False: the
/// upload was given up meanwhile.
Result<bool> finish(Database &writer, const QByteArray &hash, const Place &place, const Blob &upload, qint64 nowMs);
/// Its pieces go with the next sweeps.
Result<> giveUp(Database &writer, const Id &content);
/// Uploads of which nothing came since then.
Result<> giveUpIdle(Database &writer, qint64 beforeMs);

/// Whether there are pieces that belong to nothing any more.
Result<bool> hasGone(Database &database);
/// Deletes some of them; false: there were none.
Result<bool> sweep(Database &writer);

/// Contents that no record names, with when that was noticed first; those that are named again are not listed.
struct Unnamed {
    QByteArray hash;
    /// 0: just now.
    qint64 sinceMs = 0;
};
Result<std::vector<Unnamed>> unnamed(Database &database);
/// Named again: their time begins anew when they are not.
Result<std::vector<QByteArray>> namedAgain(Database &database);
Result<> setUnnamedSince(Database &writer, const QByteArray &hash, std::optional<qint64> ms);
/// The content and all that was noted of it, if still nothing names it.
Result<> forget(Database &writer, const QByteArray &hash);

Result<> createTables(Database &database);

} // namespace tz::server::blobs
