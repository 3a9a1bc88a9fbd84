// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/runner.h"
#include "tests/support/catch.h"

#include <QScopeGuard>

using namespace tz;

namespace {
quint64 number(const char *name, quint64 fallback)
{
    bool ok = false;
    const quint64 value = qEnvironmentVariable(name).toULongLong(&ok);
    return ok ? value : fallback;
}

/// Every `step`-th seed from the `part`-th.
void runSeeds(sim::Plan::Kind kind, quint64 seeds, int operations, bool twice, quint64 part = 0, quint64 step = 1)
{
    // A server that dies says so, thousands of times.
    const auto handler = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    const auto restored = qScopeGuard([&] { qInstallMessageHandler(handler); });
    quint64 first = number("TZ_SEED", 1);
    if (first == 0)
        first = SystemEntropy().next64() >> 16;
    seeds = number("TZ_SIM_SEEDS", seeds);
    for (quint64 seed = first + part; seed < first + seeds; seed += step) {
        const sim::Plan plan = sim::Plan::make(seed, operations, kind);
        const sim::Verdict verdict = twice ? sim::Runner::runTwice(plan) : sim::Runner::run(plan);
        if (verdict.broken)
            FAIL(sim::Runner::report(sim::Runner::shrunk(plan, verdict.broken->law), verdict, kind, operations)
                     .toStdString());
    }
    CHECK(seeds > 0);
}
} // namespace

// In parts, so that every core has its own.
TEMPLATE_TEST_CASE_SIG("laptops that edit, crash and lose messages end equal to the server, and nothing is lost",
                       "[sim]", ((int part), part), 0, 1, 2, 3, 4, 5, 6, 7)
{
    runSeeds(sim::Plan::Kind::Whole, 16, 500, false, part, 8);
}

TEST_CASE("without faults, people who edit the same records get one winner and one conflict each time", "[sim]")
{
    runSeeds(sim::Plan::Kind::Calm, 4, 500, false);
}

TEST_CASE("wrong clocks decide at most who wins", "[sim]")
{
    runSeeds(sim::Plan::Kind::Clocks, 4, 300, true);
}

TEST_CASE("a seed takes the same course each time", "[sim]")
{
    runSeeds(sim::Plan::Kind::Whole, 2, 500, true);
}
