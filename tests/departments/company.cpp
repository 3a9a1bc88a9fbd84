// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/departments/company.h"

#include "tests/support/catch.h"

namespace tz::test {

const DepartmentHost &departments()
{
    static const std::unique_ptr<DepartmentHost> host = [] {
        auto made = std::make_unique<DepartmentHost>();
        made->scan(DepartmentHost::defaultFolder());
        made->start();
        return made;
    }();
    return *host;
}

Company::Company()
{
    auto opened = Database::open(m_folder.filePath(QStringLiteral("company.sqlite")));
    REQUIRE_RESULT(opened);
    m_database = std::move(*opened);
    REQUIRE_RESULT(m_database->setDurable(false));
    m_store = std::make_unique<RecordStore>(
        *m_database, departments().catalog(),
        RecordStore::Environment{&m_clock, &m_entropy, &departments().contributions(), [] { return 8 * 3600; }});
    REQUIRE_RESULT(m_store->prepare());
    Actor actor;
    actor.user = m_store->ids().next();
    actor.device = m_store->ids().next();
    actor.system = true;
    actor.roles = {QStringLiteral("admin")};
    REQUIRE_RESULT(m_store->setActor(actor));
}

expression::Context Company::context() const
{
    expression::Context context;
    context.reader = m_store.get();
    context.nowMs = m_clock.nowMs();
    context.utcOffsetSeconds = 8 * 3600;
    return context;
}

void Company::run(const QList<SeedFunction> &functions)
{
    const SeedContext seeds{
        *m_store, m_entropy, m_store->ids(), m_clock.nowMs(), 8 * 3600, [this](Draft draft) -> Result<> {
            TZ_TRY(m_store->apply(std::move(draft)));
            return {};
        }};
    for (const SeedFunction &seed : functions)
        REQUIRE_RESULT(seed(seeds));
}

void Company::begin()
{
    run(departments().contributions().initial());
}

void Company::demonstrate()
{
    run(departments().contributions().demo());
}

} // namespace tz::test
