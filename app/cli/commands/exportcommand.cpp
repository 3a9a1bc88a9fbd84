// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/logic/export.h"

#include <QSaveFile>

#include <cstdio>

namespace tz::cli {

namespace {

class Export : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "export",
            "ENTITY",
            QT_TRANSLATE_NOOP("cli", "Write records to a CSV or JSON file that import reads again."),
            {{"filter", "EXPRESSION", QT_TRANSLATE_NOOP("cli", "Only records for which this holds.")},
             {"fields", "a,b.c",
              QT_TRANSLATE_NOOP("cli", "Fields to write; otherwise all that can be imported again.")},
             {"sort", "a,-b", QT_TRANSLATE_NOOP("cli", "Order; a leading - sorts downwards.")},
             {"format", "csv|json", QT_TRANSLATE_NOOP("cli", "csv unless told.")},
             {"output", "FILE", QT_TRANSLATE_NOOP("cli", "File to write; otherwise standard output.")},
             {"guard", nullptr, QT_TRANSLATE_NOOP("cli", "Keep spreadsheets from taking texts for formulas.")}},
            1,
            1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const Arguments &given = context.arguments();
        TZ_ASSIGN(const Entity *const entity, context.entity(given.at(0)));
        ExportOptions options;
        options.entity = entity->fullName;
        options.filter = given.value("filter");
        options.fields = given.list("fields");
        options.guardFormulas = given.has("guard");
        options.utcOffsetSeconds = context.store().utcOffsetSeconds();
        for (const QString &path : given.list("sort"))
            options.sort.append(
                {path.startsWith(QLatin1Char('-')) ? path.mid(1) : path, path.startsWith(QLatin1Char('-'))});
        const QString format = given.value("format", QStringLiteral("csv"));
        if (format != QLatin1String("csv") && format != QLatin1String("json"))
            return fail("cli.bad_choice", {{QStringLiteral("option"), QStringLiteral("--format")},
                                           {QStringLiteral("choices"), QStringLiteral("csv, json")}});
        options.format = format == QLatin1String("json") ? ExportOptions::Format::Json : ExportOptions::Format::Csv;
        const QString output = given.value("output");
        if (output.isEmpty()) {
            // Programs that read a pipe do not expect a mark in front.
            options.byteOrderMark = false;
            QFile out;
            if (!out.open(stdout, QIODevice::WriteOnly))
                return fail("export.cannot_write", {{QStringLiteral("path"), QStringLiteral("-")}});
            TZ_TRY(exportRecords(context.store(), options, out));
            return {};
        }
        QSaveFile file(output);
        if (!file.open(QIODevice::WriteOnly))
            return fail("export.cannot_write", {{QStringLiteral("path"), output}});
        TZ_ASSIGN(const qint64 count, exportRecords(context.store(), options, file));
        if (!file.commit())
            return fail("export.cannot_write", {{QStringLiteral("path"), output}});
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("records")).number(count);
            json.key(QStringLiteral("file")).text(output).endObject();
            context.print(json);
        } else {
            context.print(translated(QT_TRANSLATE_NOOP("cli", "%1 records written to %2")).arg(count).arg(output));
        }
        return {};
    }
};

} // namespace

void addExportCommand(Commands &to)
{
    to.push_back(std::make_unique<Export>());
}

} // namespace tz::cli
