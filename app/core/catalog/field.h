// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"
#include "core/base/value.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace tz {

namespace expression {
class Expression;
}
using ExpressionPtr = std::shared_ptr<const expression::Expression>;

enum class FieldType {
    Text,
    LongText,
    Integer,
    Decimal,
    Money,
    Percent,
    Bool,
    Date,
    DateTime,
    Duration,
    Enum,
    State,
    Link,
    Links,
    Lines,
    User,
    Team,
    Email,
    Phone,
    Url,
    Address,
    Tags,
    Attachments,
    Json,
};

/// The name used in the entity files ("longtext"), and back.
TZ_CORE_EXPORT QString typeName(FieldType type);
TZ_CORE_EXPORT std::optional<FieldType> typeFromName(QStringView name);

/// One value of an enum field, or one state of a state field.
struct Choice {
    QString name;
    QString label;
    /// A hint for display: "green", "red", "amber", "blue", "grey", "violet"; empty for none.
    QString color;
};

/// A value computed from child records or from records that link here.
struct Rollup {
    enum class Kind { Count, Sum, Min, Max, Average };
    Kind kind = Kind::Count;
    /// Entity whose records are counted, and its link field that points here.
    QString entity;
    QString by;
    /// Field of that entity that is summed; empty for Count.
    QString value;
    /// Only records for which this holds; may be null.
    ExpressionPtr filter;
    QString filterText;
};

/// One field of an entity, as declared. Immutable once it is in a Catalog.
struct TZ_CORE_EXPORT Field {
    QString name;
    QString label;
    QString help;
    FieldType type = FieldType::Text;
    /// Position in Entity::fields and in Record::values.
    int index = -1;

    bool required = false;
    /// Longest text in characters; 0: 1 MiB of UTF-8 for every field (the limit of the wire).
    int maxLength = 0;
    /// Digits after the point of decimal, money and percent; 0 for others.
    int scale = 0;
    /// Bounds in the stored form (scaled, days …), inclusive.
    std::optional<qint64> minimum;
    std::optional<qint64> maximum;

    /// Link and links: full name of the target entity. Lines: full name of the child entity.
    QString to;
    /// Lines: the child's link field that points back to its owner.
    QString by;
    QList<Choice> choices;
    /// Money: the field of this record that holds the currency (ISO 4217), or "link.field"; empty: the company's.
    QString currency;
    /// Declared merge group: fields of one group change together and are one register in the merge.
    QString group;
    /// Not offered in forms for writing; only actions, rules and defaults set it.
    bool readonly = false;
    /// created_at, created_by, modified_at, modified_by: every entity has them, appended by CatalogBuilder; the store
    /// and the server write them, they never stand in a change.
    bool system = false;
    /// Added at run time by an administrator; the name begins with "x_".
    bool custom = false;
    /// The field's earlier name, so that a migration moves the values.
    QString was;

    /// Conditions and formulas: the text as declared, and the checked program (null where the text is empty).
    QString formulaText, defaultText, requiredIfText, showIfText, readonlyIfText;
    ExpressionPtr formula, defaultValue, requiredIf, showIf, readonlyIf;
    std::optional<Rollup> rollup;

    /// Computed here, never sent. A formula that depends on the time, the user or linked records has no column.
    bool isDerived() const { return formula || rollup || !formulaText.isEmpty(); }
    /// Held in tables of their own, not in a column of the entity's table.
    bool isSet() const { return type == FieldType::Links || type == FieldType::Tags || type == FieldType::Attachments; }
    bool isLines() const { return type == FieldType::Lines; }
    /// Holds the id of one record: link, user or team.
    bool isReference() const { return type == FieldType::Link || type == FieldType::User || type == FieldType::Team; }
    bool isNumber() const
    {
        return type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money ||
               type == FieldType::Percent || type == FieldType::Duration;
    }
    bool isText() const
    {
        return type == FieldType::Text || type == FieldType::LongText || type == FieldType::Email ||
               type == FieldType::Phone || type == FieldType::Url || type == FieldType::Enum ||
               type == FieldType::State;
    }
    /// Has a column in the entity's table (stored values and stored formulas and rollups).
    bool hasColumn() const;
    const Choice *choice(QStringView choiceName) const;
};

} // namespace tz
