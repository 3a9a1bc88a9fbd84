// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/address.h"

#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace tz {

QString Address::toString() const
{
    QString text = kind;
    if (!target.isEmpty())
        text += u'/' + target;
    if (!id.isEmpty())
        text += u'/' + id;
    if (options.isEmpty())
        return text;
    QStringList keys = options.keys();
    keys.sort();
    QStringList pairs;
    for (const QString &key : keys)
        pairs << key + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(options.value(key)));
    return text + u'?' + pairs.join(u'&');
}

Address Address::fromString(const QString &text)
{
    static const QString scheme = u"tongzhou://"_s;
    const bool link = text.startsWith(scheme, Qt::CaseInsensitive);
    const QString rest = link ? text.mid(scheme.size()) : text;
    const QStringList parts = rest.section(u'?', 0, 0).split(u'/');
    Address address;
    if (link) {
        if (parts.size() < 2 || parts[0].isEmpty() || parts[1].isEmpty())
            return {};
        return record(parts[0], parts[1]);
    }
    address.kind = parts.value(0);
    address.target = parts.value(1);
    address.id = parts.value(2);
    for (const QString &pair : rest.section(u'?', 1).split(u'&', Qt::SkipEmptyParts)) {
        const QByteArray encoded = pair.section(u'=', 1).toLatin1();
        address.options.insert(pair.section(u'=', 0, 0), QUrl::fromPercentEncoding(encoded));
    }
    return address;
}

} // namespace tz
