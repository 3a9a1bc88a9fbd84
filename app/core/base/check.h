// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

namespace tz {

/// A broken promise inside the program (never bad input). Caught at the border of a task:
/// the server aborts the request and logs, the desktop keeps the drafts and reports.
class TZ_CORE_EXPORT CheckFailed {
public:
    CheckFailed(const char *failedCondition, const char *inFile, int atLine)
        : condition(failedCondition)
        , file(inFile)
        , line(atLine)
    {
    }
    const char *condition;
    const char *file;
    int line;
};

[[noreturn]] TZ_CORE_EXPORT void checkFailed(const char *condition, const char *file, int line);

} // namespace tz

/// Stays on in release builds.
#define TZ_CHECK(condition)                                                                                            \
    do {                                                                                                               \
        if (!(condition)) [[unlikely]]                                                                                 \
            ::tz::checkFailed(#condition, __FILE__, __LINE__);                                                         \
    } while (false)
