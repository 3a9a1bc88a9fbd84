// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QFileDevice>

/// Files that have to be there after a power failure.
namespace tz::durable {

/// All of it is on the disk when this returns. Errors: those of writeFault().
TZ_CORE_EXPORT Result<> synced(QFileDevice &file);
/// Renames over whatever is there; the name is on the disk when this returns. Errors: store.io {path, detail}.
TZ_CORE_EXPORT Result<> moved(const QString &from, const QString &to);
/// The names in the folder are on the disk, as far as the system can do that.
TZ_CORE_EXPORT void syncFolder(const QString &path);
/// Why the last write failed: store.disk_full, store.io {path, detail}.
TZ_CORE_EXPORT Error writeFault(const QFileDevice &file);

} // namespace tz::durable
