// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/fieldclock.h"
#include "core/sync/hybridclock.h"
#include "generators.h"
#include "tests/support/catch.h"

#include <rapidcheck/catch.h>

using namespace tz;

TEST_CASE("field clocks survive their compact form", "[sync][clock]")
{
    rc::prop("round trip",
             [](qint64 madeRev, qint64 madeMs, const std::vector<std::tuple<short, qint64, int, qint64>> &fields) {
                 RecordClock clock(FieldClock{madeRev, 7, madeMs});
                 for (const auto &[field, rev, writer, ms] : fields)
                     clock.set(std::abs(int(field)), {rev, std::abs(qint64(writer)), ms});
                 const auto back = RecordClock::decode(clock.encode(), madeRev);
                 RC_ASSERT(back.has_value());
                 RC_ASSERT(*back == clock);
             });
    rc::prop("random bytes", [](const std::vector<char> &bytes) {
        (void)RecordClock::decode(QByteArrayView(bytes.data(), qsizetype(bytes.size())), 5);
    });
}

TEST_CASE("six edited fields cost about forty bytes, none cost eight", "[sync][clock]")
{
    RecordClock clock(FieldClock{1000, 3, 1'790'000'000'000});
    CHECK(clock.encode().size() <= 8);
    for (int field = 0; field < 6; ++field)
        clock.set(field, {1500 + field, 4, 1'790'000'000'000 + 86'400'000});
    CHECK(clock.encode().size() <= 8 + 6 * 9);
}

TEST_CASE("a record is changed by others only when another device wrote it after the revision", "[sync][clock]")
{
    RecordClock clock(FieldClock{10, 1, 0});
    CHECK_FALSE(clock.changedByOthers(10, 2));
    CHECK(clock.changedByOthers(9, 2));
    CHECK_FALSE(clock.changedByOthers(9, 1));
    clock.set(4, {12, 2, 0});
    CHECK(clock.changedByOthers(10, 1));
    CHECK_FALSE(clock.changedByOthers(10, 2));
}

TEST_CASE("the hybrid clock only goes forward, and heals when it is told the truth", "[sync][clock]")
{
    ManualClock wall(1'000'000);
    HybridClock clock(wall);
    const qint64 first = clock.tick();
    CHECK(HybridClock::millisecondsOf(first) == 1'000'000);
    CHECK(clock.tick() == first + 1);
    wall.setNowMs(500);
    CHECK(clock.tick() == first + 2);
    wall.setNowMs(900'000'000);
    clock.tick();
    clock.setLast(HybridClock::fromMilliseconds(1'000'500));
    wall.setNowMs(1'000'400);
    clock.setOffsetMs(200);
    CHECK(HybridClock::millisecondsOf(clock.tick()) == 1'000'600);
}
