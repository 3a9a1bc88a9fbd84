// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/suggest.h"
#include "tests/support/catch.h"

using tz::closestName;

TEST_CASE("the nearest name is suggested, and nothing where none is near", "[catalog]")
{
    const QStringList names{QStringLiteral("amount"), QStringLiteral("account"), QStringLiteral("close_date")};
    CHECK(closestName(u"amout", names) == QLatin1String("amount"));
    CHECK(closestName(u"acount", names) == QLatin1String("account"));
    CHECK(closestName(u"amuont", names) == QLatin1String("amount"));
    CHECK(closestName(u"Amount", names) == QLatin1String("amount"));
    CHECK(closestName(u"close", names) == QLatin1String("close_date"));
    CHECK(closestName(u"zebra", names).isEmpty());
    CHECK(closestName(u"amount", {}).isEmpty());
}
