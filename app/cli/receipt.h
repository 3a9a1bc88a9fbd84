// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "cli/context.h"

namespace tz::cli {

/// What a draft did, on stdout; independent changes that were refused go to stderr.
void printReceipt(Context &context, const Receipt &receipt, const Id &record = {});

} // namespace tz::cli
