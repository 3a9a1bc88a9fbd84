// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/blobs.h"

#include "core/sync/attachment.h"
#include "server/feed/states.h"
#include "server/storage/blobstore.h"

#include <QCryptographicHash>

namespace tz::server::blobs {

namespace {
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 unnamedKeptMs = 30 * dayMs;
constexpr qint64 idleUploadMs = 7 * dayMs;
constexpr qsizetype hashBytes = 32;
/// So many records that hold the same file are looked at for one that the user may see.
constexpr int placesLookedAt = 100;
constexpr int tooManyWaitSeconds = 60;

Error unknownRecord(const wire::BlobRef &ref)
{
    return Error("record.unknown_record", {{QStringLiteral("entity"), ref.entity}});
}

/// A file in a record that the user may see.
struct Seat {
    Place place;
    qint64 size = 0;
};

/// The one place that says who may have a content: what the user may have of the record, as every answer has it.
Result<Seat> seatOf(Connection &connection, const Scope &scope, const wire::BlobRef &ref)
{
    const Entity *entity = connection.catalog().entity(ref.entity);
    const int index = entity ? entity->indexOf(ref.field) : -1;
    States states(connection, scope);
    std::optional<States::Table> table = entity ? states.table(*entity) : std::nullopt;
    const qsizetype column = table ? table->rows.fields.indexOf(ref.field) : -1;
    if (index < 0 || column < 0 || entity->fieldAt(index).type != FieldType::Attachments ||
        ref.hash.size() != hashBytes)
        return fail(unknownRecord(ref));
    TZ_ASSIGN(const bool visible, states.add(*table, ref.id));
    if (!visible || table->rows.rows.empty())
        return fail(unknownRecord(ref));
    for (const Attachment &file : attachment::all(table->rows.rows.front().values[size_t(column)])) {
        if (file.hash == ref.hash)
            return Seat{{table->number, ref.id, connection.model->numbers.field(*entity, index)}, file.size};
    }
    return fail(unknownRecord(ref));
}

Result<ScopePtr> scopeOf(Service &service, Connection &connection, const Session &session)
{
    TZ_ASSIGN(ScopePtr scope, service.scopes().of(connection, session.user));
    if (!scope->active)
        return fail("auth.user_disabled");
    return scope;
}

/// Whether the user may read this content through another record already.
Result<bool> canReadElsewhere(Connection &connection, const Scope &scope, const QByteArray &hash)
{
    TZ_ASSIGN(const std::vector<Place> places, provenPlaces(connection.db(), hash, placesLookedAt));
    for (const Place &place : places) {
        const Entity *entity = connection.model->numbers.entityAt(place.entity);
        if (!entity)
            continue;
        for (const Field &field : entity->fields) {
            if (field.type == FieldType::Attachments &&
                connection.model->numbers.field(*entity, field.index) == place.field &&
                seatOf(connection, scope, {entity->fullName, place.record, field.name, hash}))
                return true;
        }
    }
    return false;
}

/// A content that may be read through this place.
Result<std::optional<Blob>> readable(Connection &connection, const Seat &seat, const QByteArray &hash)
{
    TZ_ASSIGN(const bool proven, isProven(connection.db(), hash, seat.place));
    if (!proven)
        return std::nullopt;
    return find(connection.db(), hash);
}

qint64 nowMs(Service &service)
{
    return service.storage().environment().clock->nowMs();
}
} // namespace

Result<wire::BlobMissing> offer(Service &service, const Session &session, const wire::BlobOffer &offer)
{
    const QByteArray &hash = offer.ref.hash;
    Seat seat;
    std::optional<Blob> begun;
    bool elsewhere = false;
    qint64 unfinished = 0;
    {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
        TZ_ASSIGN(const ScopePtr scope, scopeOf(service, *connection, session));
        TZ_ASSIGN(seat, seatOf(*connection, *scope, offer.ref));
        TZ_ASSIGN(const std::optional<Blob> there, readable(*connection, seat, hash));
        if (there)
            return wire::BlobMissing{true, {}};
        TZ_ASSIGN(const std::optional<Blob> known, find(connection->db(), hash));
        if (known && known->size == seat.size) {
            TZ_ASSIGN(elsewhere, canReadElsewhere(*connection, *scope, hash));
        }
        TZ_ASSIGN(begun, upload(connection->db(), session.deviceNo, hash, seat.place));
        TZ_ASSIGN(unfinished, uploadsOf(connection->db(), session.deviceNo));
    }
    if (elsewhere) {
        const auto note = [&](Connection &writer) { return prove(writer.db(), hash, seat.place); };
        TZ_TRY(service.committer().runTransaction(note));
        return wire::BlobMissing{true, {}};
    }
    Blob blob;
    blob.size = offer.size;
    for (const QByteArray &piece : offer.pieces)
        blob.pieces += piece;
    if (offer.size != seat.size || qint64(offer.pieces.size()) != attachment::pieceCount(offer.size) ||
        blob.pieces.size() != qsizetype(offer.pieces.size()) * hashBytes)
        return fail("attachment.wrong_content");
    if (begun && begun->pieces == blob.pieces && begun->size == blob.size) {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(std::vector<qint64> missing, missingPieces(connection->db(), *begun));
        return wire::BlobMissing{false, std::move(missing)};
    }
    if (!begun && unfinished >= uploadsPerDevice)
        return fail("attachment.too_many_uploads",
                    {{QStringLiteral("limit"), uploadsPerDevice}, {QStringLiteral("seconds"), tooManyWaitSeconds}});
    const auto open = [&](Connection &writer) -> Result<> {
        // Two requests of one device may come at once; the later one begins anew.
        TZ_ASSIGN(const std::optional<Blob> before, upload(writer.db(), session.deviceNo, hash, seat.place));
        if (before)
            TZ_TRY(giveUp(writer.db(), before->content));
        IdSource ids(*service.storage().environment().clock, *service.storage().environment().entropy);
        blob.content = ids.next();
        return begin(writer.db(), session.deviceNo, hash, seat.place, blob, nowMs(service));
    };
    TZ_TRY(service.committer().runTransaction(open));
    wire::BlobMissing answer;
    for (qint64 number = 0; number < blob.count(); ++number)
        answer.pieces.push_back(number);
    return answer;
}

namespace {
/// The device's own upload; who may not see the record any more cannot go on with it.
Result<std::pair<Seat, Blob>> underWay(Service &service, const Session &session, const wire::BlobRef &ref)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, scopeOf(service, *connection, session));
    TZ_ASSIGN(const Seat seat, seatOf(*connection, *scope, ref));
    TZ_ASSIGN(const std::optional<Blob> begun, upload(connection->db(), session.deviceNo, ref.hash, seat.place));
    if (!begun)
        return fail("attachment.not_offered");
    return std::pair(seat, *begun);
}
} // namespace

Result<> take(Service &service, const Session &session, const wire::BlobPiece &piece)
{
    TZ_ASSIGN(const auto begun, underWay(service, session, piece.ref));
    const Blob &blob = begun.second;
    if (piece.number < 0 || piece.number >= blob.count() ||
        piece.data.size() != attachment::pieceSize(blob.size, piece.number) ||
        QCryptographicHash::hash(piece.data, QCryptographicHash::Sha256) != blob.pieceHash(piece.number))
        return fail("attachment.wrong_piece");
    bool taken = false;
    const auto keep = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(taken, put(writer.db(), blob.content, piece.number, piece.data, nowMs(service)));
        return {};
    };
    TZ_TRY(service.committer().runTransaction(keep));
    return taken ? Result<>() : fail("attachment.not_offered");
}

Result<> finish(Service &service, const Session &session, const wire::BlobDone &done)
{
    TZ_ASSIGN(const auto begun, underWay(service, session, done.ref));
    const Seat &seat = begun.first;
    const Blob &blob = begun.second;
    QCryptographicHash whole(QCryptographicHash::Sha256);
    {
        // Pieces that are there do not change any more: no snapshot has to be held for a long content.
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        for (qint64 number = 0; number < blob.count(); ++number) {
            TZ_ASSIGN(const std::optional<QByteArray> data, piece(connection->db(), blob.content, number));
            if (!data)
                return fail("attachment.incomplete");
            whole.addData(*data);
        }
    }
    if (whole.result() != done.ref.hash) {
        const auto drop = [&content = blob.content](Connection &writer) { return giveUp(writer.db(), content); };
        TZ_TRY(service.committer().runTransaction(drop));
        return fail("attachment.wrong_content");
    }
    bool finished = false;
    const auto complete = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(finished, finish(writer.db(), done.ref.hash, seat.place, blob, nowMs(service)));
        return {};
    };
    TZ_TRY(service.committer().runTransaction(complete));
    return finished ? Result<>() : fail("attachment.not_offered");
}

Result<wire::BlobPart> fetch(Service &service, const Session &session, const wire::BlobFetch &question)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, scopeOf(service, *connection, session));
    TZ_ASSIGN(const Seat seat, seatOf(*connection, *scope, question.ref));
    TZ_ASSIGN(const std::optional<Blob> blob, readable(*connection, seat, question.ref.hash));
    if (!blob)
        return fail("attachment.not_yet");
    wire::BlobPart part;
    part.size = blob->size;
    if (question.number < 0) {
        for (qint64 number = 0; number < blob->count(); ++number)
            part.pieces.push_back(blob->pieceHash(number));
        return part;
    }
    TZ_ASSIGN(const std::optional<QByteArray> data, piece(connection->db(), blob->content, question.number));
    if (!data)
        return fail("attachment.wrong_piece");
    part.data = *data;
    return part;
}

Result<wire::BlobSeen> look(Service &service, const Session &session, const wire::BlobLook &question)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, scopeOf(service, *connection, session));
    wire::BlobSeen seen;
    for (const wire::BlobRef &ref : question.refs) {
        const Result<Seat> seat = seatOf(*connection, *scope, ref);
        if (!seat && !seat.error().is("record.unknown_record"))
            return fail(seat.error());
        std::optional<Blob> blob;
        if (seat) {
            TZ_ASSIGN(blob, readable(*connection, *seat, ref.hash));
        }
        seen.states.push_back(!seat ? 0 : blob ? 1 : 2);
    }
    return seen;
}

Result<bool> sweep(Service &service)
{
    {
        // Nearly always there is nothing: then nobody's turn is taken for it.
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(const bool any, hasGone(connection->db()));
        if (!any)
            return false;
    }
    bool more = false;
    const auto work = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(more, sweep(writer.db()));
        return {};
    };
    TZ_TRY(service.committer().runTransaction(work));
    return more;
}

Result<> retain(Service &service)
{
    std::vector<Unnamed> without;
    std::vector<QByteArray> again;
    {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(without, unnamed(connection->db()));
        TZ_ASSIGN(again, namedAgain(connection->db()));
    }
    const qint64 now = nowMs(service);
    return service.committer().runTransaction([&](Connection &writer) -> Result<> {
        TZ_TRY(giveUpIdle(writer.db(), now - idleUploadMs));
        for (const QByteArray &hash : again)
            TZ_TRY(setUnnamedSince(writer.db(), hash, std::nullopt));
        for (const Unnamed &one : without) {
            if (one.sinceMs == 0)
                TZ_TRY(setUnnamedSince(writer.db(), one.hash, now));
            else if (now - one.sinceMs >= unnamedKeptMs)
                TZ_TRY(forget(writer.db(), one.hash));
        }
        return {};
    });
}

} // namespace tz::server::blobs
