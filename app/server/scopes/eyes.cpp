// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/scopes/eyes.h"

#include "core/expression/expression.h"

#include <algorithm>

namespace tz::server {

bool Eyes::sees(const Entity &entity) const
{
    return m_scope->fields.contains(&entity);
}

bool Eyes::sees(const Entity &entity, const Field &field) const
{
    if (const auto known = m_fields.constFind(&field); known != m_fields.constEnd())
        return *known;
    // What is computed from itself is seen by nobody.
    m_fields.insert(&field, false);
    bool seen = false;
    if (!sees(entity)) {
        seen = false;
    } else if (field.isLines() || field.rollup) {
        const QString of = field.rollup ? field.rollup->entity : field.to;
        const Entity *child = m_connection.catalog().entity(of);
        seen = child && sees(*child);
        if (seen && field.rollup) {
            QStringList paths = field.rollup->filter ? field.rollup->filter->paths() : QStringList();
            paths << field.rollup->by;
            if (!field.rollup->value.isEmpty())
                paths << field.rollup->value;
            seen = std::ranges::all_of(paths, [&](const QString &path) { return seesPath(*child, path); });
        }
    } else if (field.isDerived()) {
        seen = field.formula &&
               std::ranges::all_of(field.formula->paths(), [&](const QString &path) { return seesPath(entity, path); });
    } else {
        seen = m_scope->fields.constFind(&entity)->contains(field.index);
    }
    m_fields.insert(&field, seen);
    return seen;
}

bool Eyes::seesPath(const Entity &entity, const QString &path) const
{
    const Entity *at = &entity;
    for (const QString &name : path.split(u'.')) {
        const Field *field = at->field(name);
        // An id, or a member of what was seen before.
        if (!field)
            return sees(*at);
        if (!sees(*at, *field))
            return false;
        if (!field->isReference())
            return true;
        const Entity *target = m_connection.catalog().entity(field->to);
        if (!target)
            return true;
        at = target;
    }
    return true;
}

QString Eyes::condition(const Entity &entity, const QString &alias) const
{
    auto known = m_conditions.constFind(&entity);
    if (known == m_conditions.constEnd())
        known = m_conditions.insert(&entity, conditionFor(entity));
    return QString(*known).replace(QLatin1String("%1"), alias);
}

QString Eyes::conditionFor(const Entity &entity) const
{
    const int number = m_scope->model->numbers.entity(entity);
    if (m_scope->hasAllKey(number))
        return {};
    const std::vector<qint64> &keys = m_scope->keys.keys;
    const auto first = std::ranges::lower_bound(keys, audience::key(number, audience::Kind::All, 0));
    const auto last = std::ranges::lower_bound(keys, audience::key(number + 1, audience::Kind::All, 0));
    if (!sees(entity) || first == last)
        return QStringLiteral("FALSE");
    QStringList own;
    std::transform(first, last, std::back_inserter(own), [](qint64 key) { return QString::number(key); });
    const QString list = own.join(u',');
    // Whoever sees few records of many would have all of them gone through; whoever sees many, too many looked up.
    return areFew(list)
               ? QStringLiteral("%1.id IN (SELECT id FROM audience WHERE key IN (") + list + QStringLiteral("))")
               : QStringLiteral("EXISTS(SELECT 1 FROM audience AS seen WHERE seen.id = %1.id AND seen.key IN (") +
                     list + QStringLiteral("))");
}

bool Eyes::areFew(const QString &keys) const
{
    auto select =
        m_connection.db().prepare("SELECT count(*) FROM (SELECT 1 FROM audience WHERE key IN (" + keys.toLatin1() +
                                  ") LIMIT " + QByteArray::number(m_few + 1) + ") AS found");
    return select && select->step().value_or(false) && select->integer(0) <= m_few;
}

Result<std::optional<Record>> Sight::find(const Entity &entity, const Id &id, bool withDeleted) const
{
    TZ_ASSIGN(std::optional<Record> record, m_connection.reader->find(entity, id, withDeleted));
    const int number = m_scope->model->numbers.entity(entity);
    if (!record || !m_eyes.sees(entity))
        return std::optional<Record>();
    TZ_ASSIGN(const std::vector<qint64> keys, keysOfRecord(m_connection.db(), number, id));
    if (m_scope->grantingPositions(number, keys).empty())
        return std::optional<Record>();
    for (const Field &field : entity.fields) {
        if (!field.isLines() && !(m_eyes.sees(entity, field) && isWhole(field)))
            record->values[size_t(field.index)] = {};
    }
    return record;
}

bool Sight::isWhole(const Field &field) const
{
    const Entity *of = field.rollup ? catalog().entity(field.rollup->entity) : nullptr;
    return !field.rollup || (of && m_scope->hasAllKey(m_scope->model->numbers.entity(*of)));
}

Result<Rows> Sight::select(const Query &query) const
{
    const LookingThrough looking(*m_connection.reader, m_eyes);
    return m_connection.reader->select(query);
}

} // namespace tz::server
