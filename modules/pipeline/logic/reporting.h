// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::pipeline {

/// A column of a report; `label` is marked with QT_TRANSLATE_NOOP in the context of the report's name.
ReportTable::Column column(const char *name, const char *label, FieldType type, int scale = 0,
                           const QString &entity = {});
ReportTable::Column moneyColumn(const char *name, const char *label);
ReportTable::Column percentColumn(const char *name, const char *label);
ReportTable::Column countColumn(const char *name, const char *label);

/// Opportunities that the report's parameters choose: owner, team (with the teams below it) and, on `dateField`,
/// the days from "from" to "to", both included. Every parameter may be missing.
Result<ExpressionPtr> chosenDeals(const ReportContext &context, const QString &dateField);
/// The same condition as text, for drilling down.
QString chosenText(const ReportContext &context, const QString &dateField);
/// Both conditions, each of which may be empty.
QString bothTexts(const QString &a, const QString &b);
/// "owner == '…'", or "owner == null".
QString equalsText(const QString &path, const Value &value);

} // namespace tz::pipeline
