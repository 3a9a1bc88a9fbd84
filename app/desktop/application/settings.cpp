// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/settings.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int recentMax = 30;
// Between an address and its title in one stored line; neither can hold it.
constexpr QChar separator = QChar(0x1f);

} // namespace

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent)
    , m_settings(file, QSettings::IniFormat)
{
}

QString Settings::language() const
{
    if (!m_language.isEmpty())
        return m_language;
    const QString fallback = QLocale::system().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s;
    const QString stored = m_settings.value("language"_L1, fallback).toString();
    return stored == "zh_CN"_L1 ? stored : u"en"_s;
}

void Settings::setLanguage(const QString &language)
{
    if (language == this->language())
        return;
    m_language.clear();
    m_settings.setValue("language"_L1, language);
    Q_EMIT languageChanged();
}

QString Settings::theme() const
{
    return m_theme.isEmpty() ? text(u"theme"_s, u"system"_s) : m_theme;
}

void Settings::setTheme(const QString &theme)
{
    if (theme == this->theme())
        return;
    m_theme.clear();
    m_settings.setValue("theme"_L1, theme);
    Q_EMIT appearanceChanged();
}

Settings::Density Settings::density() const
{
    return Density(qBound(0, m_settings.value("density"_L1, int(Density::Normal)).toInt(), 2));
}

void Settings::setDensity(Density density)
{
    if (density == this->density())
        return;
    m_settings.setValue("density"_L1, int(density));
    Q_EMIT appearanceChanged();
}

int Settings::fontSize() const
{
    return qBound(8, m_settings.value("fontSize"_L1, 10).toInt(), 16);
}

void Settings::setFontSize(int points)
{
    if (points == fontSize())
        return;
    m_settings.setValue("fontSize"_L1, qBound(8, points, 16));
    Q_EMIT appearanceChanged();
}

QStringList Settings::recent() const
{
    QStringList addresses;
    for (const QString &line : list(u"recent"_s))
        addresses << line.section(separator, 0, 0);
    return addresses;
}

void Settings::addRecent(const QString &address, const QString &title)
{
    QStringList lines = list(u"recent"_s);
    const QString line = address + separator + title;
    if (!lines.isEmpty() && lines.first() == line)
        return;
    lines.removeIf([&](const QString &other) { return other.section(separator, 0, 0) == address; });
    lines.prepend(line);
    while (lines.size() > recentMax)
        lines.removeLast();
    setList(u"recent"_s, lines);
    Q_EMIT recentChanged();
}

QString Settings::recentTitle(const QString &address) const
{
    for (const QString &line : list(u"recent"_s)) {
        if (line.section(separator, 0, 0) == address)
            return line.section(separator, 1);
    }
    return {};
}

void Settings::forgetRecent()
{
    m_settings.remove("recent"_L1);
    Q_EMIT recentChanged();
}

QStringList Settings::pinned() const
{
    return list(u"pinned"_s);
}

void Settings::setPinned(const QStringList &addresses)
{
    setList(u"pinned"_s, addresses);
    Q_EMIT pinnedChanged();
}

QString Settings::text(const QString &key, const QString &fallback) const
{
    return m_settings.value(key, fallback).toString();
}

void Settings::setText(const QString &key, const QString &text)
{
    if (!m_settings.contains(key) || this->text(key) != text)
        m_settings.setValue(key, text);
}

QByteArray Settings::bytes(const QString &key) const
{
    return m_settings.value(key).toByteArray();
}

void Settings::setBytes(const QString &key, const QByteArray &bytes)
{
    if (!m_settings.contains(key) || this->bytes(key) != bytes)
        m_settings.setValue(key, bytes);
}

QStringList Settings::list(const QString &key) const
{
    return m_settings.value(key).toStringList();
}

void Settings::setList(const QString &key, const QStringList &list)
{
    if (!m_settings.contains(key) || this->list(key) != list)
        m_settings.setValue(key, list);
}

bool Settings::flag(const QString &key, bool fallback) const
{
    return m_settings.value(key, fallback).toBool();
}

void Settings::setFlag(const QString &key, bool on)
{
    if (!m_settings.contains(key) || flag(key, on) != on)
        m_settings.setValue(key, on);
}

} // namespace tz
