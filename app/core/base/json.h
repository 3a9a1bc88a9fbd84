// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QAnyStringView>
#include <QByteArray>
#include <QString>
#include <QStringList>

namespace tz {

/// Writes one JSON document. Unlike QJsonDocument it keeps the order of members and writes decimals digit for digit,
/// so that money stays exact.
class TZ_CORE_EXPORT Json {
public:
    Json &beginObject();
    Json &endObject();
    Json &beginArray();
    Json &endArray();
    Json &key(QAnyStringView name);
    Json &text(QAnyStringView value);
    Json &number(qint64 value);
    /// A number as its digits stand ("12.50").
    Json &digits(const QString &value);
    Json &boolean(bool value);
    Json &null();
    /// A JSON text that is part of this one as it is.
    Json &raw(const QByteArray &json);
    Json &texts(const QStringList &values);
    const QByteArray &result() const { return m_out; }

private:
    void separate();
    QByteArray m_out;
    bool m_first = true;
};

} // namespace tz
