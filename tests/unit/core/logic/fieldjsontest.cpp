// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/fieldjson.h"
#include "tests/support/catch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

Field fieldOf(FieldType type, int scale = 0)
{
    Field field;
    field.name = u"f"_s;
    field.type = type;
    field.scale = scale;
    return field;
}

QJsonValue parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson("[" + json + "]").array().at(0);
}

/// What is written when this is read; "code" of the error when it is not.
QByteArray through(const Field &field, const QByteArray &json)
{
    const auto value = fieldjson::read(field, parsed(json));
    if (!value)
        return value.error().code + (value.error().field == u"f" ? "" : " of nothing");
    Json out;
    fieldjson::write(out, &field, field.scale, *value);
    return out.result();
}

} // namespace

TEST_CASE("values come back from JSON as they were written", "[fieldjson]")
{
    CHECK(through(fieldOf(FieldType::Text), R"("张三 \"quoted\" \\ \n 😀")") == R"("张三 \"quoted\" \\ \u000a 😀")");
    CHECK(through(fieldOf(FieldType::Text), R"("")") == "null");
    CHECK(through(fieldOf(FieldType::Integer), "9223372036854775807") == "9223372036854775807");
    CHECK(through(fieldOf(FieldType::Integer), "-5") == "-5");
    CHECK(through(fieldOf(FieldType::Money, 4), "12.5") == "12.5");
    CHECK(through(fieldOf(FieldType::Money, 4), "0.1") == "0.1");
    CHECK(through(fieldOf(FieldType::Money, 4), "12500") == "12500");
    CHECK(through(fieldOf(FieldType::Money, 4), R"("922337203685477.5807")") == "922337203685477.5807");
    CHECK(through(fieldOf(FieldType::Bool), "true") == "true");
    CHECK(through(fieldOf(FieldType::Date), R"("2026-11-23")") == R"("2026-11-23")");
    CHECK(through(fieldOf(FieldType::DateTime), R"("2026-11-23T09:30:00+08:00")") == R"("2026-11-23T01:30:00.000Z")");
    CHECK(through(fieldOf(FieldType::Link), R"("0190A0B0-0000-7000-8000-000000000001")") ==
          R"("0190a0b0-0000-7000-8000-000000000001")");
    CHECK(through(fieldOf(FieldType::Tags), R"(["b", "a", "b"])") == R"(["a","b"])");
    CHECK(through(fieldOf(FieldType::Tags), "[]") == "null");
    CHECK(through(fieldOf(FieldType::Address), R"({"city": "北京", "street": "1"})") ==
          R"({"city":"北京","street":"1"})");
    CHECK(through(fieldOf(FieldType::Json), "[1, {}]") == "[1,{}]");
    for (const FieldType type : {FieldType::Text, FieldType::Money, FieldType::Date, FieldType::Tags, FieldType::Json})
        CHECK(through(fieldOf(type), "null") == "null");
}

TEST_CASE("values of the wrong kind are refused at their field", "[fieldjson]")
{
    const QByteArray wrong = "record.wrong_type";
    CHECK(through(fieldOf(FieldType::Text), "5") == wrong);
    CHECK(through(fieldOf(FieldType::Text), "{}") == wrong);
    CHECK(through(fieldOf(FieldType::Text), R"("a\u0000b")") == wrong);
    CHECK(through(fieldOf(FieldType::Integer), "true") == wrong);
    CHECK(through(fieldOf(FieldType::Integer), R"("5 or 1=1")") == wrong);
    CHECK(through(fieldOf(FieldType::Integer), "[]") == wrong);
    CHECK(through(fieldOf(FieldType::Integer), "9223372036854775808") == wrong);
    CHECK(through(fieldOf(FieldType::Integer), "1e300") == wrong);
    CHECK(through(fieldOf(FieldType::Bool), "1") == wrong);
    CHECK(through(fieldOf(FieldType::Date), R"("23.11.2026")") == wrong);
    CHECK(through(fieldOf(FieldType::Date), "20261123") == wrong);
    CHECK(through(fieldOf(FieldType::DateTime), R"("2026-11-23T09:30:00")") == wrong);
    CHECK(through(fieldOf(FieldType::Link), R"("nobody")") == wrong);
    CHECK(through(fieldOf(FieldType::Links), R"(["nobody"])") == wrong);
    CHECK(through(fieldOf(FieldType::Tags), R"("a")") == wrong);
    CHECK(through(fieldOf(FieldType::Tags), "[1]") == wrong);
    CHECK(through(fieldOf(FieldType::Address), R"("street")") == wrong);
    CHECK(through(fieldOf(FieldType::Email), R"("nobody")") == "record.bad_email");
    CHECK(through(fieldOf(FieldType::Attachments), "[]") == "record.readonly");
}

TEST_CASE("an amount is exact or refused, never rounded", "[fieldjson]")
{
    CHECK(through(fieldOf(FieldType::Money, 4), "0.12345") == "input.too_many_digits");
    CHECK(through(fieldOf(FieldType::Integer), "1.5") == "input.too_many_digits");
    CHECK(through(fieldOf(FieldType::Money, 4), R"("0.12345")") == "input.too_many_digits");
    // As a double it would be another number.
    CHECK(through(fieldOf(FieldType::Money, 4), "922337203685477.5807") == "record.wrong_type");
    CHECK(through(fieldOf(FieldType::Money, 4), "100000000000000000.1") == "record.wrong_type");
}
