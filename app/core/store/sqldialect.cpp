// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/sqldialect.h"

#include "core/store/databaseengine.h"

namespace tz {

StatementEngine::~StatementEngine() = default;
DatabaseEngine::~DatabaseEngine() = default;
SqlDialect::~SqlDialect() = default;

Result<> StatementEngine::run()
{
    TZ_TRY(step());
    return {};
}

const SqlDialect &SqlDialect::sqlite()
{
    static const SqlDialect dialect;
    return dialect;
}

QString SqlDialect::typed(const QString &parameter, expression::Kind) const
{
    return parameter;
}

QString SqlDialect::same(const QString &a, const QString &b) const
{
    return a + QStringLiteral(" IS ") + b;
}

QString SqlDialect::ordered(const QString &sql, bool descending) const
{
    return descending ? sql + QStringLiteral(" DESC") : sql;
}

QString SqlDialect::indexed(const QString &column) const
{
    return column;
}

QString SqlDialect::sortKey(const QString &text) const
{
    return QStringLiteral("tz_sort_key(") + text + u')';
}

bool SqlDialect::hasOurSortKeys() const
{
    return true;
}

QString SqlDialect::anyValue(const QString &sql) const
{
    return sql;
}

bool SqlDialect::groupsBySortKeys() const
{
    return false;
}

QString SqlDialect::orderedJoin() const
{
    return QStringLiteral(" CROSS JOIN ");
}

QString SqlDialect::boolType() const
{
    return QStringLiteral("INTEGER");
}

QString SqlDialect::returningRowId() const
{
    return {};
}

} // namespace tz
