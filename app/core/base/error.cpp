// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/error.h"

namespace tz {

Error Error::within(Error outer) const
{
    outer.cause = std::make_shared<const Error>(*this);
    return outer;
}

QString Error::toString() const
{
    QString text = QString::fromLatin1(code);
    if (!params.isEmpty()) {
        QStringList parts;
        for (auto it = params.cbegin(); it != params.cend(); ++it)
            parts << it.key() + u'=' + it.value().toString();
        text += QLatin1String(" {") + parts.join(QLatin1String(", ")) + u'}';
    }
    if (!field.isEmpty())
        text += QLatin1String(" at ") + field;
    if (cause)
        text += QLatin1String(" <- ") + cause->toString();
    return text;
}

} // namespace tz
