// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "lookup.h"

#include <algorithm>

namespace tz::pipeline {

const State *stageNamed(const Entity &opportunity, QStringView stage)
{
    const QList<State> &states = opportunity.states->states;
    const auto found =
        std::find_if(states.begin(), states.end(), [&](const State &state) { return state.name == stage; });
    return found == states.end() ? nullptr : &*found;
}

} // namespace tz::pipeline
