// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/rest/call.h"

class QJsonObject;

namespace tz::server::rest::openapi {

/// The API as an OpenAPI 3.1 document, made from the catalog: the kinds of record, fields and actions that the token
/// may use, with their labels in the caller's language.
Result<Answer> document(Call &call);

} // namespace tz::server::rest::openapi
