// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QFunctionPointer>

namespace tz {

/// The function of this name in a library of ours that lies beside this one and is loaded now, when it is first needed:
/// what is heavy to load and seldom wanted stays out of every start. Loaded once and for good. An installation without
/// the library is broken: the program ends with a message.
TZ_CORE_EXPORT QFunctionPointer lateFunction(const char *library, const char *function);

} // namespace tz
