// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/value.h"
#include "tests/support/catch.h"

using namespace tz;

TEST_CASE("dates and times are days and milliseconds since 1970", "[value]")
{
    CHECK(Value::fromDate(QDate(1970, 1, 1)) == Value(0));
    CHECK(Value::fromDate(QDate(2026, 11, 23)).toDate() == QDate(2026, 11, 23));
    CHECK(Value::fromDate(QDate()).isNull());
    const QDateTime time(QDate(2026, 11, 23), QTime(8, 30), Qt::UTC);
    CHECK(Value::fromDateTime(time).toDateTime() == time);
}

TEST_CASE("a set is sorted, has no doubles, and is null when empty", "[value]")
{
    const auto text = [](const char *t) { return Value(QString::fromLatin1(t)); };
    CHECK(Value::fromSet({text("b"), text("a"), text("b")}) == Value(ValueList{text("a"), text("b")}));
    CHECK(Value::fromSet({}).isNull());
}
