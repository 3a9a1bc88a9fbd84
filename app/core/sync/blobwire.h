// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

#include <vector>

/// How the contents of attached files travel, in pieces of limits::pieceBytes. Every question names the record and the
/// field in which the file stands: a hash alone gives nobody anything. Decoders: wire.*.
namespace tz::wire {

struct BlobRef {
    QString entity;
    Id id;
    QString field;
    QByteArray hash; ///< 32 bytes
    bool operator==(const BlobRef &) const = default;
};

/// /v1/blob: I have this content. Whoever asks for the first time sends all of it, whatever the server holds.
struct BlobOffer {
    BlobRef ref;
    qint64 size = 0;
    std::vector<QByteArray> pieces; ///< SHA-256 of each
};
struct BlobMissing {
    /// Nothing is to be sent: the content is there and belongs to this record.
    bool complete = false;
    std::vector<qint64> pieces; ///< ascending numbers from 0
};

/// /v1/blob/piece; answered without a body.
struct BlobPiece {
    BlobRef ref;
    qint64 number = 0;
    QByteArray data;
};

/// /v1/blob/done: all pieces are there; answered without a body once the whole is checked and durable.
struct BlobDone {
    BlobRef ref;
};

/// /v1/blob/fetch
struct BlobFetch {
    BlobRef ref;
    /// -1: only the list of pieces.
    qint64 number = -1;
};
struct BlobPart {
    qint64 size = 0;
    std::vector<QByteArray> pieces; ///< with number -1
    QByteArray data;
};

/// /v1/blob/look: what the server has of these, at most blobsPerLook.
struct BlobLook {
    std::vector<BlobRef> refs;
};
struct BlobSeen {
    /// In the order of the question. 0: no such file in a record that you may see; 1: it is here; 2: not yet.
    std::vector<qint64> states;
};
inline constexpr qsizetype blobsPerLook = 1000;

TZ_CORE_EXPORT QByteArray encode(const BlobOffer &m);
TZ_CORE_EXPORT QByteArray encode(const BlobMissing &m);
TZ_CORE_EXPORT QByteArray encode(const BlobPiece &m);
TZ_CORE_EXPORT QByteArray encode(const BlobDone &m);
TZ_CORE_EXPORT QByteArray encode(const BlobFetch &m);
TZ_CORE_EXPORT QByteArray encode(const BlobPart &m);
TZ_CORE_EXPORT QByteArray encode(const BlobLook &m);
TZ_CORE_EXPORT QByteArray encode(const BlobSeen &m);
TZ_CORE_EXPORT Result<BlobOffer> decodeBlobOffer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobMissing> decodeBlobMissing(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobPiece> decodeBlobPiece(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobDone> decodeBlobDone(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobFetch> decodeBlobFetch(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobPart> decodeBlobPart(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobLook> decodeBlobLook(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BlobSeen> decodeBlobSeen(QByteArrayView cbor);

} // namespace tz::wire
