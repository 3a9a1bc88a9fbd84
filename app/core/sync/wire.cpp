// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/wire.h"
#include "core/sync/cborcoding.h"

#include "core/base/check.h"

#include <zstd.h>

namespace tz {

// Declared where argument-dependent look-up finds them: with the structures they describe.
template <class Archive>
void describe(Archive &a, FieldEdit &edit)
{
    a.begin(3);
    a(edit.field);
    a(edit.value);
    a(edit.was);
    a.end();
}

template <class Archive>
void describe(Archive &a, Change &change)
{
    a.begin(8);
    a(change.kind);
    a(change.entity);
    a(change.id);
    a(change.basedOn);
    a.limited(change.edits, 2000);
    a(change.name);
    a(change.member);
    a(change.present);
    a.end();
}

template <class Archive>
void describe(Archive &a, Batch &batch)
{
    a.begin(7);
    a(batch.id);
    a(batch.no);
    a(batch.hlc);
    a(batch.independent);
    a(batch.group);
    a(batch.label);
    a.limited(batch.changes, limits::changesPerBatch, "wire.too_many_changes");
    a.end();
}

} // namespace tz

namespace tz::wire {

namespace {
constexpr int zstdLevel = 3;
/// Below this size a high ratio is harmless and common (empty lists).
constexpr qint64 ratioFloor = 64 * 1024;
/// Values in one request: 64 batches of 1,000 changes rarely have more than a dozen each.
constexpr qint64 requestItems = 2'000'000;
} // namespace

template <class A>
void describe(A &a, TableRows &table)
{
    a.begin(3);
    a(table.entity);
    a(table.fields);
    a.rows(table.fields, table.rows);
    a.end();
}

template <class A>
void describe(A &a, EntityIds &ids)
{
    a.begin(2);
    a(ids.entity);
    a(ids.ids);
    a.end();
}

template <class A>
void describe(A &a, Mark &mark)
{
    a.begin(2);
    a(mark.rev);
    a(mark.chain);
    a.end();
}

template <class A>
void describe(A &a, KeyList &list)
{
    a.begin(2);
    a(list.version);
    a(list.keys);
    a.end();
}

template <class A>
void describe(A &a, LoginRequest &m)
{
    a.begin(4);
    a(m.user);
    a(m.password);
    a(m.device);
    a(m.deviceName);
    a.end();
}

template <class A>
void describe(A &a, LoginAnswer &m)
{
    a.begin(4);
    a(m.token);
    a(m.user);
    a(m.device);
    a(m.server);
    a.end();
}

template <class A>
void describe(A &a, HistoryItem &m)
{
    a.begin(11);
    a(m.rev);
    a(m.atMs);
    a(m.user);
    a(m.device);
    a(m.batch);
    a(m.kind);
    a(m.name);
    a(m.field);
    a(m.before);
    a(m.after);
    a(m.label);
    a.end();
}

template <class A>
void describe(A &a, HistoryRequest &m)
{
    a.begin(3);
    a(m.entity);
    a(m.id);
    a(m.limit);
    a.end();
}

template <class A>
void describe(A &a, HistoryAnswer &m)
{
    a.begin(1);
    a(m.items);
    a.end();
}

template <class A>
void describe(A &a, HelloRequest &m)
{
    a.begin(6);
    a(m.device);
    a(m.lastNo);
    a.limited(m.marks, 64);
    a(m.catalog);
    a(m.program);
    a(m.waiting);
    a.end();
}

template <class A>
void describe(A &a, HelloAnswer &m)
{
    a.begin(16);
    a(m.serverTimeMs);
    a(m.server);
    a(m.rev);
    a(m.chain);
    a(m.expectedNo);
    a(m.deviceNo);
    a(m.commonRev);
    a(m.keys);
    a(m.visibility);
    a(m.catalog);
    a(m.user);
    a(m.roles);
    a(m.team);
    a(m.leaseDays);
    a(m.retryAfterMs);
    a(m.token);
    a.end();
}

template <class A>
void describe(A &a, WipedRequest &m)
{
    a.begin(2);
    a(m.nonce);
    a(m.unsent);
    a.end();
}

template <class A>
void describe(A &a, PushRequest &m)
{
    a.begin(2);
    a(m.base);
    a.limited(m.batches, limits::batchesPerPush, "wire.too_many_batches");
    a.end();
}

template <class A>
void describe(A &a, Reason &m)
{
    a.begin(2);
    a(m.change);
    a(m.error);
    a.end();
}

template <class A>
void describe(A &a, BatchAnswer &m)
{
    a.begin(9);
    a(m.no);
    a(m.batch);
    a(m.status);
    a(m.rev);
    a(m.hlc);
    a(m.states);
    a(m.gone);
    a(m.reasons);
    a(m.conflicts);
    a.end();
}

template <class A>
void describe(A &a, PushAnswer &m)
{
    a.begin(4);
    a(m.serverTimeMs);
    a(m.answers);
    a(m.keys);
    a(m.mark);
    a.end();
}

template <class A>
void describe(A &a, Backfill &m)
{
    a.begin(2);
    a(m.key);
    a(m.fromRev);
    a.end();
}

template <class A>
void describe(A &a, PullRequest &m)
{
    a.begin(8);
    a(m.cursor);
    a(m.keysVersion);
    a(m.visibility);
    a(m.catalog);
    a.limited(m.backfill, 100'000);
    a(m.maxRows);
    a(m.newest);
    a(m.sums);
    a.end();
}

template <class A>
void describe(A &a, Sum &m)
{
    a.begin(4);
    a(m.entity);
    a(m.key);
    a(m.n);
    a(m.sum);
    a.end();
}

template <class A>
void describe(A &a, StateRequest &m)
{
    a.begin(2);
    a(m.newest);
    a(m.records);
    a.end();
}

template <class A>
void describe(A &a, StateAnswer &m)
{
    a.begin(7);
    a(m.serverTimeMs);
    a(m.mark);
    a(m.keys);
    a(m.tables);
    a(m.gone);
    a(m.evict);
    a(m.unknown);
    a.end();
}

template <class A>
void describeHead(A &a, Page &m)
{
    a.begin(12);
    a(m.mark);
    a(m.more);
    a(m.gone);
    a(m.evict);
    a(m.backfilled);
    a(m.keys);
    a(m.visibility);
    a(m.remaining);
    a(m.retryAfterMs);
    a(m.position);
    a(m.sums);
}

template <class A>
void describe(A &a, Page &m)
{
    describeHead(a, m);
    a(m.tables);
    a.end();
}

void readPageHead(CborReader &in, Page &page)
{
    describeHead(in, page);
}

void readPageTables(CborReader &in, qsizetype blockRows, const std::function<bool(TableRows &&)> &block)
{
    in.tables(blockRows, block);
    in.end();
    in.finish();
}

QByteArray encode(const LoginRequest &m)
{
    return encoded(m);
}
QByteArray encode(const LoginAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const HistoryRequest &m)
{
    return encoded(m);
}
QByteArray encode(const HistoryAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const HelloRequest &m)
{
    return encoded(m);
}
QByteArray encode(const HelloAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const WipedRequest &m)
{
    return encoded(m);
}
QByteArray encode(const PushRequest &m)
{
    return encoded(m);
}
QByteArray encode(const PushAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const PullRequest &m)
{
    return encoded(m);
}
QByteArray encode(const Page &m)
{
    return encoded(m);
}
QByteArray encode(const StateRequest &m)
{
    return encoded(m);
}
QByteArray encode(const StateAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const Batch &m)
{
    return encoded(m);
}
QByteArray encode(const BatchAnswer &m)
{
    return encoded(m);
}
QByteArray encode(const Error &m)
{
    return encoded(m);
}
QByteArray encode(const std::vector<FieldEdit> &m)
{
    return encoded(m);
}

Result<LoginRequest> decodeLoginRequest(QByteArrayView cbor)
{
    return decoded<LoginRequest>(cbor, requestItems);
}
Result<LoginAnswer> decodeLoginAnswer(QByteArrayView cbor)
{
    return decoded<LoginAnswer>(cbor);
}
Result<HistoryRequest> decodeHistoryRequest(QByteArrayView cbor)
{
    return decoded<HistoryRequest>(cbor, requestItems);
}
Result<HistoryAnswer> decodeHistoryAnswer(QByteArrayView cbor)
{
    return decoded<HistoryAnswer>(cbor);
}
Result<HelloRequest> decodeHelloRequest(QByteArrayView cbor)
{
    return decoded<HelloRequest>(cbor, requestItems);
}
Result<HelloAnswer> decodeHelloAnswer(QByteArrayView cbor)
{
    return decoded<HelloAnswer>(cbor);
}
Result<WipedRequest> decodeWipedRequest(QByteArrayView cbor)
{
    return decoded<WipedRequest>(cbor, requestItems);
}
Result<PushRequest> decodePushRequest(QByteArrayView cbor)
{
    return decoded<PushRequest>(cbor, requestItems);
}
Result<PushAnswer> decodePushAnswer(QByteArrayView cbor)
{
    return decoded<PushAnswer>(cbor);
}
Result<PullRequest> decodePullRequest(QByteArrayView cbor)
{
    return decoded<PullRequest>(cbor, requestItems);
}
Result<Page> decodePage(QByteArrayView cbor)
{
    return decoded<Page>(cbor);
}
Result<StateRequest> decodeStateRequest(QByteArrayView cbor)
{
    return decoded<StateRequest>(cbor, requestItems);
}
Result<StateAnswer> decodeStateAnswer(QByteArrayView cbor)
{
    return decoded<StateAnswer>(cbor);
}
Result<Batch> decodeBatch(QByteArrayView cbor)
{
    return decoded<Batch>(cbor);
}
Result<BatchAnswer> decodeBatchAnswer(QByteArrayView cbor)
{
    return decoded<BatchAnswer>(cbor);
}
Result<Error> decodeError(QByteArrayView cbor)
{
    return decoded<Error>(cbor);
}
Result<std::vector<FieldEdit>> decodeEdits(QByteArrayView cbor)
{
    return decoded<std::vector<FieldEdit>>(cbor);
}

QByteArray compress(QByteArrayView plain)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(size_t(plain.size()))), Qt::Uninitialized);
    const size_t size =
        ZSTD_compress(packed.data(), size_t(packed.size()), plain.data(), size_t(plain.size()), zstdLevel);
    TZ_CHECK(!ZSTD_isError(size));
    packed.truncate(qsizetype(size));
    return packed;
}

bool mayBeUnpacked(qsizetype packed, qsizetype plain)
{
    return plain <= std::max<qsizetype>(ratioFloor, packed * limits::unpackedRatio);
}

Result<QByteArray> decompress(QByteArrayView packed, qsizetype limit)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), size_t(packed.size()));
    // We always write the size; a frame without it is not ours and could be of any size.
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return fail("wire.bad_compression");
    if (size > quint64(limit))
        return fail("wire.too_large", {{QStringLiteral("limit"), qint64(limit)}});
    if (!mayBeUnpacked(packed.size(), qsizetype(size)))
        return fail("wire.ratio_too_high", {{QStringLiteral("limit"), qint64(limits::unpackedRatio)}});
    QByteArray plain(qsizetype(size), Qt::Uninitialized);
    const size_t written = ZSTD_decompress(plain.data(), size_t(plain.size()), packed.data(), size_t(packed.size()));
    if (ZSTD_isError(written) || written != size)
        return fail("wire.bad_compression");
    return plain;
}

} // namespace tz::wire
