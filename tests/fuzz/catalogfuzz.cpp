// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalog.h"
#include "tests/fuzz/fuzz.h"

namespace tz::fuzz {

void catalog(const QByteArray &bytes)
{
    // Up to the first zero byte the entity, then the extension, then a custom field.
    const QList<QByteArray> parts = bytes.split('\0');
    DepartmentFiles shop, audit;
    shop.origin = QStringLiteral("modules/shop");
    shop.module = R"({"id": "shop", "label": "Shop", "api": 1})";
    shop.entities.insert(QStringLiteral("entities/deal.json"), parts.value(0));
    audit.origin = QStringLiteral("modules/audit");
    audit.module = R"({"id": "audit", "label": "Audit", "api": 1, "needs": ["shop"]})";
    audit.extensions.insert(QStringLiteral("entities/shop.deal.extend.json"), parts.value(1, "{}"));
    CatalogBuilder builder;
    builder.add(shop);
    builder.add(audit);
    builder.addField(QStringLiteral("shop.deal"), QJsonDocument::fromJson(parts.value(2)).object());
    builder.build();
    for (const CatalogFault &fault : builder.faults())
        fault.toString();
}

} // namespace tz::fuzz
