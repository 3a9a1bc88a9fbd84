// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "core/store/record.h"
#include "core/sync/change.h"

#include <set>
#include <span>

/// The tables by which a replica keeps apart what the server has acknowledged and what waits for it. RecordStore
/// appends here in the transaction that writes the rows; ReplicaState takes from here and applies what comes back.
/// All functions run inside the caller's transaction. `entity` is the number that CatalogNumbers gave it.
namespace tz::synctables {

/// Creates what is missing.
TZ_CORE_EXPORT Result<> create(Database &database);

/// Small values in sync_state. A missing one is null, or `fallback`. Numbers are held as decimal text.
TZ_CORE_EXPORT Result<QByteArray> state(Database &database, QByteArrayView name);
TZ_CORE_EXPORT Result<> setState(Database &database, QByteArrayView name, const QByteArray &value);
TZ_CORE_EXPORT Result<qint64> number(Database &database, QByteArrayView name, qint64 fallback = 0);
TZ_CORE_EXPORT Result<> setNumber(Database &database, QByteArrayView name, qint64 value);

/// Names in sync_state that more than one class uses: the next batch number (from 1) and the hybrid clock's last.
inline constexpr char nextNo[] = "next_no";
inline constexpr char hlc[] = "hlc";
/// 1: a first copy has come without the indexes of lists; they are still to be made.
inline constexpr char withoutListIndexes[] = "without_list_indexes";

/// To be called before the first local change of a record that the server has seen: keeps the server's state of it.
/// A record with pending edits and no row here was made on this computer.
TZ_CORE_EXPORT Result<> keepBase(Database &database, int entity, const Record &before);
/// Appends the batch to the outbox, ready to be sent, marks the records (pairs of entity number and id) as pending and
/// moves next_no and hlc on: both of the following.
TZ_CORE_EXPORT Result<> append(Database &database, const Batch &batch, const std::set<std::pair<int, Id>> &records);
/// Inserts a row for each id: `insert` ends with the columns, the last of which is for the id; `values` are the other
/// columns' in SQL, ?1 and ?2 in them are `first` and `second`. Dozens of rows are one statement, which costs a third
/// of as many.
TZ_CORE_EXPORT Result<> insertIds(Database &database, const QByteArray &insert, const QByteArray &values, qint64 first,
                                  qint64 second, std::span<const Id> ids);
TZ_CORE_EXPORT Result<> markPending(Database &database, qint64 no, qint64 clock,
                                    const std::set<std::pair<int, Id>> &records);
/// `body`: what packedBatch() made.
TZ_CORE_EXPORT Result<> putOut(Database &database, qint64 no, const Id &batch, qint64 clock, const QByteArray &body);
/// A batch as outbox, journal and refused list hold it: encoded, and compressed when it is large, as those of imports
/// are. Thread-safe.
TZ_CORE_EXPORT QByteArray packedBatch(const Batch &batch);
/// What packedBatch() encoded, before it was compressed. Errors: wire.*.
TZ_CORE_EXPORT Result<QByteArray> plainBatch(const QByteArray &packed);
/// Errors: wire.*.
TZ_CORE_EXPORT Result<Batch> unpackedBatch(const QByteArray &packed);
/// Records that left this replica: of what was sent of them only stays what its author typed, not what others had
/// written there before. Pairs of entity and id.
TZ_CORE_EXPORT Result<> forgetOthers(Database &database, const std::set<std::pair<QString, Id>> &records);
/// The same for one batch. Answers whether there was anything to forget.
TZ_CORE_EXPORT bool forgetOthers(Batch &batch, const std::set<std::pair<QString, Id>> &records);
/// The same for these fields of an entity, which went out of sight.
TZ_CORE_EXPORT Result<> forgetOthers(Database &database, const QString &entity, const QStringList &fields);
TZ_CORE_EXPORT bool forgetOthers(Batch &batch, const QString &entity, const QStringList &fields);
/// The record's stored values as kept in sync_base, and back (derived fields are left out).
TZ_CORE_EXPORT QByteArray packedRow(const Record &record);
TZ_CORE_EXPORT Result<Record> unpackedRow(const Entity &entity, const Id &id, QByteArrayView packed);

} // namespace tz::synctables
