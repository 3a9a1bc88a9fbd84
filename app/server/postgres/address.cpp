// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/address.h"

#include <libpq-fe.h>

#include <QRegularExpression>
#include <QUrl>

#include <memory>

namespace tz::server {

namespace {
Error bad(const char *reason)
{
    return Error("server.bad_database", {{QStringLiteral("reason"), QString::fromLatin1(reason)}});
}
} // namespace

Result<PostgresAddress> PostgresAddress::parse(const QString &url)
{
    if (!url.startsWith(QLatin1String("postgresql://")) && !url.startsWith(QLatin1String("postgres://")))
        return fail(bad("it has to begin with postgresql://"));
    PostgresAddress address;
    address.schema = "tongzhou";
    const qsizetype question = url.indexOf(u'?');
    QStringList kept;
    if (question >= 0) {
        for (const QString &part : url.mid(question + 1).split(u'&', Qt::SkipEmptyParts)) {
            if (part.startsWith(QLatin1String("schema=")))
                address.schema = QByteArray::fromPercentEncoding(part.mid(7).toUtf8());
            else
                kept << part;
        }
    }
    // It is part of names (of the channel, say), whose length PostgreSQL limits.
    static const QRegularExpression plain(QStringLiteral("\\A[a-z_][a-z0-9_]{0,49}\\z"));
    if (!plain.match(QString::fromUtf8(address.schema)).hasMatch() || address.schema.startsWith("pg_"))
        return fail(bad("a schema's name has lower-case letters, digits and underscores, 50 at most"));
    address.url = (question < 0 ? url : url.left(question)).toUtf8();
    if (!kept.isEmpty())
        address.url += '?' + kept.join(u'&').toUtf8();

    char *fault = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> options(
        PQconninfoParse(address.url.constData(), &fault), PQconninfoFree);
    // libpq's own words would quote the address, password and all.
    PQfreemem(fault);
    if (!options)
        return fail(bad("libpq cannot read it"));
    QString host, port, database;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        if (!option->val)
            continue;
        if (qstrcmp(option->keyword, "host") == 0)
            host = QString::fromUtf8(option->val);
        else if (qstrcmp(option->keyword, "port") == 0)
            port = QString::fromUtf8(option->val);
        else if (qstrcmp(option->keyword, "dbname") == 0)
            database = QString::fromUtf8(option->val);
    }
    address.shown = (host.isEmpty() ? QStringLiteral("localhost") : host) + (port.isEmpty() ? QString() : u':' + port) +
                    u'/' + database;
    return address;
}

} // namespace tz::server
