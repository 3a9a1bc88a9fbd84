// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

#include <optional>

/// 统一社会信用代码, the unified social credit code of Chinese organisations (GB 32100-2015): 18 characters of
/// 0-9 and A-Z without I, O, S, V, Z; the last one is a check character.
namespace tz::uscc {

/// Capital letters, ASCII forms, without spaces and hyphens; not checked.
TZ_CORE_EXPORT QString normalised(QStringView text);
/// The check character that belongs to the first 17; nothing if they contain what cannot be in a code.
TZ_CORE_EXPORT std::optional<QChar> checkCharacter(QStringView first17);
/// 18 allowed characters, of which the last is right. Expects the normalised form.
TZ_CORE_EXPORT bool isValid(QStringView code);

} // namespace tz::uscc
