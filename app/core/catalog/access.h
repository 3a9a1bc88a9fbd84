// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace tz {

/// How far a right reaches. Ordered: the widest grant of a user's roles counts.
enum class Reach { None, Own, Team, All };

/// What one role may do with one entity. Default: nothing.
struct Grant {
    Reach read = Reach::None;
    Reach write = Reach::None;
    bool create = false;
    bool remove = false;
    /// May change owner and team of a record.
    bool assign = false;
    /// Fields that never leave the server for this role.
    QSet<QString> hidden;
};

/// Rights per role name of one entity, as declared. "*" is every signed-in user; role "admin" may everything
/// unless it is named.
using AccessRules = QHash<QString, Grant>;

/// What one user may do with one entity: the union of the grants of their roles (a field is hidden only if every
/// role that may read hides it).
TZ_CORE_EXPORT Grant effectiveGrant(const AccessRules &rules, const QStringList &roles);

} // namespace tz
