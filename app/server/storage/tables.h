// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "server/storage/model.h"

namespace tz::server {

/// The server's own tables beside those of the entities.
Result<> createTables(Database &database);

/// Small values that belong to the database as a whole.
Result<QByteArray> setting(Database &database, const char *name);
Result<> setSetting(Database &database, const char *name, const QByteArray &value);

/// Audience keys of a record of the entity with this number, ascending, as they stand in the connection's snapshot.
Result<std::vector<qint64>> keysOfRecord(Database &database, int entity, const Id &id);

/// Tells the other processes on the same data, once the transaction is committed. SQLite tells nobody: they look.
Result<> announce(Database &database, const QByteArray &what);
/// auth.device_revoked; with {wipe, nonce} when the device is to erase its copy: then there is a nonce.
Error deviceRevoked(const QString &wipeNonce);
/// To be called in the transaction that shuts a device or user out, and how often it was called: so that the processes
/// that serve notice within a moment.
Result<> noteShutOut(Database &database);
Result<qint64> shutOuts(Database &database);

/// Fingerprint of the server's history at a revision.
struct Revision {
    qint64 rev = 0;
    QByteArray chain; ///< 16 bytes
    qint64 atMs = 0;
};
/// The newest revision in the connection's snapshot.
Result<Revision> currentRevision(Database &database);
/// Nothing: there is no such revision in this history. Revision 0 is the beginning and always there.
Result<std::optional<Revision>> revisionAt(Database &database, qint64 rev);
/// Whether a client's mark (the first 8 bytes of a fingerprint, or all 16) is of this server's history. Revision 0
/// always is.
Result<bool> isOfThisHistory(Database &database, qint64 rev, const QByteArray &mark);
/// History goes on elsewhere: 2^32 revisions further, and 2^14 more for each second since the last one, under a
/// fingerprint that only this call made (`mark`: a new id), so that after a restore no revision means two things; not
/// even when one backup is restored twice. Inside a transaction.
Result<Revision> leapForward(Database &writer, qint64 nowMs, const Id &mark);
/// Makes `next` the newest revision.
Result<> moveTo(Database &writer, const Revision &next);
/// BLAKE2b-128 of the previous fingerprint, the revision, the ids of its batches and a new id: the same batches, taken
/// once more after a failover, may get other times and numbers from the server, and are another history.
QByteArray nextChain(const QByteArray &chain, qint64 rev, const std::vector<Id> &batches, const Id &mark);

} // namespace tz::server
