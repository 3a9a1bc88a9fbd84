// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/rightstable.h"

#include "core/logic/rights.h"

namespace tz {

QList<EntityRights> rightsOfRole(const Catalog &catalog, const QString &role)
{
    Actor actor;
    actor.roles = {role};
    QList<EntityRights> all;
    for (const Entity *entity : catalog.entities()) {
        EntityRights rights;
        rights.entity = entity;
        rights.grant = grantOf(catalog, *entity, actor);
        rights.remove = rights.grant.remove ? rights.grant.write : Reach::None;
        const Field *parent = entity->access.isEmpty() ? entity->parentField() : nullptr;
        rights.like = parent ? catalog.entity(parent->to) : nullptr;
        for (const Transition &action : entity->actions)
            rights.actions.append({&action, actionReach(action, rights.grant, actor)});
        all.append(std::move(rights));
    }
    return all;
}

} // namespace tz
