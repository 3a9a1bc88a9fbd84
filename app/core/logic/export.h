// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/store/query.h"

#include <QIODevice>
#include <QStringList>

#include <functional>

namespace tz {

class Catalog;
class Entity;
class Reader;

struct ExportOptions {
    enum class Format { Csv, Json };
    Format format = Format::Csv;
    QString entity;
    /// Paths; empty: all stored fields that may be imported again.
    QStringList fields;
    QString filter;
    QHash<QString, Value> parameters;
    QList<SortKey> sort;
    /// CSV begins with a byte order mark, so that Excel sees UTF-8.
    bool byteOrderMark = true;
    /// Texts that a spreadsheet would take for a formula (they begin with = + - @, tab or return) get an apostrophe in
    /// front. The file then does not read back unchanged.
    bool guardFormulas = false;
    QChar separator = u',';
    /// Seconds east of UTC in which times of day are written.
    int utcOffsetSeconds = 0;
};

/// Writes the lines of a table as CSV, guarded and separated as the options say.
class TZ_CORE_EXPORT CsvWriter {
public:
    CsvWriter(QIODevice &to, const ExportOptions &options)
        : m_to(to)
        , m_options(options)
    {
    }
    /// The byte order mark, if there is to be one. Errors of both: export.cannot_write {reason}.
    Result<> begin();
    Result<> line(const QStringList &cells);

private:
    QIODevice &m_to;
    const ExportOptions &m_options;
};

/// How a record that is linked to is written.
using LinkText = std::function<Result<QString>(const Entity &entity, const Id &id, bool inSet)>;
/// One value as exportRecords() writes it.
TZ_CORE_EXPORT Result<QString> exportText(const Catalog &catalog, const Column &column, const Value &value,
                                          int utcOffsetSeconds, const LinkText &linkText, bool inSet = false);

/// Writes records in the form in which importCsv() reads them: field names as titles, dates as yyyy-MM-dd, times as
/// ISO 8601 with offset, numbers with a point, links by title where that finds exactly the record and by id otherwise,
/// sets joined by "; ". JSON is an array of objects with the same texts, numbers as exact texts, and the id. Answers
/// the number of records. Errors: query.*, export.cannot_write {path}.
TZ_CORE_EXPORT Result<qint64> exportRecords(const Reader &reader, const ExportOptions &options, QIODevice &to);

} // namespace tz
