// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/reports.h"

#include "core/base/decimal.h"
#include "core/expression/expression.h"

#include <QJsonArray>

namespace tz {

namespace {

Result<> fillDefaults(const ReportSpec &spec, ReportContext &context)
{
    for (const ReportSpec::Parameter &parameter : spec.parameters) {
        if (!context.parameters.value(parameter.name).isNull())
            continue;
        Value value;
        if (!parameter.defaultText.isEmpty()) {
            TZ_ASSIGN(const ExpressionPtr expression,
                      expression::Expression::compile(parameter.defaultText, {&context.reader.catalog(), nullptr, {}}));
            expression::Context at;
            at.reader = &context.reader;
            at.me = context.actor.user;
            at.myTeams = context.actor.teams;
            at.nowMs = context.nowMs;
            at.utcOffsetSeconds = context.utcOffsetSeconds;
            value = expression->evaluate(at);
        }
        if (parameter.required && value.isNull())
            return fail("report.missing", {{QStringLiteral("parameter"), parameter.name}}, parameter.name);
        context.parameters.insert(parameter.name, value);
    }
    return {};
}

QStringList texts(const QJsonValue &array)
{
    QStringList list;
    for (const QJsonValue &value : array.toArray())
        list << value.toString();
    return list;
}

Query queryOf(const ReportSpec &spec, const ReportContext &context)
{
    const QJsonObject &json = spec.query;
    Query query;
    query.entity = json.value(QLatin1String("entity")).toString();
    query.fields = texts(json.value(QLatin1String("fields")));
    query.filterText = json.value(QLatin1String("filter")).toString();
    query.group = texts(json.value(QLatin1String("group")));
    query.limit = json.value(QLatin1String("limit")).toInt();
    query.parameters = context.parameters;
    for (const QString &path : texts(json.value(QLatin1String("sort")))) {
        const bool descending = path.startsWith(QLatin1Char('-'));
        query.sort.append({descending ? path.mid(1) : path, descending});
    }
    static const QHash<QString, Aggregate::Kind> kinds{{QStringLiteral("count"), Aggregate::Kind::Count},
                                                       {QStringLiteral("sum"), Aggregate::Kind::Sum},
                                                       {QStringLiteral("min"), Aggregate::Kind::Min},
                                                       {QStringLiteral("max"), Aggregate::Kind::Max},
                                                       {QStringLiteral("average"), Aggregate::Kind::Average}};
    for (const QJsonValue &value : json.value(QLatin1String("aggregates")).toArray()) {
        const QJsonObject aggregate = value.toObject();
        query.aggregates.append(
            {kinds.value(aggregate.value(QLatin1String("kind")).toString(), Aggregate::Kind::Count),
             aggregate.value(QLatin1String("path")).toString(aggregate.value(QLatin1String("field")).toString())});
    }
    return query;
}

/// Condition that lists the records of one group; empty when it cannot be said in the language.
QString groupCondition(const Column &column, const Value &value)
{
    const QString path = column.path.section(QLatin1Char(':'), 0, 0);
    const QString grain = column.path.section(QLatin1Char(':'), 1);
    if (value.isNull())
        return QStringLiteral("empty(%1)").arg(path);
    if (!grain.isEmpty()) {
        const QDate first = value.toDate();
        QDate next = first.addDays(1);
        if (grain == QLatin1String("week"))
            next = first.addDays(7);
        else if (grain == QLatin1String("month"))
            next = first.addMonths(1);
        else if (grain == QLatin1String("quarter"))
            next = first.addMonths(3);
        else if (grain == QLatin1String("year"))
            next = first.addYears(1);
        return QStringLiteral("%1 >= date'%2' and %1 < date'%3'")
            .arg(path, first.toString(Qt::ISODate), next.toString(Qt::ISODate));
    }
    if (value.isId())
        return QStringLiteral("%1 == '%2'").arg(path, value.toId().toString());
    if (value.isText())
        return QStringLiteral("%1 == '%2'").arg(path, value.toText().replace(QLatin1Char('\''), QLatin1String("''")));
    if (column.field && column.field->type == FieldType::Bool)
        return QStringLiteral("%1 == %2").arg(path, value.toBool() ? QLatin1String("true") : QLatin1String("false"));
    if (column.field && column.field->type == FieldType::Date)
        return QStringLiteral("%1 == date'%2'").arg(path, value.toDate().toString(Qt::ISODate));
    return QStringLiteral("%1 == %2").arg(path, decimal::toText(value.toInteger(), column.scale));
}

ReportTable tableOf(const ReportSpec &spec, const Query &query, Rows rows)
{
    ReportTable table;
    table.name = spec.fullName;
    const QJsonArray aggregates = spec.query.value(QLatin1String("aggregates")).toArray();
    for (qsizetype i = 0; i < rows.columns.size(); ++i) {
        const Column &from = rows.columns[i];
        ReportTable::Column column;
        column.name = from.path;
        column.scale = from.scale;
        column.type = from.field ? from.field->type : FieldType::Integer;
        column.label = from.field ? from.field->label : from.path;
        if (from.field && from.field->isReference())
            column.entity = from.field->to;
        const qsizetype aggregate = i - query.group.size();
        if (!query.aggregates.isEmpty() && aggregate >= 0) {
            const QString label = aggregates.at(aggregate).toObject().value(QLatin1String("label")).toString();
            if (!label.isEmpty())
                column.label = label;
            if (query.aggregates[aggregate].kind == Aggregate::Kind::Count)
                column.type = FieldType::Integer;
        }
        table.columns.append(column);
    }
    if (!query.group.isEmpty()) {
        table.drillEntity = query.entity;
        for (const std::vector<Value> &row : rows.rows) {
            QStringList conditions;
            // A filter with parameters cannot be repeated in a list; its rows then lead nowhere.
            if (query.filterText.contains(QLatin1String("param("))) {
                table.drillEntity.clear();
                break;
            }
            if (!query.filterText.isEmpty())
                conditions << QLatin1Char('(') + query.filterText + QLatin1Char(')');
            for (qsizetype i = 0; i < query.group.size(); ++i)
                conditions << groupCondition(rows.columns[i], row[size_t(i)]);
            table.drillFilters << conditions.join(QLatin1String(" and "));
        }
    }
    table.rows = std::move(rows.rows);
    table.chart = spec.chart.value(QLatin1String("kind")).toString();
    table.chartCategory = spec.chart.value(QLatin1String("category")).toString();
    table.chartSeries = texts(spec.chart.value(QLatin1String("series")));
    table.chartLine = spec.chart.value(QLatin1String("line")).toString();
    return table;
}

} // namespace

Result<ReportResult> runReport(const QString &fullName, const Contributions &contributions, ReportContext context)
{
    const ReportSpec *spec = context.reader.catalog().report(fullName);
    if (!spec)
        return fail("report.unknown", {{QStringLiteral("name"), fullName}});
    return runReport(*spec, contributions, std::move(context));
}

Result<ReportResult> runReport(const ReportSpec &spec, const Contributions &contributions, ReportContext context)
{
    const QString fullName = spec.fullName;
    const bool mayRun =
        spec.roles.isEmpty() || context.actor.isAdmin() ||
        std::ranges::any_of(spec.roles, [&](const QString &role) { return context.actor.roles.contains(role); });
    if (!mayRun)
        return fail("report.not_allowed", {{QStringLiteral("name"), fullName}});
    TZ_TRY(fillDefaults(spec, context));
    if (!spec.query.isEmpty()) {
        const Query query = queryOf(spec, context);
        TZ_ASSIGN(Rows rows, context.reader.select(query));
        ReportResult result;
        result.tables.append(tableOf(spec, query, std::move(rows)));
        return result;
    }
    const ReportFunction *function = contributions.report(fullName);
    if (!function)
        return fail("report.unknown", {{QStringLiteral("name"), fullName}});
    return (*function)(context);
}

} // namespace tz
