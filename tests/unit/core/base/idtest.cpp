// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/id.h"
#include "core/base/clock.h"
#include "tests/support/catch.h"

using namespace tz;

TEST_CASE("ids of one source grow, also when the clock stands or is set back", "[id]")
{
    ManualClock clock;
    SeededEntropy entropy(1);
    IdSource ids(clock, entropy);
    Id last = ids.next();
    for (int i = 0; i < 20'000; ++i) {
        if (i == 5'000)
            clock.advanceMs(3);
        if (i == 9'000)
            clock.setNowMs(clock.nowMs() - 3'600'000);
        const Id next = ids.next();
        REQUIRE(next > last);
        last = next;
    }
    CHECK((last.bytes[6] >> 4) == 7);
    CHECK((last.bytes[8] >> 6) == 2);
}

TEST_CASE("an id survives its text and its bytes", "[id]")
{
    const Id id = Id::fromName(u"role:sales");
    CHECK(Id::fromString(id.toString()) == id);
    CHECK(Id::fromString(u'{' + id.toString().toUpper() + u'}') == id);
    CHECK(Id::fromBytes(id.toBytes()) == id);
    CHECK(Id::fromName(u"role:sales") == id);
    CHECK_FALSE(Id::fromString(u"0190"));
    CHECK_FALSE(Id::fromString(u"zz90b6f0-0000-7000-8000-000000000000"));
    CHECK_FALSE(Id::fromBytes("short"));
}
