// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/sync/accountwire.h"
#include "core/sync/adminwire.h"
#include "core/sync/blobwire.h"
#include "core/sync/numberwire.h"
#include "core/sync/pagereader.h"
#include "core/sync/signinwire.h"
#include "tests/fuzz/fuzz.h"

namespace tz::fuzz {

namespace {
/// What was taken once is taken again, and says the same. False: it was not taken.
template <class T>
bool readTwice(Result<T> (*decode)(QByteArrayView), const QByteArray &cbor)
{
    const auto first = decode(cbor);
    if (!first) {
        TZ_CHECK(first.error().code.startsWith("wire."));
        return false;
    }
    const QByteArray bytes = tz::wire::encode(*first);
    const auto second = decode(bytes);
    TZ_CHECK(second && tz::wire::encode(*second) == bytes);
    return true;
}

/// A page is the same whether it is read at once or block by block.
void readInBlocks(const QByteArray &cbor)
{
    const auto whole = tz::wire::decodePage(cbor);
    tz::wire::PageReader reader(cbor);
    TZ_CHECK(!whole || !reader.fault());
    size_t rows = 0;
    for (;;) {
        const auto block = reader.next();
        TZ_CHECK(block || !whole);
        if (!block || !*block)
            break;
        rows += (*block)->rows.size();
    }
    size_t expected = 0;
    if (whole) {
        for (const tz::wire::TableRows &table : whole->tables)
            expected += table.rows.size();
        TZ_CHECK(rows == expected);
    }
}
} // namespace

bool isMessage(const QByteArray &bytes)
{
    using namespace tz::wire;
    if (bytes.isEmpty())
        return false;
    // The first byte chooses the structure.
    const QByteArray cbor = bytes.mid(1);
    switch (bytes.front()) {
    case 'l':
        return readTwice(decodeLoginRequest, cbor);
    case 'L':
        return readTwice(decodeLoginAnswer, cbor);
    case 'w':
        return readTwice(decodeWipedRequest, cbor);
    case 'i':
        return readTwice(decodeHistoryRequest, cbor);
    case 'I':
        return readTwice(decodeHistoryAnswer, cbor);
    case 'h':
        return readTwice(decodeHelloRequest, cbor);
    case 'H':
        return readTwice(decodeHelloAnswer, cbor);
    case 'p':
        return readTwice(decodePushRequest, cbor);
    case 'P':
        return readTwice(decodePushAnswer, cbor);
    case 'u':
        return readTwice(decodePullRequest, cbor);
    case 'U':
        readInBlocks(cbor);
        return readTwice(decodePage, cbor);
    case 's':
        return readTwice(decodeStateRequest, cbor);
    case 'S':
        return readTwice(decodeStateAnswer, cbor);
    case 'b':
        return readTwice(decodeBatch, cbor);
    case 'B':
        return readTwice(decodeBatchAnswer, cbor);
    case 'e':
        return readTwice(decodeError, cbor);
    case 't':
        return readTwice(decodeTwoStepRequest, cbor);
    case 'y':
        return readTwice(decodeSignInWays, cbor);
    case 'Y':
        return readTwice(decodeProviderLogin, cbor);
    case 'z':
        return readTwice(decodeProviderLoginAnswer, cbor);
    case 'T':
        return readTwice(decodeTwoStepAnswer, cbor);
    case 'n':
        return readTwice(decodeNumbersRequest, cbor);
    case 'N':
        return readTwice(decodeNumbersAnswer, cbor);
    case 'o':
        return readTwice(decodeBlobOffer, cbor);
    case 'O':
        return readTwice(decodeBlobMissing, cbor);
    case 'c':
        return readTwice(decodeBlobPiece, cbor);
    case 'g':
        return readTwice(decodeBlobDone, cbor);
    case 'f':
        return readTwice(decodeBlobFetch, cbor);
    case 'F':
        return readTwice(decodeBlobPart, cbor);
    case 'k':
        return readTwice(decodeBlobLook, cbor);
    case 'K':
        return readTwice(decodeBlobSeen, cbor);
    case 'A':
        return readTwice(decodeAdminPeople, cbor);
    case 'a':
        return readTwice(decodeAdminChange, cbor);
    case 'C':
        return readTwice(decodeAdminChanged, cbor);
    case 'D':
        return readTwice(decodeAdminDevices, cbor);
    case 'd':
        return readTwice(decodeAdminDeviceOrder, cbor);
    case 'V':
        return readTwice(decodeAdminStatus, cbor);
    case 'q':
        return readTwice(decodeAuditQuestion, cbor);
    case 'Q':
        return readTwice(decodeAuditPage, cbor);
    default:
        return readTwice(decodeEdits, cbor);
    }
}

void wire(const QByteArray &bytes)
{
    (void)isMessage(bytes);
}

} // namespace tz::fuzz
