// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/schemaplan.h"

#include <QSet>

namespace tz {

/// What a database remembers of the entities and fields it was last migrated to (tables _entity and _field).
struct KnownField {
    int number = 0;
    QString kind;
    int scale = 0;
    QString formula;
};
struct KnownEntity {
    int number = 0;
    QString title, search;
    QHash<QString, KnownField> fields;
    int lastField = 0;
};
Result<QHash<QString, KnownEntity>> knownEntities(Database &database);

/// Appends the steps that bring tables, columns, indexes and computed values from what the database has to what the
/// catalog declares. `isNew`: the common tables are made by steps before these.
Result<> planEntities(Database &database, const Catalog &catalog, SchemaKind kind, bool isNew,
                      QList<SchemaStep> &steps);

} // namespace tz
