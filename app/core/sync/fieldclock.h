// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <map>

namespace tz {

/// Who set a field last, when, and in which revision.
struct FieldClock {
    /// Server revision.
    qint64 rev = 0;
    /// The server's small number of the device.
    qint64 writer = 0;
    /// Milliseconds since 1970 by the clamped hybrid clock.
    qint64 ms = 0;
    bool operator==(const FieldClock &) const = default;
};

/// The clocks of one record's fields, kept in the server's column `_clock`: one entry for the creation, and one for
/// each field changed since; a field without an entry has the clock of the creation. 7 bytes for a record as it was
/// created, 4 to 8 for each changed field.
class TZ_CORE_EXPORT RecordClock {
public:
    RecordClock() = default;
    explicit RecordClock(const FieldClock &made)
        : m_made(made)
    {
    }
    /// `madeRev` is the record's column _made_rev. Errors: sync.bad_clock.
    static Result<RecordClock> decode(QByteArrayView bytes, qint64 madeRev);
    QByteArray encode() const;

    const FieldClock &made() const { return m_made; }
    /// `field` is the number that CatalogNumbers gave it.
    const FieldClock &at(int field) const;
    void set(int field, const FieldClock &clock) { m_fields[field] = clock; }
    /// Another device than `writer` created the record or changed a field of it after revision `rev`.
    bool changedByOthers(qint64 rev, qint64 writer) const;
    bool operator==(const RecordClock &) const = default;

private:
    FieldClock m_made;
    std::map<int, FieldClock> m_fields;
};

} // namespace tz
