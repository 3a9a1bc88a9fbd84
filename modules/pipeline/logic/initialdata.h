// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// The standard pipeline, the company's lead pool and the usual reasons for losses.
Result<> initialData(const SeedContext &context);

} // namespace tz::pipeline
