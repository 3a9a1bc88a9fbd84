// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/catalog/entity.h"

#include <QJsonValue>

/// Values as other programs read and write them, by the type of their field: numbers digit for digit, dates as
/// yyyy-MM-dd, times as RFC 3339 in UTC, records by their ids, sets as arrays, addresses and JSON fields as what they
/// hold, attached files as {name, size, type, hash}.
namespace tz::fieldjson {

/// `field` null: a count, an id or another column of no field's. `scale`: digits after the point of a number.
TZ_CORE_EXPORT void write(Json &json, const Field *field, int scale, const Value &value);

/// The other way round, checked like every value (checkedValue()). A number may also stand in a text, as its digits;
/// one that a double cannot hold exactly must. Times need an offset. Attached files are not taken: their contents come
/// another way. Errors: record.wrong_type {expected}, input.too_many_digits {digits}, record.readonly (attached files),
/// and those of checkedValue(); each with Error::field.
TZ_CORE_EXPORT Result<Value> read(const Field &field, const QJsonValue &json);

} // namespace tz::fieldjson
