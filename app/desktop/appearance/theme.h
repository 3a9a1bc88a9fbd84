// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/application/settings.h"

#include <QObject>
#include <QPalette>

namespace tz {

class SystemAppearance;

/// Colours, fonts and distances of the program: light or dark, as chosen or as the system is. GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(Settings &settings, QObject *parent = nullptr);

    /// Style, palette, fonts and style sheet of the application; again whenever a choice changes.
    void apply();
    bool isDark() const { return m_dark; }

    static QPalette palette(bool dark);
    /// The font families by platform, those for Latin first and Chinese in simplified shapes.
    static QStringList families();

Q_SIGNALS:
    void changed();

private:
    QString styleSheet(bool dark) const;
    Settings &m_settings;
    SystemAppearance *m_system;
    bool m_dark = false;
    bool m_styled = false;
};

} // namespace tz
