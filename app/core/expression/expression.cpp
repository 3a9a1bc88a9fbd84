// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"

#include "core/base/decimal.h"
#include "core/expression/typing.h"

namespace tz::expression {

namespace {
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QLatin1String("''")) + u'\'';
}

QString literal(const Value &value, const Type &type)
{
    if (value.isNull())
        return QStringLiteral("null");
    if (value.isId())
        return quoted(value.toId().toString());
    if (value.isText())
        return quoted(value.toText());
    switch (type.kind) {
    case Kind::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case Kind::Date:
        return QLatin1String("date") + quoted(value.toDate().toString(Qt::ISODate));
    case Kind::DateTime:
        return quoted(value.toDateTime().toString(Qt::ISODateWithMs));
    case Kind::Number:
    case Kind::Null:
    case Kind::Text:
    case Kind::Id:
    case Kind::Set:
        break;
    }
    return decimal::toText(value.toInteger(), type.scale);
}

/// Text that means the same, for messages and for keeping the condition.
QString textOfAmong(const QString &path, const ValueList &values, const Node &field)
{
    const bool isSet = field.type.kind == Kind::Set;
    const Type type{isSet ? field.member : field.type.kind, field.type.scale};
    QStringList tests, members;
    for (const Value &value : values) {
        if (value.isNull())
            tests << path + QLatin1String(" == null");
        else if (isSet)
            tests << path + QLatin1String(" has ") + literal(value, type);
        else
            members << literal(value, type);
    }
    if (!isSet && (!members.isEmpty() || tests.isEmpty())) {
        tests << (members.size() == 1 ? path + QLatin1String(" == ") + members.first()
                                      : path + QLatin1String(" in (") + members.join(QLatin1String(", ")) + u')');
    }
    return tests.isEmpty() ? QStringLiteral("false") : tests.join(QLatin1String(" or "));
}
} // namespace

Expression::Expression(std::unique_ptr<Node> root, QString text)
    : m_root(std::move(root))
    , m_text(std::move(text))
{
}

Expression::~Expression() = default;

Result<ExpressionPtr> Expression::compile(QStringView text, const Scope &scope)
{
    TZ_ASSIGN(SyntaxPtr syntax, parse(text));
    Typer typer(scope);
    TZ_ASSIGN(NodePtr root, typer.whole(*syntax));
    auto expression = std::make_shared<Expression>(std::move(root), text.toString());
    expression->m_paths = typer.paths();
    expression->m_volatile = typer.isVolatile();
    return expression;
}

Result<ExpressionPtr> Expression::fieldIn(const QString &path, ValueList values, const Scope &scope)
{
    Typer typer(scope);
    TZ_ASSIGN(NodePtr field, typer.field(path.split(u'.'), 1));
    const QString text = textOfAmong(path, values, *field);
    if (field->kind != Node::Kind::Field)
        return compile(text, scope);
    TZ_ASSIGN(NodePtr root, typer.among(std::move(field), values));
    auto expression = std::make_shared<Expression>(std::move(root), text);
    expression->m_paths = typer.paths();
    expression->m_volatile = typer.isVolatile();
    return expression;
}

ExpressionPtr Expression::both(ExpressionPtr a, ExpressionPtr b)
{
    if (!a || !b)
        return a ? a : b;
    const auto embedded = [](const ExpressionPtr &inner) {
        NodePtr node = makeNode(Node::Kind::Embedded, inner->type());
        node->embedded = inner;
        node->isFixed = false;
        return node;
    };
    auto whole =
        std::make_shared<Expression>(makeNode(Node::Kind::And, {Kind::Bool, 0}, nodes(embedded(a), embedded(b))),
                                     u'(' + a->text() + QLatin1String(") and (") + b->text() + u')');
    whole->m_paths = a->m_paths;
    for (const QString &path : b->m_paths) {
        if (!whole->m_paths.contains(path))
            whole->m_paths << path;
    }
    whole->m_volatile = a->m_volatile || b->m_volatile;
    return whole;
}

Type Expression::type() const
{
    return m_root->type;
}

Value Expression::evaluate(const Context &context) const
{
    return evaluateNode(*m_root, context);
}

Result<QString> Expression::toSql(SqlScope &scope) const
{
    return nodeToSql(*m_root, scope);
}

} // namespace tz::expression
