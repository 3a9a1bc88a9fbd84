// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entity.h"
#include "core/store/database.h"
#include "core/sync/numberwire.h"

#include <map>

/// The company's numbers (core/logic/numbering.h): which one comes next, and which a device may give away while it is
/// out of reach (docs/decisions/0029). Only inside the committer's turn. Table series holds the last number that was
/// given or leased, number_lease the leased ones that nobody has used yet.
namespace tz::server::series {

/// The last number of each series that a transaction touches: read once, written once. PostgreSQL keeps every version
/// of a row until the transaction ends, and looks at all of them to find the newest: ten thousand numbers would take
/// longer than everything else about their records. A copy is a mark that one can return to.
class Counters {
public:
    Result<qint64> last(Database &database, const QString &series);
    void setLast(const QString &series, qint64 number);
    /// What changed. Before the transaction's commit.
    Result<> write(Database &database);

private:
    struct Last {
        qint64 number = 0;
        bool changed = false;
    };
    std::map<QString, Last> m_last;
};

/// The next number that nobody has.
Result<qint64> next(Database &database, Counters &counters, const QString &series);
/// A number that was typed or imported: the series goes on behind it, and no device gives it away any more.
Result<> skip(Database &database, Counters &counters, const QString &series, qint64 number);
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
