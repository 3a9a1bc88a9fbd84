// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"
#include "core/logic/export.h"
#include "core/logic/import.h"
#include "tests/departments/company.h"
#include "tests/support/catch.h"

#include <QBuffer>

using namespace tz;

namespace {
/// Everything that is true or computed for the records of an entity: in memory, and as SQL answers it.
void compareExpressions(test::Company &company, const Entity &entity)
{
    RecordStore &store = company.store();
    const Reader &reader = store;
    const auto ids = reader.ids(entity.fullName, QString(), {}, 60);
    REQUIRE_RESULT(ids);
    std::vector<Record> records;
    for (const Id &id : *ids) {
        auto found = store.find(entity, id);
        REQUIRE_RESULT(found);
        REQUIRE(found->has_value());
        records.push_back(std::move(**found));
    }
    expression::Context context = company.context();
    const auto compare = [&](const ExpressionPtr &condition, const QString &what) {
        if (!condition)
            return;
        INFO(entity.fullName.toStdString() + ": " + what.toStdString() + ": " + condition->text().toStdString());
        Query query;
        query.entity = entity.fullName;
        query.fields = {QStringLiteral("id")};
        query.filter = condition;
        const auto rows = store.select(query);
        REQUIRE_RESULT(rows);
        QSet<Id> inSql;
        for (const auto &row : rows->rows)
            inSql.insert(row.front().toId());
        for (const Record &record : records) {
            context.record = &record;
            CHECK(condition->holds(context) == inSql.contains(record.id));
        }
    };
    for (const Field &field : entity.fields) {
        compare(field.requiredIf, field.name + QLatin1String(" required_if"));
        compare(field.showIf, field.name + QLatin1String(" show_if"));
        compare(field.readonlyIf, field.name + QLatin1String(" readonly_if"));
        if (!field.formula)
            continue;
        Query query;
        query.entity = entity.fullName;
        query.fields = {QStringLiteral("id"), field.name};
        const auto rows = store.select(query);
        REQUIRE_RESULT(rows);
        QHash<Id, Value> inSql;
        for (const auto &row : rows->rows)
            inSql.insert(row[0].toId(), row[1]);
        for (const Record &record : records) {
            context.record = &record;
            INFO(entity.fullName.toStdString() + "." + field.name.toStdString() + " = " +
                 field.formulaText.toStdString());
            CHECK(field.formula->evaluate(context) == inSql.value(record.id));
        }
    }
    for (const Transition &action : entity.actions)
        compare(action.when, action.action + QLatin1String(" when"));
}

/// Every report with the defaults of its parameters.
void runReports(test::Company &company)
{
    const Contributions &contributions = test::departments().contributions();
    for (const ReportSpec &report : company.catalog().reports()) {
        INFO(report.fullName.toStdString());
        QHash<QString, Value> parameters;
        for (const ReportSpec::Parameter &parameter : report.parameters) {
            const auto value = expression::Expression::compile(parameter.defaultText.isEmpty() ? QStringLiteral("null")
                                                                                               : parameter.defaultText,
                                                               {&company.catalog(), nullptr, {}, {}});
            REQUIRE_RESULT(value);
            parameters.insert(parameter.name, value.value()->evaluate(company.context()));
        }
        if (const ReportFunction *function = contributions.report(report.fullName)) {
            const auto result =
                (*function)({company.store(), company.store().actor(), company.clock().nowMs(), 8 * 3600, parameters});
            REQUIRE_RESULT(result);
            CHECK_FALSE(result->tables.isEmpty());
            for (const ReportTable &table : result->tables) {
                for (const auto &row : table.rows)
                    CHECK(row.size() == size_t(table.columns.size()));
            }
        }
    }
}

void openLists(test::Company &company)
{
    for (const Entity *entity : company.catalog().entities()) {
        INFO(entity->fullName.toStdString());
        Query query;
        query.entity = entity->fullName;
        query.fields = entity->columns;
        query.limit = 50;
        REQUIRE_RESULT(company.store().select(query));
        REQUIRE_RESULT(company.store().rowIds(query));
        // The first page comes from an index, whatever the number of records.
        query.sort = {{entity->title, false}};
        if (entity->titleField()->isText() && entity->titleField()->hasColumn() &&
            entity->titleField()->choices.isEmpty()) {
            const auto plan = company.store().explain(query);
            REQUIRE_RESULT(plan);
            INFO(plan->toStdString());
            CHECK_FALSE(plan->contains(QLatin1String("USE TEMP B-TREE FOR ORDER BY")));
        }
    }
}
/// What is exported and imported again changes nothing. Only entities whose records a number tells apart.
void exportAndImport(test::Company &company, const Entity &entity)
{
    if (entity.number.isEmpty())
        return;
    INFO(entity.fullName.toStdString());
    QBuffer file;
    file.open(QIODevice::ReadWrite);
    ExportOptions out;
    out.entity = entity.fullName;
    out.utcOffsetSeconds = 8 * 3600;
    const auto written = exportRecords(company.store(), out, file);
    REQUIRE_RESULT(written);
    file.seek(0);
    ImportOptions in;
    in.entity = entity.fullName;
    in.existing = ImportOptions::Existing::Update;
    in.keys = {QStringLiteral("number")};
    in.dateFormat = QStringLiteral("ymd");
    in.dryRun = true;
    const auto read = importCsv(company.store(), file, in);
    REQUIRE_RESULT(read);
    for (size_t i = 0; i < std::min<size_t>(read->refused.size(), 5); ++i) {
        const auto &problem = read->refused[i];
        UNSCOPED_INFO("row " << problem.row << " " << problem.column.toStdString() << " “"
                             << problem.value.toStdString() << "”: " << problem.error.toString().toStdString());
    }
    CHECK(read->rows == *written);
    CHECK(read->refused.empty());
    CHECK(read->created == 0);
    CHECK(read->updated == 0);
    CHECK(read->unchanged == *written);
}
} // namespace

TEST_CASE("lists open and reports run in an empty company", "[departments]")
{
    test::Company company;
    openLists(company);
    runReports(company);
}

TEST_CASE("the demonstration loads, and everything computed over it agrees in memory and SQL", "[departments]")
{
    test::Company company;
    company.begin();
    company.demonstrate();
    int filled = 0;
    for (const Entity *entity : company.catalog().entities()) {
        compareExpressions(company, *entity);
        const auto count = company.store().count(entity->fullName);
        REQUIRE_RESULT(count);
        filled += *count > 0;
    }
    for (const Entity *entity : company.catalog().entities())
        exportAndImport(company, *entity);
    CHECK(filled > company.catalog().entities().size() / 2);
    openLists(company);
    runReports(company);
}
