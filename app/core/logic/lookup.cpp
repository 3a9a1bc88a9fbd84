// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/lookup.h"

#include "core/catalog/catalog.h"
#include "core/expression/expression.h"

namespace tz {

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

} // namespace tz
