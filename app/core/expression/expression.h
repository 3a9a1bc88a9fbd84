// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/base/value.h"
#include "core/catalog/field.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace tz {
class Catalog;
class Entity;
class Reader;
class Visibility;
struct Record;
} // namespace tz

/// The one small language of formulas, conditions, defaults and filters. It is parsed and typed once, evaluated in
/// memory and translated to SQL; both give the same answer (a tested property).
///
///     literals     12  3.5  'text'  true  false  null  date'2026-11-23'  [1, 2, 3]
///     fields       amount   account.industry (along links)   address.city (a member of an address or JSON field)
///     state        state.probability (a property of the record's current state)
///     context      me  my_teams  today()  now()  param('name')
///     operators    + - * / %   == != < <= > >=   and or not   in ('a', 'b')   not in   has (set member)
///                  a ? b : c   (also if(a, b, c))   ~ (contains, without regard to case)
///     functions    abs round(x, n) min max floor ceil · length lower upper trim concat contains starts_with
///                  year month day quarter add_days add_months days_between start_of_week start_of_month
///                  start_of_quarter start_of_year
///                  coalesce empty(x) count(set)
///
/// Null: any arithmetic or comparison with null gives null, a condition that is null does not hold; `x == null` and
/// `empty(x)` test for it; `and`/`or` are three-valued like SQL's. An empty text is null, so `x == ''` is `x == null`,
/// concat() leaves nulls out and length(null) is 0. A set is never null: `has` and count() answer false and 0.
///
/// Numbers are scaled integers (decimal.h) whose scale is known when the expression is typed: sums have the larger
/// scale; products at most the larger one (or 4, if that is more); quotients the larger one, at least 4; `a * b / c` is
/// rounded once. round() rounds half away from zero, everything else half to even. Division by zero and overflow give
/// null.
///
/// Dates and times: a date compared with a time means its local midnight; year(), add_days() and so on take the local
/// day of a time. Texts compare by code point. Where a date, time or record is expected, a text literal that reads as
/// one is taken ('2026-11-23', '2026-11-23T08:00:00Z', an id). Further paths: id, _state, _rev, state.final.
namespace tz::expression {

enum class Kind { Null, Bool, Number, Text, Date, DateTime, Id, Set };

struct Type {
    Kind kind = Kind::Null;
    /// Number: digits after the point.
    int scale = 0;
    bool operator==(const Type &) const = default;
};

/// What an expression may refer to while it is typed.
struct Scope {
    const Catalog *catalog = nullptr;
    const Entity *entity = nullptr;
    /// Declared parameters of a report; kind Null: whatever it is compared with, in its stored form.
    QHash<QString, Type> parameters;
    /// What the expression must give (a condition: Bool); numbers are brought to its scale, a date becomes the local
    /// midnight where a time is expected. Nothing: whatever it gives.
    std::optional<Type> expected = {};
    /// What may be named; null: everything.
    const Visibility *visibility = nullptr;
};

/// What an expression is evaluated on.
struct Context {
    /// The record that plain field names mean. May be null only for expressions without fields.
    const Record *record = nullptr;
    /// Follows links; null: a path along a link is null.
    const Reader *reader = nullptr;
    Id me;
    QList<Id> myTeams;
    qint64 nowMs = 0;
    /// Seconds east of UTC: which day "today" is.
    int utcOffsetSeconds = 0;
    QHash<QString, Value> parameters;
    /// In SQL: what is looked at; null: everything.
    const Visibility *visibility = nullptr;
};

/// Gives the SQL side what it needs; implemented by the query compiler of the store.
class SqlScope {
public:
    virtual ~SqlScope() = default;
    /// SQL text for the value of a field path of the scope's entity, joining tables as needed.
    virtual Result<QString> column(const QStringList &path) = 0;
    /// SQL text of a parameter that is bound to the value: numbered or named ("?7"), because texts may change places.
    virtual QString bind(const Value &value) = 0;
    /// The same where nothing around it tells of what kind the value is.
    virtual QString bindAs(const Value &value, Kind kind)
    {
        (void)kind;
        return bind(value);
    }
    /// SQL condition that a set field holds `member` (SQL text).
    virtual Result<QString> setHas(const QStringList &path, const QString &member) = 0;
    virtual Result<QString> setCount(const QStringList &path) = 0;
    /// SQL condition that is true wherever the text of the field path is one of `texts`, for an index to find the rows
    /// by; empty: none is needed.
    virtual Result<QString> nearText(const QStringList &path, const ValueList &texts)
    {
        (void)path;
        (void)texts;
        return QString();
    }
    virtual const Context &context() const = 0;
};

struct Node;

/// A checked, immutable expression. Thread-safe to read. Belongs to the catalog that it was compiled against and must
/// not be used after it.
class TZ_CORE_EXPORT Expression {
public:
    /// Errors: expression.syntax {position, found, expected}, expression.unknown_field {name, suggestion, position},
    /// expression.unknown_function {name, suggestion, position}, expression.unknown_choice {name, suggestion,
    /// position}, expression.unknown_parameter {name, suggestion, position}, expression.type {position, expected,
    /// found}, expression.too_deep, expression.too_long. Positions are characters from 1. At most 10,000 characters and
    /// 64 levels.
    static Result<ExpressionPtr> compile(QStringView text, const Scope &scope);
    /// A condition that `field` (a path) equals, or is in, the given values: for programs, without building text.
    static Result<ExpressionPtr> fieldIn(const QString &path, ValueList values, const Scope &scope);
    /// Both conditions; either may be null.
    static ExpressionPtr both(ExpressionPtr a, ExpressionPtr b);

    explicit Expression(std::unique_ptr<Node> root, QString text);
    ~Expression();

    Type type() const;
    QString text() const { return m_text; }
    /// Paths that it reads ("account.industry"), without doubles.
    const QStringList &paths() const { return m_paths; }
    /// Depends on time, user, parameters or other records: cannot be kept in a column.
    bool isVolatile() const { return m_volatile; }

    Value evaluate(const Context &context) const;
    /// Null does not hold.
    bool holds(const Context &context) const { return evaluate(context).toBool(); }
    Result<QString> toSql(SqlScope &scope) const;

private:
    std::unique_ptr<Node> m_root;
    QString m_text;
    QStringList m_paths;
    bool m_volatile = false;
};

/// The type that a field has in expressions.
TZ_CORE_EXPORT Type typeOf(const Field &field);

/// The custom SQL functions that toSql() uses: name, number of arguments and implementation on Values.
/// The store registers them with SQLite.
struct SqlFunction {
    const char *name;
    int arguments; ///< -1: any
    std::function<Value(const ValueList &)> call;
};
TZ_CORE_EXPORT const std::vector<SqlFunction> &sqlFunctions();

} // namespace tz::expression
