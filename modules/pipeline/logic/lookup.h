// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entity.h"
#include "core/logic/lookup.h"

namespace tz::pipeline {

/// A state of opportunities by name; null for an unknown one.
const State *stageNamed(const Entity &opportunity, QStringView stage);

} // namespace tz::pipeline
