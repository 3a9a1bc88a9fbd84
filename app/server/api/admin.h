// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/accounts/accounts.h"
#include "server/api/service.h"

/// What administrators ask from their own computers (core/sync/adminwire.h).
namespace tz::server::admin {

constexpr char root[] = "/v1/admin/";

/// The answer to a question below `root`, in CBOR. Whoever has not the role "admin" now hears admin.denied and nothing
/// else. Errors: server.unknown_path, wire.*, those in adminwire.h.
Result<QByteArray> answer(Service &service, const Session &session, const QByteArray &path, const QByteArray &body);
/// All of them.
std::vector<QByteArray> paths();

} // namespace tz::server::admin
