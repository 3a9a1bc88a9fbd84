// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>
#include <QDir>

namespace tz::catalogtool {

/// C++ with the department's names as constants.
QByteArray namesHeader(const QDir &department);
/// Source for lupdate with every label of the department.
QByteArray stringsSource(const QDir &department);

} // namespace tz::catalogtool
