// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/base/value.h"
#include "core/catalog/field.h"

#include <QHash>
#include <QList>

#include <optional>
#include <vector>

namespace tz {

struct SortKey {
    QString path;
    bool descending = false;
};

struct Aggregate {
    enum class Kind { Count, Sum, Min, Max, Average };
    Kind kind = Kind::Count;
    QString path; ///< empty for Count
};

/// A question about one entity. Values travel bound, never inside SQL text. Text sorts by pinyin and locale
/// (Latin before Han), ids and enums by their order of declaration where there is one.
struct Query {
    QString entity;
    /// Paths to fetch ("name", "account.industry", "id", "_state"); a link gives the id, "account._title" its title.
    /// Empty: id and the entity's own columns. With `group`, ignored.
    QStringList fields;
    /// Condition; both are combined. Text is compiled against the catalog.
    QString filterText;
    ExpressionPtr filter;
    QHash<QString, Value> parameters;
    QList<SortKey> sort;
    /// Grouped by these paths; the result has these columns, then the aggregates. A date path may carry a grain:
    /// "close_date:month" (also day, week, quarter, year): the value is the first day of it.
    QStringList group;
    QList<Aggregate> aggregates;
    /// 0: all.
    int limit = 0;
    int offset = 0;
    /// Keyset paging: values of the sort keys and the id of the last row seen; more stable and faster than offset.
    std::optional<std::vector<Value>> after;
    /// Records in the recycle bin instead of the living.
    bool deleted = false;
};

struct Column {
    QString path;
    /// The field at the end of the path; null for id, counts and system columns.
    const Field *field = nullptr;
    /// Digits after the point of numbers (a sum has its field's).
    int scale = 0;
};

struct Rows {
    QList<Column> columns;
    std::vector<std::vector<Value>> rows;
};

} // namespace tz
