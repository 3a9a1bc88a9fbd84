// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"
#include "tests/departments/company.h"
#include "tests/support/catch.h"

using namespace tz;
using test::departments;

TEST_CASE("every department that was built runs, without faults", "[departments]")
{
    CHECK_FALSE(departments().status().isEmpty());
    for (const DepartmentHost::Status &status : departments().status()) {
        INFO(status.spec.id.toStdString() + ": " + status.failure.toStdString());
        CHECK(status.running);
        CHECK(status.faults.isEmpty());
    }
}

TEST_CASE("functions and what is declared belong together", "[departments]")
{
    const Catalog &catalog = *departments().catalog();
    const Contributions &contributions = departments().contributions();
    for (const QString &name : contributions.actionNames()) {
        INFO("function of the action " + name.toStdString());
        const Entity *entity = catalog.entity(name.section(u'.', 0, 1));
        REQUIRE(entity);
        CHECK(entity->action(name.section(u'.', 2)));
    }
    for (const Entity *entity : catalog.entities()) {
        for (const Transition &action : entity->actions) {
            const QString name = entity->fullName + u'.' + action.action;
            INFO("the action " + name.toStdString() + " must do something");
            CHECK((!action.to.isEmpty() || !action.set.isEmpty() || contributions.action(name)));
        }
    }
    for (const QString &name : contributions.reportNames()) {
        INFO("function of the report " + name.toStdString());
        CHECK(catalog.report(name));
    }
    for (const ReportSpec &report : catalog.reports()) {
        INFO("the report " + report.fullName.toStdString() + " needs a query or a function");
        CHECK((!report.query.isEmpty() || contributions.report(report.fullName)));
    }
}

TEST_CASE("what a role may not see does not name its records", "[departments][access]")
{
    for (const Entity *entity : departments().catalog()->entities()) {
        for (auto grant = entity->access.cbegin(); grant != entity->access.cend(); ++grant) {
            INFO(entity->fullName.toStdString() + " for " + grant.key().toStdString());
            CHECK_FALSE(grant->hidden.contains(entity->title));
            for (const QString &field : entity->search)
                CHECK_FALSE(grant->hidden.contains(field));
            // A formula over a hidden field would tell it.
            for (const Field &field : entity->fields) {
                if (!field.formula || grant->hidden.contains(field.name))
                    continue;
                for (const QString &path : field.formula->paths()) {
                    INFO("the formula " + field.name.toStdString() + " reads " + path.toStdString());
                    CHECK_FALSE(grant->hidden.contains(path));
                }
            }
        }
    }
}

TEST_CASE("every entity can be read by somebody, and its records named", "[departments]")
{
    for (const Entity *entity : departments().catalog()->entities()) {
        INFO(entity->fullName.toStdString());
        CHECK_FALSE(entity->access.isEmpty());
        REQUIRE(entity->titleField());
        CHECK_FALSE(entity->titleField()->isSet());
        CHECK_FALSE(entity->titleField()->isLines());
    }
}
