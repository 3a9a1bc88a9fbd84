// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

#include <vector>

namespace tz::expression {

enum class TokenKind {
    End,
    Name,   ///< a name or a word of the language ("and")
    Number, ///< digits, perhaps with a point
    Text,   ///< quoted; `text` holds the content
    Symbol, ///< an operator or a bracket
};

struct Token {
    TokenKind kind = TokenKind::End;
    QString text;
    /// Character where it begins, from 1.
    int position = 0;

    bool is(const char *symbol) const { return kind == TokenKind::Symbol && text == QLatin1String(symbol); }
    bool isWord(const char *word) const { return kind == TokenKind::Name && text == QLatin1String(word); }
};

/// Splits a text; the last token is End. Errors: expression.syntax.
Result<std::vector<Token>> tokens(QStringView text);

Error syntaxError(int position, const QString &expected, const QString &found);

} // namespace tz::expression
