// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"

namespace tz {

/// Transactions that may be lost at power failure, because what they did comes again: pulled pages come with their
/// cursor, the search index is made from the records. What was durable before stays so.
class NotDurable {
public:
    explicit NotDurable(Database &database)
        : m_database(database)
    {
        m_changed = bool(m_database.setDurable(false));
    }
    ~NotDurable()
    {
        if (m_changed)
            (void)m_database.setDurable(true);
    }
    NotDurable(const NotDurable &) = delete;
    NotDurable &operator=(const NotDurable &) = delete;

private:
    Database &m_database;
    bool m_changed;
};

} // namespace tz
