// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QString>

/// The order in which people expect texts: Latin before Han, Han by pinyin, surnames as they are read. Thread-safe.
namespace tz::collation {

/// Keys that compare byte by byte as the texts are to be sorted; the first 200 characters count. Null for an empty
/// text. Keys of different version() must not be compared.
TZ_CORE_EXPORT QByteArray sortKey(QStringView text);

/// The same into `buffer` (of the thread that calls); answers the length.
TZ_CORE_EXPORT qsizetype sortKey(QStringView text, QByteArray &buffer);

/// Negative, zero or positive.
TZ_CORE_EXPORT int compare(QStringView a, QStringView b);
TZ_CORE_EXPORT int compareUtf8(const char *a, int aSize, const char *b, int bSize);

/// Changes whenever stored keys have to be made anew (another ICU, another table of readings).
TZ_CORE_EXPORT QByteArray version();

} // namespace tz::collation
