// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/alllabels.h"

#include "core/base/language.h"
#include "core/catalog/labels.h"

#include <QTranslator>

namespace tz {

namespace {

QStringList inAllLanguages(const QString &context, const char *kind, const QString &text)
{
    QStringList found;
    for (const auto &translator : allTranslations()) {
        const QString translated = translator->translate(context.toUtf8().constData(), text.toUtf8().constData(), kind);
        if (!translated.isEmpty())
            found << translated;
    }
    return found;
}

} // namespace

QStringList labelsInAllLanguages(const Entity &entity, const Field &field)
{
    QStringList labels{field.label, label(entity, field)};
    if (field.system)
        return labels + inAllLanguages(QStringLiteral("tz::Field"), nullptr, field.label);
    if (!field.custom)
        labels += inAllLanguages(entity.fullName, "field", field.label);
    return labels;
}

QStringList labelsInAllLanguages(const Entity &entity, const Field &field, const Choice &choice)
{
    const bool isState = field.type == FieldType::State;
    return QStringList{choice.label} + inAllLanguages(entity.fullName, isState ? "state" : "choice", choice.label);
}

} // namespace tz
