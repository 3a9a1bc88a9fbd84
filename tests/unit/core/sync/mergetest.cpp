// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/merge.h"
#include "core/sync/valuejson.h"
#include "generators.h"
#include "tests/support/catch.h"

#include <rapidcheck/catch.h>

using namespace tz;

namespace {
const Entity &account()
{
    static const Entity entity = [] {
        Entity e;
        e.fullName = QStringLiteral("test.account");
        const auto add = [&](const char *name, FieldType type, const char *group = "") {
            Field field;
            field.name = QString::fromLatin1(name);
            field.type = type;
            field.group = QString::fromLatin1(group);
            e.fields.push_back(std::move(field));
        };
        add("name", FieldType::Text);
        add("industry", FieldType::Text);
        add("street", FieldType::Text, "address");
        add("city", FieldType::Text, "address");
        add("tags", FieldType::Tags);
        add("note", FieldType::LongText);
        e.seal();
        return e;
    }();
    return entity;
}

/// A record with its clocks, as the server keeps it.
struct Held {
    Record record{account(), Id::fromName(u"1")};
    RecordClock clock{FieldClock{1, 0, 0}};
    qint64 rev = 1;

    merge::Outcome apply(const std::vector<FieldEdit> &edits, const merge::Author &author)
    {
        const merge::Outcome outcome =
            merge::update(record, edits, author, {[&](int field) { return clock.at(field); }, {}});
        ++rev;
        for (const FieldEdit &edit : outcome.apply) {
            const int index = account().indexOf(edit.field);
            record.values[size_t(index)] = edit.value;
            clock.set(index, {rev, author.writer, author.ms});
        }
        return outcome;
    }
};

Value text(const char *utf8)
{
    return Value(QString::fromUtf8(utf8));
}

FieldEdit edit(const char *field, Value value, Value was = {})
{
    return {QString::fromLatin1(field), std::move(value), std::move(was)};
}
} // namespace

TEST_CASE("edits of different fields both stand", "[sync][merge]")
{
    Held held;
    CHECK(held.apply({edit("name", text("A"))}, {1, 100, 1, true}).conflicts.empty());
    CHECK(held.apply({edit("industry", text("steel"))}, {2, 50, 1, true}).conflicts.empty());
    CHECK(held.record.value(u"name") == text("A"));
    CHECK(held.record.value(u"industry") == text("steel"));
}

TEST_CASE("of two concurrent edits the later stands and the other is kept as a conflict", "[sync][merge]")
{
    Held held;
    held.apply({edit("name", text("A"))}, {1, 100, 1, true});
    SECTION("the later one arrives second")
    {
        const auto outcome = held.apply({edit("name", text("B"))}, {2, 200, 1, true});
        REQUIRE(outcome.conflicts.size() == 1);
        CHECK(held.record.value(u"name") == text("B"));
        CHECK(outcome.conflicts[0].lost == text("A"));
        CHECK_FALSE(outcome.conflicts[0].editLost);
        CHECK(outcome.conflicts[0].held.writer == 1);
    }
    SECTION("the earlier one arrives second")
    {
        const auto outcome = held.apply({edit("name", text("B"))}, {2, 50, 1, true});
        REQUIRE(outcome.conflicts.size() == 1);
        CHECK(held.record.value(u"name") == text("A"));
        CHECK(outcome.conflicts[0].lost == text("B"));
        CHECK(outcome.conflicts[0].editLost);
    }
}

TEST_CASE("whoever saw the other edit makes no conflict, however wrong the clocks are", "[sync][merge]")
{
    Held held;
    held.apply({edit("name", text("A"))}, {1, 1'000'000, 1, true});
    const auto outcome = held.apply({edit("name", text("B"), text("A"))}, {2, 5, held.rev, true});
    CHECK(outcome.conflicts.empty());
    CHECK(held.record.value(u"name") == text("B"));
}

TEST_CASE("two offline edits of one device do not conflict with each other", "[sync][merge]")
{
    Held held;
    held.apply({edit("name", text("A"))}, {1, 100, 1, true});
    const auto outcome = held.apply({edit("name", text("B"), text("A"))}, {1, 101, 1, true});
    CHECK(outcome.conflicts.empty());
    CHECK(held.record.value(u"name") == text("B"));
}

TEST_CASE("where revisions cannot be compared the replaced value decides", "[sync][merge]")
{
    Held held;
    held.apply({edit("name", text("A"))}, {1, 100, 1, true});
    CHECK(held.apply({edit("name", text("B"), text("A"))}, {2, 50, 0, false}).conflicts.empty());
    CHECK(held.record.value(u"name") == text("B"));
    CHECK(held.apply({edit("name", text("C"), text("A"))}, {1, 10, 0, false}).conflicts.size() == 1);
    CHECK(held.record.value(u"name") == text("B"));
}

TEST_CASE("half of two addresses is none", "[sync][merge]")
{
    Held held;
    held.apply({edit("street", text("A street")), edit("city", text("A city"))}, {1, 100, 1, true});
    SECTION("a whole address that is later replaces the other one wholly")
    {
        const auto outcome =
            held.apply({edit("street", text("B street")), edit("city", text("B city"))}, {2, 200, 1, true});
        CHECK(outcome.conflicts.size() == 2);
        CHECK(held.record.value(u"street") == text("B street"));
        CHECK(held.record.value(u"city") == text("B city"));
    }
    SECTION("a field that only completes the group goes with it")
    {
        held.apply({edit("street", text("B street")), edit("city", Value(), Value())}, {2, 200, 1, true});
        CHECK(held.record.value(u"street") == text("B street"));
        CHECK(held.record.value(u"city") == Value());
    }
    SECTION("half an address loses even when it is later")
    {
        const auto outcome = held.apply({edit("street", text("B street"))}, {2, 200, 1, true});
        REQUIRE(outcome.conflicts.size() == 1);
        CHECK(outcome.conflicts[0].editLost);
        CHECK(held.record.value(u"street") == text("A street"));
        CHECK(held.record.value(u"city") == text("A city"));
    }
}

TEST_CASE("sets merge by member, and an addition beats a concurrent removal", "[sync][merge]")
{
    Held held;
    const Value x = text("x"), y = text("y"), z = text("z");
    held.record.set(u"tags", Value::fromSet({x, y}));
    const auto outcome = held.apply({edit("tags", Value::fromSet({y, z}), Value::fromSet({x, y}))}, {2, 1, 1, true});
    CHECK(outcome.conflicts.empty());
    CHECK(held.record.value(u"tags") == Value::fromSet({y, z}));
    CHECK(merge::member(Value::fromSet({x, y}), x, false, true) == Value::fromSet({x, y}));
    CHECK(merge::member(Value::fromSet({x, y}), x, false, false) == Value::fromSet({y}));
    CHECK(merge::member(Value(), x, true, false) == Value::fromSet({x}));
}

TEST_CASE("merging: same value no conflict, twice is once, order decides nothing but is the winner's", "[sync][merge]")
{
    rc::prop("the same value twice is no conflict", [] {
        Held held;
        const Value value = *generators::scalar();
        held.apply({edit("name", value)}, {1, 100, 1, true});
        RC_ASSERT(held.apply({edit("name", value)}, {2, 50, 1, true}).conflicts.empty());
        RC_ASSERT(held.record.value(u"name") == value);
    });
    rc::prop("an edit applied twice changes nothing more", [] {
        Held held;
        held.apply({edit("name", *generators::scalar())}, {1, *rc::gen::inRange(0, 5), 1, true});
        const std::vector<FieldEdit> edits{edit("name", *generators::scalar())};
        const merge::Author author{2, *rc::gen::inRange(0, 5), 1, true};
        held.apply(edits, author);
        const Value after = held.record.value(u"name");
        if (after == edits[0].value) {
            RC_ASSERT(held.apply(edits, author).apply.empty());
            RC_ASSERT(held.record.value(u"name") == after);
        }
    });
    rc::prop("two concurrent edits give the same record and the same lost value in either order", [] {
        const Value a = *generators::scalar(), b = *generators::scalar();
        RC_PRE(a != b && !a.isNull() && !b.isNull());
        const merge::Author one{1, *rc::gen::inRange(0, 4), 1, true};
        const merge::Author two{2, *rc::gen::inRange(0, 4), 1, true};
        Held forth, back;
        forth.apply({edit("name", a)}, one);
        const auto last = forth.apply({edit("name", b)}, two);
        back.apply({edit("name", b)}, two);
        const auto first = back.apply({edit("name", a)}, one);
        RC_ASSERT(forth.record.values == back.record.values);
        RC_ASSERT(last.conflicts.size() == 1u);
        RC_ASSERT(first.conflicts.size() == 1u);
        RC_ASSERT(last.conflicts[0].lost == first.conflicts[0].lost);
    });
}

TEST_CASE("values survive their JSON form in conflicts", "[sync][json]")
{
    rc::prop("round trip", [] {
        const Value value = *generators::value();
        RC_ASSERT(valueFromJson(valueToJson(value)) == value);
    });
}

TEST_CASE("a long text keeps what both wrote", "[sync][merge]")
{
    Held held;
    held.apply({edit("note", text("Called.\nOpen: price"))}, {1, 10, 1, true});
    const qint64 seen = held.rev;
    const Value was = held.record.value(u"note");
    CHECK(held.apply({edit("note", text("Called.\nMet.\nOpen: price"), was)}, {1, 100, seen, true}).conflicts.empty());
    const auto outcome = held.apply({edit("note", text("Called.\nOpen: delivery"), was)}, {2, 50, seen, true});
    CHECK(outcome.conflicts.empty());
    CHECK(held.record.value(u"note") == text("Called.\nMet.\nOpen: delivery"));

    SECTION("also what was merged into the last edit of a device that did not see it before its next one")
    {
        CHECK(held.apply({edit("note", text("Called.\nOpen: delivery, colour"), text("Called.\nOpen: delivery"))},
                         {2, 60, seen, true})
                  .conflicts.empty());
        CHECK(held.record.value(u"note") == text("Called.\nMet.\nOpen: delivery, colour"));
    }
    SECTION("and when it had come, but hidden under an edit that waited for its answer")
    {
        CHECK(held.apply({edit("note", text("Called.\nOpen: delivery, colour"), text("Called.\nOpen: delivery"))},
                         {2, 60, held.rev, true})
                  .conflicts.empty());
        CHECK(held.record.value(u"note") == text("Called.\nMet.\nOpen: delivery, colour"));
    }
    SECTION("but whoever saw it may throw it away")
    {
        CHECK(held.apply({edit("note", text("Done."), held.record.value(u"note"))}, {3, 60, held.rev, true})
                  .conflicts.empty());
        CHECK(held.record.value(u"note") == text("Done."));
    }
    SECTION("and where revisions cannot be compared, the text that was replaced decides")
    {
        CHECK(held.apply({edit("note", text("Called twice.\nOpen: price"), was)}, {3, 60, 0, false}).conflicts.empty());
        CHECK(held.record.value(u"note") == text("Called twice.\nMet.\nOpen: delivery"));
    }
}

TEST_CASE("the same words of a long text changed in two ways are a conflict", "[sync][merge]")
{
    Held held;
    held.apply({edit("note", text("price 10"))}, {1, 10, 1, true});
    const qint64 seen = held.rev;
    held.apply({edit("note", text("price 11"), text("price 10"))}, {1, 100, seen, true});
    SECTION("the later stands")
    {
        const auto outcome = held.apply({edit("note", text("price 12"), text("price 10"))}, {2, 200, seen, true});
        REQUIRE(outcome.conflicts.size() == 1);
        CHECK_FALSE(outcome.conflicts[0].editLost);
        CHECK(outcome.conflicts[0].lost == text("price 11"));
        CHECK(held.record.value(u"note") == text("price 12"));
    }
    SECTION("the earlier is kept for its author")
    {
        const auto outcome = held.apply({edit("note", text("price 12"), text("price 10"))}, {2, 50, seen, true});
        REQUIRE(outcome.conflicts.size() == 1);
        CHECK(outcome.conflicts[0].editLost);
        CHECK(outcome.conflicts[0].lost == text("price 12"));
        CHECK(held.record.value(u"note") == text("price 11"));
    }
    SECTION("the same text twice is none")
    {
        CHECK(held.apply({edit("note", text("price 11"), text("price 10"))}, {2, 50, seen, true}).conflicts.empty());
    }
    SECTION("emptying it against somebody's edit is one")
    {
        CHECK(held.apply({edit("note", Value(), text("price 10"))}, {2, 50, seen, true}).conflicts.size() == 1);
        CHECK(held.record.value(u"note") == text("price 11"));
    }
}
