// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/blobwire.h"

#include "core/sync/attachment.h"
#include "core/sync/cborcoding.h"

namespace tz::wire {

namespace {
constexpr qsizetype mostPieces = qsizetype(limits::blobBytes / limits::pieceBytes);
/// A list of the pieces of the largest file, or of so many references.
constexpr qint64 blobItems = 20'000;
} // namespace

template <class A>
void describe(A &a, BlobRef &m)
{
    a.begin(4);
    a(m.entity);
    a(m.id);
    a(m.field);
    a(m.hash);
    a.end();
}

template <class A>
void describe(A &a, BlobOffer &m)
{
    a.begin(3);
    a(m.ref);
    a(m.size);
    a.limited(m.pieces, mostPieces);
    a.end();
}

template <class A>
void describe(A &a, BlobMissing &m)
{
    a.begin(2);
    a(m.complete);
    a.limited(m.pieces, mostPieces);
    a.end();
}

template <class A>
void describe(A &a, BlobPiece &m)
{
    a.begin(3);
    a(m.ref);
    a(m.number);
    a(m.data);
    a.end();
}

template <class A>
void describe(A &a, BlobDone &m)
{
    a.begin(1);
    a(m.ref);
    a.end();
}

template <class A>
void describe(A &a, BlobFetch &m)
{
    a.begin(2);
    a(m.ref);
    a(m.number);
    a.end();
}

template <class A>
void describe(A &a, BlobPart &m)
{
    a.begin(3);
    a(m.size);
    a.limited(m.pieces, mostPieces);
    a(m.data);
    a.end();
}

template <class A>
void describe(A &a, BlobLook &m)
{
    a.begin(1);
    a.limited(m.refs, blobsPerLook);
    a.end();
}

template <class A>
void describe(A &a, BlobSeen &m)
{
    a.begin(1);
    a.limited(m.states, blobsPerLook);
    a.end();
}

QByteArray encode(const BlobOffer &m)
{
    return encoded(m);
}
QByteArray encode(const BlobMissing &m)
{
    return encoded(m);
}
QByteArray encode(const BlobPiece &m)
{
    return encoded(m);
}
QByteArray encode(const BlobDone &m)
{
    return encoded(m);
}
QByteArray encode(const BlobFetch &m)
{
    return encoded(m);
}
QByteArray encode(const BlobPart &m)
{
    return encoded(m);
}
QByteArray encode(const BlobLook &m)
{
    return encoded(m);
}
QByteArray encode(const BlobSeen &m)
{
    return encoded(m);
}
Result<BlobOffer> decodeBlobOffer(QByteArrayView cbor)
{
    return decoded<BlobOffer>(cbor, blobItems);
}
Result<BlobMissing> decodeBlobMissing(QByteArrayView cbor)
{
    return decoded<BlobMissing>(cbor, blobItems);
}
Result<BlobPiece> decodeBlobPiece(QByteArrayView cbor)
{
    return decoded<BlobPiece>(cbor, blobItems);
}
Result<BlobDone> decodeBlobDone(QByteArrayView cbor)
{
    return decoded<BlobDone>(cbor, blobItems);
}
Result<BlobFetch> decodeBlobFetch(QByteArrayView cbor)
{
    return decoded<BlobFetch>(cbor, blobItems);
}
Result<BlobPart> decodeBlobPart(QByteArrayView cbor)
{
    return decoded<BlobPart>(cbor, blobItems);
}
Result<BlobLook> decodeBlobLook(QByteArrayView cbor)
{
    return decoded<BlobLook>(cbor, blobItems);
}
Result<BlobSeen> decodeBlobSeen(QByteArrayView cbor)
{
    return decoded<BlobSeen>(cbor, blobItems);
}

} // namespace tz::wire
