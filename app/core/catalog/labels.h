// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"

namespace tz {

/// Labels in the language of the program, or of the thread (core/base/language.h). The context is the full name of the
/// entity, report or department ("pipeline.opportunity"), the disambiguation the kind ("field", "state", …):
/// tongzhou-catalog strings writes the same pairs for lupdate. Labels of the company's own fields are given as they
/// are.
TZ_CORE_EXPORT QString label(const Entity &entity);
TZ_CORE_EXPORT QString plural(const Entity &entity);
TZ_CORE_EXPORT QString help(const Entity &entity);
TZ_CORE_EXPORT QString label(const Entity &entity, const Field &field);
TZ_CORE_EXPORT QString help(const Entity &entity, const Field &field);
TZ_CORE_EXPORT QString choiceLabel(const Entity &entity, const Choice &choice);
/// Of a choice or state by name; an unknown name is given as it is.
TZ_CORE_EXPORT QString choiceLabel(const Entity &entity, const Field &field, const QString &name);
TZ_CORE_EXPORT QString stateLabel(const Entity &entity, const State &state);
TZ_CORE_EXPORT QString actionLabel(const Entity &entity, const Transition &action);
TZ_CORE_EXPORT QString sectionLabel(const Entity &entity, const QString &section);
TZ_CORE_EXPORT QString departmentLabel(const DepartmentSpec &department);
TZ_CORE_EXPORT QString departmentHelp(const DepartmentSpec &department);
TZ_CORE_EXPORT QString reportLabel(const ReportSpec &report);
TZ_CORE_EXPORT QString reportHelp(const ReportSpec &report);
TZ_CORE_EXPORT QString parameterLabel(const ReportSpec &report, const ReportSpec::Parameter &parameter);

} // namespace tz
