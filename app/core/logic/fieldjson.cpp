// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/fieldjson.h"

#include "core/base/decimal.h"
#include "core/logic/judge.h"
#include "core/sync/attachment.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace tz::fieldjson {

namespace {

/// Every number of so many digits is a double that is written with the same digits again.
constexpr double exactInDouble = 1e15;

tl::unexpected<Error> wrong(const Field &field, const QString &expected)
{
    return fail("record.wrong_type", {{QStringLiteral("expected"), expected}}, field.name);
}

/// Text of a container; Qt writes whole documents only.
QByteArray textOf(const QJsonValue &json)
{
    return (json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject()))
        .toJson(QJsonDocument::Compact);
}

Result<Value> number(const Field &field, const QJsonValue &json)
{
    QString digits;
    if (json.isString()) {
        digits = json.toString();
    } else if (json.isDouble()) {
        const QVariant held = json.toVariant();
        const double approximate = json.toDouble();
        if (held.typeId() == QMetaType::LongLong)
            digits = QString::number(held.toLongLong());
        else if (std::abs(approximate) * double(decimal::powerOfTen(field.scale)) < exactInDouble)
            digits = QString::number(approximate, 'f', QLocale::FloatingPointShortest);
        else
            return wrong(field, QStringLiteral("number, of more than 15 digits as a text"));
    } else {
        return wrong(field, QStringLiteral("number"));
    }
    if (const auto value = decimal::fromText(digits, field.scale))
        return Value(*value);
    // Rounding in silence would make another amount of it.
    if (decimal::fromText(digits.left(digits.indexOf(u'.') + 1 + field.scale), field.scale) && digits.contains(u'.'))
        return fail("input.too_many_digits", {{QStringLiteral("digits"), field.scale}}, field.name);
    return wrong(field, QStringLiteral("number"));
}

Result<Value> record(const Field &field, const QJsonValue &json)
{
    const auto id = json.isString() ? Id::fromString(json.toString()) : std::nullopt;
    if (!id)
        return wrong(field, QStringLiteral("id"));
    return Value(*id);
}

Result<Value> time(const Field &field, const QJsonValue &json)
{
    const QDateTime time = json.isString() ? QDateTime::fromString(json.toString(), Qt::ISODateWithMs) : QDateTime();
    // Without an offset nobody knows whose clock is meant.
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return wrong(field, QStringLiteral("YYYY-MM-DDTHH:MM:SSZ"));
    return Value::fromDateTime(time);
}

Result<Value> members(const Field &field, const QJsonValue &json)
{
    if (!json.isArray())
        return wrong(field, QStringLiteral("array"));
    ValueList members;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &member : array) {
        if (field.type == FieldType::Links) {
            TZ_ASSIGN(Value id, record(field, member));
            members.push_back(std::move(id));
        } else if (member.isString()) {
            members.emplace_back(member.toString());
        } else {
            return wrong(field, QStringLiteral("array of texts"));
        }
    }
    return members.empty() ? Value() : Value(std::move(members));
}

Result<Value> plain(const Field &field, const QJsonValue &json)
{
    switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Enum:
    case FieldType::State:
        return json.isString() ? Result<Value>(Value(json.toString())) : wrong(field, QStringLiteral("text"));
    case FieldType::Integer:
    case FieldType::Duration:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent:
        return number(field, json);
    case FieldType::Bool:
        return json.isBool() ? Result<Value>(Value(json.toBool())) : wrong(field, QStringLiteral("true or false"));
    case FieldType::Date: {
        const QString text = json.toString();
        const QDate date = text.size() == 10 ? QDate::fromString(text, Qt::ISODate) : QDate();
        return date.isValid() ? Result<Value>(Value::fromDate(date)) : wrong(field, QStringLiteral("YYYY-MM-DD"));
    }
    case FieldType::DateTime:
        return time(field, json);
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
        return record(field, json);
    case FieldType::Links:
    case FieldType::Tags:
        return members(field, json);
    case FieldType::Address:
    case FieldType::Json:
        if (!json.isObject() && !(json.isArray() && field.type == FieldType::Json))
            return wrong(field, QStringLiteral("object"));
        return Value(QString::fromUtf8(textOf(json)));
    case FieldType::Attachments:
        return fail("record.readonly", {}, field.name);
    case FieldType::Lines:
        break;
    }
    return fail("record.derived", {}, field.name);
}

} // namespace

void write(Json &json, const Field *field, int scale, const Value &value)
{
    if (value.isNull()) {
        json.null();
    } else if (value.isList()) {
        json.beginArray();
        for (const Value &member : value.toList())
            write(json, field && field->type == FieldType::Attachments ? field : nullptr, scale, member);
        json.endArray();
    } else if (value.isId()) {
        json.text(value.toId().toString());
    } else if (value.isBytes()) {
        json.text(QString::fromLatin1(value.toBytes().toHex()));
    } else if (value.isText()) {
        if (const auto file = Attachment::fromValue(value); file && field && field->type == FieldType::Attachments) {
            json.beginObject().key(u"name").text(file->name);
            json.key(u"size").number(file->size);
            json.key(u"type").text(file->type);
            json.key(u"hash").text(QString::fromLatin1(file->hash.toHex())).endObject();
            return;
        }
        const bool structured = field && (field->type == FieldType::Json || field->type == FieldType::Address);
        const QJsonDocument held = structured ? QJsonDocument::fromJson(value.toText().toUtf8()) : QJsonDocument();
        if (held.isNull())
            json.text(value.toText());
        else
            json.raw(held.toJson(QJsonDocument::Compact));
    } else if (field && field->type == FieldType::Bool) {
        json.boolean(value.toBool());
    } else if (field && field->type == FieldType::Date) {
        json.text(value.toDate().toString(Qt::ISODate));
    } else if (field && field->type == FieldType::DateTime) {
        json.text(QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC).toString(Qt::ISODateWithMs));
    } else {
        json.digits(decimal::toText(value.toInteger(), scale));
    }
}

Result<Value> read(const Field &field, const QJsonValue &json)
{
    if (json.isNull() || json.isUndefined())
        return Value();
    TZ_ASSIGN(Value value, plain(field, json));
    return checkedValue(field, std::move(value));
}

} // namespace tz::fieldjson
