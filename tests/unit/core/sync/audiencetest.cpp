// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/audience.h"
#include "tests/support/catch.h"

#include <rapidcheck.h>

#include <rapidcheck/catch.h>

using namespace tz;

TEST_CASE("a key keeps its parts apart", "[sync][audience]")
{
    rc::prop("round trip", [] {
        const int entity = *rc::gen::inRange(0, 1 << 20);
        const auto kind = audience::Kind(*rc::gen::inRange(0, 4));
        const qint64 number = *rc::gen::inRange<qint64>(0, (qint64(1) << 38) - 1);
        const qint64 key = audience::key(entity, kind, number);
        RC_ASSERT(key >= 0);
        RC_ASSERT(audience::entityOf(key) == entity);
        RC_ASSERT(audience::kindOf(key) == kind);
        RC_ASSERT(audience::numberOf(key) == number);
    });
}

TEST_CASE("a record is seen through its owner's and its team's keys", "[sync][audience]")
{
    Entity account;
    account.fullName = QStringLiteral("test.account");
    for (const auto &[name, type] : {std::pair{"owner", FieldType::User}, std::pair{"team", FieldType::Team}}) {
        Field field;
        field.name = QString::fromLatin1(name);
        field.type = type;
        account.fields.push_back(field);
    }
    account.seal();
    const Id li = Id::fromName(u"li"), north = Id::fromName(u"north");
    const auto number = [&](const Id &id) { return id == li ? 5 : 9; };
    Record record(account, Id::fromName(u"1"));
    CHECK(audience::recordKeys(3, record, number).empty());
    record.set(u"owner", Value(li));
    record.set(u"team", Value(north));
    const std::vector<qint64> expected{audience::key(3, audience::Kind::Team, 9),
                                       audience::key(3, audience::Kind::User, 5)};
    CHECK(audience::recordKeys(3, record, number) == expected);
}

TEST_CASE("without an owner field a record belongs to its creator", "[sync][audience]")
{
    Entity note;
    Field field;
    field.name = QStringLiteral("created_by");
    field.type = FieldType::User;
    note.fields.push_back(field);
    note.seal();
    Record record(note, Id::fromName(u"1"));
    record.set(u"created_by", Value(Id::fromName(u"li")));
    CHECK(audience::recordKeys(2, record, [](const Id &) { return 7; }) ==
          std::vector<qint64>{audience::key(2, audience::Kind::User, 7)});
}
