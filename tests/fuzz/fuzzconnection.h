// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/net/session.h"

#include <functional>

namespace tz::fuzz {

/// Everything of the network side but the sockets, before the shared FuzzServer.
server::NetContext &network();

/// A client's connection to it, on this thread: it sends `first`; when `ready` (asked again and again) does what
/// `between` says; sends `second`, and no more. Answers what came back. In both texts "@admin", "@user" and "@program"
/// stand for tokens.
QByteArray talk(const QByteArray &first, const std::function<bool()> &ready = {},
                const std::function<void()> &between = {}, const QByteArray &second = {});

} // namespace tz::fuzz
