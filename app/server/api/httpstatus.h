// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"

namespace tz::server {

/// HTTP status of an error.
int httpStatusOf(const Error &error);

/// The error as it may be told outside: where the database is, and how it is reached, is for the log.
Error forOutside(Error error);

} // namespace tz::server
