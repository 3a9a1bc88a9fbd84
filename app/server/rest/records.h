// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/rest/call.h"

/// One function an endpoint below /api/v1/records/{entity}.
namespace tz::server::rest::records {

inline constexpr int usualLimit = 100;
inline constexpr int mostLimit = 1000;
inline constexpr int mostSortKeys = 5;
inline constexpr int mostFields = 200;

Result<Answer> list(Call &call, const QString &entity);
Result<Answer> get(Call &call, const QString &entity, const QString &id);
Result<Answer> create(Call &call, const QString &entity);
Result<Answer> update(Call &call, const QString &entity, const QString &id);
Result<Answer> remove(Call &call, const QString &entity, const QString &id);
Result<Answer> restore(Call &call, const QString &entity, const QString &id);
Result<Answer> act(Call &call, const QString &entity, const QString &id, const QString &action);

} // namespace tz::server::rest::records
