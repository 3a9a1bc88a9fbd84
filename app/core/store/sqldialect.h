// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/expression/expression.h"

namespace tz {

/// Where the SQL of SQLite and that of another database differ for good; everything else is written once, in what both
/// understand. This class speaks SQLite's.
class TZ_CORE_EXPORT SqlDialect {
public:
    virtual ~SqlDialect();
    static const SqlDialect &sqlite();

    /// A parameter of an expression. SQLite takes the type of the bound value; others must be told beforehand.
    virtual QString typed(const QString &parameter, expression::Kind kind) const;
    /// Equal, or both null.
    virtual QString same(const QString &a, const QString &b) const;
    /// Term of ORDER BY: nulls come before everything.
    virtual QString ordered(const QString &sql, bool descending) const;
    /// The same order of a column in an index.
    virtual QString indexed(const QString &column) const;
    /// Sort key of a text column or text expression.
    virtual QString sortKey(const QString &text) const;
    /// Whether sortKey() gives the bytes of collation::sortKey(); otherwise texts are compared with it as they are, and
    /// the column _sort is left to be filled by the server.
    virtual bool hasOurSortKeys() const;
    /// A value as it stands in the columns that hold values of any type (members of sets).
    virtual QString anyValue(const QString &sql) const;
    /// Whether what is sorted by must stand in GROUP BY.
    virtual bool groupsBySortKeys() const;
    /// Joins in the order in which the tables are written, where that can be asked for.
    virtual QString orderedJoin() const;
    /// Type word of a bool's column; that of other fields is the same everywhere.
    virtual QString boolType() const;
    /// Ends an INSERT whose row id Statement::insert() answers.
    virtual QString returningRowId() const;
};

} // namespace tz
