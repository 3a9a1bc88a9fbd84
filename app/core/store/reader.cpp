// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/reader.h"

#include "core/base/decimal.h"
#include "core/catalog/catalog.h"

namespace tz {

namespace {
// A title may be a link, whose title may be a link again; no further.
constexpr int deepestTitle = 2;

QString titleOf(const Reader &reader, const Entity &entity, const Id &id, int depth)
{
    const Field *const title = entity.titleField();
    if (!title)
        return {};
    const auto found = reader.find(entity, id);
    if (!found || !*found)
        return {};
    const Value &value = (*found)->value(title->index);
    if (value.isId()) {
        const Entity *const target = reader.catalog().entity(title->to);
        return target && depth < deepestTitle ? titleOf(reader, *target, value.toId(), depth + 1) : QString();
    }
    if (value.isInteger())
        return title->type == FieldType::Date ? value.toDate().toString(Qt::ISODate)
                                              : decimal::toText(value.toInteger(), title->scale);
    return value.toText();
}
} // namespace

QString Reader::title(const Entity &entity, const Id &id) const
{
    return id.isNull() ? QString() : titleOf(*this, entity, id, 0);
}

Result<qint64> Reader::count(const QString &entity, const QString &filter) const
{
    Query query;
    query.entity = entity;
    query.filterText = filter;
    query.aggregates = {Aggregate{}};
    TZ_ASSIGN(const Rows rows, select(query));
    return rows.rows.empty() ? 0 : rows.rows.front().back().toInteger();
}

Result<std::vector<Id>> Reader::ids(const QString &entity, const QString &filter, QHash<QString, Value> parameters,
                                    int limit) const
{
    Query query;
    query.entity = entity;
    query.fields = {QStringLiteral("id")};
    query.filterText = filter;
    query.parameters = std::move(parameters);
    query.limit = limit;
    TZ_ASSIGN(const Rows rows, select(query));
    std::vector<Id> ids;
    ids.reserve(rows.rows.size());
    for (const auto &row : rows.rows)
        ids.push_back(row.front().toId());
    return ids;
}

} // namespace tz
