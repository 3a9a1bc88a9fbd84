// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// Products, 2,000 opportunities of three years with their history, products, quotes and competitors, leads and
/// targets, for the customers and people of the demonstration.
Result<> demoData(const SeedContext &context);

} // namespace tz::pipeline
