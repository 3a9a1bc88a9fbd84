// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>

namespace tz {

/// A name of an entity, field, state or action that is known when the program is built: <department>/names.h is full
/// of them. Turns into QString and QStringView without copying.
class Name {
public:
    constexpr explicit Name(QStringView text)
        : m_text(text)
    {
    }
    constexpr operator QStringView() const { return m_text; }
    operator QString() const { return QString::fromRawData(m_text.data(), m_text.size()); }
    QString toString() const { return *this; }

private:
    QStringView m_text;
};

inline bool operator==(const QString &text, const Name &name)
{
    return QStringView(text) == QStringView(name);
}

} // namespace tz
