// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/synctables.h"

#include "core/sync/wire.h"

#include <functional>

namespace tz::synctables {

namespace {
// Stands among the values of a packed row when the record is in the recycle bin on the server.
constexpr QLatin1String deletedMark("_deleted");
constexpr size_t idsAtOnce = 50;
// An edit is smaller and stays as it is: packing it would cost more than it saves.
constexpr qsizetype packedFrom = 4096;
constexpr char zstdMagic[] = "\x28\xb5\x2f\xfd";
} // namespace

Result<> create(Database &database)
{
    return database.execute(R"sql(
CREATE TABLE IF NOT EXISTS sync_state(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_mark(rev INTEGER PRIMARY KEY, chain BLOB, at INTEGER);
CREATE TABLE IF NOT EXISTS sync_key(n INTEGER PRIMARY KEY, key INTEGER UNIQUE, from_rev INTEGER);
CREATE TABLE IF NOT EXISTS sync_outbox(no INTEGER PRIMARY KEY, batch BLOB UNIQUE, hlc INTEGER, body BLOB);
CREATE TABLE IF NOT EXISTS sync_pending(entity INTEGER, id BLOB, no INTEGER, PRIMARY KEY(entity, id, no)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sync_pending_no ON sync_pending(no);
CREATE TABLE IF NOT EXISTS sync_base(entity INTEGER, id BLOB, rev INTEGER, row BLOB, PRIMARY KEY(entity, id));
CREATE TABLE IF NOT EXISTS sync_journal(no INTEGER PRIMARY KEY, batch BLOB, rev INTEGER, mark BLOB, body BLOB,
    at INTEGER);
CREATE TABLE IF NOT EXISTS sync_number(series TEXT, first INTEGER, last INTEGER, PRIMARY KEY(series, last)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_rejected(batch BLOB PRIMARY KEY, at INTEGER, reason BLOB, body BLOB, because BLOB);
CREATE TABLE IF NOT EXISTS sync_aside(entity TEXT, id BLOB, at INTEGER, keys BLOB, row BLOB, shown INTEGER,
    PRIMARY KEY(entity, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob(hash BLOB PRIMARY KEY, size INTEGER NOT NULL DEFAULT 0, pieces BLOB,
    pinned INTEGER NOT NULL DEFAULT 0, used INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL DEFAULT 0,
    leaving INTEGER NOT NULL DEFAULT 0, fault BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob_upload(hash BLOB, entity TEXT, id BLOB, field TEXT, tries INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER NOT NULL DEFAULT 0, fault BLOB, PRIMARY KEY(hash, entity, id, field)) WITHOUT ROWID;
)sql");
}

Result<QByteArray> state(Database &database, QByteArrayView name)
{
    TZ_ASSIGN(auto statement, database.prepare("SELECT value FROM sync_state WHERE name = ?1"));
    statement.bindUtf8(1, name);
    TZ_ASSIGN(const bool found, statement.step());
    return found ? statement.bytes(0) : QByteArray();
}

Result<> setState(Database &database, QByteArrayView name, const QByteArray &value)
{
    TZ_ASSIGN(auto statement, database.prepare("INSERT OR REPLACE INTO sync_state(name, value) VALUES (?1, ?2)"));
    return statement.bindUtf8(1, name).bind(2, value).run();
}

Result<qint64> number(Database &database, QByteArrayView name, qint64 fallback)
{
    TZ_ASSIGN(const QByteArray text, state(database, name));
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    return ok ? value : fallback;
}

Result<> setNumber(Database &database, QByteArrayView name, qint64 value)
{
    return setState(database, name, QByteArray::number(value));
}

Result<> keepBase(Database &database, int entity, const Record &before)
{
    TZ_ASSIGN(auto insert, database.prepare("INSERT OR IGNORE INTO sync_base(entity, id, rev, row) "
                                            "VALUES (?1, ?2, ?3, ?4)"));
    return insert.bind(1, entity).bind(2, before.id).bind(3, before.rev).bind(4, packedRow(before)).run();
}

Result<> append(Database &database, const Batch &batch, const std::set<std::pair<int, Id>> &records)
{
    TZ_TRY(putOut(database, batch.no, batch.id, batch.hlc, packedBatch(batch)));
    return markPending(database, batch.no, batch.hlc, records);
}

Result<> putOut(Database &database, qint64 no, const Id &batch, qint64 clock, const QByteArray &body)
{
    TZ_ASSIGN(auto outbox, database.prepare("INSERT INTO sync_outbox(no, batch, hlc, body) VALUES (?1, ?2, ?3, ?4)"));
    return outbox.bind(1, no).bind(2, batch).bind(3, clock).bind(4, body).run();
}

QByteArray packedBatch(const Batch &batch)
{
    QByteArray plain = wire::encode(batch);
    if (plain.size() < packedFrom)
        return plain;
    QByteArray packed = wire::compress(plain);
    return wire::mayBeUnpacked(packed.size(), plain.size()) ? packed : plain;
}

Result<QByteArray> plainBatch(const QByteArray &packed)
{
    // A batch is an array of CBOR, whose first byte is another one.
    return packed.startsWith(zstdMagic) ? wire::decompress(packed) : packed;
}

Result<Batch> unpackedBatch(const QByteArray &packed)
{
    TZ_ASSIGN(const QByteArray plain, plainBatch(packed));
    return wire::decodeBatch(plain);
}

Result<> insertIds(Database &database, const QByteArray &insert, const QByteArray &values, qint64 first, qint64 second,
                   std::span<const Id> ids)
{
    while (!ids.empty()) {
        const size_t count = ids.size() < idsAtOnce ? 1 : idsAtOnce;
        QByteArray sql = insert + " VALUES ";
        for (size_t i = 0; i < count; ++i)
            sql += (i == 0 ? "(" : ", (") + values + ", ?" + QByteArray::number(i + 3) + ')';
        TZ_ASSIGN(auto statement, database.prepare(sql));
        do {
            statement.bind(1, first).bind(2, second);
            for (size_t i = 0; i < count; ++i)
                statement.bind(int(i) + 3, ids[i]);
            TZ_TRY(statement.run());
            ids = ids.subspan(count);
        } while (ids.size() >= count);
    }
    return {};
}

Result<> markPending(Database &database, qint64 no, qint64 clock, const std::set<std::pair<int, Id>> &records)
{
    for (auto from = records.begin(); from != records.end();) {
        const int entity = from->first;
        std::vector<Id> ids;
        for (; from != records.end() && from->first == entity; ++from)
            ids.push_back(from->second);
        TZ_TRY(insertIds(database, "INSERT OR IGNORE INTO sync_pending(entity, no, id)", "?1, ?2", entity, no, ids));
    }
    TZ_TRY(setNumber(database, nextNo, no + 1));
    return setNumber(database, hlc, clock);
}

namespace {
using IsOut = std::function<bool(const Change &change, const QString &field)>;

bool forget(Batch &batch, const IsOut &isOut)
{
    bool forgot = false;
    const bool isUndo = batch.label.section(u':', 0, 0) == QLatin1String("undo");
    for (Change &change : batch.changes) {
        if (change.kind != ChangeKind::Update)
            continue;
        forgot = forgot ||
                 std::ranges::any_of(change.edits, [&](const FieldEdit &edit) { return isOut(change, edit.field); });
        // Fields that only complete a group are others' work too, and an undo writes what others may have written.
        std::erase_if(change.edits, [&](const FieldEdit &edit) {
            return isOut(change, edit.field) && (isUndo || edit.value == edit.was);
        });
        for (FieldEdit &edit : change.edits) {
            if (isOut(change, edit.field))
                edit.was = {};
        }
    }
    return forgot;
}

Result<> forget(Database &database, const IsOut &isOut)
{
    for (const char *table : {"sync_journal", "sync_rejected"}) {
        std::vector<std::pair<Id, QByteArray>> changed;
        {
            TZ_ASSIGN(auto select, database.prepare(QByteArray("SELECT batch, body FROM ") + table));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                TZ_ASSIGN(Batch batch, unpackedBatch(select.bytes(1)));
                if (forget(batch, isOut))
                    changed.emplace_back(select.id(0), packedBatch(batch));
            }
        }
        TZ_ASSIGN(auto update, database.prepare(QByteArray("UPDATE ") + table + " SET body = ?2 WHERE batch = ?1"));
        for (const auto &[batch, body] : changed)
            TZ_TRY(update.bind(1, batch).bind(2, body).run());
    }
    return {};
}

IsOut ofRecords(const std::set<std::pair<QString, Id>> &records)
{
    return [&records](const Change &change, const QString &) { return records.contains({change.entity, change.id}); };
}

IsOut ofFields(const QString &entity, const QStringList &fields)
{
    return
        [&](const Change &change, const QString &field) { return change.entity == entity && fields.contains(field); };
}
} // namespace

bool forgetOthers(Batch &batch, const std::set<std::pair<QString, Id>> &records)
{
    return forget(batch, ofRecords(records));
}

Result<> forgetOthers(Database &database, const std::set<std::pair<QString, Id>> &records)
{
    return forget(database, ofRecords(records));
}

bool forgetOthers(Batch &batch, const QString &entity, const QStringList &fields)
{
    return forget(batch, ofFields(entity, fields));
}

Result<> forgetOthers(Database &database, const QString &entity, const QStringList &fields)
{
    return forget(database, ofFields(entity, fields));
}

QByteArray packedRow(const Record &record)
{
    std::vector<FieldEdit> edits;
    for (const Field &field : record.entity->fields) {
        if (field.isDerived() || field.isLines() || record.value(field.index).isNull())
            continue;
        edits.push_back({field.name, record.value(field.index), {}});
    }
    if (record.deleted)
        edits.push_back({deletedMark, Value(1), {}});
    return wire::encode(edits);
}

Result<Record> unpackedRow(const Entity &entity, const Id &id, QByteArrayView packed)
{
    TZ_ASSIGN(auto edits, wire::decodeEdits(packed));
    Record record(entity, id);
    for (FieldEdit &edit : edits) {
        if (edit.field == deletedMark)
            record.deleted = true;
        else
            record.set(edit.field, std::move(edit.value));
    }
    return record;
}

} // namespace tz::synctables
