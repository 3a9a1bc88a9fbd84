// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalog.h"
#include "core/expression/expression.h"
#include "core/store/record.h"
#include "tests/fuzz/fuzz.h"

namespace tz::fuzz {

void expression(const QByteArray &bytes)
{
    static const CatalogPtr catalog = [] {
        DepartmentFiles lab;
        lab.origin = QStringLiteral("modules/lab");
        lab.module = R"({"id": "lab", "label": "Lab", "api": 1})";
        lab.entities.insert(QStringLiteral("entities/thing.json"), R"({
            "entity": "thing", "label": "Thing", "plural": "Things", "fields": [
                {"name": "name", "type": "text", "label": "Name"},
                {"name": "amount", "type": "money", "label": "Amount"},
                {"name": "due", "type": "date", "label": "Due"},
                {"name": "other", "type": "link", "to": "lab.thing", "label": "Other"},
                {"name": "tags", "type": "tags", "label": "Tags"}]})");
        CatalogBuilder builder;
        builder.add(lab);
        return builder.build();
    }();
    const Entity &thing = *catalog->entity(u"lab.thing");
    const auto compiled =
        tz::expression::Expression::compile(QString::fromUtf8(bytes), {catalog.get(), &thing, {}, {}});
    if (!compiled)
        return;
    Record record(thing, Id::fromName(u"a"));
    record.set(u"name", QStringLiteral("华为"));
    record.set(u"amount", qint64(-9'223'372'036'854'775'807));
    record.set(u"due", qint64(1) << 62);
    tz::expression::Context context;
    context.record = &record;
    compiled.value()->evaluate(context);
}

} // namespace tz::fuzz
