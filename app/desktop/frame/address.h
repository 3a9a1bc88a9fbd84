// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QHash>
#include <QString>

namespace tz {

/// What a tab shows, as text that can be stored, handed over and opened again:
/// "home", "list/customers.account?filter=…&caption=…", "record/customers.account/<id>", "new/customers.account",
/// "page/pipeline.forecast", "report/pipeline.won_by_agent", "import/…", "broken/<department>", "administration",
/// "sync", "settings".
struct Address {
    QString kind;
    QString target;
    QString id;
    QHash<QString, QString> options;

    QString toString() const;
    /// Also "tongzhou://customers.account/<id>", as it stands in messages and on labels.
    static Address fromString(const QString &text);
    bool isNull() const { return kind.isEmpty(); }
    bool operator==(const Address &other) const = default;

    static Address list(const QString &entity) { return {QStringLiteral("list"), entity, {}, {}}; }
    static Address record(const QString &entity, const QString &recordId)
    {
        return {QStringLiteral("record"), entity, recordId, {}};
    }
};

} // namespace tz
