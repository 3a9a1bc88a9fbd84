// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/expression/node.h"
#include "core/expression/parser.h"

namespace tz::expression {

/// Gives every name a meaning and every part a type. One use per expression.
class Typer {
public:
    explicit Typer(const Scope &scope)
        : m_scope(scope)
    {
    }

    Result<NodePtr> whole(const Syntax &syntax);
    /// The field at the end of a path of names.
    Result<NodePtr> field(const QStringList &names, int position);
    /// The node with another type, where that loses nothing but digits.
    Result<NodePtr> coerced(NodePtr node, const Type &to, int position);
    /// `node` is, or is in, these constants; null among them means "is empty".
    Result<NodePtr> among(NodePtr node, const ValueList &values);

    const QStringList &paths() const { return m_paths; }
    bool isVolatile() const { return m_volatile; }

private:
    Result<NodePtr> typed(const Syntax &syntax);
    Result<NodePtr> name(const Syntax &syntax);
    Result<NodePtr> number(const Syntax &syntax);
    Result<NodePtr> unary(const Syntax &syntax);
    Result<NodePtr> binary(const Syntax &syntax);
    Result<NodePtr> arithmetic(const Syntax &syntax);
    Result<NodePtr> comparison(const Syntax &syntax);
    Result<NodePtr> logic(const Syntax &syntax);
    Result<NodePtr> membership(const Syntax &syntax);
    Result<NodePtr> has(const Syntax &syntax);
    Result<NodePtr> choose(const Syntax &syntax);

    // Functions (typingcalls.cpp).
    Result<NodePtr> call(const Syntax &syntax);
    Result<NodePtr> parameter(const Syntax &syntax);
    Result<NodePtr> rounding(const Syntax &syntax);
    Result<NodePtr> extreme(const Syntax &syntax, const char *kernelName);
    Result<NodePtr> coalesce(const Syntax &syntax);
    Result<NodePtr> concat(const Syntax &syntax);
    Result<NodePtr> counted(const Syntax &syntax);
    Result<NodePtr> argument(const Syntax &syntax, size_t index, Kind kind);
    Result<NodePtr> day(const Syntax &syntax, size_t index);
    Result<NodePtr> wholeNumber(const Syntax &syntax, size_t index);

    Result<NodePtr> condition(const Syntax &syntax);
    Result<NodePtr> property(Path path, const QString &propertyName, int position);
    Result<NodePtr> emptiness(NodePtr node);
    Result<NodePtr> membershipIn(NodePtr set, NodePtr member, int position);
    Result<> unify(NodePtr &a, NodePtr &b, int position);
    Result<> checkChoice(const Node &field, const Node &text, int position) const;
    void note(const Path &path);

    const Scope &m_scope;
    QStringList m_paths;
    bool m_volatile = false;
};

NodePtr makeNode(Node::Kind kind, Type type, std::vector<NodePtr> args = {});
NodePtr makeCall(const char *kernelName, Type type, std::vector<NodePtr> args, std::vector<qint64> extras = {});
NodePtr makeConstant(Value value, Type type);
template <class... Nodes>
std::vector<NodePtr> nodes(Nodes &&...each)
{
    std::vector<NodePtr> list;
    (list.push_back(std::move(each)), ...);
    return list;
}

Error typeError(int position, const QString &expected, const QString &found);
QString kindName(Kind kind);

} // namespace tz::expression
