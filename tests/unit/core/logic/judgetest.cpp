// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/shop.h"

#include "core/logic/numbering.h"

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

const Id me = Id::fromName(u"me");
const Id other = Id::fromName(u"other");
const Id north = Id::fromName(u"north");
const Id south = Id::fromName(u"south");

std::vector<FieldEdit> edits(Draft::Values values)
{
    std::vector<FieldEdit> made;
    for (auto &[field, value] : values)
        made.push_back({field, value, {}});
    return made;
}

Judge judge(Shop &shop, const Actor &actor, Origin origin = Origin::User)
{
    Judge made(*shop.store, shop.contributions, actor, shop.clock.nowMs(), 8 * 3600);
    made.setOrigin(origin);
    return made;
}

Result<Record> created(Shop &shop, const char *entity, Draft::Values values,
                       const Actor &actor = shop::actor({u"admin"_s}), Origin origin = Origin::User)
{
    return judge(shop, actor, origin).created(shop.entity(entity), Id::fromName(u"new"), edits(std::move(values)));
}

} // namespace

TEST_CASE("defaults fill what is not given, and only that", "[judge]")
{
    Shop shop;
    const auto order = created(shop, "shop.order", {{u"title"_s, u"Pumps"_s}}, shop::actor({u"sales"_s}, me, {north}));
    REQUIRE_RESULT(order);
    CHECK(order->value(u"stage") == Value(u"open"_s));
    CHECK(order->value(u"chance") == Value(10'0000));
    CHECK(order->value(u"owner") == Value(me));
    CHECK(order->value(u"team") == Value(north));
    // 2026-09-21 13:46 UTC is the same day in the company's zone.
    CHECK(order->value(u"opened").toDate() == QDate(2026, 9, 21));
    CHECK(order->value(u"created_by") == Value(me));

    const auto nobody =
        created(shop, "shop.order", {{u"title"_s, u"x"_s}, {u"owner"_s, Value()}, {u"opened"_s, Value()}});
    REQUIRE_RESULT(nobody);
    CHECK(nobody->value(u"owner").isNull());
    CHECK(nobody->value(u"opened").isNull());
}

TEST_CASE("values that do not fit are refused with the field", "[judge]")
{
    Shop shop;
    const auto refused = [&](const QString &field, Value value, const char *code) {
        Draft::Values values{{u"name"_s, u"Acme"_s}};
        if (field == u"name")
            values.clear();
        values.emplace_back(field, std::move(value));
        const auto result = created(shop, "shop.customer", values);
        INFO(field.toStdString());
        REQUIRE_ERROR(result, code);
        CHECK(result.error().field == field);
    };
    refused(u"name"_s, Value(), "record.required");
    refused(u"name"_s, QString(41, u'x'), "record.too_long");
    refused(u"name"_s, 5, "record.wrong_type");
    refused(u"name"_s, QString(QChar(0xD800)), "record.wrong_type");
    refused(u"level"_s, u"z"_s, "record.bad_choice");
    refused(u"employees"_s, -1, "record.out_of_range");
    refused(u"employees"_s, u"many"_s, "record.wrong_type");
    refused(u"founded"_s, qint64(99'999'999), "record.out_of_range");
    refused(u"email"_s, u"nobody"_s, "record.bad_email");
    refused(u"address"_s, u"Main Street"_s, "record.wrong_type");
    refused(u"owner"_s, u"me"_s, "record.wrong_type");
    refused(u"friends"_s, ValueList{u"x"_s}, "record.wrong_type");
    refused(u"touched"_s, 1, "record.readonly");
    refused(u"worth"_s, 1, "record.derived");
    refused(u"orders"_s, 1, "record.derived");
    refused(u"created_at"_s, 1, "record.readonly");
    refused(u"colour"_s, 1, "record.unknown_field");
    // Forty characters outside the basic plane are eighty units, and fit.
    QString rare;
    for (int i = 0; i < 40; ++i)
        rare += QString::fromUcs4(U"\U00020BB7");
    CHECK(created(shop, "shop.customer", {{u"name"_s, rare}}));
}

TEST_CASE("texts, sets and objects have one form", "[judge]")
{
    const Entity &customer = *shop::catalog()->entity(u"shop.customer");
    CHECK(checkedValue(*customer.field(u"name"), QString())->isNull());
    CHECK(checkedValue(*customer.field(u"active"), 7) == Value(1));
    CHECK(checkedValue(*customer.field(u"tags"), ValueList{u"b"_s, u"a"_s, u"b"_s}) ==
          Value(ValueList{u"a"_s, u"b"_s}));
    CHECK(checkedValue(*customer.field(u"tags"), u"a"_s) == Value(ValueList{u"a"_s}));
    CHECK(checkedValue(*customer.field(u"tags"), ValueList{})->isNull());
    // As in a text field.
    for (const QString &text : {QString(QChar(0)), QString(QChar(0xd800))}) {
        REQUIRE_ERROR(checkedValue(*customer.field(u"tags"), ValueList{u"a"_s, text}), "record.wrong_type");
        REQUIRE_ERROR(checkedValue(*customer.field(u"name"), text), "record.wrong_type");
    }
    CHECK(checkedValue(*customer.field(u"address"), u"{\"city\": \"Ulm\", \"street\": \"A\"}"_s) ==
          Value(u"{\"city\":\"Ulm\",\"street\":\"A\"}"_s));
    CHECK(checkedValue(*customer.field(u"address"), u"{}"_s)->isNull());
    CHECK(checkedValue(*customer.field(u"mother"), Id())->isNull());
    REQUIRE_ERROR(checkedValue(*customer.field(u"remark"), QString(2 << 20, u'x')), "record.too_long");
}

TEST_CASE("conditions decide what is required and what is readonly", "[judge]")
{
    Shop shop;
    REQUIRE_ERROR(created(shop, "shop.customer", {{u"name"_s, u"A"_s}, {u"level"_s, u"c"_s}}), "record.required");
    const auto small =
        created(shop, "shop.customer", {{u"name"_s, u"A"_s}, {u"level"_s, u"c"_s}, {u"reason"_s, u"tiny"_s}});
    REQUIRE_RESULT(small);
    const Judge admin = judge(shop, shop::actor({u"admin"_s}));
    REQUIRE_ERROR(admin.updated(*small, edits({{u"discount"_s, 10'0000}})), "record.readonly");
    REQUIRE_ERROR(admin.updated(*small, edits({{u"reason"_s, Value()}})), "record.required");
    CHECK(admin.updated(*small, edits({{u"city"_s, u"Ulm"_s}})));

    // What was not filled before the condition came does not block other edits.
    Record old = *small;
    old.set(u"reason", Value());
    CHECK(admin.updated(old, edits({{u"city"_s, u"Ulm"_s}})));
}

TEST_CASE("an edit that changes nothing leaves the record as it is", "[judge]")
{
    Shop shop;
    const auto record = created(shop, "shop.customer", {{u"name"_s, u"A"_s}});
    REQUIRE_RESULT(record);
    shop.clock.advanceMs(1000);
    const auto same = judge(shop, shop::actor({u"admin"_s})).updated(*record, edits({{u"name"_s, u"A"_s}}));
    REQUIRE_RESULT(same);
    CHECK(same->values == record->values);
    const auto changed = judge(shop, shop::actor({u"admin"_s}, other)).updated(*record, edits({{u"name"_s, u"B"_s}}));
    REQUIRE_RESULT(changed);
    CHECK(changed->value(u"modified_at") == Value(shop.clock.nowMs()));
    CHECK(changed->value(u"modified_by") == Value(other));
}

TEST_CASE("states move by declared actions alone", "[judge][states]")
{
    Shop shop;
    const Id customer = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    const Judge admin = judge(shop, shop::actor({u"admin"_s}));
    const auto order = created(shop, "shop.order", {{u"title"_s, u"Pumps"_s}});
    REQUIRE_RESULT(order);
    REQUIRE_ERROR(admin.updated(*order, edits({{u"stage"_s, u"won"_s}})), "record.state_by_action");
    REQUIRE_ERROR(admin.acted(*order, u"dance"_s, {}), "action.unknown");
    REQUIRE_ERROR(admin.acted(*order, u"win"_s, {}), "action.not_from_here");

    const auto offered = admin.acted(*order, u"offer"_s, {});
    REQUIRE_RESULT(offered);
    CHECK(offered->value(u"stage") == Value(u"offered"_s));
    const auto missing = admin.acted(*offered, u"win"_s, {});
    REQUIRE_ERROR(missing, "action.missing");
    CHECK(missing.error().field == u"customer"_s);

    Record ready = *offered;
    ready.set(u"customer", Value(customer));
    const auto won = admin.acted(ready, u"win"_s, edits({{u"due"_s, 20'000}, {u"note"_s, u"for the function"_s}}));
    REQUIRE_RESULT(won);
    CHECK(won->value(u"due") == Value(20'000));
    // Set by the action, though readonly; computed in the new state.
    CHECK(won->value(u"closed").toDate() == QDate(2026, 9, 21));
    CHECK(won->value(u"chance") == Value(100'0000));
    // Already there: nothing happens.
    CHECK(admin.acted(*won, u"win"_s, {})->values == won->values);

    const auto lost = admin.acted(*order, u"lose"_s, {});
    REQUIRE_RESULT(lost);
    REQUIRE_ERROR(admin.acted(*lost, u"approve"_s, {}), "action.not_allowed_now");
}

TEST_CASE("a record may begin where one action leads, and anywhere in history", "[judge][states]")
{
    Shop shop;
    const auto offered = created(shop, "shop.order", {{u"title"_s, u"x"_s}, {u"stage"_s, u"offered"_s}});
    REQUIRE_RESULT(offered);
    CHECK(offered->value(u"stage") == Value(u"offered"_s));
    REQUIRE_ERROR(created(shop, "shop.order", {{u"title"_s, u"x"_s}, {u"stage"_s, u"won"_s}}),
                  "record.state_by_action");
    REQUIRE_ERROR(created(shop, "shop.order", {{u"title"_s, u"x"_s}, {u"stage"_s, u"dreamt"_s}}), "record.bad_choice");

    const Draft::Values past{{u"title"_s, u"x"_s},
                             {u"stage"_s, u"won"_s},
                             {u"closed"_s, 17'000},
                             {u"created_at"_s, qint64(1'500'000'000'000)}};
    const auto won = created(shop, "shop.order", past, shop::actor({u"manager"_s}), Origin::Import);
    REQUIRE_RESULT(won);
    CHECK(won->value(u"stage") == Value(u"won"_s));
    CHECK(won->value(u"closed") == Value(17'000));
    CHECK(won->value(u"created_at") == Value(qint64(1'500'000'000'000)));
    // Who may not write all orders cannot make history.
    REQUIRE_ERROR(created(shop, "shop.order", past, shop::actor({u"sales"_s}, me, {north}), Origin::Import),
                  "record.readonly");
}

TEST_CASE("the origin of a change is read from the batch", "[judge]")
{
    Contributions contributions;
    contributions.effect(u"shop.customer"_s, [](const EffectContext &) -> Result<> { return {}; });
    const auto change = [](ChangeKind kind, const QString &entity) {
        Change made;
        made.kind = kind;
        made.entity = entity;
        return made;
    };
    const std::vector<Change> changes{change(ChangeKind::Create, u"shop.order"_s),
                                      change(ChangeKind::Update, u"shop.customer"_s),
                                      change(ChangeKind::Update, u"shop.order"_s)};
    CHECK(originOf(u"edit", changes, 1, contributions) == Origin::User);
    CHECK(originOf(u"", changes, 2, contributions) == Origin::Function);
    CHECK(originOf(u"import:a.csv", changes, 0, contributions) == Origin::Import);
    CHECK(originOf(u"undo", changes, 0, contributions) == Origin::Undo);
    CHECK(originOf(u"undone", changes, 0, contributions) == Origin::User);
    const std::vector<Change> acted{change(ChangeKind::Action, u"shop.order"_s),
                                    change(ChangeKind::Update, u"shop.order"_s)};
    CHECK(originOf(u"", acted, 0, contributions) == Origin::User);
    CHECK(originOf(u"", acted, 1, contributions) == Origin::Function);
}

TEST_CASE("rules may set fields and refuse; what they set is checked too", "[judge][rules]")
{
    Shop shop;
    shop.contributions.rule(u"shop.customer"_s, [](const RuleContext &context) -> Result<> {
        if (context.after.value(u"city").toText() == u"Atlantis")
            return fail("shop.sunk", {}, u"city"_s);
        if (context.changed(u"name"))
            context.after.set(u"touched",
                              Value(context.before ? context.before->value(u"touched").toInteger() + 1 : 1));
        if (context.after.value(u"city").toText() == u"Wrong")
            context.after.set(u"level", Value(u"nonsense"_s));
        return {};
    });
    const auto record = created(shop, "shop.customer", {{u"name"_s, u"A"_s}});
    REQUIRE_RESULT(record);
    CHECK(record->value(u"touched") == Value(1));
    const Judge admin = judge(shop, shop::actor({u"admin"_s}));
    CHECK(admin.updated(*record, edits({{u"name"_s, u"B"_s}}))->value(u"touched") == Value(2));
    CHECK(admin.updated(*record, edits({{u"city"_s, u"Ulm"_s}}))->value(u"touched") == Value(1));
    REQUIRE_ERROR(admin.updated(*record, edits({{u"city"_s, u"Atlantis"_s}})), "shop.sunk");
    REQUIRE_ERROR(admin.updated(*record, edits({{u"city"_s, u"Wrong"_s}})), "record.bad_choice");
    Record merged = *record;
    merged.set(u"city", Value(u"Atlantis"_s));
    const auto checked = admin.checkMerged(&*record, merged, {});
    REQUIRE_ERROR(checked, "record.merged_invalid");
    REQUIRE(checked.error().cause);
    CHECK(checked.error().cause->is("shop.sunk"));
}

TEST_CASE("reach is judged by owner and team", "[judge][rights]")
{
    Shop shop;
    Record record = *created(shop, "shop.customer", {{u"name"_s, u"A"_s}});
    const auto owned = [&](const Id &owner, const Id &team) {
        record.set(u"owner", owner.isNull() ? Value() : Value(owner));
        record.set(u"team", team.isNull() ? Value() : Value(team));
    };
    const Judge sales = judge(shop, shop::actor({u"sales"_s}, me, {north}));
    owned(me, south);
    CHECK(sales.mayRead(record));
    CHECK(sales.mayUpdate(record, record));
    owned(other, north);
    CHECK(sales.mayRead(record));
    REQUIRE_ERROR(sales.mayUpdate(record, record), "access.write_denied");
    owned(other, south);
    CHECK_FALSE(sales.mayRead(record));
    owned({}, {});
    CHECK_FALSE(sales.mayRead(record));
    CHECK(judge(shop, shop::actor({u"viewer"_s})).mayRead(record));
    CHECK_FALSE(judge(shop, shop::actor({u"stranger"_s})).mayRead(record));
    CHECK(judge(shop, shop::actor({u"admin"_s})).mayDelete(record));
    // Two roles: the wider counts.
    CHECK(judge(shop, shop::actor({u"sales"_s, u"manager"_s})).mayDelete(record));
}

TEST_CASE("giving records away needs the right to assign", "[judge][rights]")
{
    Shop shop;
    const Judge sales = judge(shop, shop::actor({u"sales"_s}, me, {north}));
    const Judge manager = judge(shop, shop::actor({u"manager"_s}, me, {north}));
    const auto mine = sales.created(shop.entity("shop.customer"), Id::fromName(u"x"), edits({{u"name"_s, u"A"_s}}));
    REQUIRE_RESULT(mine);
    CHECK(sales.mayCreate(*mine));
    const auto given = sales.updated(*mine, edits({{u"owner"_s, other}}));
    REQUIRE_RESULT(given);
    REQUIRE_ERROR(sales.mayUpdate(*mine, *given), "access.assign_denied");
    CHECK(manager.mayUpdate(*mine, *given));
    REQUIRE_ERROR(sales.mayCreate(*given), "access.assign_denied");
    Record elsewhere = *mine;
    elsewhere.set(u"team", south);
    REQUIRE_ERROR(sales.mayCreate(elsewhere), "access.assign_denied");
    Record secret = *mine;
    secret.set(u"secret", Value(u"x"_s));
    REQUIRE_ERROR(sales.mayCreate(secret), "access.field_hidden");
    REQUIRE_ERROR(sales.mayUpdate(*mine, secret), "access.field_hidden");
}

TEST_CASE("a record follows its owner's team", "[judge]")
{
    Shop shop;
    const Id user = shop.create("foundation.user", {{u"name"_s, u"Li"_s}, {u"team"_s, south}});
    const auto record = created(shop, "shop.customer", {{u"name"_s, u"A"_s}, {u"owner"_s, user}},
                                shop::actor({u"admin"_s}, me, {north}));
    REQUIRE_RESULT(record);
    CHECK(record->value(u"team") == Value(south));
    const Judge admin = judge(shop, shop::actor({u"admin"_s}, me, {north}));
    const auto back = admin.updated(*record, edits({{u"owner"_s, me}}));
    REQUIRE_RESULT(back);
    CHECK(back->value(u"team") == Value(north));
    CHECK(admin.updated(*record, edits({{u"owner"_s, me}, {u"team"_s, south}}))->value(u"team") == Value(south));
}

TEST_CASE("children are judged by their root", "[judge][rights]")
{
    Shop shop;
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}, {u"owner"_s, other}, {u"team"_s, north}});
    const Id id = shop.create("shop.line", {{u"order"_s, order}, {u"item"_s, u"Pump"_s}});
    const Record line = shop.find("shop.line", id);
    const Judge owner = judge(shop, shop::actor({u"sales"_s}, other));
    const Judge colleague = judge(shop, shop::actor({u"sales"_s}, me, {north}));
    const Judge stranger = judge(shop, shop::actor({u"sales"_s}, me, {south}));
    CHECK(owner.mayUpdate(line, line));
    CHECK(owner.mayCreate(line));
    CHECK(owner.mayDelete(line));
    CHECK(colleague.mayRead(line));
    REQUIRE_ERROR(colleague.mayUpdate(line, line), "access.write_denied");
    REQUIRE_ERROR(colleague.mayCreate(line), "access.create_denied");
    REQUIRE_ERROR(colleague.mayDelete(line), "access.delete_denied");
    CHECK_FALSE(stranger.mayRead(line));
    CHECK(owner.rootOf(line)->id == order);
    Record lost = line;
    lost.set(u"order", Id::fromName(u"nowhere"));
    REQUIRE_ERROR(owner.rootOf(lost), "record.unknown_parent");
    CHECK_FALSE(owner.mayRead(lost));
}

TEST_CASE(
    "where an action names roles, only they and the administrator may do it, and to see the record is enough for them",
    "[judge][rights]")
{
    Shop shop;
    const auto order = created(shop, "shop.order", {{u"title"_s, u"x"_s}});
    const Entity &entity = shop.entity("shop.order");
    const Judge viewer = judge(shop, shop::actor({u"viewer"_s}, other));
    REQUIRE_ERROR(viewer.mayAct(*order, *entity.action(u"offer")), "access.action_denied");
    CHECK(viewer.mayAct(*order, *entity.action(u"approve")));
    CHECK(judge(shop, shop::actor({u"sales"_s}, me)).mayAct(*order, *entity.action(u"offer")));

    // Who may write the record, even all of them, is not among the roles.
    const Judge manager = judge(shop, shop::actor({u"manager"_s}, other));
    REQUIRE_ERROR(manager.mayAct(*order, *entity.action(u"approve")), "access.action_denied");
    REQUIRE_ERROR(judge(shop, shop::actor({u"sales"_s}, me)).mayAct(*order, *entity.action(u"void")),
                  "access.action_denied");
    CHECK(manager.mayAct(*order, *entity.action(u"void")));
    CHECK(judge(shop, shop::actor({u"admin"_s}, other)).mayAct(*order, *entity.action(u"approve")));
    // A role alone is no right to records that one may not see.
    CHECK_FALSE(judge(shop, shop::actor({u"sales"_s}, other)).mayRead(*order));
    REQUIRE_ERROR(judge(shop, shop::actor({u"clerk"_s, u"viewer"_s}, other)).mayAct(*order, *entity.action(u"void")),
                  "access.action_denied");
    // To begin in a state is to do the action that leads there.
    const auto beginVoided = [&](const QString &role) {
        return judge(shop, shop::actor({role}, me))
            .created(entity, Id::fromName(u"voided"), edits({{u"title"_s, u"x"_s}, {u"stage"_s, u"voided"_s}}));
    };
    REQUIRE_ERROR(beginVoided(u"sales"_s), "access.action_denied");
    REQUIRE_RESULT(beginVoided(u"manager"_s));
    REQUIRE_RESULT(beginVoided(u"admin"_s));
}

TEST_CASE("entries of a ledger are never changed", "[judge]")
{
    Shop shop;
    const auto entry = created(shop, "shop.entry", {{u"text"_s, u"x"_s}});
    REQUIRE_RESULT(entry);
    REQUIRE_ERROR(judge(shop, shop::actor({u"admin"_s})).updated(*entry, edits({{u"text"_s, u"y"_s}})),
                  "record.append_only");
}

TEST_CASE("an undo takes a state back along the way it came", "[judge][states]")
{
    Shop shop;
    const auto order = created(shop, "shop.order", {{u"title"_s, u"x"_s}});
    const auto offered = judge(shop, shop::actor({u"admin"_s})).acted(*order, u"offer"_s, {});
    REQUIRE_RESULT(offered);
    const Judge undoing = judge(shop, shop::actor({u"admin"_s}), Origin::Undo);
    CHECK(undoing.updated(*offered, edits({{u"stage"_s, u"open"_s}})));
    REQUIRE_ERROR(undoing.updated(*order, edits({{u"stage"_s, u"won"_s}})), "record.state_by_action");
}

TEST_CASE("numbers follow their pattern", "[numbers]")
{
    const QString pattern = u"OPP-{yyyy}-{seq:5}"_s;
    const QDate day(2026, 11, 23);
    CHECK(numbering::finalNumber(pattern, day, 42) == u"OPP-2026-00042"_s);
    CHECK(numbering::provisionalNumber(pattern, day, 7, 3) == u"OPP-2026-D7-3"_s);
    CHECK(numbering::isProvisional(pattern, u"OPP-2025-D12-345"_s));
    CHECK_FALSE(numbering::isProvisional(pattern, u"OPP-2026-00042"_s));
    CHECK_FALSE(numbering::isProvisional(pattern, u"my own"_s));
    CHECK(numbering::sequenceOf(pattern, day, u"OPP-2026-00042"_s) == 42);
    CHECK_FALSE(numbering::sequenceOf(pattern, day, u"OPP-2025-00042"_s).has_value());
    CHECK_FALSE(numbering::sequenceOf(pattern, day, u"OPP-2026-D7-3"_s).has_value());
    CHECK(numbering::series(u"a.b"_s, pattern, day) != numbering::series(u"a.b"_s, pattern, day.addYears(1)));
    CHECK(numbering::finalNumber(u"{yy}{mm}{dd}/{seq}"_s, day, 1234567) == u"261123/1234567"_s);
}
