// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/value.h"
#include "core/catalog/entity.h"

#include <vector>

namespace tz {

/// Bits of Record::state and of the column _state.
namespace recordstate {
inline constexpr int pendingEdits = 1;
inline constexpr int deletedLocally = 2;
inline constexpr int openConflict = 4;
inline constexpr int refusedEdit = 8;
} // namespace recordstate

/// One record with all its values, by Field::index. A value type; `entity` outlives it (it belongs to the Catalog).
/// Lines fields hold nothing here: children are records of their own.
struct Record {
    const Entity *entity = nullptr;
    Id id;
    std::vector<Value> values;
    /// Server revision of this state; 0: the server has never seen it.
    qint64 rev = 0;
    int state = 0;
    /// In the recycle bin.
    bool deleted = false;

    Record() = default;
    Record(const Entity &of, const Id &recordId)
        : entity(&of)
        , id(recordId)
        , values(of.fields.size())
    {
    }

    const Value &value(int index) const { return values[size_t(index)]; }
    /// Null for an unknown name.
    const Value &value(QStringView field) const
    {
        static const Value none;
        const int index = entity->indexOf(field);
        return index < 0 ? none : values[size_t(index)];
    }
    void set(QStringView field, Value value)
    {
        if (const int index = entity->indexOf(field); index >= 0)
            values[size_t(index)] = std::move(value);
    }
};

} // namespace tz
