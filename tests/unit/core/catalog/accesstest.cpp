// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/access.h"
#include "tests/support/catch.h"

using namespace tz;

namespace {
const QString sales = QStringLiteral("sales");
const QString lead = QStringLiteral("sales_manager");
const QString cost = QStringLiteral("cost");
} // namespace

TEST_CASE("several roles together may what any of them may", "[catalog][access]")
{
    AccessRules rules;
    rules[sales] = {Reach::Team, Reach::Own, true, false, false, {cost}};
    rules[lead] = {Reach::All, Reach::All, false, true, true, {}};
    const Grant both = effectiveGrant(rules, {sales, lead});
    CHECK(both.read == Reach::All);
    CHECK(both.write == Reach::All);
    CHECK(both.create);
    CHECK(both.remove);
    CHECK(both.assign);
    // A field stays hidden only if every role that may read hides it.
    CHECK(both.hidden.isEmpty());
    CHECK(effectiveGrant(rules, {sales}).hidden == QSet<QString>{cost});
}

TEST_CASE("without a rule nothing is granted, but everything to the administrator", "[catalog][access]")
{
    AccessRules rules;
    rules[sales] = {Reach::Team, Reach::Own, true, false, false, {}};
    CHECK(effectiveGrant(rules, {QStringLiteral("viewer")}).read == Reach::None);
    CHECK(effectiveGrant(rules, {QStringLiteral("admin")}).write == Reach::All);
    rules[QStringLiteral("admin")] = {Reach::All, Reach::None, false, false, false, {}};
    CHECK(effectiveGrant(rules, {QStringLiteral("admin")}).write == Reach::None);
    rules[QStringLiteral("*")] = {Reach::Own, Reach::Own, false, false, false, {cost}};
    CHECK(effectiveGrant(rules, {}).read == Reach::Own);
    CHECK(effectiveGrant(rules, {sales}).hidden.isEmpty());
}
