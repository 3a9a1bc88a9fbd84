// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/json.h"

namespace tz {

void Json::separate()
{
    if (!m_first)
        m_out += ',';
    m_first = false;
}

Json &Json::beginObject()
{
    separate();
    m_out += '{';
    m_first = true;
    return *this;
}

Json &Json::endObject()
{
    m_out += '}';
    m_first = false;
    return *this;
}

Json &Json::beginArray()
{
    separate();
    m_out += '[';
    m_first = true;
    return *this;
}

Json &Json::endArray()
{
    m_out += ']';
    m_first = false;
    return *this;
}

Json &Json::key(QAnyStringView name)
{
    text(name);
    m_out += ':';
    m_first = true;
    return *this;
}

Json &Json::text(QAnyStringView value)
{
    separate();
    m_out += '"';
    const QByteArray utf8 = value.toString().toUtf8();
    for (const char c : utf8) {
        if (c == '"' || c == '\\')
            m_out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20)
            m_out += c;
        else
            m_out += "\\u00" + QByteArray(1, c).toHex();
    }
    m_out += '"';
    return *this;
}

Json &Json::number(qint64 value)
{
    separate();
    m_out += QByteArray::number(value);
    return *this;
}

Json &Json::digits(const QString &value)
{
    separate();
    m_out += value.toLatin1();
    return *this;
}

Json &Json::boolean(bool value)
{
    separate();
    m_out += value ? "true" : "false";
    return *this;
}

Json &Json::null()
{
    separate();
    m_out += "null";
    return *this;
}

Json &Json::raw(const QByteArray &json)
{
    separate();
    m_out += json;
    return *this;
}

Json &Json::texts(const QStringList &values)
{
    beginArray();
    for (const QString &value : values)
        text(value);
    return endArray();
}

} // namespace tz
