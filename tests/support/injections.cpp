// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "injections.h"

#include "core/base/check.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz::test {

namespace {

void collect(const QCborValue &value, std::vector<qsizetype> path, std::vector<Place> &places)
{
    const auto below = [&](qsizetype step, const QCborValue &part) {
        path.push_back(step);
        collect(part, path, places);
        path.pop_back();
    };
    if (value.isString()) {
        places.push_back({value.toString(), false, path});
    } else if (value.isByteArray()) {
        places.push_back({QString::fromLatin1(value.toByteArray()), true, path});
    } else if (value.isArray()) {
        const QCborArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            below(i, array.at(i));
    } else if (value.isMap()) {
        qsizetype i = 0;
        for (const auto &[key, member] : value.toMap()) {
            below(i++, key);
            below(i++, member);
        }
    }
}

QCborValue exchanged(const QCborValue &value, const Place &place, size_t depth, const QString &text)
{
    if (depth == place.path.size())
        return place.isBytes ? QCborValue(text.toUtf8()) : QCborValue(text);
    const qsizetype step = place.path[depth];
    if (value.isArray()) {
        QCborArray array = value.toArray();
        array[step] = exchanged(array.at(step), place, depth + 1, text);
        return array;
    }
    QCborMap map;
    qsizetype i = 0;
    for (const auto &[key, member] : value.toMap()) {
        const QCborValue newKey = i++ == step ? exchanged(key, place, depth + 1, text) : key;
        map.insert(newKey, i++ == step ? exchanged(member, place, depth + 1, text) : QCborValue(member));
    }
    return map;
}

QCborValue ofJson(const QByteArray &json)
{
    return QCborValue::fromJsonValue(QJsonDocument::fromJson(json).object());
}

} // namespace

const QStringList &injections()
{
    static const QStringList all{
        QStringLiteral("'"),
        QStringLiteral("''"),
        QStringLiteral("\""),
        QStringLiteral("`a`[b]"),
        QStringLiteral("\\"),
        QStringLiteral("\\' OR 1=1 --"),
        QStringLiteral("' OR '1'='1"),
        QStringLiteral("\" OR \"\"=\""),
        QStringLiteral("'; DROP TABLE crm_account; --"),
        QStringLiteral("\"; DROP TABLE crm_account; --"),
        QStringLiteral("x\" = 1); DELETE FROM device; /*"),
        QStringLiteral("') UNION SELECT token, hash FROM device, account --"),
        QStringLiteral("1; UPDATE account SET disabled = 1"),
        QStringLiteral("-- */ /* #"),
        QStringLiteral("%"),
        QStringLiteral("_%\\%"),
        QStringLiteral("?1 $1 :a @a $a"),
        QStringLiteral("$$; DROP TABLE crm_account; $$"),
        QStringLiteral("E'\\x27' || U&'\\0027' || pg_sleep(1)"),
        QStringLiteral("name:a* NEAR(b c) AND NOT \"d"),
        QStringLiteral("^a + b OR"),
        QStringLiteral("$.a[0]->>'$.b'"),
        QStringLiteral("{\"a\": \"'\"}"),
        QStringLiteral("a' == name or empty(name) or '"),
        QStringLiteral("name\r\nSet-Cookie: a=b\r\n\r\n"),
        QStringLiteral("%s%n%1 $(reboot) `reboot` ../../etc/passwd"),
        // A PostgreSQL column of any type holds an id as this character and 32 digits.
        QStringLiteral("\u0001i00000000000000000000000000000000"),
        QStringLiteral("\u00010 \u0001\u0001"),
        QStringLiteral("\uFEFF\u202E'\u2019\uFF07"),
        QStringLiteral("NULL"),
        QStringLiteral("a'") + QChar(0) + QStringLiteral("; DROP TABLE device; --"),
    };
    return all;
}

std::vector<Place> placesIn(const QByteArray &cbor)
{
    std::vector<Place> places;
    if (!cbor.isEmpty())
        collect(QCborValue::fromCbor(cbor), {}, places);
    return places;
}

QByteArray replaced(const QByteArray &cbor, const Place &place, const QString &text)
{
    return exchanged(QCborValue::fromCbor(cbor), place, 0, text).toCbor();
}

std::vector<Place> placesInJson(const QByteArray &json)
{
    std::vector<Place> places;
    collect(ofJson(json), {}, places);
    return places;
}

QByteArray replacedInJson(const QByteArray &json, const Place &place, const QString &text)
{
    const QCborValue value = exchanged(ofJson(json), place, 0, text);
    TZ_CHECK(value.isMap());
    return QJsonDocument(value.toMap().toJsonObject()).toJson(QJsonDocument::Compact);
}

} // namespace tz::test
