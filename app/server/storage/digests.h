// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "server/storage/model.h"

namespace tz::server {

/// Counts the digests from the records, once, in a database whose server counted them otherwise (with deleted records).
/// Everybody else keeps them in the transaction that writes the records (RecordKeeper).
Result<> ensureDigests(Database &writer, const Model &model);

} // namespace tz::server
