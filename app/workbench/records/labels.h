// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/expression/expression.h"
#include "workbench/department/viewcontributions.h"

/// What declared things are called in the language of the moment. The translation context of everything that an entity
/// declares is its full name; names of pages, panels and cards use their own name.
namespace tz::labels {

TZ_WORKBENCH_EXPORT QString entity(const Entity &entity);
TZ_WORKBENCH_EXPORT QString plural(const Entity &entity);
TZ_WORKBENCH_EXPORT QString field(const Entity &entity, const Field &field);
/// Label of a path along links ("Customer › Industry").
TZ_WORKBENCH_EXPORT QString path(const Catalog &catalog, const Entity &entity, const QString &path);
TZ_WORKBENCH_EXPORT QString help(const Entity &entity, const Field &field);
/// Label of a value of an enum or state field; the name itself when it is unknown.
TZ_WORKBENCH_EXPORT QString choice(const Entity &entity, const Field &field, const QString &name);
TZ_WORKBENCH_EXPORT QString action(const Entity &entity, const Transition &action);
/// Any declared text ("report label" and the like) of a context.
TZ_WORKBENCH_EXPORT QString text(const QString &context, const QString &source, const char *kind = nullptr);
/// The sentence for an error, in the user's language.
TZ_WORKBENCH_EXPORT QString error(const Error &error);
/// The same, naming the field as it is called on the screen.
TZ_WORKBENCH_EXPORT QString error(const Entity &entity, const Error &error);

/// The choices of an enum or state field, in order of declaration.
struct Option {
    QString name, label, color;
};
TZ_WORKBENCH_EXPORT QList<Option> options(const Entity &entity, const Field &field);
/// The entity that a reference points to: users and teams have theirs by default. Empty for other fields.
TZ_WORKBENCH_EXPORT QString targetOf(const Field &field);
/// The field at the end of a path along links; null when there is none.
TZ_WORKBENCH_EXPORT const Field *fieldAt(const Catalog &catalog, const Entity &entity, const QString &path);

/// What conditions are evaluated in: the record, the signed-in user, now.
TZ_WORKBENCH_EXPORT expression::Context contextFor(const Workspace &workspace, const Record *record);
/// Seconds east of UTC at this moment on this computer.
TZ_WORKBENCH_EXPORT int utcOffsetSeconds();

} // namespace tz::labels
