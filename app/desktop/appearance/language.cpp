// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/appearance/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <vector>

using namespace Qt::StringLiterals;

namespace tz {

// Many catalogues behind one translator: installing each by itself would send as many LanguageChange events through
// every widget.
class Language::Catalogues final : public QTranslator {
public:
    Catalogues(const QString &folder, const QString &language)
    {
        QFileInfoList files = QDir(folder).entryInfoList({u"*_"_s + language + u".qm"_s}, QDir::Files, QDir::Name);
        files += QDir(folder + u'/' + language).entryInfoList({u"*.qm"_s}, QDir::Files, QDir::Name);
        for (const QFileInfo &file : std::as_const(files))
            add(file.absoluteFilePath());
        if (language != "en"_L1)
            add(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + u"/qtbase_"_s + language + u".qm"_s);
    }

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override
    {
        for (const auto &part : m_parts) {
            QString text = part->translate(context, source, disambiguation, n);
            if (!text.isEmpty())
                return text;
        }
        return {};
    }

private:
    void add(const QString &file)
    {
        auto translator = std::make_unique<QTranslator>();
        if (translator->load(file))
            m_parts.push_back(std::move(translator));
    }

    std::vector<std::unique_ptr<QTranslator>> m_parts;
};

// The one translator that the application knows; switching languages changes what stands behind it.
class Language::Switch final : public QTranslator {
public:
    const Catalogues *behind = nullptr;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override
    {
        return behind ? behind->translate(context, source, disambiguation, n) : QString();
    }
};

Language::Language(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_switch(std::make_unique<Switch>())
{
}

Language::~Language()
{
    QCoreApplication::removeTranslator(m_switch.get());
}

const Language::Catalogues &Language::catalogues(const QString &language) const
{
    // A start reads those of the language it shows.
    const bool chinese = language == "zh_CN"_L1;
    std::unique_ptr<Catalogues> &kept = chinese ? m_chinese : m_english;
    if (!kept)
        kept = std::make_unique<Catalogues>(m_folder, chinese ? u"zh_CN"_s : u"en"_s);
    return *kept;
}

QString Language::defaultFolder()
{
    const QString named = qEnvironmentVariable("TONGZHOU_TRANSLATIONS");
    if (!named.isEmpty())
        return named;
    const QDir program(QCoreApplication::applicationDirPath());
    for (const QString &folder : {u"translations"_s, u"../share/tongzhou/translations"_s}) {
        if (program.exists(folder))
            return QDir::cleanPath(program.absoluteFilePath(folder));
    }
    return program.absolutePath();
}

QStringList Language::available()
{
    return {u"zh_CN"_s, u"en"_s};
}

QString Language::nativeName(const QString &language)
{
    return language == "zh_CN"_L1 ? u"简体中文"_s : u"English"_s;
}

void Language::use(const QString &language)
{
    if (language == m_current)
        return;
    const bool chinese = language == "zh_CN"_L1;
    // The locale first: widgets format their dates and numbers when the LanguageChange reaches them.
    QLocale::setDefault(chinese ? QLocale(QLocale::Chinese, QLocale::SimplifiedHanScript, QLocale::China)
                                : QLocale(QLocale::English, QLocale::UnitedStates));
    m_switch->behind = &catalogues(language);
    const bool first = m_current.isEmpty();
    m_current = language;
    if (first) {
        QCoreApplication::installTranslator(m_switch.get());
    } else {
        QEvent event(QEvent::LanguageChange);
        QCoreApplication::sendEvent(QCoreApplication::instance(), &event);
    }
    Q_EMIT changed();
}

QString Language::in(const QString &language, const QString &context, const QString &source,
                     const QString &disambiguation) const
{
    if (source.isEmpty())
        return {};
    const QByteArray disambiguationBytes = disambiguation.toUtf8();
    QString text =
        catalogues(language).translate(context.toUtf8().constData(), source.toUtf8().constData(),
                                       disambiguation.isEmpty() ? nullptr : disambiguationBytes.constData(), -1);
    return text.isEmpty() ? source : text;
}

} // namespace tz
