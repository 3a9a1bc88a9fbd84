// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"

namespace tz {

/// What one role may do with one kind of record, for people who look after rights. Computed from the declarations by
/// the code that judges by them.
struct EntityRights {
    const Entity *entity = nullptr;
    Grant grant;
    /// Deleting also needs the right to write: on which records both hold.
    Reach remove = Reach::None;
    /// The entity declares no rights of its own: those of the record that its records belong to count.
    const Entity *like = nullptr;
    struct Action {
        const Transition *transition = nullptr;
        Reach reach = Reach::None;
    };
    /// All that the entity declares, in their order.
    QList<Action> actions;

    bool isNothing() const { return grant.read == Reach::None && grant.write == Reach::None && !grant.create; }
};

/// Of every entity of the catalog, in its order. `role`: its name.
TZ_CORE_EXPORT QList<EntityRights> rightsOfRole(const Catalog &catalog, const QString &role);

} // namespace tz
