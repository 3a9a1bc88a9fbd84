// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QTranslator>

namespace tz {

namespace {
thread_local const QString *s_language = nullptr;
} // namespace

const std::vector<std::unique_ptr<QTranslator>> &allTranslations()
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

QString translate(const char *context, const char *text, const char *kind)
{
    if (!s_language)
        return QCoreApplication::translate(context, text, kind);
    for (const auto &translator : allTranslations()) {
        if (translator->language() != *s_language)
            continue;
        if (const QString found = translator->translate(context, text, kind); !found.isEmpty())
            return found;
    }
    return QString::fromUtf8(text);
}

LanguageScope::LanguageScope(const QString &language)
    : m_language(language)
    , m_before(s_language)
{
    s_language = &m_language;
}

LanguageScope::~LanguageScope()
{
    s_language = m_before;
}

} // namespace tz
