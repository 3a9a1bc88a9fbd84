// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/runner.h"
#include "tests/support/catch.h"

using namespace tz;

namespace {
quint64 number(const char *name, quint64 fallback)
{
    bool ok = false;
    const quint64 value = qEnvironmentVariable(name).toULongLong(&ok);
    return ok ? value : fallback;
}

void runSeeds(sim::Plan::Kind kind, quint64 seeds, int operations, bool twice)
{
    quint64 first = number("TZ_SEED", 1);
    if (first == 0)
        first = SystemEntropy().next64() >> 16;
    seeds = number("TZ_SIM_SEEDS", seeds);
    for (quint64 seed = first; seed < first + seeds; ++seed) {
        const sim::Plan plan = sim::Plan::make(seed, operations, kind);
        const sim::Verdict verdict = twice ? sim::Runner::runTwice(plan) : sim::Runner::run(plan);
        if (verdict.broken)
            FAIL(sim::Runner::report(sim::Runner::shrunk(plan, verdict.broken->law), verdict, kind, operations)
                     .toStdString());
    }
    CHECK(seeds > 0);
}
} // namespace

TEST_CASE("laptops that edit, crash and lose messages end equal to the server, and nothing is lost", "[sim]")
{
    runSeeds(sim::Plan::Kind::Whole, 12, 500, false);
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
