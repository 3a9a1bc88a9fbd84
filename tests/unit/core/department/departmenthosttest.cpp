// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/department/departmenthost.h"
#include "tests/support/catalogs.h"

using namespace tz;

namespace {
struct Started {
    DepartmentHost host;
    explicit Started(const char *folder)
    {
        host.scan(QStringLiteral(TZ_BINARY_DIR "/tests/plugins/") + QLatin1String(folder));
        host.start();
    }
    const DepartmentHost::Status *status(const char *id) const
    {
        for (const auto &status : host.status()) {
            if (status.spec.id == QLatin1String(id))
                return &status;
        }
        return nullptr;
    }
    QStringList running() const
    {
        QStringList ids;
        for (const auto &status : host.status()) {
            if (status.running)
                ids << status.spec.id;
        }
        return ids;
    }
};

class Adopted final : public Department {
public:
    explicit Adopted(std::function<Result<>(Contributions &)> function)
        : m_function(std::move(function))
    {
    }
    Result<> contribute(Contributions &to) override { return m_function(to); }

private:
    std::function<Result<>(Contributions &)> m_function;
};
} // namespace

TEST_CASE("departments are loaded in the order of their needs", "[department]")
{
    const Started started("chain");
    CHECK(started.host.allRunning());
    CHECK(started.running() == QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")});
    // Declarations come from inside the libraries, functions from their code.
    CHECK(started.host.catalog()->entity(u"three.thing"));
    CHECK(started.host.contributions().report(QStringLiteral("two.report")));
}

TEST_CASE("departments in a circle do not run, and the others do", "[department]")
{
    const Started started("circle");
    CHECK(started.running() == QStringList{QStringLiteral("alone")});
    CHECK_FALSE(started.status("left")->failure.isEmpty());
    CHECK_FALSE(started.status("right")->failure.isEmpty());
    CHECK_FALSE(started.host.catalog()->entity(u"left.thing"));
}

TEST_CASE("a missing need fails the department and those that need it", "[department]")
{
    const Started started("missing");
    CHECK(started.running().isEmpty());
    CHECK(started.status("lonely")->failure.contains(QLatin1String("nowhere")));
    CHECK(started.status("follower")->failure.contains(QLatin1String("lonely")));
    CHECK(started.host.catalog());
}

TEST_CASE("a department built for another interface is not loaded", "[department]")
{
    const Started started("api");
    CHECK_FALSE(started.host.allRunning());
    CHECK(started.status("old")->failure.contains(QLatin1String("interface 0")));
}

TEST_CASE("a library that is not a plugin is shown with its reason", "[department]")
{
    const Started started("noplugin");
    CHECK(started.status("noplugin")->failure.contains(QLatin1String("not a plugin")));
}

TEST_CASE("a department that fails to contribute leaves nothing behind", "[department]")
{
    const Started started("fails");
    CHECK(started.running() == QStringList{QStringLiteral("strong")});
    CHECK(started.status("weak")->failure.contains(QLatin1String("test.refused")));
    CHECK(started.status("dependent")->failure.contains(QLatin1String("weak")));
    CHECK_FALSE(started.host.contributions().report(QStringLiteral("weak.report")));
    CHECK(started.host.contributions().report(QStringLiteral("strong.report")));
    CHECK_FALSE(started.host.catalog()->entity(u"weak.thing"));
    CHECK(started.host.catalog()->entity(u"strong.thing"));
}

TEST_CASE("an empty or missing folder gives an empty catalog", "[department]")
{
    const Started started("does-not-exist");
    CHECK(started.host.allRunning());
    REQUIRE(started.host.catalog());
    CHECK(started.host.catalog()->entities().isEmpty());
}

TEST_CASE("departments can be adopted without a library, and custom fields changed later", "[department]")
{
    const QByteArray thing = R"({"entity": "thing", "label": "T", "plural": "Ts",
        "fields": [{"name": "name", "type": "text", "label": "N"}]})";
    DepartmentHost host;
    host.adopt(std::make_unique<Adopted>([](Contributions &to) {
                   to.job({QStringLiteral("a.job"), 60, {}});
                   return Result<>();
               }),
               test::department(QStringLiteral("a"), {{QStringLiteral("thing"), thing}}));
    host.adopt(std::make_unique<Adopted>([](Contributions &) -> Result<> { throw std::runtime_error("broken"); }),
               test::department(QStringLiteral("b"), {{QStringLiteral("thing"), thing}}));
    host.adopt(std::make_unique<Adopted>([](Contributions &) { return Result<>(); }),
               test::department(QStringLiteral("c"), {{QStringLiteral("thing"), "{"}}));
    host.start();
    CHECK_FALSE(host.allRunning());
    CHECK(host.contributions().jobs().size() == 1);
    CHECK(host.catalog()->departments().size() == 1);
    for (const auto &status : host.status()) {
        if (status.spec.id == QLatin1String("c"))
            CHECK(status.faults.size() == 1);
    }
    const CatalogPtr before = host.catalog();
    const QJsonObject field{{QStringLiteral("name"), QStringLiteral("x_a")},
                            {QStringLiteral("type"), QStringLiteral("date")},
                            {QStringLiteral("label"), QStringLiteral("A")}};
    host.setCustomFields({{QStringLiteral("a.thing"), field}, {QStringLiteral("a.gone"), field}});
    CHECK(host.catalog()->entity(u"a.thing")->field(u"x_a"));
    CHECK_FALSE(before->entity(u"a.thing")->field(u"x_a"));
    CHECK(host.customFieldFaults().size() == 1);
    CHECK(host.catalog()->hash() != before->hash());
}
