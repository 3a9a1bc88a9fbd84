// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

#include <optional>

/// Telephone numbers as people write them, read by libphonenumber.
namespace tz::phone {

struct Number {
    /// "+8613800138000".
    QString e164;
    /// Digits behind 转, ext., # and the like; empty for none.
    QString extension;
};

/// Splits the extension off, then reads the rest as it would be dialled in `region` (ISO 3166, "CN").
/// Nothing when it cannot be a number.
TZ_CORE_EXPORT std::optional<Number> parse(QStringView text, const QString &region = QStringLiteral("CN"));
/// For comparing: E.164 with "x" and the extension; if it cannot be read, its digits.
TZ_CORE_EXPORT QString matchKey(QStringView text, const QString &region = QStringLiteral("CN"));
/// For showing: as written in its country, or international when that is not `region`.
TZ_CORE_EXPORT QString display(QStringView text, const QString &region = QStringLiteral("CN"));

} // namespace tz::phone
