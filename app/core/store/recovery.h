// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"

namespace tz {

/// Reads the whole file. Errors: store.damaged {path, detail: first faults}, store.interrupted. `quick`: without
/// comparing indexes with their tables (about a tenth of the time).
TZ_CORE_EXPORT Result<> checkIntegrity(Database &database, bool quick = true);

/// Renames a database, with its journal, to "….damaged-20261123-170000" beside it, so that another one can take its
/// place and unsent work be salvaged; `why` stands where "damaged" does. Close every connection before. Answers the new
/// path. Errors: store.cannot_set_aside {path}.
TZ_CORE_EXPORT Result<QString> setAside(const QString &path, qint64 nowMs,
                                        const QString &why = QStringLiteral("damaged"));

} // namespace tz
