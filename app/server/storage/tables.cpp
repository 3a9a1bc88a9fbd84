// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/tables.h"

#include "core/store/databaseengine.h"
#include "core/sync/audience.h"
#include "server/storage/blobstore.h"

#include <sodium.h>

#include <QtEndian>

namespace tz::server {

namespace {
/// More revisions than anybody makes between two backups.
constexpr qint64 leap = qint64(1) << 32;
/// No server commits as often: each commit waits for the disk.
constexpr qint64 mostPerSecond = qint64(1) << 14;

/// A column that a database made by an older server lacks.
Result<> addColumn(Database &database, const char *table, const char *column, const char *type)
{
    TZ_ASSIGN(const auto known, database.columnsOf(QString::fromLatin1(table)));
    if (known.contains(QString::fromLatin1(column)))
        return {};
    return database.execute(QByteArray("ALTER TABLE ") + table + " ADD COLUMN " + column + ' ' + type);
}
} // namespace

Result<> createTables(Database &database)
{
    TZ_TRY(database.execute(R"sql(
CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter(one INTEGER PRIMARY KEY CHECK(one = 1), rev INTEGER NOT NULL, chain BLOB NOT NULL,
    at INTEGER NOT NULL);
INSERT INTO counter VALUES(1, 0, x'00000000000000000000000000000000', 0) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS revision(rev INTEGER PRIMARY KEY, chain BLOB NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS account("user" BLOB PRIMARY KEY, hash TEXT, disabled INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS device(no INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB UNIQUE NOT NULL, "user" BLOB, name TEXT,
    token BLOB UNIQUE, token_at INTEGER, old_token BLOB UNIQUE, old_until INTEGER, revoked_at INTEGER,
    last_no INTEGER NOT NULL DEFAULT 0, last_hlc INTEGER NOT NULL DEFAULT 0, catalog TEXT, program TEXT,
    made_at INTEGER, seen_at INTEGER);
CREATE INDEX IF NOT EXISTS device_user ON device("user");
CREATE TABLE IF NOT EXISTS batch(id BLOB PRIMARY KEY, device INTEGER NOT NULL, no INTEGER NOT NULL, rev INTEGER NOT NULL,
    answer BLOB, hlc INTEGER, claimed_hlc INTEGER, received_at INTEGER, UNIQUE(device, no));
CREATE TABLE IF NOT EXISTS principal(n INTEGER PRIMARY KEY, id BLOB UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS audience(key INTEGER NOT NULL, rev INTEGER NOT NULL, id BLOB NOT NULL,
    PRIMARY KEY(key, rev, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS audience_record ON audience(id, key);
CREATE TABLE IF NOT EXISTS departure(key INTEGER NOT NULL, rev INTEGER NOT NULL, id BLOB NOT NULL,
    PRIMARY KEY(key, rev, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grave(entity INTEGER NOT NULL, id BLOB NOT NULL, rev INTEGER NOT NULL,
    PRIMARY KEY(entity, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS member(entity INTEGER NOT NULL, owner BLOB NOT NULL, field INTEGER NOT NULL, value NOT NULL,
    present INTEGER NOT NULL, rev INTEGER NOT NULL, writer INTEGER NOT NULL,
    PRIMARY KEY(entity, owner, field, value)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim(kind TEXT NOT NULL, value TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY(kind, value)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claim_record ON claim(record);
CREATE TABLE IF NOT EXISTS series(name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS number_lease(series TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    device INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY(series, first)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS number_lease_device ON number_lease(device, series);
CREATE TABLE IF NOT EXISTS digest(key INTEGER PRIMARY KEY, n INTEGER NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS audit(seq INTEGER PRIMARY KEY, rev INTEGER NOT NULL, batch BLOB NOT NULL,
    entity INTEGER NOT NULL, id BLOB NOT NULL, kind INTEGER NOT NULL, name TEXT, edits BLOB, "user" BLOB, device BLOB,
    at INTEGER NOT NULL, label TEXT);
CREATE INDEX IF NOT EXISTS audit_record ON audit(id, seq);
CREATE INDEX IF NOT EXISTS audit_at ON audit(at, seq);
CREATE INDEX IF NOT EXISTS audit_user ON audit("user", at, seq);
CREATE INDEX IF NOT EXISTS audit_entity ON audit(entity, at, seq);
CREATE TABLE IF NOT EXISTS api_token(device BLOB PRIMARY KEY, name TEXT NOT NULL, hash BLOB UNIQUE NOT NULL,
    scopes TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER, used_at INTEGER, revoked_at INTEGER)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS webhook(id BLOB PRIMARY KEY, url TEXT NOT NULL, entity TEXT NOT NULL, events TEXT NOT NULL,
    "user" BLOB NOT NULL, secret TEXT NOT NULL, made_at INTEGER NOT NULL, seq INTEGER NOT NULL, rev INTEGER NOT NULL,
    delivered_at INTEGER, failures INTEGER NOT NULL DEFAULT 0, failing_since INTEGER, next_at INTEGER, last_error BLOB,
    disabled_at INTEGER, held_by BLOB, held_until INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS process(id BLOB PRIMARY KEY, host TEXT, pid INTEGER, program TEXT, started_at INTEGER,
    seen_at INTEGER NOT NULL, connected INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job(name TEXT PRIMARY KEY, last_at INTEGER NOT NULL) WITHOUT ROWID;
)sql"));
    // Batches that the device had not sent when it greeted last; a copy that is to be erased, and what became of that.
    for (const auto &[column, type] : {std::pair("waiting", "INTEGER NOT NULL DEFAULT 0"),
                                       std::pair("wipe_nonce", "TEXT"), std::pair("wipe_asked_at", "INTEGER"),
                                       std::pair("wiped_at", "INTEGER"), std::pair("wiped_unsent", "INTEGER")})
        TZ_TRY(addColumn(database, "device", column, type));
    // The second step of signing in (accounts/onetimecode.h): the secret, a new one that is not confirmed yet, and the
    // newest step of which a code was taken.
    for (const auto &[column, type] : {std::pair("totp", "BLOB"), std::pair("totp_new", "BLOB"),
                                       std::pair("totp_step", "INTEGER NOT NULL DEFAULT 0")})
        TZ_TRY(addColumn(database, "account", column, type));
    // Up to where a device was served, and until when it is taken to listen (api/presence.h).
    for (const char *column : {"served_rev", "live_until"})
        TZ_TRY(addColumn(database, "device", column, "INTEGER"));
    // What a request of the HTTP API asked for, by which its repetition is told from another one.
    TZ_TRY(addColumn(database, "batch", "request", "BLOB"));
    return blobs::createTables(database);
}

Result<QByteArray> setting(Database &database, const char *name)
{
    TZ_ASSIGN(Statement statement, database.prepare("SELECT value FROM setting WHERE name = ?1"));
    statement.bind(1, QString::fromLatin1(name));
    TZ_ASSIGN(const bool found, statement.step());
    return found ? statement.bytes(0) : QByteArray();
}

Result<> setSetting(Database &database, const char *name, const QByteArray &value)
{
    TZ_ASSIGN(Statement statement, database.prepare("INSERT INTO setting(name, value) VALUES(?1, ?2) "
                                                    "ON CONFLICT(name) DO UPDATE SET value = excluded.value"));
    return statement.bind(1, QString::fromLatin1(name)).bind(2, value).run();
}

Result<std::vector<qint64>> keysOfRecord(Database &database, int entity, const Id &id)
{
    TZ_ASSIGN(Statement select,
              database.prepare("SELECT key FROM audience WHERE id = ?1 AND key >= ?2 AND key < ?3 ORDER BY key"));
    select.bind(1, id)
        .bind(2, audience::key(entity, audience::Kind::All, 0))
        .bind(3, audience::key(entity + 1, audience::Kind::All, 0));
    std::vector<qint64> keys;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return keys;
        keys.push_back(select.integer(0));
    }
}

Error deviceRevoked(const QString &wipeNonce)
{
    Error error("auth.device_revoked");
    if (!wipeNonce.isEmpty()) {
        error.params.insert(QStringLiteral("wipe"), true);
        error.params.insert(QStringLiteral("nonce"), wipeNonce);
    }
    return error;
}

Result<> announce(Database &database, const QByteArray &what)
{
    return database.engine() ? database.engine()->announce(what) : Result<>();
}

Result<> noteShutOut(Database &database)
{
    TZ_ASSIGN(const qint64 before, shutOuts(database));
    TZ_TRY(setSetting(database, "shut_outs", QByteArray::number(before + 1)));
    return announce(database, "shut out");
}

Result<qint64> shutOuts(Database &database)
{
    TZ_ASSIGN(const QByteArray text, setting(database, "shut_outs"));
    return text.toLongLong();
}

Result<Revision> currentRevision(Database &database)
{
    TZ_ASSIGN(Statement statement, database.prepare("SELECT rev, chain, at FROM counter"));
    TZ_ASSIGN(const bool found, statement.step());
    if (!found)
        return fail("store.damaged", {{QStringLiteral("path"), database.path()}});
    return Revision{statement.integer(0), statement.bytes(1), statement.integer(2)};
}

Result<std::optional<Revision>> revisionAt(Database &database, qint64 rev)
{
    if (rev == 0)
        return Revision{0, QByteArray(16, '\0'), 0};
    TZ_ASSIGN(Statement statement, database.prepare("SELECT chain, at FROM revision WHERE rev = ?1"));
    statement.bind(1, rev);
    TZ_ASSIGN(const bool found, statement.step());
    if (!found)
        return std::nullopt;
    return Revision{rev, statement.bytes(0), statement.integer(1)};
}

Result<bool> isOfThisHistory(Database &database, qint64 rev, const QByteArray &mark)
{
    if (rev == 0)
        return true;
    TZ_ASSIGN(const std::optional<Revision> known, revisionAt(database, rev));
    return known && mark.size() >= 8 && known->chain.startsWith(mark);
}

Result<> moveTo(Database &writer, const Revision &next)
{
    TZ_ASSIGN(Statement update, writer.prepare("UPDATE counter SET rev = ?1, chain = ?2, at = ?3"));
    TZ_TRY(update.bind(1, next.rev).bind(2, next.chain).bind(3, next.atMs).run());
    TZ_ASSIGN(Statement insert, writer.prepare("INSERT INTO revision(rev, chain, at) VALUES(?1, ?2, ?3)"));
    return insert.bind(1, next.rev).bind(2, next.chain).bind(3, next.atMs).run();
}

Result<Revision> leapForward(Database &writer, qint64 nowMs, const Id &mark)
{
    TZ_ASSIGN(const Revision last, currentRevision(writer));
    const qint64 seconds = std::max<qint64>(0, (nowMs - last.atMs) / 1000);
    const qint64 rev = last.rev + leap + seconds * mostPerSecond;
    const Revision next{rev, nextChain(last.chain, rev, {}, mark), nowMs};
    TZ_TRY(moveTo(writer, next));
    return next;
}

QByteArray nextChain(const QByteArray &chain, qint64 rev, const std::vector<Id> &batches, const Id &mark)
{
    QByteArray next(16, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, size_t(next.size()));
    const auto add = [&](const void *data, size_t size) {
        crypto_generichash_update(&state, static_cast<const unsigned char *>(data), size);
    };
    add(chain.constData(), size_t(chain.size()));
    const qint64 ordered = qToBigEndian(rev);
    add(&ordered, sizeof ordered);
    for (const Id &batch : batches)
        add(batch.bytes.data(), batch.bytes.size());
    add(mark.bytes.data(), mark.bytes.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char *>(next.data()), size_t(next.size()));
    return next;
}

} // namespace tz::server
