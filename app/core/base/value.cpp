// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/value.h"

#include <QStringList>

#include <algorithm>

namespace tz {

namespace {
constexpr qint64 julianOf1970 = 2440588;
const ValueList noMembers;
} // namespace

qint64 Value::toInteger(qint64 fallback) const
{
    const auto *number = std::get_if<qint64>(&m_data);
    return number ? *number : fallback;
}

QString Value::toText() const
{
    const auto *text = std::get_if<QString>(&m_data);
    return text ? *text : QString();
}

Id Value::toId() const
{
    const auto *id = std::get_if<Id>(&m_data);
    return id ? *id : Id();
}

QByteArray Value::toBytes() const
{
    const auto *bytes = std::get_if<QByteArray>(&m_data);
    return bytes ? *bytes : QByteArray();
}

const ValueList &Value::toList() const
{
    const auto *list = std::get_if<ValueList>(&m_data);
    return list ? *list : noMembers;
}

QDate Value::toDate() const
{
    return isInteger() ? QDate::fromJulianDay(toInteger() + julianOf1970) : QDate();
}

QDateTime Value::toDateTime() const
{
    return isInteger() ? QDateTime::fromMSecsSinceEpoch(toInteger(), Qt::UTC) : QDateTime();
}

Value Value::fromDate(QDate date)
{
    return date.isValid() ? Value(date.toJulianDay() - julianOf1970) : Value();
}

Value Value::fromDateTime(const QDateTime &time)
{
    return time.isValid() ? Value(time.toMSecsSinceEpoch()) : Value();
}

Value Value::fromSet(ValueList members)
{
    std::sort(members.begin(), members.end(), [](const Value &a, const Value &b) { return (a <=> b) < 0; });
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members.empty() ? Value() : Value(std::move(members));
}

std::strong_ordering operator<=>(const Value &a, const Value &b)
{
    if (a.m_data.index() != b.m_data.index())
        return a.m_data.index() <=> b.m_data.index();
    if (a.isInteger())
        return a.toInteger() <=> b.toInteger();
    if (const auto *text = std::get_if<QString>(&a.m_data))
        return text->compare(std::get<QString>(b.m_data)) <=> 0;
    if (const auto *id = std::get_if<Id>(&a.m_data))
        return *id <=> std::get<Id>(b.m_data);
    if (const auto *bytes = std::get_if<QByteArray>(&a.m_data))
        return bytes->compare(std::get<QByteArray>(b.m_data)) <=> 0;
    const ValueList &left = a.toList();
    const ValueList &right = b.toList();
    return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end());
}

QString Value::toDebugString() const
{
    if (isNull())
        return QStringLiteral("null");
    if (isInteger())
        return QString::number(toInteger());
    if (isText())
        return u'\'' + toText() + u'\'';
    if (isId())
        return toId().toString();
    if (isBytes())
        return QLatin1String("x'") + QString::fromLatin1(toBytes().toHex()) + u'\'';
    QStringList members;
    for (const Value &member : toList())
        members << member.toDebugString();
    return u'[' + members.join(QLatin1String(", ")) + u']';
}

} // namespace tz
