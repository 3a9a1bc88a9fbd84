// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/logic/actor.h"

namespace tz {

/// What the actor may do with records of the entity, as Judge judges it.
TZ_CORE_EXPORT Grant grantOf(const Catalog &catalog, const Entity &entity, const Actor &actor);
/// On which records the actor, who has this grant of their entity, may do the action.
TZ_CORE_EXPORT Reach actionReach(const Transition &action, const Grant &grant, const Actor &actor);

} // namespace tz
