// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/postgres/engine.h"
#include "server/storage/model.h"

namespace tz::server {

/// One view for each entity, "report_<department>_<entity>": what people and reporting tools read, in the types that
/// they expect, without what was deleted. Views that are as they should be stay; others are extended or made anew with
/// the rights that were granted on them. In the transaction in which the tables were made.
Result<> refreshViews(PostgresEngine &engine, const Model &model);

} // namespace tz::server
