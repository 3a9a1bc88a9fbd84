// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>

namespace tz {

class MainWindow;
class Shell;

/// Makes the pictures of the documentation from the open profile: each scene in both languages and both themes, at the
/// scale of the platform (QT_SCALE_FACTOR), which the names of the files say. False when a file could not be written or
/// a scene did not come about.
bool makeScreenshots(Shell &shell, MainWindow &window, const QString &folder, int scale);

} // namespace tz
