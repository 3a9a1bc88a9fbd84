// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzzconnection.h"
#include "tests/fuzz/fuzzserver.h"

namespace tz::fuzz {

/// What a client sends from the beginning of a connection to its end.
void http(const QByteArray &bytes)
{
    const QByteArray answers = talk(bytes);
    if (!answers.isEmpty()) {
        TZ_CHECK(answers.startsWith("HTTP/1."));
        const int status = answers.mid(9, 3).toInt();
        TZ_CHECK(status >= 100 && status < 500);
    }
    FuzzServer::shared().settle();
}

} // namespace tz::fuzz
