// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/logic/contributions.h"
#include "core/store/recordstore.h"
#include "core/sync/wire.h"

namespace tz::bench {

/// A department with one entity of 12 fields (about 300 bytes a record), a formula, a condition and a rule: what the
/// figures of the store are measured on.
CatalogPtr catalog();
/// The rule: an employee count needs a founding date before today.
void contribute(Contributions &to);
extern const char *const entityName;

/// Field values of record `i` in the order of fieldNames(): the same for the same number.
std::vector<Value> valuesOf(int i);
const QStringList &fieldNames();
Id idOf(int i);

/// A pull page with the records [from, to) at revision `rev`.
wire::Page page(int from, int to, qint64 rev, bool more);

/// Bare SQLite: a table with the same columns and a unique id, inserts by one prepared statement, one transaction per
/// `perTransaction` rows, WAL, synchronous=NORMAL. Answers rows per second.
double bareInsertRate(const QString &path, int records, int perTransaction, bool durable);

/// Applies the drafts as the importer does: several are one transaction. A refused record ends the program.
void importDrafts(RecordStore &store, std::vector<Draft> drafts);

/// Size of the tables and indexes in a SQLite file, but for the search index. Of any file; nobody may be writing it.
double mebibytesWithoutSearch(const QString &path);

} // namespace tz::bench
