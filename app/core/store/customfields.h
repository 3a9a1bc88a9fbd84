// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "core/store/schemaplan.h"

#include <QJsonObject>

namespace tz {

/// The company's own fields as they stand in this database now, for DepartmentHost::setCustomFields(): entity and
/// definition, in which the name stands too. Replica and server read them alike: both have to know the same fields.
/// None when the database has no such table yet.
TZ_CORE_EXPORT Result<QList<std::pair<QString, QJsonObject>>> customFields(Database &database, SchemaKind kind);

} // namespace tz
