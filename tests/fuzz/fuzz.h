// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>

/// What is fuzzed: takes any bytes, and must neither crash nor hang.
namespace tz::fuzz {
void catalog(const QByteArray &bytes);
void expression(const QByteArray &bytes);
} // namespace tz::fuzz
