// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/scopes/scopes.h"
#include "server/storage/recordkeeper.h"

namespace tz::server {

/// A conflict shows its author what others wrote into a record: that goes when the record, or the field, goes out of
/// the author's sight; what they wrote themselves stays. Inside the group's transaction, when all is decided.
Result<> hideConflictContents(Connection &writer, RecordKeeper &keeper, Scopes &scopes);

/// What lost was not always its author's own: an undo writes again what others had written before. Such values are
/// taken out of a conflict whose author may not read the record any more. To be called before it is written.
Result<> dropOthersValues(Connection &writer, Record &conflict);

} // namespace tz::server
