// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/labels.h"

#include "core/base/language.h"

#include <QCoreApplication>

namespace tz {

namespace {
// Fields that every entity has; translated once, not in the context of every entity.
[[maybe_unused]] constexpr const char *systemLabels[] = {
    QT_TRANSLATE_NOOP("tz::Field", "Created"), QT_TRANSLATE_NOOP("tz::Field", "Created by"),
    QT_TRANSLATE_NOOP("tz::Field", "Changed"), QT_TRANSLATE_NOOP("tz::Field", "Changed by")};

QString translated(const QString &context, const char *kind, const QString &text)
{
    if (text.isEmpty())
        return text;
    return translate(context.toUtf8().constData(), text.toUtf8().constData(), kind);
}
} // namespace

QString label(const Entity &entity)
{
    return translated(entity.fullName, "label", entity.label);
}

QString plural(const Entity &entity)
{
    return translated(entity.fullName, "plural", entity.plural);
}

QString help(const Entity &entity)
{
    return translated(entity.fullName, "help", entity.help);
}

QString label(const Entity &entity, const Field &field)
{
    if (field.custom)
        return field.label;
    if (field.system)
        return translated(QStringLiteral("tz::Field"), nullptr, field.label);
    return translated(entity.fullName, "field", field.label);
}

QString help(const Entity &entity, const Field &field)
{
    return field.custom ? field.help : translated(entity.fullName, "help", field.help);
}

QString choiceLabel(const Entity &entity, const Choice &choice)
{
    return translated(entity.fullName, "choice", choice.label);
}

QString choiceLabel(const Entity &entity, const Field &field, const QString &name)
{
    const Choice *choice = field.choice(name);
    if (!choice)
        return name;
    if (field.custom)
        return choice->label;
    return translated(entity.fullName, field.type == FieldType::State ? "state" : "choice", choice->label);
}

QString stateLabel(const Entity &entity, const State &state)
{
    return translated(entity.fullName, "state", state.label);
}

QString actionLabel(const Entity &entity, const Transition &action)
{
    return translated(entity.fullName, "action", action.label);
}

QString sectionLabel(const Entity &entity, const QString &section)
{
    return translated(entity.fullName, "section", section);
}

QString departmentLabel(const DepartmentSpec &department)
{
    return translated(department.id, "department", department.label);
}

QString departmentHelp(const DepartmentSpec &department)
{
    return translated(department.id, "help", department.help);
}

QString reportLabel(const ReportSpec &report)
{
    return translated(report.fullName, "report", report.label);
}

QString reportHelp(const ReportSpec &report)
{
    return translated(report.fullName, "help", report.help);
}

QString parameterLabel(const ReportSpec &report, const ReportSpec::Parameter &parameter)
{
    return translated(report.fullName, "parameter", parameter.label);
}

} // namespace tz
