// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/export.h"

#include <QColor>
#include <QIcon>
#include <QString>

namespace tz {

/// The line icon with this name (see resources/icons), drawn in the text colour of the application's palette whenever
/// it is painted: an icon made before the theme changes follows it. Disabled and selected icons take the palette's
/// colours for disabled and highlighted text. An unknown name gives a plain square, an empty one a null icon. GUI
/// thread.
TZ_WORKBENCH_EXPORT QIcon icon(const QString &name);
/// The same in a colour of its own.
TZ_WORKBENCH_EXPORT QIcon icon(const QString &name, const QColor &color);
TZ_WORKBENCH_EXPORT bool hasIcon(const QString &name);

} // namespace tz
