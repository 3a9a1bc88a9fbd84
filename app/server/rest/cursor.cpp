// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/cursor.h"

#include "core/sync/valuejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

#include <sodium.h>

namespace tz::server::rest {

namespace {
constexpr qsizetype sealBytes = 16;
constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
} // namespace

QByteArray Cursor::seal(const QByteArray &content) const
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    code.addData(device.toBytes());
    code.addData(QCryptographicHash::hash(question, QCryptographicHash::Sha256));
    code.addData(content);
    return code.result().first(sealBytes);
}

QByteArray Cursor::write(const std::vector<Value> &last) const
{
    QJsonArray values;
    for (const Value &value : last)
        values.append(valueToJson(value));
    const QByteArray content = QJsonDocument(values).toJson(QJsonDocument::Compact);
    return (seal(content) + content).toBase64(encoding);
}

Result<std::vector<Value>> Cursor::read(const QByteArray &text) const
{
    const auto read = QByteArray::fromBase64Encoding(text, encoding | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray &bytes = read.decoded;
    if (!read || bytes.size() <= sealBytes)
        return fail("api.bad_cursor");
    const QByteArray content = bytes.mid(sealBytes);
    if (sodium_memcmp(seal(content).constData(), bytes.constData(), size_t(sealBytes)) != 0)
        return fail("api.bad_cursor");
    std::vector<Value> last;
    const QJsonArray values = QJsonDocument::fromJson(content).array();
    for (const QJsonValue &value : values)
        last.push_back(valueFromJson(value.toString()));
    return last;
}

} // namespace tz::server::rest
