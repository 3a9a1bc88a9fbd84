// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/typing.h"

#include "core/base/decimal.h"
#include "core/catalog/catalog.h"
#include "core/catalog/suggest.h"
#include "core/catalog/visibility.h"

namespace tz::expression {

namespace {
QString positionKey()
{
    return QStringLiteral("position");
}

Error unknownName(const char *code, const QString &name, const QStringList &candidates, int position)
{
    return Error(code, {{QStringLiteral("name"), name},
                        {QStringLiteral("suggestion"), closestName(name, candidates)},
                        {positionKey(), position}});
}

QStringList fieldNames(const Entity &entity, const Visibility *visibility)
{
    QStringList names{QStringLiteral("id")};
    for (const Field &field : entity.fields) {
        if (Visibility::sees(visibility, entity, field))
            names << field.name;
    }
    return names;
}

bool isOrder(Comparison comparison)
{
    return comparison != Comparison::Equal && comparison != Comparison::NotEqual;
}

Comparison comparisonFor(const QString &symbol)
{
    if (symbol == QLatin1String("=="))
        return Comparison::Equal;
    if (symbol == QLatin1String("!="))
        return Comparison::NotEqual;
    if (symbol == QLatin1String("<"))
        return Comparison::Less;
    if (symbol == QLatin1String("<="))
        return Comparison::LessEqual;
    return symbol == QLatin1String(">") ? Comparison::Greater : Comparison::GreaterEqual;
}

/// A text literal where a date, time or id is expected.
std::optional<Value> readLiteral(const QString &text, Kind kind)
{
    if (kind == Kind::Date) {
        const QDate date = QDate::fromString(text, Qt::ISODate);
        return date.isValid() && text.size() == 10 ? std::optional(Value::fromDate(date)) : std::nullopt;
    }
    if (kind == Kind::DateTime) {
        QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (!time.isValid() || text.size() <= 10)
            return std::nullopt;
        if (time.timeSpec() == Qt::LocalTime)
            time.setTimeSpec(Qt::UTC);
        return Value::fromDateTime(time);
    }
    if (kind == Kind::Id) {
        if (const auto id = Id::fromString(text))
            return Value(*id);
    }
    return std::nullopt;
}
} // namespace

Error typeError(int position, const QString &expected, const QString &found)
{
    return Error("expression.type",
                 {{positionKey(), position}, {QStringLiteral("expected"), expected}, {QStringLiteral("found"), found}});
}

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return QStringLiteral("null");
    case Kind::Bool:
        return QStringLiteral("yes or no");
    case Kind::Number:
        return QStringLiteral("a number");
    case Kind::Text:
        return QStringLiteral("text");
    case Kind::Date:
        return QStringLiteral("a date");
    case Kind::DateTime:
        return QStringLiteral("a date and time");
    case Kind::Id:
        return QStringLiteral("a record");
    case Kind::Set:
        return QStringLiteral("a set");
    }
    return {};
}

NodePtr makeNode(Node::Kind kind, Type type, std::vector<NodePtr> args)
{
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->type = type;
    node->args = std::move(args);
    node->isFixed = std::all_of(node->args.begin(), node->args.end(), [](const NodePtr &arg) { return arg->isFixed; });
    return node;
}

NodePtr makeCall(const char *kernelName, Type type, std::vector<NodePtr> args, std::vector<qint64> extras)
{
    NodePtr node = makeNode(Node::Kind::Call, type, std::move(args));
    node->kernel = &kernel(kernelName);
    node->extras = std::move(extras);
    return node;
}

NodePtr makeConstant(Value value, Type type)
{
    NodePtr node = makeNode(Node::Kind::Constant, type);
    node->value = std::move(value);
    return node;
}

Type typeOf(const Field &field)
{
    switch (field.type) {
    case FieldType::Integer:
    case FieldType::Duration:
        return {Kind::Number, 0};
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent:
        return {Kind::Number, field.scale};
    case FieldType::Bool:
        return {Kind::Bool, 0};
    case FieldType::Date:
        return {Kind::Date, 0};
    case FieldType::DateTime:
        return {Kind::DateTime, 0};
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
        return {Kind::Id, 0};
    case FieldType::Links:
    case FieldType::Tags:
    case FieldType::Attachments:
    case FieldType::Lines:
        return {Kind::Set, 0};
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Enum:
    case FieldType::State:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Address:
    case FieldType::Json:
        return {Kind::Text, 0};
    }
    return {};
}

Result<NodePtr> Typer::whole(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr root, typed(syntax));
    if (m_scope.expected)
        return coerced(std::move(root), *m_scope.expected, syntax.position);
    return root;
}

Result<NodePtr> Typer::typed(const Syntax &syntax)
{
    switch (syntax.kind) {
    case Syntax::Kind::Null: {
        NodePtr node = makeConstant({}, {});
        node->isNullLiteral = true;
        return node;
    }
    case Syntax::Kind::True:
    case Syntax::Kind::False:
        return makeConstant(syntax.kind == Syntax::Kind::True, {Kind::Bool, 0});
    case Syntax::Kind::Number:
        return number(syntax);
    case Syntax::Kind::Text: {
        NodePtr node = makeConstant(syntax.text.isEmpty() ? Value() : Value(syntax.text), {Kind::Text, 0});
        node->isNullLiteral = syntax.text.isEmpty();
        return node;
    }
    case Syntax::Kind::Date: {
        const auto value = readLiteral(syntax.text, Kind::Date);
        if (!value)
            return fail(typeError(syntax.position, QStringLiteral("date'YYYY-MM-DD'"), syntax.text));
        return makeConstant(*value, {Kind::Date, 0});
    }
    case Syntax::Kind::Name:
        return name(syntax);
    case Syntax::Kind::List:
        return fail(typeError(syntax.position, QStringLiteral("a single value"), QStringLiteral("a list")));
    case Syntax::Kind::Call:
        return call(syntax);
    case Syntax::Kind::Unary:
        return unary(syntax);
    case Syntax::Kind::Binary:
        return binary(syntax);
    case Syntax::Kind::Choose:
        return choose(syntax);
    }
    return fail(typeError(syntax.position, QStringLiteral("a value"), {}));
}

Result<NodePtr> Typer::number(const Syntax &syntax)
{
    const auto point = syntax.text.indexOf(u'.');
    const int scale = point < 0 ? 0 : int(syntax.text.size() - point - 1);
    if (scale > decimal::maxScale)
        return fail(typeError(syntax.position, QStringLiteral("at most 8 digits after the point"), syntax.text));
    const auto value = decimal::fromText(syntax.text, scale);
    if (!value)
        return fail(typeError(syntax.position, QStringLiteral("a smaller number"), syntax.text));
    return makeConstant(*value, {Kind::Number, scale});
}

Result<NodePtr> Typer::name(const Syntax &syntax)
{
    const bool me = syntax.text == QLatin1String("me");
    if (me || syntax.text == QLatin1String("my_teams")) {
        m_volatile = true;
        NodePtr node = makeNode(me ? Node::Kind::Me : Node::Kind::MyTeams, {me ? Kind::Id : Kind::Set, 0});
        node->member = me ? Kind::Null : Kind::Id;
        return node;
    }
    return field(syntax.text.split(u'.'), syntax.position);
}

void Typer::note(const Path &path)
{
    const QString joined = path.names.join(u'.');
    if (!m_paths.contains(joined))
        m_paths << joined;
    if (!path.links.empty() || path.system.startsWith(u'_'))
        m_volatile = true;
    else if (path.field >= 0) {
        const Field &last = path.entity->fieldAt(path.field);
        m_volatile = m_volatile || (last.formula && last.formula->isVolatile());
    }
}

Result<NodePtr> Typer::field(const QStringList &names, int position)
{
    Path path;
    path.entity = m_scope.entity;
    if (!path.entity)
        return fail(unknownName("expression.unknown_field", names.join(u'.'), {}, position));
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString &part = names[i];
        const bool isLast = i + 1 == names.size();
        const Entity &entity = *path.entity;
        if (isLast &&
            (part == QLatin1String("id") || part == QLatin1String("_state") || part == QLatin1String("_rev"))) {
            path.system = part;
            path.names << part;
            note(path);
            NodePtr node = makeNode(Node::Kind::Field, {part == QLatin1String("id") ? Kind::Id : Kind::Number, 0});
            node->path = std::move(path);
            node->isFixed = false;
            return node;
        }
        path.field = entity.indexOf(part);
        // "state.probability" means the record's state, whatever its field is called.
        if (path.field < 0 && !isLast && part == QLatin1String("state") && entity.states)
            path.field = entity.indexOf(entity.states->field);
        if (path.field < 0 || !Visibility::sees(m_scope.visibility, entity, entity.fieldAt(path.field)))
            return fail(
                unknownName("expression.unknown_field", part, fieldNames(entity, m_scope.visibility), position));
        const Field &found = entity.fieldAt(path.field);
        path.names << found.name;
        if (!isLast && found.type == FieldType::State && entity.states && entity.states->field == found.name) {
            if (i + 2 != names.size())
                return fail(unknownName("expression.unknown_field", names.join(u'.'), {}, position));
            return property(std::move(path), names[i + 1], position);
        }
        const bool hasMembers = found.type == FieldType::Address || found.type == FieldType::Json;
        if (isLast || (hasMembers && i + 2 == names.size())) {
            if (found.isLines())
                return fail(typeError(position, QStringLiteral("a value (use a rollup over the lines)"), part));
            note(path);
            NodePtr node = makeNode(Node::Kind::Field, typeOf(found));
            node->isFixed = false;
            if (found.isSet())
                node->member = found.type == FieldType::Tags ? Kind::Text : Kind::Id;
            node->path = std::move(path);
            if (isLast)
                return node;
            return makeCall("tz_member", {Kind::Text, 0},
                            nodes(std::move(node), makeConstant(names[i + 1], {Kind::Text, 0})));
        }
        if (!found.isReference())
            return fail(typeError(position, QStringLiteral("a link"), part));
        const Entity *target = m_scope.catalog ? m_scope.catalog->entity(found.to) : nullptr;
        if (!target)
            return fail(unknownName("expression.unknown_entity", found.to, {}, position));
        path.links.emplace_back(path.entity, path.field);
        path.entity = target;
    }
    return fail(unknownName("expression.unknown_field", names.join(u'.'), {}, position));
}

Result<NodePtr> Typer::property(Path path, const QString &propertyName, int position)
{
    const StateMachine &machine = *path.entity->states;
    const bool isFinal = propertyName == QLatin1String("final");
    NodePtr node = makeNode(Node::Kind::Property, {isFinal ? Kind::Bool : Kind::Number, 0});
    node->isFixed = false;
    QStringList known{QStringLiteral("final")};
    for (const State &state : machine.states) {
        known << state.properties.keys();
        if (isFinal)
            node->properties.emplace_back(state.name, state.final);
        else if (const auto found = state.properties.constFind(propertyName); found != state.properties.cend())
            node->properties.emplace_back(state.name, *found);
    }
    if (node->properties.empty())
        return fail(unknownName("expression.unknown_field", propertyName, known, position));
    note(path);
    node->path = std::move(path);
    return node;
}

Result<NodePtr> Typer::coerced(NodePtr node, const Type &to, int position)
{
    const bool isConstant = node->kind == Node::Kind::Constant;
    if (node->type == to)
        return node;
    // A parameter of undeclared type holds whatever it is compared with, in its stored form.
    if (node->type.kind == Kind::Null && (isConstant || node->kind == Node::Kind::Parameter)) {
        node->type = to;
        return node;
    }
    if (node->type.kind == Kind::Number && to.kind == Kind::Number) {
        if (isConstant && node->value.isInteger()) {
            const auto value = decimal::rescale(node->value.toInteger(), node->type.scale, to.scale);
            return makeConstant(value ? Value(*value) : Value(), to);
        }
        const qint64 from = node->type.scale;
        return makeCall("tz_rescale", to, nodes(std::move(node)), {from, to.scale});
    }
    if (node->type.kind == Kind::Text && isConstant && !node->isNullLiteral) {
        if (const auto value = readLiteral(node->value.toText(), to.kind))
            return makeConstant(*value, to);
        if (const auto value = readLiteral(node->value.toText(), Kind::Date); value && to.kind == Kind::DateTime)
            return coerced(makeConstant(*value, {Kind::Date, 0}), to, position);
    }
    if (node->type.kind == Kind::Text && node->isNullLiteral) {
        node->type = to;
        return node;
    }
    const bool dayToTime = node->type.kind == Kind::Date && to.kind == Kind::DateTime;
    const bool timeToDay = node->type.kind == Kind::DateTime && to.kind == Kind::Date;
    if (dayToTime || timeToDay) {
        m_volatile = true;
        NodePtr moved = makeCall(dayToTime ? "tz_day_start" : "tz_local_date", to, nodes(std::move(node)));
        moved->appendOffset = true;
        return moved;
    }
    if (node->type.kind == to.kind)
        return node;
    return fail(typeError(position, kindName(to.kind), kindName(node->type.kind)));
}

/// Brings both to one kind; numbers keep their own scales.
Result<> Typer::unify(NodePtr &a, NodePtr &b, int position)
{
    const auto kindA = a->type.kind;
    const auto kindB = b->type.kind;
    if (kindA == kindB)
        return {};
    const bool changeB = kindB == Kind::Null || (kindB == Kind::Text && kindA != Kind::Null) ||
                         (kindB == Kind::Date && kindA == Kind::DateTime);
    if (changeB && kindA != Kind::Text) {
        TZ_ASSIGN(b, coerced(std::move(b), a->type, position));
    } else if (kindA == Kind::Null || kindA == Kind::Text || (kindA == Kind::Date && kindB == Kind::DateTime)) {
        const Type to = kindB == Kind::Null ? a->type : b->type;
        if (kindB == Kind::Null) {
            TZ_ASSIGN(b, coerced(std::move(b), to, position));
        } else {
            TZ_ASSIGN(a, coerced(std::move(a), to, position));
        }
    } else {
        return fail(typeError(position, kindName(kindA), kindName(kindB)));
    }
    return {};
}

Result<> Typer::checkChoice(const Node &field, const Node &text, int position) const
{
    if (field.kind != Node::Kind::Field || field.path.field < 0 || text.kind != Node::Kind::Constant ||
        !text.value.isText())
        return {};
    const Field &declared = field.path.entity->fieldAt(field.path.field);
    if ((declared.type != FieldType::Enum && declared.type != FieldType::State) || declared.choices.isEmpty() ||
        declared.choice(text.value.toText()))
        return {};
    QStringList names;
    for (const Choice &choice : declared.choices)
        names << choice.name;
    return fail(unknownName("expression.unknown_choice", text.value.toText(), names, position));
}

Result<NodePtr> Typer::condition(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr node, typed(syntax));
    return coerced(std::move(node), {Kind::Bool, 0}, syntax.position);
}

Result<NodePtr> Typer::unary(const Syntax &syntax)
{
    if (syntax.text == QLatin1String("not")) {
        TZ_ASSIGN(NodePtr inner, condition(*syntax.items[0]));
        return makeNode(Node::Kind::Not, {Kind::Bool, 0}, nodes(std::move(inner)));
    }
    TZ_ASSIGN(NodePtr inner, argument(syntax, 0, Kind::Number));
    const Type type = inner->type;
    if (inner->kind == Node::Kind::Constant && inner->value.isInteger())
        return makeConstant(-inner->value.toInteger(), type);
    return makeCall("tz_negate", type, nodes(std::move(inner)));
}

Result<NodePtr> Typer::binary(const Syntax &syntax)
{
    const QString &operation = syntax.text;
    if (operation == QLatin1String("and") || operation == QLatin1String("or"))
        return logic(syntax);
    if (operation == QLatin1String("in") || operation == QLatin1String("not in"))
        return membership(syntax);
    if (operation == QLatin1String("has"))
        return has(syntax);
    if (operation == QLatin1String("~")) {
        TZ_ASSIGN(NodePtr text, argument(syntax, 0, Kind::Text));
        TZ_ASSIGN(NodePtr part, argument(syntax, 1, Kind::Text));
        return makeCall("tz_like", {Kind::Bool, 0}, nodes(std::move(text), std::move(part)));
    }
    if (operation.size() == 1 && QStringView(u"+-*/%").contains(operation[0]))
        return arithmetic(syntax);
    return comparison(syntax);
}

Result<NodePtr> Typer::logic(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr left, condition(*syntax.items[0]));
    TZ_ASSIGN(NodePtr right, condition(*syntax.items[1]));
    return makeNode(syntax.text == QLatin1String("and") ? Node::Kind::And : Node::Kind::Or, {Kind::Bool, 0},
                    nodes(std::move(left), std::move(right)));
}

Result<NodePtr> Typer::arithmetic(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr left, argument(syntax, 0, Kind::Number));
    TZ_ASSIGN(NodePtr right, argument(syntax, 1, Kind::Number));
    const int a = left->type.scale;
    const int b = right->type.scale;
    const int larger = std::max(a, b);
    const char operation = syntax.text[0].toLatin1();
    if (operation == '*') {
        const int scale = std::min(a + b, std::max(larger, decimal::defaultScale));
        return makeCall("tz_multiply", {Kind::Number, scale}, nodes(std::move(left), std::move(right)),
                        {a + b - scale});
    }
    if (operation == '/') {
        const int scale = std::max(larger, decimal::defaultScale);
        if (left->kind == Node::Kind::Call && left->kernel == &kernel("tz_multiply")) {
            const int exponent = scale - left->args[0]->type.scale - left->args[1]->type.scale + b;
            std::vector<NodePtr> factors = std::move(left->args);
            factors.push_back(std::move(right));
            return makeCall("tz_multiply_divide", {Kind::Number, scale}, std::move(factors), {exponent});
        }
        return makeCall("tz_divide", {Kind::Number, scale}, nodes(std::move(left), std::move(right)), {scale - a + b});
    }
    const Type type{Kind::Number, larger};
    TZ_ASSIGN(left, coerced(std::move(left), type, syntax.position));
    TZ_ASSIGN(right, coerced(std::move(right), type, syntax.position));
    const char *name = operation == '+' ? "tz_add" : (operation == '-' ? "tz_subtract" : "tz_modulo");
    return makeCall(name, type, nodes(std::move(left), std::move(right)));
}

Result<NodePtr> Typer::emptiness(NodePtr node)
{
    if (node->type.kind != Kind::Set)
        return makeNode(Node::Kind::IsNull, {Kind::Bool, 0}, nodes(std::move(node)));
    if (node->kind != Node::Kind::Field)
        return fail(typeError(1, QStringLiteral("a field"), QStringLiteral("a set")));
    NodePtr count = makeNode(Node::Kind::Count, {Kind::Number, 0});
    count->path = node->path;
    count->isFixed = false;
    NodePtr compared =
        makeNode(Node::Kind::Compare, {Kind::Bool, 0}, nodes(std::move(count), makeConstant(0, {Kind::Number, 0})));
    compared->comparison = Comparison::Equal;
    return compared;
}

Result<NodePtr> Typer::comparison(const Syntax &syntax)
{
    const Comparison comparison = comparisonFor(syntax.text);
    TZ_ASSIGN(NodePtr left, typed(*syntax.items[0]));
    TZ_ASSIGN(NodePtr right, typed(*syntax.items[1]));
    const bool isNullTest = !isOrder(comparison) && (left->isNullLiteral || right->isNullLiteral);
    if (isNullTest) {
        TZ_ASSIGN(NodePtr test, emptiness(std::move(right->isNullLiteral ? left : right)));
        if (comparison == Comparison::Equal)
            return test;
        return makeNode(Node::Kind::Not, {Kind::Bool, 0}, nodes(std::move(test)));
    }
    TZ_TRY(unify(left, right, syntax.position));
    const auto kind = left->type.kind;
    if (kind == Kind::Set || (isOrder(comparison) && (kind == Kind::Bool || kind == Kind::Id))) {
        return fail(
            typeError(syntax.position, kind == Kind::Set ? QStringLiteral("has") : QStringLiteral("=="), syntax.text));
    }
    if (!isOrder(comparison)) {
        TZ_TRY(checkChoice(*left, *right, syntax.position));
        TZ_TRY(checkChoice(*right, *left, syntax.position));
    }
    NodePtr node = makeNode(Node::Kind::Compare, {Kind::Bool, 0}, nodes(std::move(left), std::move(right)));
    node->comparison = comparison;
    return node;
}

Result<NodePtr> Typer::membershipIn(NodePtr set, NodePtr member, int position)
{
    TZ_ASSIGN(member, coerced(std::move(member), {set->member, 0}, position));
    NodePtr node = makeNode(Node::Kind::Has, {Kind::Bool, 0}, nodes(std::move(member)));
    node->path = set->path;
    node->isFixed = false;
    return node;
}

Result<NodePtr> Typer::has(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr set, typed(*syntax.items[0]));
    TZ_ASSIGN(NodePtr member, typed(*syntax.items[1]));
    if (set->kind != Node::Kind::Field || set->type.kind != Kind::Set)
        return fail(typeError(syntax.position, QStringLiteral("a set"), kindName(set->type.kind)));
    return membershipIn(std::move(set), std::move(member), syntax.position);
}

Result<NodePtr> Typer::membership(const Syntax &syntax)
{
    const bool negated = syntax.text == QLatin1String("not in");
    TZ_ASSIGN(NodePtr wanted, typed(*syntax.items[0]));
    const Syntax &right = *syntax.items[1];
    NodePtr node;
    if (right.kind == Syntax::Kind::List) {
        std::vector<NodePtr> args = nodes(std::move(wanted));
        for (const auto &item : right.items) {
            TZ_ASSIGN(NodePtr member, typed(*item));
            if (!member->isFixed)
                return fail(typeError(item->position, QStringLiteral("a value that no record changes"), item->text));
            if (member->type.kind != Kind::Number || args[0]->type.kind != Kind::Number) {
                TZ_ASSIGN(member, coerced(std::move(member), args[0]->type, item->position));
            }
            TZ_TRY(checkChoice(*args[0], *member, item->position));
            args.push_back(std::move(member));
        }
        node = makeNode(Node::Kind::In, {Kind::Bool, 0}, std::move(args));
    } else {
        TZ_ASSIGN(NodePtr set, typed(right));
        if (set->type.kind != Kind::Set)
            return fail(typeError(right.position, QStringLiteral("a set"), kindName(set->type.kind)));
        if (set->kind == Node::Kind::Field) {
            TZ_ASSIGN(node, membershipIn(std::move(set), std::move(wanted), syntax.position));
        } else {
            if (set->member != Kind::Null) {
                TZ_ASSIGN(wanted, coerced(std::move(wanted), {set->member, 0}, syntax.position));
            }
            node = makeNode(Node::Kind::In, {Kind::Bool, 0}, nodes(std::move(wanted), std::move(set)));
        }
    }
    if (node->kind == Node::Kind::In && node->args[0]->type.kind == Kind::Set)
        return fail(typeError(syntax.position, QStringLiteral("a single value"), QStringLiteral("a set")));
    return negated ? makeNode(Node::Kind::Not, {Kind::Bool, 0}, nodes(std::move(node))) : std::move(node);
}

Result<NodePtr> Typer::choose(const Syntax &syntax)
{
    TZ_ASSIGN(NodePtr test, condition(*syntax.items[0]));
    TZ_ASSIGN(NodePtr yes, typed(*syntax.items[1]));
    TZ_ASSIGN(NodePtr no, typed(*syntax.items[2]));
    TZ_TRY(unify(yes, no, syntax.position));
    const Type type{yes->type.kind, std::max(yes->type.scale, no->type.scale)};
    if (type.kind == Kind::Set)
        return fail(typeError(syntax.position, QStringLiteral("a single value"), QStringLiteral("a set")));
    TZ_ASSIGN(yes, coerced(std::move(yes), type, syntax.position));
    TZ_ASSIGN(no, coerced(std::move(no), type, syntax.position));
    return makeNode(Node::Kind::Choose, type, nodes(std::move(test), std::move(yes), std::move(no)));
}

Result<NodePtr> Typer::among(NodePtr node, const ValueList &values)
{
    const bool isSet = node->type.kind == Kind::Set;
    const Type type{isSet ? node->member : node->type.kind, node->type.scale};
    const Path path = node->path;
    NodePtr whole;
    std::vector<NodePtr> args;
    const auto alternative = [&](NodePtr test) {
        whole = whole ? makeNode(Node::Kind::Or, {Kind::Bool, 0}, nodes(std::move(whole), std::move(test)))
                      : std::move(test);
    };
    const auto copyOfField = [&] {
        NodePtr copy = makeNode(Node::Kind::Field, node->type);
        copy->path = path;
        copy->member = node->member;
        copy->isFixed = false;
        return copy;
    };
    for (const Value &value : values) {
        if (value.isNull()) {
            TZ_ASSIGN(NodePtr test, emptiness(copyOfField()));
            alternative(std::move(test));
        } else if (isSet) {
            NodePtr test = makeNode(Node::Kind::Has, {Kind::Bool, 0}, nodes(makeConstant(value, type)));
            test->path = path;
            test->isFixed = false;
            alternative(std::move(test));
        } else {
            args.push_back(makeConstant(value, type));
        }
    }
    if (!args.empty() || !whole) {
        // An empty set of values is met by nothing; of a set field, too.
        if (isSet)
            return makeConstant(false, {Kind::Bool, 0});
        const bool single = args.size() == 1;
        args.insert(args.begin(), copyOfField());
        NodePtr test = makeNode(single ? Node::Kind::Compare : Node::Kind::In, {Kind::Bool, 0}, std::move(args));
        alternative(std::move(test));
    }
    return whole;
}

} // namespace tz::expression
