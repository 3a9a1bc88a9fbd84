// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/appearance/systemappearance.h"

#include <QGuiApplication>
#include <QPalette>
#include <QSettings>
#include <QStyleHints>

#if defined(TZ_WITH_DBUS)
#include <QDBusInterface>
#include <QDBusReply>
#include <QDBusVariant>
#endif

using namespace Qt::StringLiterals;

namespace tz {

SystemAppearance::SystemAppearance(QObject *parent)
    : QObject(parent)
{
    const QPalette palette = QGuiApplication::palette();
    m_paletteDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    m_dark = read();
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            refresh();
    });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &SystemAppearance::refresh);
#endif
}

void SystemAppearance::refresh()
{
    const bool dark = read();
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

bool SystemAppearance::read() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
#if defined(Q_OS_WIN)
    const QSettings registry(uR"(HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize)"_s,
                             QSettings::NativeFormat);
    return registry.value("AppsUseLightTheme"_L1, 1).toInt() == 0;
#elif defined(Q_OS_MACOS)
    const QSettings defaults(u"Apple Global Domain"_s);
    return defaults.value("AppleInterfaceStyle"_L1).toString() == "Dark"_L1;
#elif defined(TZ_WITH_DBUS)
    // Without a session bus (or offscreen) the question would only cost time.
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") && QGuiApplication::platformName() != "offscreen"_L1) {
        QDBusInterface portal(u"org.freedesktop.portal.Desktop"_s, u"/org/freedesktop/portal/desktop"_s,
                              u"org.freedesktop.portal.Settings"_s);
        portal.setTimeout(200);
        const QDBusReply<QDBusVariant> reply =
            portal.call(u"Read"_s, u"org.freedesktop.appearance"_s, u"color-scheme"_s);
        if (reply.isValid()) {
            QVariant value = reply.value().variant();
            // Read() wraps the variant once more than the newer ReadOne().
            if (value.canConvert<QDBusVariant>())
                value = value.value<QDBusVariant>().variant();
            if (const uint scheme = value.toUInt(); scheme == 1 || scheme == 2)
                return scheme == 1;
        }
    }
#endif
    return m_paletteDark;
}

} // namespace tz
