// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QDate>
#include <QString>

#include <optional>

/// 居民身份证号码, the number of Chinese residents (GB 11643-1999): six digits of place, date of birth, three digits of
/// order (odd: male), and a check character by ISO 7064 MOD 11-2.
namespace tz::idcard {

/// Digits and a capital X, ASCII forms, without spaces; not checked.
TZ_CORE_EXPORT QString normalised(QStringView text);
TZ_CORE_EXPORT std::optional<QChar> checkCharacter(QStringView first17);
/// 18 characters with a date that exists and the right check character. Expects the normalised form.
TZ_CORE_EXPORT bool isValid(QStringView number);
TZ_CORE_EXPORT QDate birthDate(QStringView number);

} // namespace tz::idcard
