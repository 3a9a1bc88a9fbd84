// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QStringList>

namespace tz::server {

/// Runs one command line ("serve", "user add" …) and answers the process's exit code: 0 done, 1 failed, 2 wrong usage.
/// Tables go to standard output, everything else to standard error.
int runCommand(const QStringList &arguments);

} // namespace tz::server
