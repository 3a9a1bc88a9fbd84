// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/base/decimal.h"
#include "core/expression/node.h"

#include <limits>

namespace tz::expression {

Fitted fitted(qint64 value, int from, int to)
{
    if (to >= from) {
        if (const auto raised = decimal::rescale(value, from, to))
            return {*raised, true, 0};
        return {value < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max(), false,
                value < 0 ? -1 : 1};
    }
    const qint64 unit = decimal::powerOfTen(from - to);
    const qint64 floor = value / unit - (value % unit < 0 ? 1 : 0);
    return {floor, floor * unit == value, 0};
}

namespace {
Result<QString> listed(const Node &node, SqlScope &scope)
{
    QStringList parts;
    for (const NodePtr &argument : node.args) {
        TZ_ASSIGN(QString part, nodeToSql(*argument, scope));
        parts << part;
    }
    for (const qint64 extra : node.extras)
        parts << QString::number(extra);
    if (node.appendOffset)
        parts << QString::number(scope.context().utcOffsetSeconds);
    return parts.join(QLatin1String(", "));
}

QLatin1String symbol(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return QLatin1String("=");
    case Comparison::NotEqual:
        return QLatin1String("<>");
    case Comparison::Less:
        return QLatin1String("<");
    case Comparison::LessEqual:
        return QLatin1String("<=");
    case Comparison::Greater:
        return QLatin1String(">");
    case Comparison::GreaterEqual:
        return QLatin1String(">=");
    }
    return {};
}

/// a < b is b > a.
Comparison mirrored(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Less:
        return Comparison::Greater;
    case Comparison::LessEqual:
        return Comparison::GreaterEqual;
    case Comparison::Greater:
        return Comparison::Less;
    case Comparison::GreaterEqual:
        return Comparison::LessEqual;
    case Comparison::Equal:
    case Comparison::NotEqual:
        break;
    }
    return comparison;
}

/// False or true for every value, null for null.
QString always(const QString &column, bool answer)
{
    return QLatin1String("(CASE WHEN ") + column + QLatin1String(" IS NOT NULL THEN ") +
           (answer ? QLatin1String("TRUE") : QLatin1String("FALSE")) + QLatin1String(" END)");
}

/// A column against a number of another scale, without touching the column, so that an index serves.
QString numberComparison(const QString &column, int scale, Comparison comparison, qint64 number, int numberScale,
                         SqlScope &scope)
{
    const Fitted limit = fitted(number, numberScale, scale);
    const auto plain = [&](QLatin1String operation) {
        return u'(' + column + u' ' + operation + u' ' + scope.bind(limit.value) + u')';
    };
    if (limit.exact)
        return plain(symbol(comparison));
    switch (comparison) {
    case Comparison::Equal:
        return always(column, false);
    case Comparison::NotEqual:
        return always(column, true);
    case Comparison::Less:
    case Comparison::LessEqual:
        return limit.beyond != 0 ? always(column, limit.beyond > 0) : plain(QLatin1String("<="));
    case Comparison::Greater:
    case Comparison::GreaterEqual:
        return limit.beyond != 0 ? always(column, limit.beyond < 0) : plain(QLatin1String(">"));
    }
    return {};
}

/// `sql` compares the node with these texts.
Result<QString> compared(const Node &node, const ValueList &texts, const QString &sql, SqlScope &scope)
{
    if (node.kind != Node::Kind::Field || node.type.kind != Kind::Text || texts.empty())
        return u'(' + sql + u')';
    TZ_ASSIGN(const QString nearby, scope.nearText(node.path.names, texts));
    return nearby.isEmpty() ? u'(' + sql + u')' : u'(' + sql + QLatin1String(" AND ") + nearby + u')';
}

Result<QString> comparison(const Node &node, SqlScope &scope)
{
    const Node &left = *node.args[0];
    const Node &right = *node.args[1];
    const bool numbers = left.type.kind == Kind::Number && right.type.kind == Kind::Number;
    if (numbers && left.isFixed != right.isFixed) {
        const Node &open = left.isFixed ? right : left;
        const Node &fixed = left.isFixed ? left : right;
        const Value number = evaluateNode(fixed, scope.context());
        TZ_ASSIGN(QString column, nodeToSql(open, scope));
        const Comparison direction = left.isFixed ? mirrored(node.comparison) : node.comparison;
        if (number.isNull())
            return u'(' + column + u' ' + symbol(direction) + QLatin1String(" NULL)");
        return numberComparison(column, open.type.scale, direction, number.toInteger(), fixed.type.scale, scope);
    }
    TZ_ASSIGN(QString leftSql, nodeToSql(left, scope));
    TZ_ASSIGN(QString rightSql, nodeToSql(right, scope));
    if (numbers && left.type.scale != right.type.scale)
        return QStringLiteral("(tz_compare(%1, %2, %3, %4) %5 0)")
            .arg(leftSql, QString::number(left.type.scale), rightSql, QString::number(right.type.scale),
                 symbol(node.comparison));
    const QString sql = leftSql + u' ' + symbol(node.comparison) + u' ' + rightSql;
    if (node.comparison != Comparison::Equal || left.isFixed == right.isFixed)
        return u'(' + sql + u')';
    const Value fixed = evaluateNode(left.isFixed ? left : right, scope.context());
    return compared(left.isFixed ? right : left, fixed.isText() ? ValueList{fixed} : ValueList(), sql, scope);
}

Result<QString> membership(const Node &node, SqlScope &scope)
{
    const Node &wanted = *node.args[0];
    TZ_ASSIGN(QString column, nodeToSql(wanted, scope));
    QStringList members;
    ValueList texts;
    for (size_t i = 1; i < node.args.size(); ++i) {
        const Node &argument = *node.args[i];
        const Value value = evaluateNode(argument, scope.context());
        const bool isSet = argument.type.kind == Kind::Set;
        for (const Value &one : isSet ? value.toList() : ValueList{value}) {
            if (one.isNull())
                continue;
            if (!isSet && argument.type.kind == Kind::Number) {
                const Fitted exact = fitted(one.toInteger(), argument.type.scale, wanted.type.scale);
                if (exact.exact)
                    members << scope.bind(exact.value);
            } else {
                members << scope.bind(one);
                texts.push_back(one);
            }
        }
    }
    if (members.isEmpty())
        return always(column, false);
    return compared(wanted, texts, column + QLatin1String(" IN (") + members.join(QLatin1String(", ")) + u')', scope);
}

Result<QString> property(const Node &node, SqlScope &scope)
{
    TZ_ASSIGN(QString column, scope.column(node.path.names));
    if (node.properties.empty())
        return QStringLiteral("NULL");
    QString sql = QLatin1String("(CASE ") + column;
    for (const auto &[name, value] : node.properties) {
        const QString number = QString::number(value.toInteger());
        sql += QLatin1String(" WHEN ") + scope.bind(name) + QLatin1String(" THEN ");
        sql += node.type.kind != Kind::Bool ? number : value.toBool() ? QLatin1String("TRUE") : QLatin1String("FALSE");
    }
    return sql + QLatin1String(" END)");
}

Result<QString> joined(const Node &node, SqlScope &scope, const char *word)
{
    TZ_ASSIGN(QString left, nodeToSql(*node.args[0], scope));
    TZ_ASSIGN(QString right, nodeToSql(*node.args[1], scope));
    return u'(' + left + QLatin1String(word) + right + u')';
}
} // namespace

Result<QString> nodeToSql(const Node &node, SqlScope &scope)
{
    if (node.isFixed && node.type.kind != Kind::Set)
        return scope.bindAs(evaluateNode(node, scope.context()), node.type.kind);
    switch (node.kind) {
    case Node::Kind::Field:
        return scope.column(node.path.names);
    case Node::Kind::Property:
        return property(node, scope);
    case Node::Kind::Call: {
        TZ_ASSIGN(QString arguments, listed(node, scope));
        return QLatin1String(node.kernel->name) + u'(' + arguments + u')';
    }
    case Node::Kind::Compare:
        return comparison(node, scope);
    case Node::Kind::IsNull: {
        TZ_ASSIGN(QString inner, nodeToSql(*node.args[0], scope));
        return u'(' + inner + QLatin1String(" IS NULL)");
    }
    case Node::Kind::And:
        return joined(node, scope, " AND ");
    case Node::Kind::Or:
        return joined(node, scope, " OR ");
    case Node::Kind::Not: {
        // Written so that indexes over nullable columns still serve "is not empty".
        if (node.args[0]->kind == Node::Kind::IsNull && !node.args[0]->isFixed) {
            TZ_ASSIGN(QString tested, nodeToSql(*node.args[0]->args[0], scope));
            return u'(' + tested + QLatin1String(" IS NOT NULL)");
        }
        TZ_ASSIGN(QString inner, nodeToSql(*node.args[0], scope));
        return QLatin1String("(NOT ") + inner + u')';
    }
    case Node::Kind::Choose: {
        TZ_ASSIGN(QString condition, nodeToSql(*node.args[0], scope));
        TZ_ASSIGN(QString yes, nodeToSql(*node.args[1], scope));
        TZ_ASSIGN(QString no, nodeToSql(*node.args[2], scope));
        return QStringLiteral("(CASE WHEN %1 THEN %2 ELSE %3 END)").arg(condition, yes, no);
    }
    case Node::Kind::Coalesce: {
        TZ_ASSIGN(QString arguments, listed(node, scope));
        // One argument alone is not allowed in SQLite.
        return node.args.size() == 1 ? arguments : QLatin1String("COALESCE(") + arguments + u')';
    }
    case Node::Kind::In:
        return membership(node, scope);
    case Node::Kind::Has: {
        TZ_ASSIGN(QString member, nodeToSql(*node.args[0], scope));
        return scope.setHas(node.path.names, member);
    }
    case Node::Kind::Count:
        return scope.setCount(node.path.names);
    case Node::Kind::Embedded:
        return node.embedded->toSql(scope);
    case Node::Kind::Constant:
    case Node::Kind::Me:
    case Node::Kind::MyTeams:
    case Node::Kind::Now:
    case Node::Kind::Today:
    case Node::Kind::Parameter:
        break;
    }
    return fail("expression.type", {{QStringLiteral("expected"), QStringLiteral("a single value")},
                                    {QStringLiteral("found"), QStringLiteral("a set")},
                                    {QStringLiteral("position"), 1}});
}

} // namespace tz::expression
