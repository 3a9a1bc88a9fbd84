// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

#include <memory>
#include <vector>

class QTranslator;

namespace tz {

/// The translations that lie beside the program, whichever language it shows. Read when they are first asked for,
/// never changed afterwards. Thread-safe.
TZ_CORE_EXPORT const std::vector<std::unique_ptr<QTranslator>> &allTranslations();

/// In the language of this thread's LanguageScope, else in that of the installed translators.
TZ_CORE_EXPORT QString translate(const char *context, const char *text, const char *kind = nullptr);

/// The language of sentences and labels on this thread for as long as the object lives: a server answers everybody in
/// their own.
class TZ_CORE_EXPORT LanguageScope {
public:
    /// "zh_CN"; a language without translations is English, as it stands in the sources.
    explicit LanguageScope(const QString &language);
    ~LanguageScope();
    LanguageScope(const LanguageScope &) = delete;
    LanguageScope &operator=(const LanguageScope &) = delete;

private:
    QString m_language;
    const QString *m_before;
};

} // namespace tz
