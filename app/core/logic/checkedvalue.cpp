// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"
#include "core/logic/judge.h"
#include "core/sync/attachment.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tz {

namespace {

// 0001-01-01 and 9999-12-31 in days since 1970.
constexpr qint64 firstDay = -719162;
constexpr qint64 lastDay = 2932896;
constexpr qint64 dayMs = 86'400'000;

tl::unexpected<Error> wrongType(const Field &field)
{
    return fail("record.wrong_type", {{QStringLiteral("expected"), typeName(field.type)}}, field.name);
}

tl::unexpected<Error> tooLong(const Field &field, qint64 max)
{
    return fail("record.too_long", {{QStringLiteral("max"), max}}, field.name);
}

/// Characters as people count them: a pair of surrogates is one.
qsizetype lengthOf(const QString &text)
{
    qsizetype length = text.size();
    for (const QChar c : text)
        length -= c.isLowSurrogate() ? 1 : 0;
    return length;
}

bool looksLikeEmail(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    if (at <= 0 || at == text.size() - 1)
        return false;
    return std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

/// Half a surrogate pair cannot be written as UTF-8, and SQLite ends texts at a zero.
bool isStorable(const QString &text)
{
    return text.isValidUtf16() && !text.contains(QChar(0));
}

Result<Value> checkedText(const Field &field, Value value)
{
    if (!value.isText())
        return wrongType(field);
    const QString &text = std::get<QString>(value.data());
    if (text.isEmpty())
        return Value();
    if (!isStorable(text))
        return wrongType(field);
    if (field.maxLength > 0 && text.size() > field.maxLength && lengthOf(text) > field.maxLength)
        return tooLong(field, field.maxLength);
    if (text.size() > limits::fieldBytes / 3 && text.toUtf8().size() > limits::fieldBytes)
        return tooLong(field, limits::fieldBytes);
    if (field.type == FieldType::Enum && !field.choice(text))
        return fail("record.bad_choice", {{QStringLiteral("value"), text}}, field.name);
    if (field.type == FieldType::Email && !looksLikeEmail(text))
        return fail("record.bad_email", {{QStringLiteral("value"), text}}, field.name);
    return value;
}

Result<Value> checkedNumber(const Field &field, Value value)
{
    if (!value.isInteger())
        return wrongType(field);
    const qint64 number = value.toInteger();
    if (field.type == FieldType::Bool)
        return Value(number != 0);
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();
    if (field.type == FieldType::Date) {
        least = firstDay;
        most = lastDay;
    } else if (field.type == FieldType::DateTime) {
        least = firstDay * dayMs;
        most = (lastDay + 1) * dayMs - 1;
    }
    least = std::max(least, field.minimum.value_or(least));
    most = std::min(most, field.maximum.value_or(most));
    if (number >= least && number <= most)
        return value;
    QVariantMap params;
    if (field.minimum)
        params.insert(QStringLiteral("min"), decimal::toText(*field.minimum, field.scale));
    if (field.maximum)
        params.insert(QStringLiteral("max"), decimal::toText(*field.maximum, field.scale));
    return fail("record.out_of_range", std::move(params), field.name);
}

Result<Value> checkedSet(const Field &field, Value value)
{
    ValueList members = value.isList() ? value.toList() : ValueList{std::move(value)};
    for (const Value &member : members) {
        if (field.type == FieldType::Attachments && !Attachment::fromValue(member))
            return wrongType(field);
        const bool right = field.type == FieldType::Links ? member.isId() && !member.toId().isNull()
                                                          : member.isText() || member.isId();
        if (!right || (member.isText() && !isStorable(member.toText())))
            return wrongType(field);
    }
    if (members.size() > 10'000)
        return tooLong(field, 10'000);
    return Value::fromSet(std::move(members));
}

Result<Value> checkedObject(const Field &field, Value value)
{
    if (!value.isText())
        return wrongType(field);
    const QString text = value.toText();
    if (text.isEmpty())
        return Value();
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject() && !(field.type == FieldType::Json && document.isArray()))
        return wrongType(field);
    if (field.type == FieldType::Address && document.object().isEmpty())
        return Value();
    // One text for one content, so that comparing texts compares contents.
    const QByteArray compact = document.toJson(QJsonDocument::Compact);
    if (compact.size() > limits::fieldBytes)
        return tooLong(field, limits::fieldBytes);
    return Value(QString::fromUtf8(compact));
}

} // namespace

Result<Value> checkedValue(const Field &field, Value value)
{
    if (value.isNull())
        return value;
    switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Enum:
    case FieldType::State:
        return checkedText(field, std::move(value));
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent:
    case FieldType::Duration:
    case FieldType::Bool:
    case FieldType::Date:
    case FieldType::DateTime:
        return checkedNumber(field, std::move(value));
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
        if (!value.isId())
            return wrongType(field);
        return value.toId().isNull() ? Value() : value;
    case FieldType::Links:
    case FieldType::Tags:
    case FieldType::Attachments:
        return checkedSet(field, std::move(value));
    case FieldType::Address:
    case FieldType::Json:
        return checkedObject(field, std::move(value));
    case FieldType::Lines:
        break;
    }
    return fail("record.derived", {}, field.name);
}

Value fittedValue(const Field &field, const expression::Type &type, Value value, int utcOffsetSeconds)
{
    using expression::Kind;
    if (!value.isInteger())
        return value;
    const qint64 number = value.toInteger();
    if (type.kind == Kind::Number && (field.isNumber() || field.type == FieldType::Bool)) {
        if (type.scale == field.scale)
            return value;
        const auto fitted = decimal::rescale(number, type.scale, field.scale);
        return fitted ? Value(*fitted) : Value();
    }
    const qint64 offsetMs = qint64(utcOffsetSeconds) * 1000;
    if (type.kind == Kind::DateTime && field.type == FieldType::Date) {
        const qint64 local = number + offsetMs;
        return Value(local >= 0 ? local / dayMs : -((-local + dayMs - 1) / dayMs));
    }
    if (type.kind == Kind::Date && field.type == FieldType::DateTime)
        return Value(number * dayMs - offsetMs);
    return value;
}

} // namespace tz
