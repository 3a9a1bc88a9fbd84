// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <functional>

class QIODevice;

namespace tz {

class RecordStore;

/// How a file is to be read and what becomes of its rows. What is left empty is found out.
struct ImportOptions {
    QString entity;
    /// Name for the history and messages ("accounts.csv").
    QString name;
    /// "utf-8", "gb18030", "latin1", "utf-16"; empty: detected.
    QString encoding;
    /// Null: detected among comma, semicolon, tab and |.
    QChar separator;
    /// Column title to field; an empty field leaves the column out. A field may be a path: "account.uscc" finds the
    /// linked record by that field, "address.city" fills a member of an address. Columns that are not named here are
    /// found by field name, label (English and the installed languages) and common synonyms.
    QList<std::pair<QString, QString>> map;
    /// "dmy", "mdy", "ymd", or a pattern such as "dd-MM-yyyy"; empty: detected over each whole column.
    QString dateFormat;
    /// What to do with rows whose record is here already, found by the entity's keys (or `keys`).
    enum class Existing { Skip, Update };
    Existing existing = Existing::Skip;
    QStringList keys;
    /// Link fields whose missing targets are created, with the text as their title.
    QSet<QString> createMissingLinks;
    /// Field to (text in the file → text it stands for): "product": {"GTXPro": "GTX Pro"}.
    QHash<QString, QHash<QString, QString>> aliases;
    /// Values for fields that the file does not have, or leaves blank.
    QList<std::pair<QString, QString>> set;
    /// Everything is tried, nothing is kept.
    bool dryRun = false;
    /// Additional names of fields: what the header is compared with besides names and labels.
    std::function<QStringList(const Entity &, const Field &)> fieldNames;
    /// Additional names of a choice or state, in other languages.
    std::function<QStringList(const Entity &, const Field &, const Choice &)> choiceNames;
    /// Called every few hundred rows with rows read so far and all rows; false cancels after the current batch.
    std::function<bool(qint64 done, qint64 total)> progress;
};

/// What became of a file.
struct ImportReport {
    QString encoding;
    QChar separator;
    struct Column {
        QString title;
        /// Empty: left out.
        QString field;
        /// Order of dates that was found ("dmy"); empty for others.
        QString dateOrder;
    };
    QList<Column> columns;
    qint64 rows = 0;
    qint64 created = 0;
    qint64 updated = 0;
    /// Rows that said nothing new of a record that is here.
    qint64 unchanged = 0;
    qint64 linksCreated = 0;
    /// A row that was not taken, or (partial) one whose value in this column was not.
    struct Problem {
        /// Data row from 1 (the header does not count) and line of the file in which it begins.
        qint64 row = 0;
        qint64 line = 0;
        QString column;
        QString value;
        Error error;
    };
    std::vector<Problem> refused;
    bool cancelled = false;
    bool dryRun = false;
    /// For RecordStore::undo(); null when nothing was changed.
    Id group;
};

/// Reads CSV into records through the store's rules, in batches of independent changes that are undone together.
/// Streams: memory does not grow with the file (but with the number of distinct keys and link targets).
/// Errors of the file as a whole, before anything is written: import.cannot_read {path}, import.empty, import.not_text
/// {line}, import.bad_encoding {encoding, line}, import.broken_quotes {line}, import.open_quote {line},
/// import.field_too_large {line, max}, import.unknown_column {column, columns}, import.unknown_field {name,
/// suggestion}, import.column_twice {name}, import.no_columns {columns}, import.ambiguous_dates {column, example},
/// import.mixed_dates {column}, import.bad_date_format {format}, import.bad_default {name}.
/// Of single rows: import.bad_date {value}, import.bad_number {value}, import.too_precise {value, digits},
/// import.bad_bool, import.bad_address, import.link_missing {value, to}, import.link_ambiguous {value, to},
/// import.exists {title}, import.cannot_create_link {to}, import.too_many_columns, record.*, and the rules' own.
TZ_CORE_EXPORT Result<ImportReport> importCsv(RecordStore &store, const QString &path, const ImportOptions &options);
/// `device` must be open and seekable.
TZ_CORE_EXPORT Result<ImportReport> importCsv(RecordStore &store, QIODevice &device, const ImportOptions &options);

} // namespace tz
