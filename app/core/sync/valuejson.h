// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/value.h"
#include "core/sync/change.h"

namespace tz {

/// A Value as the text of a JSON object, for fields of type json that hold values of other records (conflicts):
/// {"v": null | text | number | {"id": text} | {"bytes": base64} | [members]}. Integers beyond 2^53 travel as
/// {"int": text}.
TZ_CORE_EXPORT QString valueToJson(const Value &value);
/// Null for text that is no such object.
TZ_CORE_EXPORT Value valueFromJson(const QString &json);
/// Several fields of a record: {"name": v, …}.
TZ_CORE_EXPORT QString editsToJson(const std::vector<FieldEdit> &edits);
/// Values only; `was` stays null.
TZ_CORE_EXPORT std::vector<FieldEdit> editsFromJson(const QString &json);

} // namespace tz
