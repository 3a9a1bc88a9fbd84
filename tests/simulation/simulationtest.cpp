// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/world.h"
#include "tests/support/catch.h"

using namespace tz;

namespace {
quint64 number(const char *name, quint64 fallback)
{
    bool ok = false;
    const quint64 value = qEnvironmentVariable(name).toULongLong(&ok);
    return ok ? value : fallback;
}

void runSeeds(sim::Options options, const char *test)
{
    quint64 first = number("TZ_SEED", 1);
    if (first == 0)
        first = SystemEntropy().next64() >> 16;
    const quint64 count = number("TZ_SIM_SEEDS", 20);
    for (quint64 seed = first; seed < first + count; ++seed) {
        INFO("repeat with: TZ_SEED=" << seed << " TZ_SIM_SEEDS=1 simulation_test \"" << test << '"');
        options.seed = seed;
        sim::World world(options);
        world.run();
    }
}
} // namespace

TEST_CASE("laptops that edit, crash and lose messages end equal to the server, and nothing is lost", "[sim]")
{
    runSeeds({}, "laptops that edit*");
}

TEST_CASE("without faults and scope changes the same holds, with many more conflicts", "[sim]")
{
    sim::Options options;
    options.faultsPerThousand = 0;
    options.crashesPerThousand = 0;
    options.scopesChange = false;
    options.clocksJump = false;
    runSeeds(options, "without faults*");
}

TEST_CASE("the same seed gives the same history", "[sim]")
{
    sim::Options options;
    options.seed = 42;
    options.operations = 150;
    sim::World one(options);
    one.run();
    sim::World two(options);
    two.run();
    CHECK(one.fingerprint() == two.fingerprint());
}
