// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/postgres/engine.h"

namespace tz::server {

/// Makes the functions that the store's SQL calls (tz_add, tz_like, tz_sum …) in the installation's schema, where they
/// are missing or of another version. They give what the kernels of expressions give; docs/decisions say what differs.
Result<> createFunctions(PostgresEngine &engine);

} // namespace tz::server
