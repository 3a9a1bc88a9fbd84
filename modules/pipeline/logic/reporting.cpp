// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "reporting.h"

#include "core/base/decimal.h"
#include "core/catalog/catalog.h"
#include "core/expression/expression.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// A team and all below it. Deeper than any company, so that a circle in the data ends.
constexpr int deepestTeam = 32;

QStringList teamsUnder(const Reader &reader, const Id &top)
{
    Query query;
    query.entity = u"foundation.team"_s;
    query.fields = {u"id"_s, u"parent"_s};
    QStringList found{top.toString()};
    const auto rows = reader.select(query);
    if (!rows)
        return found;
    for (int depth = 0; depth < deepestTeam; ++depth) {
        const qsizetype before = found.size();
        for (const auto &row : rows->rows) {
            const QString id = row[0].toId().toString();
            if (found.contains(row[1].toId().toString()) && !found.contains(id))
                found << id;
        }
        if (found.size() == before)
            break;
    }
    return found;
}

} // namespace

ReportTable::Column column(const char *name, const char *label, FieldType type, int scale, const QString &entity)
{
    return {QString::fromLatin1(name), QString::fromUtf8(label), type, scale, entity};
}

ReportTable::Column moneyColumn(const char *name, const char *label)
{
    return column(name, label, FieldType::Money, decimal::moneyScale);
}

ReportTable::Column percentColumn(const char *name, const char *label)
{
    return column(name, label, FieldType::Percent, decimal::percentScale);
}

ReportTable::Column countColumn(const char *name, const char *label)
{
    return column(name, label, FieldType::Integer);
}

QString bothTexts(const QString &a, const QString &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a + b;
    return u"(%1) and (%2)"_s.arg(a, b);
}

QString equalsText(const QString &path, const Value &value)
{
    if (value.isNull())
        return path + u" == null"_s;
    return u"%1 == '%2'"_s.arg(path, value.isId() ? value.toId().toString() : value.toText().replace(u'\'', u"''"_s));
}

QString chosenText(const ReportContext &context, const QString &dateField)
{
    QString text;
    if (const Value owner = context.parameters.value(u"owner"_s); !owner.isNull())
        text = equalsText(u"owner"_s, owner);
    if (const Value team = context.parameters.value(u"team"_s); !team.isNull()) {
        const QStringList teams = teamsUnder(context.reader, team.toId());
        text = bothTexts(text, u"team in ('%1')"_s.arg(teams.join(u"', '"_s)));
    }
    for (const auto &[name, comparison] : {std::pair{u"from"_s, u">="_s}, std::pair{u"to"_s, u"<="_s}}) {
        const Value day = context.parameters.value(name);
        if (!day.isNull() && !dateField.isEmpty())
            text = bothTexts(text, u"%1 %2 date'%3'"_s.arg(dateField, comparison, day.toDate().toString(Qt::ISODate)));
    }
    return text;
}

Result<ExpressionPtr> chosenDeals(const ReportContext &context, const QString &dateField)
{
    const QString text = chosenText(context, dateField);
    if (text.isEmpty())
        return ExpressionPtr();
    expression::Scope scope;
    scope.catalog = &context.reader.catalog();
    scope.entity = scope.catalog->entity(u"pipeline.opportunity");
    return expression::Expression::compile(text, scope);
}

} // namespace tz::pipeline
