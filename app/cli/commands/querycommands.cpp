// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/logic/reports.h"

namespace tz::cli {

namespace {

void addAggregates(Query &query, const Arguments &arguments)
{
    static const std::pair<const char *, Aggregate::Kind> kinds[] = {{"sum", Aggregate::Kind::Sum},
                                                                     {"min", Aggregate::Kind::Min},
                                                                     {"max", Aggregate::Kind::Max},
                                                                     {"average", Aggregate::Kind::Average}};
    for (const auto &[option, kind] : kinds) {
        for (const QString &path : arguments.list(option))
            query.aggregates.append({kind, path});
    }
    if (arguments.has("count") || (!query.group.isEmpty() && query.aggregates.isEmpty()))
        query.aggregates.prepend({Aggregate::Kind::Count, {}});
}

QString aggregateName(const Aggregate &aggregate)
{
    switch (aggregate.kind) {
    case Aggregate::Kind::Count:
        return QStringLiteral("count");
    case Aggregate::Kind::Sum:
        return QStringLiteral("sum(%1)").arg(aggregate.path);
    case Aggregate::Kind::Min:
        return QStringLiteral("min(%1)").arg(aggregate.path);
    case Aggregate::Kind::Max:
        return QStringLiteral("max(%1)").arg(aggregate.path);
    case Aggregate::Kind::Average:
        return QStringLiteral("average(%1)").arg(aggregate.path);
    }
    return {};
}

class QueryRecords : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "query",
            "ENTITY",
            QT_TRANSLATE_NOOP("cli", "List records, or group and sum them."),
            {{"filter", "EXPRESSION",
              QT_TRANSLATE_NOOP(
                  "cli", "Only records for which this holds: \"amount > 1000 and account.industry == 'retail'\".")},
             {"fields", "a,b.c",
              QT_TRANSLATE_NOOP("cli", "Fields to show; a path follows links; account._title is its title.")},
             {"sort", "a,-b", QT_TRANSLATE_NOOP("cli", "Order; a leading - sorts downwards.")},
             {"group", "a,b:month",
              QT_TRANSLATE_NOOP("cli", "Group by these; a date may carry day, week, month, quarter or year.")},
             {"sum", "a", QT_TRANSLATE_NOOP("cli", "Sum of a number, of all or of each group.")},
             {"min", "a", QT_TRANSLATE_NOOP("cli", "Least value.")},
             {"max", "a", QT_TRANSLATE_NOOP("cli", "Greatest value.")},
             {"average", "a", QT_TRANSLATE_NOOP("cli", "Average of a number.")},
             {"count", nullptr, QT_TRANSLATE_NOOP("cli", "How many.")},
             {"limit", "N", QT_TRANSLATE_NOOP("cli", "At most so many rows.")},
             {"offset", "N", QT_TRANSLATE_NOOP("cli", "Leave out so many rows at the beginning.")},
             {"deleted", nullptr, QT_TRANSLATE_NOOP("cli", "Records in the recycle bin.")}},
            1,
            1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const Arguments &given = context.arguments();
        TZ_ASSIGN(const Entity *const entity, context.entity(given.at(0)));
        Query query;
        query.entity = entity->fullName;
        query.fields = given.list("fields");
        query.filterText = given.value("filter");
        query.group = given.list("group");
        query.limit = given.value("limit").toInt();
        query.offset = given.value("offset").toInt();
        query.deleted = given.has("deleted");
        for (const QString &path : given.list("sort"))
            query.sort.append(
                {path.startsWith(QLatin1Char('-')) ? path.mid(1) : path, path.startsWith(QLatin1Char('-'))});
        addAggregates(query, given);
        if (!query.fields.isEmpty() && !query.fields.contains(QStringLiteral("id")) && query.aggregates.isEmpty() &&
            context.json())
            query.fields.prepend(QStringLiteral("id"));
        if (query.fields.isEmpty() && query.aggregates.isEmpty() && !context.json() && !entity->columns.isEmpty())
            query.fields = QStringList{QStringLiteral("id")} + entity->columns;
        TZ_ASSIGN(const Rows rows, context.store().select(query));
        print(context, query, rows);
        return {};
    }

private:
    static void print(Context &context, const Query &query, const Rows &rows)
    {
        const FieldText text = context.fields();
        QStringList names;
        for (qsizetype i = 0; i < rows.columns.size(); ++i) {
            const qsizetype aggregate = i - query.group.size();
            names << (!query.aggregates.isEmpty() && aggregate >= 0 ? aggregateName(query.aggregates[aggregate])
                                                                    : rows.columns[i].path);
        }
        Json json;
        json.beginObject().key(QStringLiteral("entity")).text(query.entity);
        json.key(QStringLiteral("rows")).beginArray();
        QList<QStringList> table;
        for (const auto &row : rows.rows) {
            json.beginObject();
            QStringList cells;
            for (size_t i = 0; i < row.size(); ++i) {
                const Column &column = rows.columns[qsizetype(i)];
                if (context.json()) {
                    json.key(names[qsizetype(i)]);
                    fieldjson::write(json, column.field, column.scale, row[i]);
                } else {
                    cells << text.shown(column.field, column.scale, row[i]);
                }
            }
            json.endObject();
            table << cells;
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(names, table);
    }
};

class Search : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "search",
            "TEXT",
            QT_TRANSLATE_NOOP("cli",
                              "Find records of every kind: Chinese, pinyin or its initials, words as one types."),
            {{"entity", "ENTITY", QT_TRANSLATE_NOOP("cli", "Only records of this kind.")},
             {"limit", "N", QT_TRANSLATE_NOOP("cli", "At most so many; 50 unless told.")}},
            1,
            -1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const Arguments &given = context.arguments();
        QString only;
        if (given.has("entity")) {
            TZ_ASSIGN(const Entity *const entity, context.entity(given.value("entity")));
            only = entity->fullName;
        }
        // What was written by the command before has not been looked at yet.
        TZ_TRY(context.store().indexWaiting());
        TZ_ASSIGN(const auto hits, context.store().search(given.positional.join(QLatin1Char(' ')),
                                                          given.value("limit", QStringLiteral("50")).toInt(), only));
        Json json;
        json.beginObject().key(QStringLiteral("hits")).beginArray();
        QList<QStringList> rows;
        for (const SearchHit &hit : hits) {
            json.beginObject().key(QStringLiteral("entity")).text(hit.entity->fullName);
            json.key(QStringLiteral("id")).text(hit.id.toString());
            json.key(QStringLiteral("title")).text(hit.title).endObject();
            rows << QStringList{hit.entity->fullName, hit.id.toString(), hit.title};
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Entity")),
                                translated(QT_TRANSLATE_NOOP("cli", "Id")),
                                translated(QT_TRANSLATE_NOOP("cli", "Title"))},
                               rows);
        return {};
    }
};

class Report : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"report",
                                      "[NAME] [param=value …]",
                                      QT_TRANSLATE_NOOP("cli", "Run a report; without a name, list them."),
                                      {},
                                      0,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        if (context.arguments().positional.isEmpty())
            return list(context);
        const QString name = context.arguments().at(0);
        const ReportSpec *spec = context.catalog().report(name);
        if (!spec) {
            QStringList known;
            for (const ReportSpec &one : context.catalog().reports())
                known << one.fullName;
            return fail("cli.unknown_report",
                        {{QStringLiteral("name"), name}, {QStringLiteral("suggestion"), didYouMean(name, known)}});
        }
        ReportContext report{context.store(),
                             context.store().actor(),
                             context.store().clock().nowMs(),
                             context.store().utcOffsetSeconds(),
                             {}};
        for (const QString &word : context.arguments().positional.mid(1)) {
            const qsizetype equals = word.indexOf(QLatin1Char('='));
            if (equals <= 0)
                return fail("cli.not_an_assignment", {{QStringLiteral("text"), word}});
            const QString parameterName = word.left(equals);
            const auto parameter = std::ranges::find(spec->parameters, parameterName, &ReportSpec::Parameter::name);
            if (parameter == spec->parameters.end())
                return fail("cli.unknown_parameter",
                            {{QStringLiteral("name"), parameterName}, {QStringLiteral("report"), name}});
            Field field;
            field.name = parameter->name;
            field.type = parameter->type;
            field.to = parameter->to;
            field.scale =
                field.type == FieldType::Money || field.type == FieldType::Percent || field.type == FieldType::Decimal
                    ? 4
                    : 0;
            TZ_ASSIGN(Value value, context.fields().parse(field, word.mid(equals + 1)));
            report.parameters.insert(parameterName, std::move(value));
        }
        TZ_ASSIGN(const ReportResult result, runReport(name, context.store().contributions(), std::move(report)));
        print(context, result);
        return {};
    }

private:
    static Result<> list(Context &context)
    {
        Json json;
        json.beginObject().key(QStringLiteral("reports")).beginArray();
        QList<QStringList> rows;
        for (const ReportSpec &spec : context.catalog().reports()) {
            json.beginObject().key(QStringLiteral("name")).text(spec.fullName);
            json.key(QStringLiteral("label")).text(spec.label);
            json.key(QStringLiteral("help")).text(spec.help);
            json.key(QStringLiteral("parameters")).beginArray();
            for (const ReportSpec::Parameter &parameter : spec.parameters) {
                json.beginObject().key(QStringLiteral("name")).text(parameter.name);
                json.key(QStringLiteral("type")).text(typeName(parameter.type));
                json.key(QStringLiteral("required")).boolean(parameter.required).endObject();
            }
            json.endArray().endObject();
            rows << QStringList{spec.fullName, spec.label, spec.help};
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Report")), translated(QT_TRANSLATE_NOOP("cli", "Label")), {}},
                rows);
        return {};
    }

    static void print(Context &context, const ReportResult &result)
    {
        const FieldText text = context.fields();
        Json json;
        json.beginObject().key(QStringLiteral("tables")).beginArray();
        for (const ReportTable &table : result.tables) {
            QList<QStringList> rows;
            QStringList header;
            json.beginObject().key(QStringLiteral("name")).text(table.name);
            json.key(QStringLiteral("columns")).beginArray();
            std::vector<Field> fields;
            for (const ReportTable::Column &column : table.columns) {
                json.beginObject().key(QStringLiteral("name")).text(column.name);
                json.key(QStringLiteral("label")).text(column.label);
                json.key(QStringLiteral("type")).text(typeName(column.type)).endObject();
                header << column.label;
                Field field;
                field.type = column.type;
                field.to = column.entity;
                field.scale = column.scale;
                fields.push_back(std::move(field));
            }
            json.endArray().key(QStringLiteral("rows")).beginArray();
            for (const auto &row : table.rows) {
                json.beginObject();
                QStringList cells;
                for (size_t i = 0; i < row.size() && i < fields.size(); ++i) {
                    json.key(table.columns[qsizetype(i)].name);
                    fieldjson::write(json, &fields[i], fields[i].scale, row[i]);
                    cells << text.shown(&fields[i], fields[i].scale, row[i]);
                }
                json.endObject();
                rows << cells;
            }
            json.endArray().endObject();
            if (!context.json()) {
                context.printTable(header, rows);
                context.print(QString());
            }
        }
        if (context.json())
            context.print(json.endArray().endObject());
    }
};

} // namespace

void addQueryCommands(Commands &to)
{
    to.push_back(std::make_unique<QueryRecords>());
    to.push_back(std::make_unique<Search>());
    to.push_back(std::make_unique<Report>());
}

} // namespace tz::cli
