// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/field.h"

#include "core/expression/expression.h"

namespace tz {

namespace {
constexpr std::array<std::pair<FieldType, const char *>, 24> typeNames{{
    {FieldType::Text, "text"},
    {FieldType::LongText, "longtext"},
    {FieldType::Integer, "integer"},
    {FieldType::Decimal, "decimal"},
    {FieldType::Money, "money"},
    {FieldType::Percent, "percent"},
    {FieldType::Bool, "bool"},
    {FieldType::Date, "date"},
    {FieldType::DateTime, "datetime"},
    {FieldType::Duration, "duration"},
    {FieldType::Enum, "enum"},
    {FieldType::State, "state"},
    {FieldType::Link, "link"},
    {FieldType::Links, "links"},
    {FieldType::Lines, "lines"},
    {FieldType::User, "user"},
    {FieldType::Team, "team"},
    {FieldType::Email, "email"},
    {FieldType::Phone, "phone"},
    {FieldType::Url, "url"},
    {FieldType::Address, "address"},
    {FieldType::Tags, "tags"},
    {FieldType::Attachments, "attachments"},
    {FieldType::Json, "json"},
}};
} // namespace

QString typeName(FieldType type)
{
    for (const auto &[candidate, name] : typeNames) {
        if (candidate == type)
            return QLatin1String(name);
    }
    return {};
}

std::optional<FieldType> typeFromName(QStringView name)
{
    for (const auto &[type, candidate] : typeNames) {
        if (name == QLatin1String(candidate))
            return type;
    }
    return std::nullopt;
}

bool Field::hasColumn() const
{
    if (isSet() || isLines())
        return false;
    return !formula || !formula->isVolatile();
}

const Choice *Field::choice(QStringView choiceName) const
{
    const auto found =
        std::find_if(choices.cbegin(), choices.cend(), [&](const Choice &choice) { return choice.name == choiceName; });
    return found == choices.cend() ? nullptr : &*found;
}

} // namespace tz
