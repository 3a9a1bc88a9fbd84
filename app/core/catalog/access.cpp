// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/access.h"

#include <QStringList>

namespace tz {

Grant effectiveGrant(const AccessRules &rules, const QStringList &roles)
{
    const QString everybody = QStringLiteral("*");
    const QString admin = QStringLiteral("admin");
    Grant effective;
    bool mayReadAny = false;
    const auto take = [&](const Grant &grant) {
        // A field stays hidden only if every role that may read hides it.
        if (grant.read != Reach::None) {
            effective.hidden = mayReadAny ? effective.hidden & grant.hidden : grant.hidden;
            mayReadAny = true;
        }
        effective.read = std::max(effective.read, grant.read);
        effective.write = std::max(effective.write, grant.write);
        effective.create = effective.create || grant.create;
        effective.remove = effective.remove || grant.remove;
        effective.assign = effective.assign || grant.assign;
    };
    for (const QString &role : roles) {
        if (const auto found = rules.constFind(role); found != rules.cend())
            take(*found);
        else if (role == admin)
            take({Reach::All, Reach::All, true, true, true, {}});
    }
    if (const auto found = rules.constFind(everybody); found != rules.cend())
        take(*found);
    return effective;
}

} // namespace tz
