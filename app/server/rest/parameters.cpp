// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/parameters.h"

#include "core/catalog/suggest.h"

#include <QStringDecoder>

namespace tz::server::rest {

namespace {

tl::unexpected<Error> bad(const QString &name, const QString &expected)
{
    return fail("api.bad_parameter", {{QStringLiteral("name"), name}, {QStringLiteral("expected"), expected}});
}

std::optional<QString> decoded(QByteArray text)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString made = utf8(QByteArray::fromPercentEncoding(text));
    if (utf8.hasError())
        return std::nullopt;
    return made;
}

} // namespace

Result<Address> Address::parse(const QByteArray &target)
{
    Address address;
    const qsizetype question = target.indexOf('?');
    const QByteArray path = question < 0 ? target : target.first(question);
    constexpr char base[] = "/api/v1/";
    if (!path.startsWith(base))
        return fail("api.unknown_path");
    for (const QByteArray &part : path.mid(qsizetype(sizeof base) - 1).split('/')) {
        const auto text = decoded(part);
        if (!text || text->isEmpty())
            return fail("api.unknown_path");
        address.path << *text;
    }
    if (question < 0)
        return address;
    for (const QByteArray &part : target.mid(question + 1).split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        QByteArray value = equals < 0 ? QByteArray() : part.mid(equals + 1);
        // Forms write a blank so.
        const auto name = decoded(part.left(equals < 0 ? part.size() : equals).replace('+', ' '));
        const auto text = decoded(value.replace('+', ' '));
        if (!name || !text)
            return bad(name.value_or(QString()), QStringLiteral("UTF-8"));
        if (address.parameters.contains(*name))
            return fail("api.parameter_twice", {{QStringLiteral("name"), *name}});
        address.parameters.insert(*name, *text);
    }
    return address;
}

Result<> Address::allow(const QStringList &names) const
{
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        if (!names.contains(it.key()))
            return fail("api.unknown_parameter", {{QStringLiteral("name"), it.key()},
                                                  {QStringLiteral("suggestion"), closestName(it.key(), names)}});
    }
    return {};
}

Result<QStringList> Address::list(const char *name, int most) const
{
    const QString text = value(name);
    QStringList parts;
    if (text.isEmpty())
        return parts;
    for (const QString &part : text.split(u',')) {
        if (!parts.contains(part.trimmed()))
            parts << part.trimmed();
    }
    if (parts.size() > most)
        return bad(QString::fromLatin1(name), QStringLiteral("≤ %1").arg(most));
    return parts;
}

Result<int> Address::number(const char *name, int usual, int most) const
{
    const QString text = value(name);
    if (!parameters.contains(QString::fromLatin1(name)))
        return usual;
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 1 || number > most)
        return bad(QString::fromLatin1(name), QStringLiteral("1–%1").arg(most));
    return number;
}

} // namespace tz::server::rest
