// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/logic/fieldjson.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace tz::fuzz {

/// The first byte: the field's type; the second: its digits after the point; then a value as another program sends it.
void fieldvalue(const QByteArray &bytes)
{
    if (bytes.size() < 3)
        return;
    Field field;
    field.name = QStringLiteral("f");
    field.type = FieldType((static_cast<unsigned char>(bytes[0]) + 256 - 'a') % (int(FieldType::Json) + 1));
    field.scale = field.isNumber() ? (static_cast<unsigned char>(bytes[1]) + 256 - '0') % 9 : 0;
    field.choices = {{QStringLiteral("a"), {}, {}}};
    const auto parsed = [](const QByteArray &json) { return QJsonDocument::fromJson("[" + json + "]").array().at(0); };
    const auto value = fieldjson::read(field, parsed(bytes.mid(2)));
    if (!value) {
        TZ_CHECK(value.error().field == field.name);
        return;
    }
    // Written and read again, it is the same: as itself, and numbers whose digits no double holds as texts.
    Json json;
    fieldjson::write(json, &field, field.scale, *value);
    const QJsonValue written = parsed(json.result());
    TZ_CHECK(value->isNull() == written.isNull());
    const bool isLong = field.isNumber() && !value->isNull() && std::abs(double(value->toInteger())) >= 1e15;
    const auto again = fieldjson::read(field, isLong ? QJsonValue(QString::fromLatin1(json.result())) : written);
    TZ_CHECK(again.has_value());
    TZ_CHECK(*again == *value);
}

} // namespace tz::fuzz
