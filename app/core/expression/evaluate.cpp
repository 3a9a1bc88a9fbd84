// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/base/decimal.h"
#include "core/expression/node.h"
#include "core/store/reader.h"

namespace tz::expression {

namespace {
const Value &fieldValue(const Record &record, const Entity *entity, int field)
{
    // A record may come from a newer catalog of the same program, where positions differ.
    if (record.entity == entity)
        return record.value(field);
    return record.value(entity->fieldAt(field).name);
}

Value systemValue(const Record &record, const QString &name)
{
    if (name == QLatin1String("id"))
        return record.id;
    return name == QLatin1String("_rev") ? Value(record.rev) : Value(record.state);
}

/// The value at the end of a path; a link that is empty or leads nowhere gives null.
Value pathValue(const Path &path, const Context &context)
{
    const Record *record = context.record;
    std::optional<Record> linked;
    for (size_t step = 0; record && step < path.links.size(); ++step) {
        const auto &[entity, field] = path.links[step];
        const Value link = fieldValue(*record, entity, field);
        const Entity *target = step + 1 < path.links.size() ? path.links[step + 1].first : path.entity;
        if (!context.reader || !link.isId())
            return {};
        auto found = context.reader->find(*target, link.toId());
        if (!found || !*found)
            return {};
        linked = std::move(**found);
        record = &*linked;
    }
    if (!record)
        return {};
    if (!path.system.isEmpty())
        return systemValue(*record, path.system);
    const Field &field = path.entity->fieldAt(path.field);
    // A formula is computed afresh, because the record may be one that is being edited.
    if (field.formula) {
        Context inner = context;
        inner.record = record;
        return field.formula->evaluate(inner);
    }
    const Value &value = fieldValue(*record, path.entity, path.field);
    return value.isText() && value.toText().isEmpty() ? Value() : value;
}

int compareValues(const Node &node, const Value &a, const Value &b)
{
    const Type &left = node.args[0]->type;
    const Type &right = node.args[1]->type;
    if (a.isText() && b.isText())
        return compareTexts(a.toText(), b.toText());
    if (left.kind == Kind::Number && right.kind == Kind::Number)
        return compareNumbers(a.toInteger(), left.scale, b.toInteger(), right.scale);
    const auto order = a <=> b;
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

bool satisfies(Comparison comparison, int order)
{
    switch (comparison) {
    case Comparison::Equal:
        return order == 0;
    case Comparison::NotEqual:
        return order != 0;
    case Comparison::Less:
        return order < 0;
    case Comparison::LessEqual:
        return order <= 0;
    case Comparison::Greater:
        return order > 0;
    case Comparison::GreaterEqual:
        return order >= 0;
    }
    return false;
}

Value evaluateCall(const Node &node, const Context &context)
{
    ValueList arguments;
    arguments.reserve(node.args.size() + node.extras.size() + 1);
    for (const NodePtr &argument : node.args)
        arguments.push_back(evaluateNode(*argument, context));
    for (const qint64 extra : node.extras)
        arguments.emplace_back(extra);
    if (node.appendOffset)
        arguments.emplace_back(context.utcOffsetSeconds);
    return callKernel(*node.kernel, arguments);
}

/// Three-valued: `decisive` on either side decides, else null on either side wins.
Value logic(const Node &node, const Context &context, bool decisive)
{
    const Value left = evaluateNode(*node.args[0], context);
    if (!left.isNull() && left.toBool() == decisive)
        return decisive;
    const Value right = evaluateNode(*node.args[1], context);
    if (!right.isNull() && right.toBool() == decisive)
        return decisive;
    return left.isNull() || right.isNull() ? Value() : Value(!decisive);
}

Value evaluateIn(const Node &node, const Context &context)
{
    const Value wanted = evaluateNode(*node.args[0], context);
    if (wanted.isNull())
        return {};
    const int scale = node.args[0]->type.scale;
    const auto matches = [&](const Value &candidate, const Type &type) {
        if (type.kind == Kind::Number)
            return candidate.isInteger() &&
                   compareNumbers(wanted.toInteger(), scale, candidate.toInteger(), type.scale) == 0;
        return candidate == wanted;
    };
    for (size_t i = 1; i < node.args.size(); ++i) {
        const Value candidate = evaluateNode(*node.args[i], context);
        if (node.args[i]->type.kind == Kind::Set) {
            const Type member{node.args[i]->member, scale};
            for (const Value &one : candidate.toList()) {
                if (matches(one, member))
                    return true;
            }
        } else if (matches(candidate, node.args[i]->type)) {
            return true;
        }
    }
    return false;
}
} // namespace

Value evaluateNode(const Node &node, const Context &context)
{
    switch (node.kind) {
    case Node::Kind::Constant:
        return node.value;
    case Node::Kind::Me:
        return context.me.isNull() ? Value() : Value(context.me);
    case Node::Kind::MyTeams: {
        ValueList teams;
        for (const Id &team : context.myTeams)
            teams.emplace_back(team);
        return Value::fromSet(std::move(teams));
    }
    case Node::Kind::Now:
        return context.nowMs;
    case Node::Kind::Today: {
        const Value arguments[] = {context.nowMs, context.utcOffsetSeconds};
        return callKernel(*node.kernel, arguments);
    }
    case Node::Kind::Parameter: {
        const Value value = context.parameters.value(node.text);
        return value.isText() && value.toText().isEmpty() ? Value() : value;
    }
    case Node::Kind::Field:
        return pathValue(node.path, context);
    case Node::Kind::Property: {
        const Value state = pathValue(node.path, context);
        for (const auto &[name, value] : node.properties) {
            if (state.isText() && state.toText() == name)
                return value;
        }
        return {};
    }
    case Node::Kind::Call:
        return evaluateCall(node, context);
    case Node::Kind::Compare: {
        const Value left = evaluateNode(*node.args[0], context);
        const Value right = evaluateNode(*node.args[1], context);
        if (left.isNull() || right.isNull())
            return {};
        return satisfies(node.comparison, compareValues(node, left, right));
    }
    case Node::Kind::IsNull:
        return evaluateNode(*node.args[0], context).isNull();
    case Node::Kind::And:
        return logic(node, context, false);
    case Node::Kind::Or:
        return logic(node, context, true);
    case Node::Kind::Not: {
        const Value inner = evaluateNode(*node.args[0], context);
        return inner.isNull() ? Value() : Value(!inner.toBool());
    }
    case Node::Kind::Choose:
        return evaluateNode(*node.args[evaluateNode(*node.args[0], context).toBool() ? 1 : 2], context);
    case Node::Kind::Coalesce:
        for (const NodePtr &argument : node.args) {
            if (Value value = evaluateNode(*argument, context); !value.isNull())
                return value;
        }
        return {};
    case Node::Kind::In:
        return evaluateIn(node, context);
    case Node::Kind::Has: {
        const Value member = evaluateNode(*node.args[0], context);
        const Value set = pathValue(node.path, context);
        return !member.isNull() && std::ranges::find(set.toList(), member) != set.toList().end();
    }
    case Node::Kind::Count:
        return qint64(pathValue(node.path, context).toList().size());
    case Node::Kind::Embedded:
        return node.embedded->evaluate(context);
    }
    TZ_CHECK(!"unknown kind of node");
}

} // namespace tz::expression
