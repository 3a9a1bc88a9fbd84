// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entity.h"
#include "core/store/database.h"
#include "core/sync/numberwire.h"

/// The company's numbers (core/logic/numbering.h): which one comes next, and which a device may give away while it is
/// out of reach (docs/decisions/0029). Only inside the committer's turn. Table series holds the last number that was
/// given or leased, number_lease the leased ones that nobody has used yet.
namespace tz::server::series {

/// The next number that nobody has.
Result<qint64> next(Database &database, const QString &series);
/// A number that was typed or imported: the series goes on behind it, and no device gives it away any more.
Result<> skip(Database &database, const QString &series, qint64 number);
/// The number that a device gave a record of the entity: in its final form if the device has it on lease, from then on
/// no more; else empty.
Result<QString> use(Database &database, qint64 device, const Entity &entity, const QString &number);
/// What the device has of the series of that day, after it got more if there was little. It will not use any number
/// below `from`.
Result<std::vector<wire::NumberRange>> lease(Database &database, qint64 device, const Entity &entity, QDate day,
                                             qint64 from);
/// Of series that nobody counts in any more: of days before.
Result<> forget(Database &database, QDate before);

} // namespace tz::server::series
