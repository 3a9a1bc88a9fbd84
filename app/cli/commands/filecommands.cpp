// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/logic/import.h"

#include <QFileInfo>

namespace tz::cli {

namespace {

/// "left=right" pairs; commas separate several in one option, "\," stands for a comma itself.
Result<QList<std::pair<QString, QString>>> pairs(const Arguments &arguments, const char *option)
{
    QList<std::pair<QString, QString>> result;
    for (const QString &value : arguments.options.value(QLatin1String(option))) {
        QStringList parts{QString()};
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (value[i] == QLatin1Char('\\') && i + 1 < value.size() && value[i + 1] == QLatin1Char(','))
                parts.last() += value[++i];
            else if (value[i] == QLatin1Char(','))
                parts.append(QString());
            else
                parts.last() += value[i];
        }
        for (const QString &part : parts) {
            if (part.trimmed().isEmpty())
                continue;
            const qsizetype equals = part.indexOf(QLatin1Char('='));
            if (equals <= 0)
                return fail("cli.not_a_pair",
                            {{QStringLiteral("text"), part},
                             {QStringLiteral("option"), QString(QLatin1String("--") + QLatin1String(option))}});
            result.append({part.left(equals).trimmed(), part.mid(equals + 1).trimmed()});
        }
    }
    return result;
}

class Import : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "import",
            "ENTITY FILE",
            QT_TRANSLATE_NOOP("cli",
                              "Read records from a CSV file; every row that is not taken is listed with its reason."),
            {{"map", "Column=field,…",
              QT_TRANSLATE_NOOP("cli", "Which column goes where; \"account.uscc\" finds the link by that field; "
                                       "nothing after = leaves the column out.")},
             {"date-format", "F",
              QT_TRANSLATE_NOOP("cli", "dmy, mdy, ymd or a pattern such as dd-MM-yyyy; otherwise found out.")},
             {"set", "field=value,…", QT_TRANSLATE_NOOP("cli", "Values for fields that the file does not have.")},
             {"alias", "field:text=meaning,…",
              QT_TRANSLATE_NOOP("cli", "What a text in the file stands for: product:GTXPro=GTX Pro.")},
             {"create-missing", "field,…", QT_TRANSLATE_NOOP("cli", "Links whose missing targets are created.")},
             {"existing", "skip|update",
              QT_TRANSLATE_NOOP("cli", "What to do with records that are here already; skip unless told.")},
             {"keys", "field,…", QT_TRANSLATE_NOOP("cli", "Fields by which a record is recognised.")},
             {"encoding", "NAME", QT_TRANSLATE_NOOP("cli", "utf-8, gb18030, latin1 or utf-16; otherwise found out.")},
             {"separator", "C",
              QT_TRANSLATE_NOOP("cli", "Character between the columns, or tab; otherwise found out.")},
             {"dry-run", nullptr, QT_TRANSLATE_NOOP("cli", "Try everything, keep nothing.")}},
            2,
            2,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const Arguments &given = context.arguments();
        TZ_ASSIGN(const Entity *const entity, context.entity(given.at(0)));
        ImportOptions options;
        options.entity = entity->fullName;
        options.name = QFileInfo(given.at(1)).fileName();
        options.encoding = given.value("encoding");
        options.dateFormat = given.value("date-format");
        options.dryRun = given.has("dry-run");
        if (const QString separator = given.value("separator"); !separator.isEmpty())
            options.separator = separator == QLatin1String("tab") ? QLatin1Char('\t') : separator[0];
        TZ_ASSIGN(options.map, pairs(given, "map"));
        TZ_ASSIGN(options.set, pairs(given, "set"));
        options.keys = given.list("keys");
        const QStringList create = given.list("create-missing");
        options.createMissingLinks = QSet<QString>(create.begin(), create.end());
        const QString existing = given.value("existing", QStringLiteral("skip"));
        if (existing != QLatin1String("skip") && existing != QLatin1String("update"))
            return fail("cli.bad_choice", {{QStringLiteral("option"), QStringLiteral("--existing")},
                                           {QStringLiteral("choices"), QStringLiteral("skip, update")}});
        options.existing =
            existing == QLatin1String("update") ? ImportOptions::Existing::Update : ImportOptions::Existing::Skip;
        TZ_ASSIGN(const auto aliases, pairs(given, "alias"));
        for (const auto &[from, meaning] : aliases) {
            const qsizetype colon = from.indexOf(QLatin1Char(':'));
            if (colon <= 0)
                return fail("cli.not_a_pair",
                            {{QStringLiteral("text"), from}, {QStringLiteral("option"), QStringLiteral("--alias")}});
            options.aliases[from.left(colon)].insert(from.mid(colon + 1), meaning);
        }
        TZ_ASSIGN(const ImportReport report, importCsv(context.store(), given.at(1), options));
        print(context, *entity, report);
        return {};
    }

private:
    static void print(Context &context, const Entity &entity, const ImportReport &report)
    {
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("entity")).text(entity.fullName);
            json.key(QStringLiteral("dry_run")).boolean(report.dryRun);
            json.key(QStringLiteral("encoding")).text(report.encoding);
            json.key(QStringLiteral("separator")).text(QString(report.separator));
            json.key(QStringLiteral("rows")).number(report.rows);
            json.key(QStringLiteral("created")).number(report.created);
            json.key(QStringLiteral("updated")).number(report.updated);
            json.key(QStringLiteral("unchanged")).number(report.unchanged);
            json.key(QStringLiteral("links_created")).number(report.linksCreated);
            json.key(QStringLiteral("group"));
            if (report.group)
                json.text(report.group.toString());
            else
                json.null();
            json.key(QStringLiteral("columns")).beginArray();
            for (const ImportReport::Column &column : report.columns) {
                json.beginObject().key(QStringLiteral("title")).text(column.title);
                json.key(QStringLiteral("field")).text(column.field);
                json.key(QStringLiteral("dates")).text(column.dateOrder).endObject();
            }
            json.endArray().key(QStringLiteral("refused")).beginArray();
            for (const ImportReport::Problem &problem : report.refused) {
                json.beginObject().key(QStringLiteral("row")).number(problem.row);
                json.key(QStringLiteral("line")).number(problem.line);
                json.key(QStringLiteral("column")).text(problem.column);
                json.key(QStringLiteral("value")).text(problem.value);
                json.key(QStringLiteral("code")).text(QString::fromLatin1(problem.error.code));
                json.key(QStringLiteral("message")).text(sentence(problem.error, &context.catalog())).endObject();
            }
            json.endArray().endObject();
            context.print(json);
            return;
        }
        for (const ImportReport::Problem &problem : report.refused) {
            QString where = translated(QT_TRANSLATE_NOOP("cli", "Line %1")).arg(problem.line);
            if (!problem.column.isEmpty())
                where += QStringLiteral(", ") + problem.column;
            if (!problem.value.isEmpty())
                where += QStringLiteral(" “") + problem.value.left(60) + QStringLiteral("”");
            context.note(where + QStringLiteral(": ") + sentence(problem.error, &context.catalog()));
        }
        if (report.dryRun)
            context.print(translated(QT_TRANSLATE_NOOP("cli", "Tried only; nothing was kept.")));
        context.print(
            translated(QT_TRANSLATE_NOOP("cli", "Rows: %1; created: %2; changed: %3; as before: %4; not taken: %5"))
                .arg(report.rows)
                .arg(report.created)
                .arg(report.updated)
                .arg(report.unchanged)
                .arg(qint64(report.refused.size())));
    }
};

} // namespace

void addFileCommands(Commands &to)
{
    to.push_back(std::make_unique<Import>());
}

} // namespace tz::cli
