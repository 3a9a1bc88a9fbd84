// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"
#include "core/catalog/entityreader.h"
#include "core/catalog/suggest.h"

namespace tz {

namespace {
/// A number or date of the file in the form in which values are stored.
std::optional<qint64> readBound(ObjectReader &json, const char *key, const Field &field)
{
    const QJsonValue value = json.any(key);
    if (value.isUndefined())
        return std::nullopt;
    if (field.type == FieldType::Date && value.isString()) {
        const Value date = Value::fromDate(QDate::fromString(value.toString(), Qt::ISODate));
        if (date.isInteger())
            return date.toInteger();
    }
    if (field.isNumber()) {
        const QString text = value.isString() ? value.toString() : QString::number(value.toDouble(), 'f', 10);
        if (const auto number = decimal::fromText(text, field.scale); number && (value.isString() || value.isDouble()))
            return *number;
    }
    json.faults().add(
        json.place(key), "catalog.bad_bound",
        QStringLiteral("“%1” does not fit a field of type %2").arg(QLatin1String(key), typeName(field.type)),
        QStringLiteral("Give a number with at most %1 digits after the point, or a date as text").arg(field.scale));
    return std::nullopt;
}

/// Expressions are texts; plain numbers, true and false are taken as they stand.
QString readExpression(ObjectReader &json, const char *key)
{
    const QJsonValue value = json.any(key);
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    return json.text(key);
}

void readChoices(ObjectReader &json, Field &field)
{
    json.objects("choices", [&](ObjectReader &item) {
        Choice choice{item.text("name", true), item.text("label", true), item.text("color")};
        if (field.choice(choice.name))
            item.faults().add(item.place(), "catalog.duplicate_name",
                              QStringLiteral("The choice “%1” is declared twice").arg(choice.name));
        item.finish();
        field.choices << std::move(choice);
    });
}

void readRollup(ObjectReader &json, Field &field)
{
    if (!json.has("rollup"))
        return;
    ObjectReader part(json.object("rollup"), json.place("rollup"), json.faults());
    static const QStringList kinds{QStringLiteral("count"), QStringLiteral("sum"), QStringLiteral("min"),
                                   QStringLiteral("max"), QStringLiteral("average")};
    Rollup rollup;
    const QString kind = part.text("kind", true);
    if (const auto index = kinds.indexOf(kind); index >= 0)
        rollup.kind = Rollup::Kind(index);
    else
        json.faults().unknown(part.place("kind"), "catalog.unknown_value", QStringLiteral("kind of rollup"), kind,
                              kinds);
    // "of" names a lines field of this entity; it is put in for entity and link when all fields are known.
    const QString of = part.text("of");
    rollup.entity = part.text("entity", of.isEmpty());
    rollup.by = part.text("by", of.isEmpty());
    if (!of.isEmpty())
        rollup.entity = u'#' + of;
    rollup.value = part.text("value", rollup.kind != Rollup::Kind::Count && kinds.contains(kind));
    rollup.filterText = part.text("filter");
    part.finish();
    field.rollup = std::move(rollup);
}

void checkCombination(ObjectReader &json, const Field &field)
{
    const auto refuse = [&](const char *key, const QString &text, const QString &remedy) {
        json.faults().add(json.place(key), "catalog.bad_combination", text, remedy);
    };
    const bool derived = !field.formulaText.isEmpty() || field.rollup;
    if (derived) {
        for (const char *key : {"required", "required_if", "readonly_if", "default", "group"}) {
            if (json.has(key))
                refuse(key, QStringLiteral("“%1” says nothing about a computed field").arg(QLatin1String(key)),
                       QStringLiteral("Remove “%1”").arg(QLatin1String(key)));
        }
    }
    if (field.rollup && !field.formulaText.isEmpty())
        refuse("rollup", QStringLiteral("A field is a formula or a rollup, not both"),
               QStringLiteral("Make two fields"));
    if ((field.isSet() || field.isLines()) && (derived || !field.defaultText.isEmpty()))
        refuse(derived ? "formula" : "default", QStringLiteral("Sets and lines are neither computed nor filled"),
               QStringLiteral("Remove it"));
    if (field.required && !field.requiredIfText.isEmpty())
        refuse("required_if", QStringLiteral("The field is required anyway"), QStringLiteral("Remove one of both"));
    if (field.required && field.isLines())
        refuse("required", QStringLiteral("Lines are records of their own and cannot be required"),
               QStringLiteral("Remove “required”"));
}
} // namespace

Field readField(ObjectReader &json)
{
    Field field;
    field.name = json.text("name", true);
    const QString type = json.text("type", true);
    if (const auto known = typeFromName(type)) {
        field.type = *known;
    } else if (!type.isEmpty()) {
        QStringList names;
        for (int i = 0; i <= int(FieldType::Json); ++i)
            names << typeName(FieldType(i));
        json.faults().unknown(json.place("type"), "catalog.unknown_type", QStringLiteral("field type"), type, names);
    }
    field.label = json.text("label", true);
    field.help = json.text("help");
    field.required = json.flag("required");
    field.readonly = json.flag("readonly");
    field.group = json.text("group");
    field.was = json.text("was");

    const bool isText = field.isText() && field.type != FieldType::Enum && field.type != FieldType::State;
    if (isText)
        field.maxLength = json.integer("max", 1, 1'048'576).value_or(0);
    if (field.type == FieldType::Decimal)
        field.scale = json.integer("scale", 0, decimal::maxScale).value_or(decimal::defaultScale);
    else if (field.type == FieldType::Money)
        field.scale = decimal::moneyScale;
    else if (field.type == FieldType::Percent)
        field.scale = decimal::percentScale;
    if (field.isNumber() || field.type == FieldType::Date) {
        field.minimum = readBound(json, "min", field);
        field.maximum = readBound(json, "max_value", field);
    }
    if (field.type == FieldType::Link || field.type == FieldType::Links || field.isLines())
        field.to = json.text("to", true);
    else if (field.type == FieldType::User)
        field.to = QStringLiteral("foundation.user");
    else if (field.type == FieldType::Team)
        field.to = QStringLiteral("foundation.team");
    if (field.isLines())
        field.by = json.text("by", true);
    if (field.type == FieldType::Money)
        field.currency = json.text("currency");
    if (field.type == FieldType::Enum) {
        readChoices(json, field);
        if (field.choices.isEmpty())
            json.faults().add(json.place(), "catalog.missing_key", QStringLiteral("An enum field needs choices"),
                              QStringLiteral("Add \"choices\": [{\"name\": …, \"label\": …}]"));
    }
    field.formulaText = json.text("formula");
    field.defaultText = readExpression(json, "default");
    field.requiredIfText = json.text("required_if");
    field.showIfText = json.text("show_if");
    field.readonlyIfText = json.text("readonly_if");
    readRollup(json, field);
    checkCombination(json, field);
    json.finish();
    return field;
}

} // namespace tz
