// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/recordstore.h"
#include "tests/support/catch.h"
#include "tests/support/declared.h"

#include <QTemporaryDir>

namespace tz::test {

using namespace Qt::StringLiterals;

/// One database with the departments one likes and people who take turns: for scenario tests of departments. The
/// declarations of foundation, customers and pipeline are read from the source tree; their programs only where they
/// are given. Stand-alone: nothing is sent.
class RecordWorld {
public:
    using Programs = std::vector<std::pair<QString, std::unique_ptr<Department>>>;

    explicit RecordWorld(Programs programs,
                         const QStringList &declared = {u"foundation"_s, u"customers"_s, u"pipeline"_s})
        : m_entropy(1)
    {
        for (const QString &id : declared) {
            auto files = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/") + id));
            REQUIRE_RESULT(files);
            std::unique_ptr<Department> program = std::make_unique<Declared>();
            for (auto &[name, given] : programs) {
                if (name == id)
                    program = std::move(given);
            }
            m_host.adopt(std::move(program), std::move(*files));
        }
        m_host.start();
        for (const DepartmentHost::Status &status : m_host.status()) {
            INFO(status.failure.toStdString());
            REQUIRE(status.running);
        }
        REQUIRE(m_folder.isValid());
        auto database = Database::open(m_folder.filePath(u"world.db"_s), {});
        REQUIRE_RESULT(database);
        m_database = std::move(*database);
        m_store = std::make_unique<RecordStore>(
            *m_database, m_host.catalog(),
            RecordStore::Environment{&m_clock, &m_entropy, &m_host.contributions(), [] { return 0; }});
        REQUIRE_RESULT(m_store->prepare());
        REQUIRE_RESULT(m_store->setState("mode", "standalone"));
        asSystem();
    }

    RecordStore &store() { return *m_store; }
    const Catalog &catalog() const { return *m_host.catalog(); }
    const Contributions &contributions() const { return m_host.contributions(); }
    ManualClock &clock() { return m_clock; }
    QDate today() const { return QDateTime::fromMSecsSinceEpoch(m_clock.nowMs(), Qt::UTC).date(); }

    /// A user record (made by the system), to be signed in with be().
    Id person(const QString &name, const QString &role, const QString &team)
    {
        asSystem();
        const Id teamId = Id::fromName(u"test.team/"_s + team);
        if (!m_teams.contains(teamId)) {
            m_teams << teamId;
            REQUIRE_RESULT(create(u"foundation.team"_s, {{u"name"_s, Value(team)}}, teamId));
        }
        const auto id = create(u"foundation.user"_s, {{u"name"_s, Value(name)}, {u"team"_s, Value(teamId)}});
        REQUIRE_RESULT(id);
        Actor actor;
        actor.user = *id;
        actor.roles = {role};
        actor.team = teamId;
        actor.teams = {teamId};
        m_people.insert(*id, actor);
        return *id;
    }
    void be(const Id &person) { REQUIRE_RESULT(m_store->setActor(m_people.value(person))); }
    void asSystem()
    {
        Actor actor;
        actor.system = true;
        actor.user = Id::fromName(u"test.system");
        REQUIRE_RESULT(m_store->setActor(actor));
    }

    Result<Id> create(const QString &entity, Draft::Values values, Id id = {})
    {
        Draft draft = m_store->draft();
        if (id.isNull())
            id = m_store->ids().next();
        draft.create(entity, id, std::move(values));
        TZ_TRY(m_store->apply(std::move(draft)));
        return id;
    }
    Result<> update(const QString &entity, const Id &id, Draft::Values values)
    {
        Draft draft = m_store->draft();
        draft.update(entity, id, std::move(values));
        TZ_TRY(m_store->apply(std::move(draft)));
        return {};
    }
    Result<> act(const QString &entity, const Id &id, const QString &action, Draft::Values parameters = {})
    {
        Draft draft = m_store->draft();
        draft.act(entity, id, action, std::move(parameters));
        TZ_TRY(m_store->apply(std::move(draft)));
        return {};
    }
    Record record(const QString &entity, const Id &id)
    {
        auto found = m_store->find(*m_host.catalog()->entity(entity), id, true);
        REQUIRE_RESULT(found);
        REQUIRE(found->has_value());
        return **found;
    }
    Value value(const QString &entity, const Id &id, QStringView field) { return record(entity, id).value(field); }
    /// Ids for which the filter holds.
    std::vector<Id> all(const QString &entity, const QString &filter = {})
    {
        auto ids = m_store->Reader::ids(entity, filter);
        REQUIRE_RESULT(ids);
        return *ids;
    }
    Result<ReportResult> report(const QString &name, QHash<QString, Value> parameters = {})
    {
        const ReportFunction *function = m_host.contributions().report(name);
        REQUIRE(function);
        return (*function)({*m_store, m_store->actor(), m_clock.nowMs(), 0, std::move(parameters)});
    }
    /// What the cell holds, by the names of table and column.
    static Value cell(const ReportResult &result, const QString &table, int row, const QString &column)
    {
        for (const ReportTable &each : result.tables) {
            for (qsizetype i = 0; each.name == table && i < each.columns.size(); ++i) {
                if (each.columns[i].name == column && size_t(row) < each.rows.size())
                    return each.rows[size_t(row)][size_t(i)];
            }
        }
        return {};
    }
    /// Runs the job of this name once, as the system, and applies what it wants.
    Result<> run(const QString &name)
    {
        const Actor person = m_store->actor();
        asSystem();
        Result<> done = fail("test.no_such_job");
        for (const Job &job : m_host.contributions().jobs()) {
            if (job.name != name)
                continue;
            Draft draft = m_store->draft();
            done = job.run(*m_store, m_clock.nowMs(), 0, draft);
            if (done && !draft.isEmpty()) {
                if (auto applied = m_store->apply(std::move(draft)); !applied)
                    done = fail(applied.error());
            }
        }
        TZ_TRY(m_store->setActor(person));
        return done;
    }
    Result<> seed(const QList<SeedFunction> &functions)
    {
        asSystem();
        SeededEntropy dice(1);
        const SeedContext context{*m_store, dice, m_store->ids(), m_clock.nowMs(), 0, [this](Draft draft) -> Result<> {
                                      TZ_TRY(m_store->apply(std::move(draft)));
                                      return {};
                                  }};
        for (const SeedFunction &function : functions)
            TZ_TRY(function(context));
        return {};
    }

    static Value money(qint64 units) { return Value(units * 10'000); }
    static Value percent(qint64 units) { return Value(units * 10'000); }

private:
    QTemporaryDir m_folder;
    /// Monday, 2 March 2026, 09:00.
    ManualClock m_clock{1'772'442'000'000};
    SeededEntropy m_entropy;
    DepartmentHost m_host;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    QHash<Id, Actor> m_people;
    QSet<Id> m_teams;
};

} // namespace tz::test
