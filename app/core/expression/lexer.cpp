// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/lexer.h"

namespace tz::expression {

namespace {
bool beginsName(QChar c)
{
    return c == u'_' || c.isLetter();
}

bool continuesName(QChar c)
{
    return c == u'_' || c.isLetterOrNumber();
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
} // namespace

Error syntaxError(int position, const QString &expected, const QString &found)
{
    return Error("expression.syntax", {{QStringLiteral("position"), position},
                                       {QStringLiteral("expected"), expected},
                                       {QStringLiteral("found"), found}});
}

Result<std::vector<Token>> tokens(QStringView text)
{
    static const QList<QLatin1String> pairs{QLatin1String("=="), QLatin1String("!="), QLatin1String("<="),
                                            QLatin1String(">=")};
    std::vector<Token> found;
    qsizetype at = 0;
    const auto take = [&](TokenKind kind, qsizetype length, QString content) {
        found.push_back({kind, std::move(content), int(at) + 1});
        at += length;
    };
    while (at < text.size()) {
        const QChar c = text[at];
        if (c.isSpace()) {
            ++at;
        } else if (beginsName(c)) {
            qsizetype end = at + 1;
            while (end < text.size() && continuesName(text[end]))
                ++end;
            take(TokenKind::Name, end - at, text.mid(at, end - at).toString());
        } else if (isDigit(c)) {
            qsizetype end = at + 1;
            while (end < text.size() && isDigit(text[end]))
                ++end;
            if (end + 1 < text.size() && text[end] == u'.' && isDigit(text[end + 1])) {
                ++end;
                while (end < text.size() && isDigit(text[end]))
                    ++end;
            }
            take(TokenKind::Number, end - at, text.mid(at, end - at).toString());
        } else if (c == u'\'') {
            QString content;
            qsizetype end = at + 1;
            for (; end < text.size(); ++end) {
                if (text[end] != u'\'') {
                    content += text[end];
                } else if (end + 1 < text.size() && text[end + 1] == u'\'') {
                    content += u'\'';
                    ++end;
                } else {
                    break;
                }
            }
            if (end >= text.size())
                return fail(syntaxError(int(at) + 1, QStringLiteral("'"), QStringLiteral("the end")));
            take(TokenKind::Text, end + 1 - at, content);
        } else if (const auto pair = text.mid(at, 2); pair.size() == 2 && pairs.contains(pair)) {
            take(TokenKind::Symbol, 2, pair.toString());
        } else if (QStringView(u"+-*/%<>()[],.?:~").contains(c)) {
            take(TokenKind::Symbol, 1, QString(c));
        } else {
            const QString meant = c == u'='   ? QStringLiteral("==")
                                  : c == u'!' ? QStringLiteral("not")
                                  : c == u'&' ? QStringLiteral("and")
                                  : c == u'|' ? QStringLiteral("or")
                                  : c == u'"' ? QStringLiteral("'")
                                              : QStringLiteral("an operator or a value");
            return fail(syntaxError(int(at) + 1, meant, QString(c)));
        }
    }
    take(TokenKind::End, 0, {});
    return found;
}

} // namespace tz::expression
