// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/logic/contributions.h"
#include "core/store/schemaplan.h"

namespace tz::server {

/// What exists, as one immutable snapshot: shared by all threads, replaced when custom fields change.
struct Model {
    CatalogPtr catalog;
    const Contributions *contributions = nullptr;
    CatalogNumbers numbers;
    /// Entities whose records hang below those of the key: children, their children and so on.
    QHash<const Entity *, QList<const Entity *>> descendants;
    /// Entities whose parent field links to the key.
    QHash<const Entity *, QList<const Entity *>> children;
    /// Link fields of the key by which rollups of other entities count its records: field index and that entity.
    QHash<const Entity *, QList<std::pair<int, const Entity *>>> counted;
    const Entity *user = nullptr;
    const Entity *team = nullptr;
    const Entity *role = nullptr;
    const Entity *conflict = nullptr;
};
using ModelPtr = std::shared_ptr<const Model>;

/// Errors: server.no_foundation {entity}.
Result<ModelPtr> makeModel(CatalogPtr catalog, const Contributions &contributions, CatalogNumbers numbers);

} // namespace tz::server
