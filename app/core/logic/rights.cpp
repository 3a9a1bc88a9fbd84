// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The half of Judge that answers who may do what; docs/decisions/0006.
#include "core/logic/rights.h"
#include "core/logic/judge.h"

namespace tz {

namespace {

constexpr int deepestParents = 16;

Grant everything()
{
    Grant grant;
    grant.read = Reach::All;
    grant.write = Reach::All;
    grant.create = true;
    grant.remove = true;
    grant.assign = true;
    return grant;
}

Error denied(const char *code, const Record &record, QVariantMap params = {}, const QString &field = {})
{
    params.insert(QStringLiteral("entity"), record.entity->fullName);
    return Error(code, std::move(params), field);
}

bool namesRoleOf(const Transition &action, const Actor &actor)
{
    return action.roles.isEmpty() || actor.isAdmin() ||
           std::any_of(action.roles.begin(), action.roles.end(),
                       [&](const QString &role) { return actor.roles.contains(role); });
}

Id ownerOf(const Record &record)
{
    const Field *field = record.entity->ownerField();
    return field ? record.value(field->index).toId() : record.value(u"created_by").toId();
}

} // namespace

Grant grantOf(const Catalog &catalog, const Entity &entity, const Actor &actor)
{
    const Field *parent = entity.parentField();
    const Entity *above = parent ? catalog.entity(parent->to) : nullptr;
    const bool named = entity.access.contains(QStringLiteral("admin"));
    if (actor.system || (actor.isAdmin() && !named && (!entity.access.isEmpty() || !above || above == &entity)))
        return everything();
    if (!entity.access.isEmpty() || !above || above == &entity)
        return effectiveGrant(entity.access, actor.roles);
    Grant grant = grantOf(catalog, *above, actor);
    // Its lines are part of the record: to make or drop one is to change it.
    grant.create = grant.write != Reach::None;
    grant.remove = grant.write != Reach::None;
    grant.hidden.clear();
    return grant;
}

Reach actionReach(const Transition &action, const Grant &grant, const Actor &actor)
{
    if (!namesRoleOf(action, actor))
        return Reach::None;
    // Where roles are named, only they may do it, whoever may write the record; that they see it is enough.
    return action.needsOnlyRead || !action.roles.isEmpty() ? grant.read : grant.write;
}

Grant Judge::grantFor(const Entity &entity) const
{
    if (const auto known = m_grants.constFind(&entity); known != m_grants.constEnd())
        return *known;
    return *m_grants.insert(&entity, grantOf(m_reader.catalog(), entity, m_actor));
}

Result<Record> Judge::rootOf(const Record &record) const
{
    const Field *parent = record.entity->parentField();
    if (!parent || record.value(parent->index).isNull())
        return record;
    Record current = record;
    for (int depth = 0; depth < deepestParents; ++depth) {
        parent = current.entity->parentField();
        const Id above = parent ? current.value(parent->index).toId() : Id();
        if (above.isNull())
            return current;
        const Entity *entity = m_reader.catalog().entity(parent->to);
        if (!entity)
            return fail("record.unknown_parent", {}, parent->name);
        TZ_ASSIGN(std::optional<Record> found, m_reader.find(*entity, above, true));
        if (!found)
            return fail("record.unknown_parent", {}, parent->name);
        current = std::move(*found);
    }
    return fail("record.parents_in_circle", {}, record.entity->parent);
}

bool Judge::reaches(Reach reach, const Record &root) const
{
    switch (reach) {
    case Reach::None:
        return false;
    case Reach::All:
        return true;
    case Reach::Own:
    case Reach::Team:
        break;
    }
    if (m_actor.system)
        return true;
    const Id owner = ownerOf(root);
    if (!owner.isNull() && owner == m_actor.user)
        return true;
    const Field *team = reach == Reach::Team ? root.entity->teamField() : nullptr;
    return team && !root.value(team->index).isNull() && m_actor.teams.contains(root.value(team->index).toId());
}

bool Judge::mayRead(const Record &record) const
{
    const Grant grant = grantFor(*record.entity);
    if (grant.read == Reach::None || grant.read == Reach::All)
        return grant.read == Reach::All;
    const auto root = rootOf(record);
    return root && reaches(grant.read, *root);
}

Result<> Judge::mayAssign(const Record *before, const Record &after, const Grant &grant) const
{
    if (grant.assign)
        return {};
    const auto moved = [&](const Field *field) {
        return field && (before ? before->value(field->index) != after.value(field->index)
                                : !after.value(field->index).isNull());
    };
    const Field *owner = after.entity->ownerField();
    if (moved(owner) && (before || after.value(owner->index).toId() != m_actor.user))
        return fail(denied("access.assign_denied", after, {}, owner->name));
    const Field *team = after.entity->teamField();
    if (moved(team) && (before || !m_actor.teams.contains(after.value(team->index).toId())))
        return fail(denied("access.assign_denied", after, {}, team->name));
    return {};
}

Result<> Judge::mayCreate(const Record &record) const
{
    const Grant grant = grantFor(*record.entity);
    if (!grant.create)
        return fail(denied("access.create_denied", record));
    if (record.entity->parentField()) {
        TZ_ASSIGN(const Record root, rootOf(record));
        const bool lines = record.entity->access.isEmpty();
        if (root.id != record.id && !reaches(lines ? grant.write : grant.read, root))
            return fail(denied("access.create_denied", record));
    }
    if (m_actor.system)
        return {};
    for (const QString &name : grant.hidden) {
        const Field *field = record.entity->field(name);
        if (field && !field->isDerived() && !field->system && !field->defaultValue &&
            !record.value(field->index).isNull())
            return fail(denied("access.field_hidden", record, {}, name));
    }
    return mayAssign(nullptr, record, grant);
}

Result<> Judge::mayUpdate(const Record &before, const Record &after) const
{
    if (m_actor.system)
        return {};
    const Grant grant = grantFor(*before.entity);
    TZ_ASSIGN(const Record root, rootOf(before));
    if (!reaches(grant.write, root))
        return fail(denied("access.write_denied", before));
    for (const QString &name : grant.hidden) {
        const int index = before.entity->indexOf(name);
        if (index >= 0 && !before.entity->fieldAt(index).isDerived() && before.value(index) != after.value(index))
            return fail(denied("access.field_hidden", before, {}, name));
    }
    if (const Field *parent = before.entity->parentField();
        parent && before.value(parent->index) != after.value(parent->index)) {
        TZ_ASSIGN(const Record newRoot, rootOf(after));
        if (!reaches(grant.write, newRoot))
            return fail(denied("access.write_denied", after, {}, parent->name));
    }
    return mayAssign(&before, after, grant);
}

bool Judge::hasRoleFor(const Transition &action) const
{
    return namesRoleOf(action, m_actor);
}

Result<> Judge::mayAct(const Record &record, const Transition &action) const
{
    if (m_actor.system)
        return {};
    const Grant grant = grantFor(*record.entity);
    TZ_ASSIGN(const Record root, rootOf(record));
    if (reaches(actionReach(action, grant, m_actor), root))
        return {};
    return fail(denied("access.action_denied", record, {{QStringLiteral("action"), action.action}}));
}

Result<> Judge::mayDelete(const Record &record) const
{
    if (m_actor.system)
        return {};
    const Grant grant = grantFor(*record.entity);
    const bool takesBack = m_origin == Origin::Undo && record.value(u"created_by").toId() == m_actor.user;
    if (!grant.remove && !takesBack)
        return fail(denied("access.delete_denied", record));
    TZ_ASSIGN(const Record root, rootOf(record));
    if (!reaches(grant.write, root))
        return fail(denied("access.delete_denied", record));
    return {};
}

} // namespace tz
