// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "lookup.h"

#include "core/catalog/catalog.h"
#include "core/expression/expression.h"

#include <algorithm>

namespace tz::pipeline {

Result<Query> queryWhere(const Reader &reader, const QString &entity, const QString &field, const Value &value,
                         QStringList fields)
{
    expression::Scope scope;
    scope.catalog = &reader.catalog();
    scope.entity = scope.catalog->entity(entity);
    Query query;
    query.entity = entity;
    query.fields = std::move(fields);
    TZ_ASSIGN(query.filter, expression::Expression::fieldIn(field, {value}, scope));
    return query;
}

const State *stageNamed(const Entity &opportunity, QStringView stage)
{
    const QList<State> &states = opportunity.states->states;
    const auto found =
        std::find_if(states.begin(), states.end(), [&](const State &state) { return state.name == stage; });
    return found == states.end() ? nullptr : &*found;
}

} // namespace tz::pipeline
