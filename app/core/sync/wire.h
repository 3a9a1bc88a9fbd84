// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/sync/change.h"

#include <QHash>
#include <QStringList>

#include <optional>

/// What both ends of the wire say to each other: plain structures and their CBOR form (arrays, definite lengths),
/// compressed with zstd level 3. Decoding trusts nothing: every length, depth and type is checked
/// (wire.malformed {offset, reason}, wire.bad_compression, and for each limit its own: wire.too_large,
/// wire.ratio_too_high, wire.too_deep, wire.field_too_large, wire.too_many_changes, wire.too_many_batches, all with
/// {limit}). Every structure is an array; elements that a newer program adds at its end are skipped by an older one. A
/// Value on the wire: null, integer, text, 16-byte string (Id), other byte string, array (set).
namespace tz::wire {

/// State of one record as the server holds it, in the order of `TableRows::fields`.
struct Row {
    Id id;
    qint64 rev = 0;
    /// Numbers (positions) into the user's key list that grant this row.
    std::vector<qint64> keys;
    ValueList values;
};

struct TableRows {
    QString entity;
    QStringList fields;
    std::vector<Row> rows;
};

struct EntityIds {
    QString entity;
    std::vector<Id> ids;
};

struct Mark {
    qint64 rev = 0;
    QByteArray chain; ///< 16 bytes; in requests the first 8
};

/// The user's audience keys in a fixed order: the position is the number that rows carry.
struct KeyList {
    qint64 version = 0;
    std::vector<qint64> keys;
};

/// Sign-in with a password. As JSON: {"user", "password", "device" (id as text; may be empty), "name", "code"}.
struct LoginRequest {
    QString user;
    QString password;
    /// The device's own id; null: the server gives one.
    Id device;
    /// Shown to administrators ("Li's laptop").
    QString deviceName;
    /// Of an authenticator app, where the account needs one.
    QString code;
};
/// As JSON: {"token", "user", "device", "server"}.
struct LoginAnswer {
    /// To be sent as "Authorization: Bearer …" with every other request.
    QString token;
    Id user;
    Id device;
    Id server;
};

struct HelloRequest {
    Id device;
    qint64 lastNo = 0;
    std::vector<Mark> marks; ///< newest first, at most 64
    QString catalog;         ///< hash
    QString program;         ///< "tongzhou 0.1.0"
    qint64 waiting = 0;      ///< batches not sent yet, for the administrator who thinks of erasing this copy
};
struct HelloAnswer {
    qint64 serverTimeMs = 0;
    Id server;
    qint64 rev = 0;
    QByteArray chain;
    qint64 expectedNo = 1;
    qint64 deviceNo = 0;
    /// Newest mark that both know; -1: none but the beginning.
    qint64 commonRev = -1;
    KeyList keys;
    /// What the user may see per entity (audience::visibility): a change means that columns must go or come.
    QHash<QString, QString> visibility;
    QString catalog;
    Id user;
    QStringList roles;
    Id team;
    int leaseDays = 60;
    int retryAfterMs = 0;
    /// A new token when the old one is older than 7 days; the old one is valid for another hour.
    QString token;
};

/// What an erased replica says, without a token: the nonce that it was sent away with tells which one it is.
struct WipedRequest {
    QString nonce;
    qint64 unsent = 0; ///< batches that went with it
};

struct PushRequest {
    Mark base; ///< the newest that the replica knows of; chain: 8 bytes
    std::vector<Batch> batches;
};
enum class BatchStatus : quint8 { Accepted, Refused, Partly };
struct Reason {
    int change = 0; ///< index in the batch
    Error error;    ///< code, params, field
};
struct BatchAnswer {
    qint64 no = 0;
    Id batch;
    BatchStatus status = BatchStatus::Accepted;
    qint64 rev = 0;
    qint64 hlc = 0;
    std::vector<TableRows> states; ///< resulting states of the records it touched, as the user may see them
    std::vector<EntityIds> gone;   ///< records it deleted
    std::vector<Reason> reasons;
    std::vector<Id> conflicts;
};
struct PushAnswer {
    qint64 serverTimeMs = 0;
    std::vector<BatchAnswer> answers;
    KeyList keys; ///< to read the rows' key numbers
    Mark mark;    ///< of the server when it answered: what is acknowledged is of this history
};

struct Backfill {
    qint64 key = 0;
    qint64 fromRev = 0;
};
struct PullRequest {
    Mark cursor; ///< chain: 8 bytes
    qint64 keysVersion = 0;
    QHash<QString, QString> visibility;
    QString catalog;
    std::vector<Backfill> backfill;
    qint64 maxRows = limits::pageRows;
    Mark newest; ///< that the replica knows of, beyond its cursor too; chain: 8 bytes
    /// Page::sums are wanted.
    bool sums = false;
};
/// Number and sum (Digest::stored) of the records under one audience key.
struct Sum {
    QString entity;
    qint64 key = 0;
    qint64 n = 0;
    qint64 sum = 0;
};
struct Page {
    Mark mark; ///< the cursor after this page
    bool more = false;
    std::vector<TableRows> tables;
    std::vector<EntityIds> gone;      ///< deleted
    std::vector<EntityIds> evict;     ///< left the user's scope
    std::vector<Backfill> backfilled; ///< how far each backfill is; fromRev > cursor: complete
    /// Set when keys or visibility changed: the page then carries nothing else.
    std::optional<KeyList> keys;
    std::optional<QHash<QString, QString>> visibility;
    /// Rows still to come, roughly, for the progress shown; -1: unknown.
    qint64 remaining = -1;
    int retryAfterMs = 0;
    /// Place in the line before backfills; above 0 the page is empty and is to be asked for again after retryAfterMs.
    int position = 0;
    /// Of the user's keys at `mark`, where they were asked for and the page ends the feed.
    std::vector<Sum> sums;
};

/// Whether the server has these records, and as what (/v1/state): for a replica that holds what no page confirms.
struct StateRequest {
    Mark newest;                    ///< as in PullRequest
    std::vector<EntityIds> records; ///< statesPerRequest ids at most; what is beyond is not answered
};
struct StateAnswer {
    qint64 serverTimeMs = 0;
    Mark mark;
    KeyList keys;
    std::vector<TableRows> tables;
    std::vector<EntityIds> gone;    ///< deleted
    std::vector<EntityIds> evict;   ///< there, and not for this user
    std::vector<EntityIds> unknown; ///< the server knows nothing of them
};

/// One entry of the server's audit trail, as far as the asking user may see it.
struct HistoryItem {
    qint64 rev = 0;
    qint64 atMs = 0;
    Id user;
    Id device;
    Id batch;
    ChangeKind kind = ChangeKind::Update;
    /// Action name; empty for others.
    QString name;
    QString field;
    Value before;
    Value after;
    QString label;
};
struct HistoryRequest {
    QString entity;
    Id id;
    qint64 limit = 200;
};
struct HistoryAnswer {
    std::vector<HistoryItem> items; ///< newest first
};

TZ_CORE_EXPORT QByteArray encode(const LoginRequest &);
TZ_CORE_EXPORT QByteArray encode(const LoginAnswer &);
TZ_CORE_EXPORT QByteArray encode(const HistoryRequest &);
TZ_CORE_EXPORT QByteArray encode(const HistoryAnswer &);
TZ_CORE_EXPORT QByteArray encode(const HelloRequest &);
TZ_CORE_EXPORT QByteArray encode(const HelloAnswer &);
TZ_CORE_EXPORT QByteArray encode(const WipedRequest &);
TZ_CORE_EXPORT QByteArray encode(const PushRequest &);
TZ_CORE_EXPORT QByteArray encode(const PushAnswer &);
TZ_CORE_EXPORT QByteArray encode(const PullRequest &);
TZ_CORE_EXPORT QByteArray encode(const Page &);
TZ_CORE_EXPORT QByteArray encode(const StateRequest &);
TZ_CORE_EXPORT QByteArray encode(const StateAnswer &);
TZ_CORE_EXPORT QByteArray encode(const Batch &);
TZ_CORE_EXPORT QByteArray encode(const BatchAnswer &);
TZ_CORE_EXPORT QByteArray encode(const Error &);
/// One record's values by field name, for sync_base and conflicts.
TZ_CORE_EXPORT QByteArray encode(const std::vector<FieldEdit> &);

TZ_CORE_EXPORT Result<LoginRequest> decodeLoginRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<LoginAnswer> decodeLoginAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<HistoryRequest> decodeHistoryRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<HistoryAnswer> decodeHistoryAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<HelloRequest> decodeHelloRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<HelloAnswer> decodeHelloAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<WipedRequest> decodeWipedRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<PushRequest> decodePushRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<PushAnswer> decodePushAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<PullRequest> decodePullRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<Page> decodePage(QByteArrayView cbor);
TZ_CORE_EXPORT Result<StateRequest> decodeStateRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<StateAnswer> decodeStateAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<Batch> decodeBatch(QByteArrayView cbor);
TZ_CORE_EXPORT Result<BatchAnswer> decodeBatchAnswer(QByteArrayView cbor);
TZ_CORE_EXPORT Result<Error> decodeError(QByteArrayView cbor);
TZ_CORE_EXPORT Result<std::vector<FieldEdit>> decodeEdits(QByteArrayView cbor);

TZ_CORE_EXPORT QByteArray compress(QByteArrayView plain);
/// Whether decompress() takes what so many bytes were packed from; otherwise they are better sent as they are.
TZ_CORE_EXPORT bool mayBeUnpacked(qsizetype packed, qsizetype plain);
TZ_CORE_EXPORT Result<QByteArray> decompress(QByteArrayView packed, qsizetype limit = limits::unpackedBytes);

} // namespace tz::wire
