// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entity.h"

namespace tz {

/// Through whose eyes a query looks at the records. A laptop holds nothing that its user may not see; a server holds
/// everything, and what it answers to one user is narrowed by this. Belongs to one thread.
class TZ_CORE_EXPORT Visibility {
public:
    virtual ~Visibility();
    /// Whether some records of the entity may be seen.
    virtual bool sees(const Entity &entity) const = 0;
    /// Whether the field may be named. What may not is answered like what does not exist; a derived field may only when
    /// all that it is computed from may.
    virtual bool sees(const Entity &entity, const Field &field) const = 0;
    /// SQL condition under which the row `alias` of the entity may be seen; empty: each one may.
    virtual QString condition(const Entity &entity, const QString &alias) const = 0;

    /// Null: everything may be seen.
    static bool sees(const Visibility *eyes, const Entity &entity, const Field &field)
    {
        return !eyes || eyes->sees(entity, field);
    }
};

} // namespace tz
