// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/decimal.h"
#include "core/catalog/suggest.h"
#include "core/expression/typing.h"

namespace tz::expression {

namespace {
/// Functions whose arguments and result have one fixed kind each.
struct Plain {
    const char *name;
    const char *kernel;
    Kind result;
    std::vector<Kind> arguments;
};

const std::vector<Plain> &plainFunctions()
{
    static const std::vector<Plain> functions{
        {"length", "tz_length", Kind::Number, {Kind::Text}},
        {"lower", "tz_lower", Kind::Text, {Kind::Text}},
        {"upper", "tz_upper", Kind::Text, {Kind::Text}},
        {"trim", "tz_trim", Kind::Text, {Kind::Text}},
        {"contains", "tz_contains", Kind::Bool, {Kind::Text, Kind::Text}},
        {"starts_with", "tz_starts_with", Kind::Bool, {Kind::Text, Kind::Text}},
        {"year", "tz_year", Kind::Number, {Kind::Date}},
        {"month", "tz_month", Kind::Number, {Kind::Date}},
        {"day", "tz_day", Kind::Number, {Kind::Date}},
        {"quarter", "tz_quarter", Kind::Number, {Kind::Date}},
        {"add_days", "tz_add_days", Kind::Date, {Kind::Date, Kind::Number}},
        {"add_months", "tz_add_months", Kind::Date, {Kind::Date, Kind::Number}},
        {"days_between", "tz_days_between", Kind::Number, {Kind::Date, Kind::Date}},
        {"start_of_week", "tz_start_of_week", Kind::Date, {Kind::Date}},
        {"start_of_month", "tz_start_of_month", Kind::Date, {Kind::Date}},
        {"start_of_quarter", "tz_start_of_quarter", Kind::Date, {Kind::Date}},
        {"start_of_year", "tz_start_of_year", Kind::Date, {Kind::Date}},
    };
    return functions;
}

Error wrongCount(const Syntax &syntax, const QString &expected)
{
    return typeError(syntax.position, expected, QString::number(syntax.items.size()));
}
} // namespace

Result<NodePtr> Typer::argument(const Syntax &syntax, size_t index, Kind kind)
{
    const Syntax &item = *syntax.items[index];
    TZ_ASSIGN(NodePtr node, typed(item));
    // Numbers keep their scale, so only the kind is asked for.
    const Type wanted{kind, node->type.kind == Kind::Number ? node->type.scale : 0};
    return coerced(std::move(node), wanted, item.position);
}

Result<NodePtr> Typer::day(const Syntax &syntax, size_t index)
{
    return argument(syntax, index, Kind::Date);
}

Result<NodePtr> Typer::wholeNumber(const Syntax &syntax, size_t index)
{
    TZ_ASSIGN(NodePtr node, argument(syntax, index, Kind::Number));
    if (node->type.scale == 0)
        return node;
    const qint64 scale = node->type.scale;
    return makeCall("tz_truncate", {Kind::Number, 0}, nodes(std::move(node)), {scale});
}

Result<NodePtr> Typer::call(const Syntax &syntax)
{
    const QString &name = syntax.text;
    for (const Plain &function : plainFunctions()) {
        if (name != QLatin1String(function.name))
            continue;
        if (syntax.items.size() != function.arguments.size())
            return fail(wrongCount(syntax, QStringLiteral("%1 arguments").arg(function.arguments.size())));
        std::vector<NodePtr> args;
        for (size_t i = 0; i < function.arguments.size(); ++i) {
            TZ_ASSIGN(NodePtr arg, function.arguments[i] == Kind::Number ? wholeNumber(syntax, i)
                                                                         : argument(syntax, i, function.arguments[i]));
            args.push_back(std::move(arg));
        }
        return makeCall(function.kernel, {function.result, 0}, std::move(args));
    }
    if (name == QLatin1String("param"))
        return parameter(syntax);
    if (name == QLatin1String("round") || name == QLatin1String("floor") || name == QLatin1String("ceil") ||
        name == QLatin1String("abs"))
        return rounding(syntax);
    if (name == QLatin1String("min"))
        return extreme(syntax, "tz_min");
    if (name == QLatin1String("max"))
        return extreme(syntax, "tz_max");
    if (name == QLatin1String("coalesce"))
        return coalesce(syntax);
    if (name == QLatin1String("concat"))
        return concat(syntax);
    if (name == QLatin1String("count") || name == QLatin1String("empty"))
        return counted(syntax);
    if (name == QLatin1String("today") || name == QLatin1String("now")) {
        if (!syntax.items.empty())
            return fail(wrongCount(syntax, QStringLiteral("no arguments")));
        m_volatile = true;
        const bool today = name == QLatin1String("today");
        NodePtr node = makeNode(today ? Node::Kind::Today : Node::Kind::Now, {today ? Kind::Date : Kind::DateTime, 0});
        node->kernel = &kernel("tz_local_date");
        return node;
    }
    QStringList known{QStringLiteral("param"), QStringLiteral("round"),    QStringLiteral("floor"),
                      QStringLiteral("ceil"),  QStringLiteral("abs"),      QStringLiteral("min"),
                      QStringLiteral("max"),   QStringLiteral("coalesce"), QStringLiteral("concat"),
                      QStringLiteral("count"), QStringLiteral("empty"),    QStringLiteral("today"),
                      QStringLiteral("now"),   QStringLiteral("if")};
    for (const Plain &function : plainFunctions())
        known << QLatin1String(function.name);
    return fail("expression.unknown_function", {{QStringLiteral("name"), name},
                                                {QStringLiteral("suggestion"), closestName(name, known)},
                                                {QStringLiteral("position"), syntax.position}});
}

Result<NodePtr> Typer::parameter(const Syntax &syntax)
{
    if (syntax.items.size() != 1 || syntax.items[0]->kind != Syntax::Kind::Text)
        return fail(typeError(syntax.position, QStringLiteral("param('name')"), syntax.text));
    const QString &name = syntax.items[0]->text;
    const auto declared = m_scope.parameters.constFind(name);
    if (declared == m_scope.parameters.cend())
        return fail("expression.unknown_parameter",
                    {{QStringLiteral("name"), name},
                     {QStringLiteral("suggestion"), closestName(name, m_scope.parameters.keys())},
                     {QStringLiteral("position"), syntax.items[0]->position}});
    m_volatile = true;
    NodePtr node = makeNode(Node::Kind::Parameter, *declared);
    node->text = name;
    return node;
}

Result<NodePtr> Typer::rounding(const Syntax &syntax)
{
    const bool isRound = syntax.text == QLatin1String("round");
    if (syntax.items.empty() || syntax.items.size() > (isRound ? 2u : 1u))
        return fail(wrongCount(syntax, isRound ? QStringLiteral("1 or 2 arguments") : QStringLiteral("1 argument")));
    TZ_ASSIGN(NodePtr number, argument(syntax, 0, Kind::Number));
    const int scale = number->type.scale;
    if (syntax.text == QLatin1String("abs"))
        return makeCall("tz_abs", {Kind::Number, scale}, nodes(std::move(number)));
    if (!isRound) {
        const bool floor = syntax.text == QLatin1String("floor");
        return makeCall(floor ? "tz_floor" : "tz_ceil", {Kind::Number, 0}, nodes(std::move(number)), {scale});
    }
    int digits = 0;
    if (syntax.items.size() == 2) {
        TZ_ASSIGN(NodePtr wanted, typed(*syntax.items[1]));
        const qint64 value = wanted->value.toInteger(-1);
        if (wanted->kind != Node::Kind::Constant || wanted->type != Type{Kind::Number, 0} || value < 0 ||
            value > decimal::maxScale)
            return fail(typeError(syntax.items[1]->position, QStringLiteral("a number of digits from 0 to 8"),
                                  syntax.items[1]->text));
        digits = int(value);
    }
    return makeCall("tz_round", {Kind::Number, digits}, nodes(std::move(number)), {scale, digits});
}

Result<NodePtr> Typer::extreme(const Syntax &syntax, const char *kernelName)
{
    if (syntax.items.empty())
        return fail(wrongCount(syntax, QStringLiteral("at least 1 argument")));
    std::vector<NodePtr> args;
    Type type;
    for (const auto &item : syntax.items) {
        TZ_ASSIGN(NodePtr node, typed(*item));
        if (!args.empty()) {
            TZ_TRY(unify(args[0], node, item->position));
        }
        type = {node->type.kind, std::max(type.scale, node->type.scale)};
        args.push_back(std::move(node));
    }
    if (type.kind != Kind::Number && type.kind != Kind::Date && type.kind != Kind::DateTime)
        return fail(typeError(syntax.position, kindName(Kind::Number), kindName(type.kind)));
    for (NodePtr &arg : args) {
        TZ_ASSIGN(arg, coerced(std::move(arg), type, syntax.position));
    }
    return makeCall(kernelName, type, std::move(args));
}

Result<NodePtr> Typer::coalesce(const Syntax &syntax)
{
    if (syntax.items.empty())
        return fail(wrongCount(syntax, QStringLiteral("at least 1 argument")));
    std::vector<NodePtr> args;
    Type type;
    for (const auto &item : syntax.items) {
        TZ_ASSIGN(NodePtr node, typed(*item));
        if (!args.empty()) {
            TZ_TRY(unify(args[0], node, item->position));
        }
        type = {node->type.kind, std::max(type.scale, node->type.scale)};
        args.push_back(std::move(node));
    }
    if (type.kind == Kind::Set)
        return fail(typeError(syntax.position, QStringLiteral("a single value"), kindName(type.kind)));
    for (NodePtr &arg : args) {
        TZ_ASSIGN(arg, coerced(std::move(arg), type, syntax.position));
    }
    return makeNode(Node::Kind::Coalesce, type, std::move(args));
}

Result<NodePtr> Typer::concat(const Syntax &syntax)
{
    std::vector<NodePtr> args;
    const Type text{Kind::Text, 0};
    for (const auto &item : syntax.items) {
        TZ_ASSIGN(NodePtr node, typed(*item));
        const qint64 scale = node->type.scale;
        switch (node->type.kind) {
        case Kind::Null:
        case Kind::Text:
            args.push_back(std::move(node));
            break;
        case Kind::Number:
            args.push_back(makeCall("tz_number_text", text, nodes(std::move(node)), {scale}));
            break;
        case Kind::Bool:
            args.push_back(makeCall("tz_bool_text", text, nodes(std::move(node))));
            break;
        case Kind::DateTime: {
            TZ_ASSIGN(node, coerced(std::move(node), {Kind::Date, 0}, item->position));
            args.push_back(makeCall("tz_date_text", text, nodes(std::move(node))));
            break;
        }
        case Kind::Date:
            args.push_back(makeCall("tz_date_text", text, nodes(std::move(node))));
            break;
        case Kind::Id:
        case Kind::Set:
            return fail(typeError(item->position, kindName(Kind::Text), kindName(node->type.kind)));
        }
    }
    if (args.empty())
        return fail(wrongCount(syntax, QStringLiteral("at least 1 argument")));
    return makeCall("tz_concat", text, std::move(args));
}

Result<NodePtr> Typer::counted(const Syntax &syntax)
{
    if (syntax.items.size() != 1)
        return fail(wrongCount(syntax, QStringLiteral("1 argument")));
    TZ_ASSIGN(NodePtr node, typed(*syntax.items[0]));
    if (syntax.text == QLatin1String("empty"))
        return emptiness(std::move(node));
    if (node->kind != Node::Kind::Field || node->type.kind != Kind::Set)
        return fail(typeError(syntax.items[0]->position, kindName(Kind::Set), kindName(node->type.kind)));
    NodePtr count = makeNode(Node::Kind::Count, {Kind::Number, 0});
    count->path = node->path;
    count->isFixed = false;
    return count;
}

} // namespace tz::expression
