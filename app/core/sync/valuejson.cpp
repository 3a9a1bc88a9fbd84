// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/valuejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz {

namespace {
constexpr qint64 exactInDouble = qint64(1) << 53;

QJsonValue toJson(const Value &value)
{
    if (value.isInteger()) {
        const qint64 number = value.toInteger();
        if (number > exactInDouble || number < -exactInDouble)
            return QJsonObject{{QStringLiteral("int"), QString::number(number)}};
        return number;
    }
    if (value.isText())
        return value.toText();
    if (value.isId())
        return QJsonObject{{QStringLiteral("id"), value.toId().toString()}};
    if (value.isBytes())
        return QJsonObject{{QStringLiteral("bytes"), QString::fromLatin1(value.toBytes().toBase64())}};
    if (value.isList()) {
        QJsonArray members;
        for (const Value &member : value.toList())
            members.append(toJson(member));
        return members;
    }
    return QJsonValue::Null;
}

Value fromJson(const QJsonValue &json)
{
    if (json.isDouble())
        return Value(json.toInteger());
    if (json.isString())
        return Value(json.toString());
    if (json.isArray()) {
        ValueList members;
        const QJsonArray array = json.toArray();
        for (const QJsonValue &member : array) {
            if (!member.isArray())
                members.push_back(fromJson(member));
        }
        return Value::fromSet(std::move(members));
    }
    const QJsonObject object = json.toObject();
    if (const QJsonValue id = object.value(u"id"); id.isString()) {
        if (const auto parsed = Id::fromString(id.toString()))
            return Value(*parsed);
    }
    if (const QJsonValue number = object.value(u"int"); number.isString())
        return Value(number.toString().toLongLong());
    if (const QJsonValue bytes = object.value(u"bytes"); bytes.isString())
        return Value(QByteArray::fromBase64(bytes.toString().toLatin1()));
    return {};
}

QString textOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}
} // namespace

QString valueToJson(const Value &value)
{
    return textOf({{QStringLiteral("v"), toJson(value)}});
}

Value valueFromJson(const QString &json)
{
    return fromJson(QJsonDocument::fromJson(json.toUtf8()).object().value(u"v"));
}

QString editsToJson(const std::vector<FieldEdit> &edits)
{
    QJsonObject object;
    for (const FieldEdit &edit : edits)
        object.insert(edit.field, toJson(edit.value));
    return textOf(object);
}

std::vector<FieldEdit> editsFromJson(const QString &json)
{
    std::vector<FieldEdit> edits;
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    for (auto it = object.begin(); it != object.end(); ++it)
        edits.push_back({it.key(), fromJson(it.value()), {}});
    return edits;
}

} // namespace tz
