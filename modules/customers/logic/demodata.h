// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::customers {

/// About 300 customers with 800 contacts and three years of follow-ups, cared for by the sales people who are there.
/// Customer n has the id Id::fromName("demo.account/n"), its contact k "demo.contact/n/k".
Result<> demoData(const SeedContext &context);

} // namespace tz::customers
