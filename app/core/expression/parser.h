// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

#include <memory>
#include <vector>

namespace tz::expression {

/// What stands in the text, before anything is known about names and types.
struct Syntax {
    enum class Kind {
        Null,
        True,
        False,
        Number, ///< text: digits
        Text,   ///< text: content
        Date,   ///< text: date'…'
        Name,   ///< text: path with points, "me", "my_teams"
        List,   ///< items
        Call,   ///< text: function; items: arguments
        Unary,  ///< text: "-", "not"
        Binary, ///< text: operator; "in", "not in", "has"
        Choose, ///< condition, then, else
    };
    Kind kind = Kind::Null;
    QString text;
    int position = 0;
    std::vector<std::unique_ptr<Syntax>> items;
};
using SyntaxPtr = std::unique_ptr<Syntax>;

inline constexpr int longestText = 10'000;
inline constexpr int deepestNesting = 64;

/// Errors: expression.syntax, expression.too_deep, expression.too_long.
Result<SyntaxPtr> parse(QStringView text);

/// Words that cannot be the name of a field.
bool isReservedWord(QStringView word);

} // namespace tz::expression
