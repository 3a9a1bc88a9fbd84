// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/entity.h"

#include "core/catalog/visibility.h"

namespace tz {

Visibility::~Visibility() = default;

const State *StateMachine::state(QStringView name) const
{
    const auto found =
        std::find_if(states.cbegin(), states.cend(), [&](const State &state) { return state.name == name; });
    return found == states.cend() ? nullptr : &*found;
}

const Field *Entity::field(QStringView fieldName) const
{
    const int index = indexOf(fieldName);
    return index < 0 ? nullptr : &fields[size_t(index)];
}

int Entity::indexOf(QStringView fieldName) const
{
    return m_byName.value(fieldName, -1);
}

const Transition *Entity::action(QStringView actionName) const
{
    const auto found = std::find_if(actions.cbegin(), actions.cend(),
                                    [&](const Transition &transition) { return transition.action == actionName; });
    return found == actions.cend() ? nullptr : &*found;
}

void Entity::seal()
{
    m_byName.clear();
    for (size_t i = 0; i < fields.size(); ++i) {
        fields[i].index = int(i);
        m_byName.insert(fields[i].name, int(i));
    }
}

} // namespace tz
