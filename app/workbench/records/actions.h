// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

namespace tz::actions {

/// Whether the signed-in user may do this with the record as it is now; the error says why not.
TZ_WORKBENCH_EXPORT Result<> obstacle(const Workspace &workspace, const Record &record, const Transition &action);
/// The actions that may be done now, in the order of declaration.
TZ_WORKBENCH_EXPORT QList<const Transition *> possible(const Workspace &workspace, const Record &record);
/// The action that leads to a state from where the record is; null when there is none (or none is allowed).
TZ_WORKBENCH_EXPORT const Transition *leadingTo(const Entity &entity, const QString &from, const QString &to);

/// Fields that must be given before the action: what it asks for, and what it requires and is empty.
TZ_WORKBENCH_EXPORT QStringList missing(const Record &record, const Transition &action);
/// A small form with these fields of the record. False: the user gave up. The values entered go to `out`.
TZ_WORKBENCH_EXPORT bool ask(const ViewContext &context, const Record &record, const Transition &action,
                             const QStringList &fields, Draft::Values &out, QWidget *parent);
/// Asks for what is missing and does the action; tells the user by toast or at the error. `done` may be empty.
TZ_WORKBENCH_EXPORT void perform(const ViewContext &context, const Entity &entity, const Id &id, const QString &action,
                                 QWidget *parent, std::function<void(bool)> done = {});

} // namespace tz::actions
