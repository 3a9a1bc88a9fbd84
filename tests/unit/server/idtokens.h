// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QJsonDocument>
#include <QJsonObject>

namespace tz::test {

/// As it is written into a token (RFC 7515).
inline QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

inline QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A token with these claims; its signature is nobody's.
inline QByteArray idToken(const QJsonObject &claims)
{
    return base64Url(R"({"alg":"RS256"})") + '.' + base64Url(jsonOf(claims)) + '.' + base64Url("nobody's");
}

/// The object with one member changed; undefined: without it.
inline QJsonObject with(QJsonObject object, const char *name, const QJsonValue &value)
{
    object.insert(QLatin1String(name), value);
    if (value.isUndefined())
        object.remove(QLatin1String(name));
    return object;
}

} // namespace tz::test
