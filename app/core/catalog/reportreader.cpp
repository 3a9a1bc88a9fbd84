// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/entityreader.h"

namespace tz {

DepartmentSpec readSpec(const QJsonObject &object, const Place &place, Faults &faults)
{
    ObjectReader json(object, place, faults);
    DepartmentSpec spec;
    spec.id = json.text("id", true);
    spec.label = json.text("label", true);
    spec.icon = json.text("icon");
    spec.order = json.integer("order", -1'000'000, 1'000'000).value_or(1000);
    spec.needs = json.texts("needs");
    spec.uses = json.texts("uses");
    spec.api = json.integer("api", 0, 1'000'000).value_or(0);
    spec.help = json.text("help");
    json.finish();
    if (!spec.id.isEmpty() && !isProperName(spec.id))
        faults.add(json.place("id"), "catalog.bad_name", QStringLiteral("“%1” is not a proper name").arg(spec.id),
                   QStringLiteral("Use small letters, digits and underscores"));
    if (spec.needs.contains(spec.id) || spec.uses.contains(spec.id))
        faults.add(json.place("needs"), "catalog.needs_itself", QStringLiteral("The department needs itself"),
                   QStringLiteral("Remove it from the list"));
    return spec;
}

ReportSpec readReport(const QJsonObject &object, const Place &place, const QString &department, Faults &faults)
{
    ObjectReader json(object, place, faults);
    ReportSpec report;
    const QString name = json.text("report", true);
    report.fullName = department + u'.' + name;
    if (!isProperName(name) || !place.file.endsWith(u'/' + name + QLatin1String(".json")))
        faults.add(json.place("report"), "catalog.bad_name",
                   QStringLiteral("“%1” is not a proper name, or not that of the file").arg(name),
                   QStringLiteral("Use small letters, digits and underscores, and call the file after it"));
    report.label = json.text("label", true);
    report.help = json.text("help");
    json.objects("parameters", [&](ObjectReader &item) {
        ReportSpec::Parameter parameter;
        parameter.name = item.text("name", true);
        parameter.label = item.text("label", true);
        const QString type = item.text("type", true);
        if (const auto known = typeFromName(type))
            parameter.type = *known;
        else
            faults.unknown(item.place("type"), "catalog.unknown_type", QStringLiteral("field type"), type, {});
        parameter.to = item.text("to");
        parameter.required = item.flag("required");
        parameter.defaultText = item.text("default");
        item.finish();
        report.parameters << parameter;
    });
    report.query = json.object("query");
    report.chart = json.object("chart");
    report.roles = json.texts("roles");
    json.finish();
    return report;
}

} // namespace tz
