// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"
#include "core/base/id.h"

#include <QDate>
#include <QDateTime>

#include <variant>
#include <vector>

namespace tz {

class Value;
using ValueList = std::vector<Value>;

/// One value of one field, in the form in which it is stored, compared and sent.
///
/// | field type                                   | held as                                                    |
/// |----------------------------------------------|------------------------------------------------------------|
/// | text, longtext, enum, state, email, phone, url | QString; an empty text is null                           |
/// | integer, bool (0/1), duration (seconds)      | qint64                                                     |
/// | decimal, money, percent                      | qint64, scaled by 10^Field::scale: never a double          |
/// | date                                         | qint64, days since 1970-01-01                              |
/// | datetime                                     | qint64, milliseconds since 1970-01-01 UTC                  |
/// | link, user, team                             | Id                                                         |
/// | links, tags, attachments                     | ValueList, sorted, without doubles                         |
/// | address, json                                | QString holding a JSON object (address: see Field)         |
///
/// QByteArray occurs only in system columns. The field's type gives the meaning; a Value alone does not know it.
class TZ_CORE_EXPORT Value {
public:
    using Variant = std::variant<std::monostate, qint64, QString, Id, QByteArray, ValueList>;

    Value() = default;
    Value(std::nullptr_t) {}
    Value(int number)
        : m_data(qint64(number))
    {
    }
    Value(qint64 number)
        : m_data(number)
    {
    }
    Value(bool yes)
        : m_data(qint64(yes))
    {
    }
    Value(QString text)
        : m_data(std::move(text))
    {
    }
    Value(const Id &id)
        : m_data(id)
    {
    }
    Value(QByteArray bytes)
        : m_data(std::move(bytes))
    {
    }
    Value(ValueList list)
        : m_data(std::move(list))
    {
    }
    Value(const char *) = delete;
    Value(double) = delete;

    bool isNull() const { return std::holds_alternative<std::monostate>(m_data); }
    bool isInteger() const { return std::holds_alternative<qint64>(m_data); }
    bool isText() const { return std::holds_alternative<QString>(m_data); }
    bool isId() const { return std::holds_alternative<Id>(m_data); }
    bool isBytes() const { return std::holds_alternative<QByteArray>(m_data); }
    bool isList() const { return std::holds_alternative<ValueList>(m_data); }

    /// Null and other kinds give the fallback.
    qint64 toInteger(qint64 fallback = 0) const;
    bool toBool() const { return toInteger() != 0; }
    /// Null and other kinds give an empty text; never a formatted number.
    QString toText() const;
    Id toId() const;
    QByteArray toBytes() const;
    const ValueList &toList() const;
    const Variant &data() const { return m_data; }

    QDate toDate() const;
    QDateTime toDateTime() const;
    static Value fromDate(QDate date);
    static Value fromDateTime(const QDateTime &time);
    /// Sorted and without doubles, as sets are held.
    static Value fromSet(ValueList members);

    friend bool operator==(const Value &a, const Value &b) { return a.m_data == b.m_data; }
    /// A total order for sorting sets and keys: null first, then by kind, then by content (texts by code point).
    friend TZ_CORE_EXPORT std::strong_ordering operator<=>(const Value &a, const Value &b);

    /// For logs and tests only.
    QString toDebugString() const;

private:
    Variant m_data;
};

} // namespace tz
