// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/customfields.h"

#include "core/store/sqlcompiler.h"

#include <QJsonDocument>

namespace tz {

Result<QList<std::pair<QString, QJsonObject>>> customFields(Database &database, SchemaKind kind)
{
    QList<std::pair<QString, QJsonObject>> fields;
    TZ_ASSIGN(const bool exists, database.hasTable(QStringLiteral("foundation_custom_field")));
    if (!exists)
        return fields;
    TZ_ASSIGN(auto select, database.prepare("SELECT entity, name, definition FROM foundation_custom_field "
                                            "WHERE coalesce(active, TRUE) AND " +
                                            livingSql(kind, QString()).toUtf8() + " ORDER BY entity, name"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return fields;
        QJsonObject definition = QJsonDocument::fromJson(select.text(2).toUtf8()).object();
        definition.insert(QStringLiteral("name"), select.text(1));
        fields.append({select.text(0), definition});
    }
}

} // namespace tz
