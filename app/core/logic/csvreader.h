// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QIODevice>

#include <functional>
#include <vector>

/// Reads CSV as it comes: any of the encodings and separators in use, quoted newlines, and clear errors for the rest.
namespace tz::csv {

struct Format {
    /// "utf-8", "utf-16le", "utf-16be", "gb18030", "latin1" (read as Windows-1252, which holds it).
    QString encoding;
    QChar separator;
};

/// The most that one field may hold; more is a broken file, not a value.
inline constexpr qsizetype largestField = 16 << 20;

/// What is not given is found out from the whole file: byte order mark, strict UTF-8, GB18030 if it is valid and mostly
/// common characters, else Latin-1; the separator that gives the most even columns. Leaves the device at any place.
/// Errors: import.empty, import.not_text {line}.
TZ_CORE_EXPORT Result<Format> detect(QIODevice &device, const QString &encoding, QChar separator);

using Cells = std::vector<QByteArray>;
/// Gets the cells of a row as UTF-8 and the line in which it begins, from 1. False ends the reading.
using RowFunction = std::function<Result<bool>(qint64 line, const Cells &cells)>;

/// All rows from the beginning; empty lines are left out. A quote inside an unquoted field is a character like others.
/// Errors: import.bad_encoding {encoding, line}, import.broken_quotes {line}, import.open_quote {line},
/// import.field_too_large {line, max}, import.cannot_read, and what the function returns.
TZ_CORE_EXPORT Result<> read(QIODevice &device, const Format &format, const RowFunction &row);

/// One field as it is written: in quotes where it must be.
TZ_CORE_EXPORT QByteArray quoted(const QByteArray &utf8, char separator);

} // namespace tz::csv
