// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QObject>

namespace tz {

/// Whether the desktop around the program is dark. Qt 6.4 cannot tell (QStyleHints::colorScheme() came with 6.5), so it
/// is read here: the freedesktop settings portal, the registry on Windows, the global defaults on macOS, and at last
/// the palette that the platform gave at start. GUI thread.
class SystemAppearance : public QObject {
    Q_OBJECT
public:
    explicit SystemAppearance(QObject *parent = nullptr);
    bool isDark() const { return m_dark; }
    /// Looks again; to be called when the application becomes active.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    bool read() const;
    bool m_paletteDark = false;
    bool m_dark = false;
};

} // namespace tz
