// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/contributions.h"

namespace tz {

namespace {

std::vector<FieldEdit> editsOf(Draft::Values values)
{
    std::vector<FieldEdit> edits;
    edits.reserve(values.size());
    for (auto &[field, value] : values)
        edits.push_back({std::move(field), std::move(value), {}});
    return edits;
}

Change changeOf(ChangeKind kind, const QString &entity, const Id &id)
{
    Change change;
    change.kind = kind;
    change.entity = entity;
    change.id = id;
    return change;
}

} // namespace

Id Draft::create(const QString &entity, Values values)
{
    const Id id = m_ids->next();
    create(entity, id, std::move(values));
    return id;
}

void Draft::create(const QString &entity, const Id &id, Values values)
{
    Change change = changeOf(ChangeKind::Create, entity, id);
    change.edits = editsOf(std::move(values));
    m_changes.push_back(std::move(change));
}

void Draft::update(const QString &entity, const Id &id, Values values)
{
    Change change = changeOf(ChangeKind::Update, entity, id);
    change.edits = editsOf(std::move(values));
    m_changes.push_back(std::move(change));
}

void Draft::act(const QString &entity, const Id &id, const QString &action, Values parameters)
{
    Change change = changeOf(ChangeKind::Action, entity, id);
    change.name = action;
    change.edits = editsOf(std::move(parameters));
    m_changes.push_back(std::move(change));
}

void Draft::remove(const QString &entity, const Id &id)
{
    m_changes.push_back(changeOf(ChangeKind::Delete, entity, id));
}

void Draft::restore(const QString &entity, const Id &id)
{
    m_changes.push_back(changeOf(ChangeKind::Restore, entity, id));
}

void Draft::member(const QString &entity, const Id &id, const QString &field, Value element, bool present)
{
    Change change = changeOf(ChangeKind::Member, entity, id);
    change.name = field;
    change.member = std::move(element);
    change.present = present;
    m_changes.push_back(std::move(change));
}

} // namespace tz
