// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/sqldialect.h"

namespace tz::server {

/// PostgreSQL's words for what SQLite says otherwise.
class PostgresDialect final : public SqlDialect {
public:
    QString typed(const QString &parameter, expression::Kind kind) const override;
    QString same(const QString &a, const QString &b) const override;
    QString ordered(const QString &sql, bool descending) const override;
    QString indexed(const QString &column) const override;
    QString sortKey(const QString &text) const override;
    bool hasOurSortKeys() const override { return false; }
    QString anyValue(const QString &sql) const override;
    bool groupsBySortKeys() const override { return true; }
    QString orderedJoin() const override;
    QString boolType() const override;
    QString returningRowId() const override;
};

/// One statement of the store in PostgreSQL's words: parameters ($1 for ?1), type words of table definitions, blob
/// literals, names that are too long. `parameters` gets, by number, whether the statement uses it.
QByteArray translated(QByteArrayView sql, std::vector<bool> *parameters = nullptr);
/// Several statements, separated by semicolons. An index keeps its text as a comment, to be compared with later.
QByteArray translatedScript(QByteArrayView sql);
/// PostgreSQL cuts names off behind 63 bytes: two that differ only then would be one.
QByteArray shortName(const QByteArray &name);

} // namespace tz::server
