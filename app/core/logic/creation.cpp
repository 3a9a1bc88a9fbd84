// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/creation.h"

namespace tz {

Change creationOf(const Judge &judge, const Record &record)
{
    const Entity &entity = *record.entity;
    const bool plain = judge.originFor(entity) == Origin::User;
    const QSet<QString> hidden = judge.grantFor(entity).hidden;
    Change change;
    change.kind = ChangeKind::Create;
    change.entity = entity.fullName;
    change.id = record.id;
    for (const Field &field : entity.fields) {
        const Value &value = record.value(field.index);
        if (field.isDerived() || field.isLines() || hidden.contains(field.name))
            continue;
        if (plain && (field.system || field.readonly))
            continue;
        // What was left empty stays empty (nobody owns it, say); only the team comes with the owner's place there.
        if (value.isNull() && (!field.defaultValue || field.system || &field == entity.teamField()))
            continue;
        if (entity.states && entity.states->field == field.name && value.toText() == entity.states->initial)
            continue;
        change.edits.push_back({field.name, value, {}});
    }
    // Whoever may not bring history begins in a state that one action leads to, or in the first one.
    if (plain && entity.states && !judge.created(entity, record.id, change.edits))
        std::erase_if(change.edits, [&](const FieldEdit &edit) { return edit.field == entity.states->field; });
    return change;
}

} // namespace tz
