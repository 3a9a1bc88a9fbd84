// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>

namespace tz {

/// The text as it stands. QString::fromUtf8() takes a U+FEFF at the beginning for a byte order mark and drops it, but
/// in a value it is a character like others: pasted texts begin with it, and both ends of the wire must hold the same.
inline QString textOfUtf8(QByteArrayView utf8)
{
    QString text = QString::fromUtf8(utf8);
    if (utf8.startsWith("\xEF\xBB\xBF")) [[unlikely]]
        text.prepend(QChar(0xFEFF));
    return text;
}

} // namespace tz
