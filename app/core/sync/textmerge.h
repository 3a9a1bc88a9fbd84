// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

#include <optional>

namespace tz::textmerge {

/// What becomes of a long text that two people changed without knowing of each other: line by line, and where both
/// changed the same lines, word by word (of Chinese, character by character). Lines that both added at the same place
/// stand one after the other, `first`'s before `second`'s. Nothing when they changed the same words, or when the texts
/// differ in more places than is worth comparing: then both must be shown. What both changed alike is taken once.
/// Thread-safe; takes milliseconds for texts of some thousand lines.
TZ_CORE_EXPORT std::optional<QString> merged(const QString &base, const QString &first, const QString &second);

} // namespace tz::textmerge
