// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/messages.h"
#include "tests/support/catch.h"

using namespace tz;

TEST_CASE("the part of a sentence that needs a value is left out where there is none", "[messages]")
{
    const QVariantMap known{{QStringLiteral("name"), QStringLiteral("citty")},
                            {QStringLiteral("suggestion"), QStringLiteral("city")},
                            {QStringLiteral("entity"), QStringLiteral("shop.customer")}};
    CHECK(describe(Error("query.unknown_field", known)) ==
          QStringLiteral("There is no field “citty” in shop.customer. Did you mean city?"));
    CHECK(describe(Error("query.unknown_entity", {{QStringLiteral("name"), QStringLiteral("x")}})) ==
          QLatin1String("There is no kind of record called x."));
}
