// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/alllabels.h"

#include "core/catalog/labels.h"

#include <QCoreApplication>
#include <QDir>
#include <QTranslator>

namespace tz {

namespace {

/// Read at the first import; never changed afterwards.
const std::vector<std::unique_ptr<QTranslator>> &translators()
{
    static const std::vector<std::unique_ptr<QTranslator>> all = [] {
        std::vector<std::unique_ptr<QTranslator>> found;
        for (const char *folder :
             {"translations", "../translations", "../bin/translations", "../share/tongzhou/translations"}) {
            const QDir directory(QCoreApplication::applicationDirPath() + u'/' + QLatin1String(folder));
            for (const QString &file : directory.entryList({QStringLiteral("*.qm")}, QDir::Files)) {
                auto translator = std::make_unique<QTranslator>();
                if (translator->load(directory.filePath(file)))
                    found.push_back(std::move(translator));
            }
            if (!found.empty())
                break;
        }
        return found;
    }();
    return all;
}

QStringList inAllLanguages(const QString &context, const char *kind, const QString &text)
{
    QStringList found;
    for (const auto &translator : translators()) {
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
