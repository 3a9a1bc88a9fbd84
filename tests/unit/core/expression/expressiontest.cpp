// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"
#include "core/store/record.h"
#include "tests/unit/core/expression/lab.h"

using namespace tz;
using expression::Expression;
using expression::Kind;

namespace {
struct Lab {
    CatalogPtr catalog = test::labCatalog();
    const Entity &thing = *catalog->entity(u"lab.thing");
    Record record{thing, *Id::fromString(u"01900000-0000-7000-8000-000000000001")};
    expression::Context context;
    expression::Scope scope;

    Lab()
    {
        record.set(u"name", QStringLiteral("华为 Huawei"));
        record.set(u"amount", qint64(12'345'0000));
        record.set(u"rate", qint64(33'3333));
        record.set(u"quantity", qint64(150));
        record.set(u"pieces", 7);
        record.set(u"active", true);
        record.set(u"due", Value::fromDate(QDate(2024, 1, 31)));
        record.set(u"happened", Value::fromDateTime(QDateTime(QDate(2024, 1, 31), QTime(20, 0), Qt::UTC)));
        record.set(u"kind", QStringLiteral("b"));
        record.set(u"stage", QStringLiteral("offer"));
        record.set(u"tags", Value::fromSet({QStringLiteral("vip"), QStringLiteral("north")}));
        record.set(u"place", QStringLiteral("{\"city\": \"深圳\", \"floor\": 3}"));
        context.record = &record;
        context.me = *Id::fromString(u"01900000-0000-7000-8000-0000000000aa");
        context.myTeams = {*Id::fromString(u"01900000-0000-7000-8000-0000000000bb")};
        context.nowMs = QDateTime(QDate(2024, 2, 29), QTime(23, 30), Qt::UTC).toMSecsSinceEpoch();
        context.utcOffsetSeconds = 8 * 3600;
        scope.catalog = catalog.get();
        scope.entity = &thing;
        scope.parameters = {{QStringLiteral("least"), {Kind::Number, 0}}};
    }

    Value operator()(const char *text)
    {
        const auto compiled = Expression::compile(QString::fromUtf8(text), scope);
        INFO(text);
        REQUIRE_RESULT(compiled);
        return compiled.value()->evaluate(context);
    }
    Error error(const char *text)
    {
        const auto compiled = Expression::compile(QString::fromUtf8(text), scope);
        INFO(text);
        REQUIRE_FALSE(compiled.has_value());
        return compiled.error();
    }
};
} // namespace

TEST_CASE("arithmetic is exact, with scales known beforehand", "[expression]")
{
    Lab lab;
    CHECK(lab("1 + 2 * 3") == Value(7));
    CHECK(lab("(1 + 2) * 3") == Value(9));
    CHECK(lab("-2 - -3") == Value(1));
    CHECK(lab("1.5 * 1.5") == Value(225));
    CHECK(lab("10 / 4") == Value(25000));
    CHECK(lab("1 / 3") == Value(3333));
    CHECK(lab("7 % 3") == Value(1));
    CHECK(lab("-7 % 3") == Value(-1));
    CHECK(lab("amount * rate / 100 == weighted") == Value(true));
    // 12345 × 33.3333 / 100 = 4114.995885: rounded once, to four digits.
    CHECK(lab("weighted") == Value(qint64(41'149'959)));
    CHECK(lab("round(2.5)") == Value(3));
    CHECK(lab("round(-2.5)") == Value(-3));
    CHECK(lab("round(2.345, 2)") == Value(235));
    CHECK(lab("floor(-1.5)") == Value(-2));
    CHECK(lab("ceil(-1.5)") == Value(-1));
    CHECK(lab("abs(-4)") == Value(4));
    CHECK(lab("max(1, 2.5, pieces)") == Value(70));
    CHECK(lab("min(pieces, 10)") == Value(7));
}

TEST_CASE("division by zero, overflow and null give null", "[expression]")
{
    Lab lab;
    CHECK(lab("1 / 0").isNull());
    CHECK(lab("1 % 0").isNull());
    CHECK(lab("9223372036854775807 + 1").isNull());
    CHECK(lab("9223372036854775807 * 2").isNull());
    CHECK(lab("note == 'x'").isNull());
    CHECK(lab("amount + null").isNull());
    CHECK(lab("not (note == 'x')").isNull());
    CHECK(lab("note == 'x' or true") == Value(true));
    CHECK(lab("note == 'x' and false") == Value(false));
    CHECK(lab("note == 'x' and true").isNull());
    CHECK(lab("note == 'x' ? 1 : 2") == Value(2));
    CHECK(lab("coalesce(note, name, 'z')") == Value(QStringLiteral("华为 Huawei")));
}

TEST_CASE("null is tested with == null, and an empty text is null", "[expression]")
{
    Lab lab;
    CHECK(lab("note == null") == Value(true));
    CHECK(lab("note != null") == Value(false));
    CHECK(lab("name == null") == Value(false));
    CHECK(lab("note == ''") == Value(true));
    CHECK(lab("empty(note)") == Value(true));
    CHECK(lab("empty(tags)") == Value(false));
    CHECK(lab("friends == null") == Value(true));
    CHECK(lab("trim('   ') == null") == Value(true));
    CHECK(lab("length(note)") == Value(0));
}

TEST_CASE("conditions on texts, choices, states and sets", "[expression]")
{
    Lab lab;
    CHECK(lab("stage in ('offer', 'won')") == Value(true));
    CHECK(lab("stage not in ('open')") == Value(true));
    CHECK(lab("kind == 'b'") == Value(true));
    CHECK(lab("state.probability") == Value(50));
    CHECK(lab("stage.probability + 1") == Value(51));
    CHECK(lab("state.final") == Value(false));
    CHECK(lab("tags has 'vip'") == Value(true));
    CHECK(lab("'north' in tags") == Value(true));
    CHECK(lab("friends has me") == Value(false));
    CHECK(lab("count(tags)") == Value(2));
    CHECK(lab("name ~ 'HUAWEI'") == Value(true));
    CHECK(lab("contains(name, 'HUAWEI')") == Value(false));
    CHECK(lab("starts_with(name, '华为')") == Value(true));
    CHECK(lab("upper(name)") == Value(QStringLiteral("华为 HUAWEI")));
    CHECK(lab("length('𠀀x')") == Value(2));
    CHECK(lab("concat(name, ' ', pieces, ' ', quantity, note)") == Value(QStringLiteral("华为 Huawei 7 1.5")));
    CHECK(lab("place.city") == Value(QStringLiteral("深圳")));
    CHECK(lab("place.floor") == Value(QStringLiteral("3")));
    CHECK(lab("'it''s' == 'it''s'") == Value(true));
    CHECK(lab("owner == me").isNull());
    CHECK(lab("me in my_teams") == Value(false));
}

TEST_CASE("numbers of different scale compare exactly", "[expression]")
{
    Lab lab;
    CHECK(lab("quantity == 1.5") == Value(true));
    CHECK(lab("quantity < 1.50001") == Value(true));
    CHECK(lab("quantity >= 1.49999") == Value(true));
    CHECK(lab("quantity in (1, 1.5)") == Value(true));
    CHECK(lab("amount > quantity") == Value(true));
}

TEST_CASE("dates follow the user's clock", "[expression]")
{
    Lab lab;
    const auto day = [](int y, int m, int d) { return Value::fromDate(QDate(y, m, d)); };
    // 23:30 UTC on the 29th is the 1st of March in Shanghai.
    CHECK(lab("today()") == day(2024, 3, 1));
    CHECK(lab("start_of_week(today())") == day(2024, 2, 26));
    CHECK(lab("start_of_month(due)") == day(2024, 1, 1));
    CHECK(lab("start_of_quarter(date'2024-05-09')") == day(2024, 4, 1));
    CHECK(lab("start_of_year(today())") == day(2024, 1, 1));
    CHECK(lab("add_months(due, 1)") == day(2024, 2, 29));
    CHECK(lab("add_days(due, -31)") == day(2023, 12, 31));
    CHECK(lab("days_between(due, today())") == Value(30));
    CHECK(lab("year(due) * 100 + month(due)") == Value(202401));
    CHECK(lab("quarter(due)") == Value(1));
    // 20:00 UTC is the next day there.
    CHECK(lab("day(happened)") == Value(1));
    CHECK(lab("happened >= date'2024-02-01'") == Value(true));
    CHECK(lab("happened < '2024-02-01'") == Value(false));
    CHECK(lab("due == '2024-01-31'") == Value(true));
    CHECK(lab("happened == '2024-01-31T20:00:00Z'") == Value(true));
}

TEST_CASE("what cannot be understood is said with its place", "[expression]")
{
    Lab lab;
    const auto position = [&](const char *text) {
        return lab.error(text).params.value(QStringLiteral("position")).toInt();
    };
    CHECK(lab.error("amout > 1").code == "expression.unknown_field");
    CHECK(lab.error("amout > 1").params.value(QStringLiteral("suggestion")).toString() == QLatin1String("amount"));
    CHECK(position("1 + amout") == 5);
    CHECK(lab.error("lenght(name)").params.value(QStringLiteral("suggestion")).toString() == QLatin1String("length"));
    CHECK(lab.error("stage == 'wno'").code == "expression.unknown_choice");
    CHECK(lab.error("amount = 1").code == "expression.syntax");
    CHECK(lab.error("amount = 1").params.value(QStringLiteral("expected")).toString() == QLatin1String("=="));
    CHECK(lab.error("name + 1").code == "expression.type");
    CHECK(lab.error("name > 1").code == "expression.type");
    CHECK(lab.error("not amount").code == "expression.type");
    CHECK(lab.error("tags == 'vip'").code == "expression.type");
    CHECK(lab.error("1 < 2 < 3").code == "expression.syntax");
    CHECK(lab.error("'open").code == "expression.syntax");
    CHECK(lab.error("").code == "expression.syntax");
    CHECK(lab.error("(1").code == "expression.syntax");
    CHECK(lab.error("param('leats')").code == "expression.unknown_parameter");
    CHECK(lab.error("kind in (name)").code == "expression.type");
    CHECK(lab.error("name.x").code == "expression.type");
    CHECK(lab.error(QByteArray(200, '(').constData()).code == "expression.too_deep");
    CHECK(lab.error(QByteArray(20'000, '1').constData()).code == "expression.too_long");
    CHECK(lab.error("1.123456789").code == "expression.type");
}

TEST_CASE("a program can ask for values without building text", "[expression]")
{
    Lab lab;
    const auto any = Expression::fieldIn(QStringLiteral("kind"), {QStringLiteral("a"), QStringLiteral("b")}, lab.scope);
    REQUIRE_RESULT(any);
    CHECK(any.value()->holds(lab.context));
    const auto none = Expression::fieldIn(QStringLiteral("note"), {Value()}, lab.scope);
    REQUIRE_RESULT(none);
    CHECK(none.value()->holds(lab.context));
    const auto tagged = Expression::fieldIn(QStringLiteral("tags"), {QStringLiteral("vip")}, lab.scope);
    REQUIRE_RESULT(tagged);
    CHECK(tagged.value()->holds(lab.context));
    const auto empty = Expression::fieldIn(QStringLiteral("kind"), {}, lab.scope);
    REQUIRE_RESULT(empty);
    CHECK_FALSE(empty.value()->holds(lab.context));
    const auto both = Expression::both(*any, *tagged);
    CHECK(both->holds(lab.context));
    CHECK(both->paths() == QStringList{QStringLiteral("kind"), QStringLiteral("tags")});
    // The text says the same.
    for (const auto &made : {*any, *none, *tagged, *empty, both}) {
        const auto again = Expression::compile(made->text(), lab.scope);
        INFO(made->text().toStdString());
        if (made != *empty)
            REQUIRE_RESULT(again);
        if (again)
            CHECK(again.value()->evaluate(lab.context) == made->evaluate(lab.context));
    }
}

TEST_CASE("what depends on time, user or other records is volatile", "[expression]")
{
    Lab lab;
    const auto isVolatile = [&](const char *text) {
        return Expression::compile(QString::fromUtf8(text), lab.scope).value()->isVolatile();
    };
    CHECK_FALSE(isVolatile("amount * rate"));
    CHECK_FALSE(isVolatile("state.probability"));
    CHECK(isVolatile("today()"));
    CHECK(isVolatile("owner == me"));
    CHECK(isVolatile("other.name"));
    CHECK(isVolatile("caption"));
    CHECK(isVolatile("year(happened)"));
}
