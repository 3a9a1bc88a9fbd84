// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

class QTranslator;

namespace tz {

/// The language of the program, switched while it runs. The catalogues of a language are loaded when it is first wanted
/// and stay: the command palette matches both languages whichever is shown. GUI thread.
class Language : public QObject {
    Q_OBJECT
public:
    /// `folder` holds <part>_<language>.qm, or <language>/<part>.qm.
    explicit Language(const QString &folder, QObject *parent = nullptr);
    ~Language() override;

    /// Where the running program's catalogues lie: beside the executable or as installed.
    static QString defaultFolder();
    /// "zh_CN" and "en".
    static QStringList available();
    /// The language's own name ("简体中文").
    static QString nativeName(const QString &language);

    QString current() const { return m_current; }
    /// Translations, number and date formats, then one LanguageChange to every widget.
    void use(const QString &language);
    /// The text in one language, whichever is shown; the source text where there is none.
    QString in(const QString &language, const QString &context, const QString &source,
               const QString &disambiguation = {}) const;

Q_SIGNALS:
    void changed();

private:
    class Catalogues;
    class Switch;
    const Catalogues &catalogues(const QString &language) const;

    QString m_folder;
    mutable std::unique_ptr<Catalogues> m_chinese, m_english;
    std::unique_ptr<Switch> m_switch;
    QString m_current;
};

} // namespace tz
