// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

namespace tz::server {

/// The address of the database that a data folder remembers (file "database", for its owner's eyes only); empty: none.
/// Errors: server.cannot_read {path, reason}.
Result<QString> rememberedDatabase(const QString &folder);
/// Makes the folder where it is missing. Errors: server.cannot_write {path, reason}.
Result<> rememberDatabase(const QString &folder, const QString &url);

} // namespace tz::server
