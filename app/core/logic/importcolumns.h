// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/csvreader.h"
#include "core/logic/import.h"
#include "core/logic/valueparser.h"

namespace tz {

/// One column of a file and what it means.
struct ImportColumn {
    QString title;
    /// Null: left out, or the id column.
    const Field *field = nullptr;
    bool isId = false;
    /// Behind the field's name in a path: key of the linked record, member of an address.
    QString rest;
    /// Of a link.
    const Entity *to = nullptr;
    valueparser::StyleFinder finder;
    valueparser::Style style;
    /// Folded text in the file → text that it stands for.
    QHash<QString, QString> aliases;
    /// Texts of choices and states that were understood already.
    QHash<QString, Value> known;

    bool isDate() const { return field && (field->type == FieldType::Date || field->type == FieldType::DateTime); }
};

/// Finds the meaning of each title. Errors: import.unknown_column, import.unknown_field, import.column_twice,
/// import.no_columns.
Result<std::vector<ImportColumn>> importColumns(const Catalog &catalog, const Entity &entity, const csv::Cells &header,
                                                const ImportOptions &options);
/// Names of choices in all languages, and those of the options.
std::function<QStringList(const Entity &, const Field &, const Choice &)>
importChoiceNames(const ImportOptions &options);
/// Sets the styles from what the finders saw. Errors: import.ambiguous_dates, import.mixed_dates,
/// import.bad_date_format.
Result<> settleStyles(std::vector<ImportColumn> &columns, const ImportOptions &options, int utcOffsetSeconds);

} // namespace tz
