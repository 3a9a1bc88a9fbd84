// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/reader.h"

namespace tz {

/// A question for the records of `entity` whose field (or path) holds the value, with the fields to fetch.
/// Errors: query.unknown_field, expression.*.
TZ_CORE_EXPORT Result<Query> queryWhere(const Reader &reader, const QString &entity, const QString &field,
                                        const Value &value, QStringList fields);

} // namespace tz
