// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/parser.h"

#include "core/expression/lexer.h"

namespace tz::expression {

namespace {
SyntaxPtr made(Syntax::Kind kind, QString text, int position)
{
    auto syntax = std::make_unique<Syntax>();
    syntax->kind = kind;
    syntax->text = std::move(text);
    syntax->position = position;
    return syntax;
}

/// Recursive descent, one function per level of binding:
/// choose < or < and < not < comparison < sum < product < minus < value.
class Parser {
public:
    explicit Parser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Result<SyntaxPtr> whole()
    {
        auto root = choose();
        if (root && current().kind != TokenKind::End)
            return unexpected(QStringLiteral("the end"));
        return root;
    }

private:
    struct Level {
        explicit Level(int &depth)
            : m_depth(++depth)
        {
        }
        ~Level() { --m_depth; }
        int &m_depth;
    };

    const Token &current() const { return m_tokens[m_at]; }
    const Token &next() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    Token take() { return m_tokens[m_at++]; }

    tl::unexpected<Error> unexpected(const QString &expected) const
    {
        const Token &token = current();
        return fail(syntaxError(token.position, expected,
                                token.kind == TokenKind::End ? QStringLiteral("the end") : token.text));
    }

    Result<> expect(const char *symbol)
    {
        if (!current().is(symbol))
            return unexpected(QLatin1String(symbol));
        take();
        return {};
    }

    Result<SyntaxPtr> choose()
    {
        const Level level(m_depth);
        if (m_depth > deepestNesting)
            return fail("expression.too_deep", {{QStringLiteral("levels"), deepestNesting}});
        TZ_ASSIGN(SyntaxPtr condition, either());
        if (!current().is("?"))
            return condition;
        auto choice = made(Syntax::Kind::Choose, {}, take().position);
        TZ_ASSIGN(SyntaxPtr yes, choose());
        TZ_TRY(expect(":"));
        TZ_ASSIGN(SyntaxPtr no, choose());
        choice->items.push_back(std::move(condition));
        choice->items.push_back(std::move(yes));
        choice->items.push_back(std::move(no));
        return choice;
    }

    Result<SyntaxPtr> joined(SyntaxPtr left, Result<SyntaxPtr> right, const Token &operation, QString text = {})
    {
        if (!right)
            return right;
        // A long chain leans to the left and would be as deep as it is long.
        if (++m_chain > deepestNesting * 8)
            return fail("expression.too_deep", {{QStringLiteral("levels"), deepestNesting}});
        auto binary = made(Syntax::Kind::Binary, text.isEmpty() ? operation.text : text, operation.position);
        binary->items.push_back(std::move(left));
        binary->items.push_back(std::move(*right));
        return binary;
    }

    Result<SyntaxPtr> either()
    {
        TZ_ASSIGN(SyntaxPtr left, both());
        while (current().isWord("or")) {
            const Token operation = take();
            TZ_ASSIGN(left, joined(std::move(left), both(), operation));
        }
        return left;
    }

    Result<SyntaxPtr> both()
    {
        TZ_ASSIGN(SyntaxPtr left, negation());
        while (current().isWord("and")) {
            const Token operation = take();
            TZ_ASSIGN(left, joined(std::move(left), negation(), operation));
        }
        return left;
    }

    Result<SyntaxPtr> negation()
    {
        if (!current().isWord("not"))
            return comparison();
        const Level level(m_depth);
        if (m_depth > deepestNesting)
            return fail("expression.too_deep", {{QStringLiteral("levels"), deepestNesting}});
        auto unary = made(Syntax::Kind::Unary, QStringLiteral("not"), take().position);
        TZ_ASSIGN(SyntaxPtr inner, negation());
        unary->items.push_back(std::move(inner));
        return unary;
    }

    bool isComparison(const Token &token) const
    {
        return token.is("==") || token.is("!=") || token.is("<") || token.is("<=") || token.is(">") || token.is(">=") ||
               token.is("~");
    }

    Result<SyntaxPtr> comparison()
    {
        TZ_ASSIGN(SyntaxPtr left, sum());
        if (isComparison(current())) {
            const Token operation = take();
            TZ_ASSIGN(left, joined(std::move(left), sum(), operation));
            if (isComparison(current()))
                return unexpected(QStringLiteral("and"));
            return left;
        }
        if (current().isWord("has")) {
            const Token operation = take();
            return joined(std::move(left), sum(), operation);
        }
        if (current().isWord("in") || (current().isWord("not") && next().isWord("in"))) {
            const bool negated = current().isWord("not");
            if (negated)
                take();
            const Token operation = take();
            return joined(std::move(left), members(), operation,
                          negated ? QStringLiteral("not in") : QStringLiteral("in"));
        }
        return left;
    }

    /// After `in`: a list in round or square brackets, or a value that is a set.
    Result<SyntaxPtr> members()
    {
        if (current().is("("))
            return list("(", ")");
        return sum();
    }

    Result<SyntaxPtr> list(const char *open, const char *close)
    {
        auto whole = made(Syntax::Kind::List, {}, current().position);
        TZ_TRY(expect(open));
        while (!current().is(close)) {
            TZ_ASSIGN(SyntaxPtr item, choose());
            whole->items.push_back(std::move(item));
            if (!current().is(","))
                break;
            take();
        }
        TZ_TRY(expect(close));
        return whole;
    }

    Result<SyntaxPtr> sum()
    {
        TZ_ASSIGN(SyntaxPtr left, product());
        while (current().is("+") || current().is("-")) {
            const Token operation = take();
            TZ_ASSIGN(left, joined(std::move(left), product(), operation));
        }
        return left;
    }

    Result<SyntaxPtr> product()
    {
        TZ_ASSIGN(SyntaxPtr left, minus());
        while (current().is("*") || current().is("/") || current().is("%")) {
            const Token operation = take();
            TZ_ASSIGN(left, joined(std::move(left), minus(), operation));
        }
        return left;
    }

    Result<SyntaxPtr> minus()
    {
        if (!current().is("-"))
            return value();
        const Level level(m_depth);
        if (m_depth > deepestNesting)
            return fail("expression.too_deep", {{QStringLiteral("levels"), deepestNesting}});
        auto unary = made(Syntax::Kind::Unary, QStringLiteral("-"), take().position);
        TZ_ASSIGN(SyntaxPtr inner, minus());
        unary->items.push_back(std::move(inner));
        return unary;
    }

    Result<SyntaxPtr> value()
    {
        const Token token = current();
        switch (token.kind) {
        case TokenKind::Number:
            take();
            return made(Syntax::Kind::Number, token.text, token.position);
        case TokenKind::Text:
            take();
            return made(Syntax::Kind::Text, token.text, token.position);
        case TokenKind::Name:
            return named();
        case TokenKind::Symbol:
            if (token.is("[")) {
                return list("[", "]");
            }
            if (token.is("(")) {
                take();
                TZ_ASSIGN(SyntaxPtr inner, choose());
                TZ_TRY(expect(")"));
                return inner;
            }
            break;
        case TokenKind::End:
            break;
        }
        return unexpected(QStringLiteral("a value"));
    }

    Result<SyntaxPtr> named()
    {
        const Token token = take();
        if (current().is("(") && (token.isWord("if") || !isReservedWord(token.text))) {
            auto call = made(Syntax::Kind::Call, token.text, token.position);
            TZ_ASSIGN(SyntaxPtr arguments, list("(", ")"));
            call->items = std::move(arguments->items);
            if (token.isWord("if") && call->items.size() == 3)
                call->kind = Syntax::Kind::Choose;
            return call;
        }
        if (token.isWord("date") && current().kind == TokenKind::Text)
            return made(Syntax::Kind::Date, take().text, token.position);
        if (token.isWord("null"))
            return made(Syntax::Kind::Null, {}, token.position);
        if (token.isWord("true"))
            return made(Syntax::Kind::True, {}, token.position);
        if (token.isWord("false"))
            return made(Syntax::Kind::False, {}, token.position);
        if (isReservedWord(token.text) && !token.isWord("me") && !token.isWord("my_teams")) {
            --m_at;
            return unexpected(QStringLiteral("a value"));
        }
        QString path = token.text;
        while (current().is(".")) {
            take();
            if (current().kind != TokenKind::Name)
                return unexpected(QStringLiteral("a name"));
            path += u'.' + take().text;
        }
        return made(Syntax::Kind::Name, path, token.position);
    }

    std::vector<Token> m_tokens;
    size_t m_at = 0;
    int m_depth = 0;
    int m_chain = 0;
};
} // namespace

bool isReservedWord(QStringView word)
{
    static const QList<QLatin1String> reserved{QLatin1String("and"),   QLatin1String("or"),      QLatin1String("not"),
                                               QLatin1String("in"),    QLatin1String("has"),     QLatin1String("true"),
                                               QLatin1String("false"), QLatin1String("null"),    QLatin1String("if"),
                                               QLatin1String("me"),    QLatin1String("my_teams")};
    return reserved.contains(word);
}

Result<SyntaxPtr> parse(QStringView text)
{
    if (text.size() > longestText)
        return fail("expression.too_long", {{QStringLiteral("max"), longestText}});
    TZ_ASSIGN(std::vector<Token> split, tokens(text));
    return Parser(std::move(split)).whole();
}

} // namespace tz::expression
