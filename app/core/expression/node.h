// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/expression/expression.h"
#include "core/expression/kernels.h"

#include <memory>
#include <vector>

namespace tz {
class Entity;
}

namespace tz::expression {

enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// The way to a value: link fields, then the field itself (null for id, _state, _rev of the last entity).
struct Path {
    std::vector<std::pair<const Entity *, int>> links;
    const Entity *entity = nullptr;
    int field = -1;
    QString system;
    QStringList names;
};

/// A typed expression: the tree that is evaluated and written as SQL.
struct Node {
    enum class Kind {
        Constant, ///< value
        Me,
        MyTeams,
        Now,
        Today,
        Parameter, ///< text: name
        Field,     ///< path
        Property,  ///< path of the state field; properties
        Call,      ///< kernel, args, then extras, then the offset from UTC if appendOffset
        Compare,   ///< comparison, args[0], args[1]
        IsNull,    ///< args[0]
        And,
        Or,
        Not,
        Choose, ///< args: condition, then, else
        Coalesce,
        In,       ///< args[0] in args[1…]; an argument of kind Set stands for its members
        Has,      ///< path of the set, args[0]
        Count,    ///< path of the set
        Embedded, ///< another expression
    };
    Kind kind = Kind::Constant;
    Type type;
    Value value;
    QString text;
    Path path;
    std::vector<std::pair<QString, Value>> properties;
    const Kernel *kernel = nullptr;
    std::vector<qint64> extras;
    bool appendOffset = false;
    Comparison comparison = Comparison::Equal;
    std::vector<std::unique_ptr<Node>> args;
    ExpressionPtr embedded;
    /// Nothing in it comes from a record: it can be computed before the query runs.
    bool isFixed = true;
    /// Written as null: comparing with it means "is empty".
    bool isNullLiteral = false;
    /// Set: kind of its members.
    tz::expression::Kind member = tz::expression::Kind::Null;
};
using NodePtr = std::unique_ptr<Node>;

Value evaluateNode(const Node &node, const Context &context);
Result<QString> nodeToSql(const Node &node, SqlScope &scope);

/// The largest number of scale `to` that is not above `value`, and whether it is equal; used to compare a column
/// with a number of finer scale. Out of range: the nearest end, not equal, `beyond` -1 or 1.
struct Fitted {
    qint64 value = 0;
    bool exact = true;
    int beyond = 0;
};
Fitted fitted(qint64 value, int from, int to);

} // namespace tz::expression
