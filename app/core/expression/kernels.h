// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/value.h"

#include <span>

namespace tz::expression {

/// One computation that the evaluator and the SQL function of the same name share, so that both agree.
struct Kernel {
    const char *name;
    /// -1: any number.
    int arguments;
    /// False: any null argument gives null without calling `call`.
    bool takesNull;
    Value (*call)(std::span<const Value> arguments);
};

/// The kernel of that name; it exists (programmer error otherwise).
const Kernel &kernel(const char *name);
std::span<const Kernel> kernels();
Value callKernel(const Kernel &kernel, std::span<const Value> arguments);

/// Texts by code point, as SQLite's BINARY collation orders UTF-8.
int compareTexts(const QString &a, const QString &b);
/// Numbers of different scale, exactly.
int compareNumbers(qint64 a, int scaleOfA, qint64 b, int scaleOfB);

} // namespace tz::expression
