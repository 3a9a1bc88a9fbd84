// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

namespace tz {

/// What a person chose on this computer; kept in the profile folder, never synced. GUI thread.
class Settings : public QObject {
    Q_OBJECT
public:
    enum class Density { Compact, Normal, Comfortable };

    explicit Settings(const QString &file, QObject *parent = nullptr);

    /// "zh_CN" or "en"; the system's language until one is chosen.
    QString language() const;
    void setLanguage(const QString &language);
    /// "light", "dark" or "system".
    QString theme() const;
    void setTheme(const QString &theme);
    Density density() const;
    void setDensity(Density density);
    /// Point size of the application font, 8 to 16.
    int fontSize() const;
    void setFontSize(int points);
    /// Addresses opened last, newest first.
    QStringList recent() const;
    void addRecent(const QString &address, const QString &title);
    QString recentTitle(const QString &address) const;
    void forgetRecent();
    /// Addresses on Ctrl+2 … Ctrl+9, in order; empty: the first of the navigation.
    QStringList pinned() const;
    void setPinned(const QStringList &addresses);
    /// The sign-in form's last server, user and certificate file.
    QString text(const QString &key, const QString &fallback = {}) const;
    void setText(const QString &key, const QString &text);
    QByteArray bytes(const QString &key) const;
    void setBytes(const QString &key, const QByteArray &bytes);
    QStringList list(const QString &key) const;
    void setList(const QString &key, const QStringList &list);
    bool flag(const QString &key, bool fallback) const;
    void setFlag(const QString &key, bool on);

    /// For this run only, as the command line says.
    void overrideLanguage(const QString &language) { m_language = language; }
    void overrideTheme(const QString &theme) { m_theme = theme; }

Q_SIGNALS:
    void languageChanged();
    void appearanceChanged();
    void recentChanged();
    void pinnedChanged();

private:
    QSettings m_settings;
    QString m_language, m_theme;
};

} // namespace tz
