// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entityreader.h"

namespace tz {

/// One try at composing a catalog from some departments: what is known while entities are checked.
struct Draughts {
    QHash<QString, DepartmentSpec> specs;
    std::vector<std::unique_ptr<Entity>> entities;
    /// By full name.
    QHash<QString, EntityOrigin> origins;
    QHash<QString, Entity *> byName;
    QList<ReportSpec> reports;
    QHash<QString, Place> reportPlaces;
    /// Answers look-ups of the expression compiler.
    const Catalog *catalog = nullptr;
};

/// Checks and compiles everything that refers to something else.
void checkCatalog(Draughts &draughts, Faults &faults);

} // namespace tz
