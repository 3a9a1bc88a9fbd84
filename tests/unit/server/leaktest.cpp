// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leakworld.h"
#include "tests/support/catch.h"

using namespace tz;
using namespace tz::test;

namespace {
quint64 number(const char *name, quint64 fallback)
{
    bool ok = false;
    const quint64 value = qEnvironmentVariable(name).toULongLong(&ok);
    return ok ? value : fallback;
}

/// From TZ_SEED (1; 0 is chance), TZ_LEAK_SEEDS of them (3) or as many as were given by `fallback`.
void runSeeds(quint64 part, quint64 parts, quint64 fallback)
{
    quint64 first = number("TZ_SEED", 1);
    if (first == 0)
        first = SystemEntropy().next64() >> 16;
    const quint64 seeds = number("TZ_LEAK_SEEDS", fallback);
    LeakWorld::Counts all;
    for (quint64 seed = first + part; seed < first + seeds; seed += parts) {
        UNSCOPED_INFO("seed " << seed);
        LeakWorld world(seed);
        world.run(int(number("TZ_LEAK_STEPS", 200)));
        const LeakWorld::Counts &counts = world.counts();
        CHECK(counts.files > 20);
        CHECK(counts.seen > 1000);
        CHECK(counts.forbidden > 300);
        all.answers += counts.answers;
        all.files += counts.files;
        all.seen += counts.seen;
        all.forbidden += counts.forbidden;
        all.evicted += counts.evicted;
        all.conflicts += counts.conflicts;
        all.refused += counts.refused;
        all.contents += counts.contents;
        all.denied += counts.denied;
    }
    std::fprintf(stderr,
                 "%lld answers and %lld folders searched: %lld markers found that may be seen, none of others "
                 "(%lld pairs of a user and a marker out of sight); %lld records evicted, %lld conflicts, %lld refused "
                 "batches, %lld contents, %lld requests turned away\n",
                 all.answers, all.files, all.seen, all.forbidden, all.evicted, all.conflicts, all.refused, all.contents,
                 all.denied);
}
} // namespace

TEMPLATE_TEST_CASE_SIG("whatever changes, no answer and no laptop holds what its user may not see", "[leaks]",
                       ((int part), part), 0, 1, 2)
{
    runSeeds(part, 3, 6);
}
