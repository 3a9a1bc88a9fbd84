// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"

namespace tz {

/// What was brought over from a damaged replica.
struct Salvaged {
    /// Batches that the server has not had yet.
    qint64 waiting = 0;
    /// Refused batches and acknowledged ones that are kept for a server that loses its last revisions.
    qint64 rejected = 0;
    qint64 journal = 0;
    /// Stand-alone profiles, which no server can fill again: records that could still be read.
    qint64 records = 0;
};

/// Reads from the damaged database what still reads, row by row, into a new and prepared store: who this replica is,
/// its unsent batches (their records appear again, the pull brings the rest) and the lists of refused and acknowledged
/// ones. A batch that is salvaged twice does no harm: the server knows it by its id.
TZ_CORE_EXPORT Result<Salvaged> salvage(RecordStore &into, Database &damaged);

} // namespace tz
