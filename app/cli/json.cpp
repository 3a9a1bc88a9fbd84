// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tz::cli {

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

Json &Json::key(const QString &name)
{
    text(name);
    m_out += ':';
    m_first = true;
    return *this;
}

Json &Json::text(const QString &value)
{
    separate();
    // Qt writes only whole documents: an array of one, without its brackets.
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    m_out += array.mid(1, array.size() - 2);
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

} // namespace tz::cli
