// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzzconnection.h"
#include "tests/fuzz/fuzzserver.h"

namespace tz::fuzz {

/// What a client sends on an open wake-up channel, while something is committed.
void websocket(const QByteArray &bytes)
{
    server::NetContext &context = network();
    const auto isOpen = [&] { return context.hub.count() == 1; };
    const auto commit = [&] {
        TZ_CHECK(isOpen());
        const auto listener = context.api.listener(FuzzServer::shared().admin());
        TZ_CHECK(listener);
        server::Commit made;
        made.rev = listener->rev + 1;
        made.keys = listener->keys;
        context.hub.committed(made);
    };
    const QByteArray answers = talk("GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    "Authorization: Bearer @admin\r\n\r\n",
                                    isOpen, commit, bytes);
    TZ_CHECK(answers.startsWith("HTTP/1.1 101"));
    TZ_CHECK(context.hub.count() == 0);
    FuzzServer::shared().settle();
}

} // namespace tz::fuzz
