// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/judge.h"

namespace tz {

namespace {

/// A formula may read another one declared after it; so many levels are settled.
constexpr int formulaLevels = 4;

Error withField(Error error, const QString &field)
{
    if (error.field.isEmpty())
        error.field = field;
    return error;
}

bool sameValues(const Record &a, const Record &b)
{
    for (const Field &field : a.entity->fields) {
        if (!field.isDerived() && !field.system && a.value(field.index) != b.value(field.index))
            return false;
    }
    return true;
}

} // namespace

Origin originOf(QStringView label, std::span<const Change> changes, size_t index, const Contributions &contributions)
{
    const qsizetype colon = label.indexOf(u':');
    const QStringView code = colon < 0 ? label : label.first(colon);
    if (code == QLatin1String("import"))
        return Origin::Import;
    if (code == QLatin1String("undo"))
        return Origin::Undo;
    for (const Change &earlier : changes.first(std::min(index, changes.size()))) {
        if (earlier.kind == ChangeKind::Action || !contributions.effects(earlier.entity).isEmpty())
            return Origin::Function;
    }
    return Origin::User;
}

Judge::Judge(const Reader &reader, const Contributions &contributions, const Actor &actor, qint64 nowMs,
             int utcOffsetSeconds)
    : m_reader(reader)
    , m_contributions(contributions)
    , m_actor(actor)
    , m_nowMs(nowMs)
    , m_utcOffsetSeconds(utcOffsetSeconds)
{
}

Origin Judge::originFor(const Entity &entity) const
{
    if (m_actor.system)
        return m_origin == Origin::Undo ? Origin::Undo : Origin::Import;
    if (m_origin == Origin::Import && grantFor(entity).write != Reach::All)
        return Origin::User;
    return m_origin;
}

expression::Context Judge::contextFor(const Record &record) const
{
    expression::Context context;
    context.record = &record;
    context.reader = &m_reader;
    context.me = m_actor.user;
    context.myTeams = m_actor.teams;
    context.nowMs = m_nowMs;
    context.utcOffsetSeconds = m_utcOffsetSeconds;
    return context;
}

Result<Value> Judge::checkedEdit(const Entity &entity, const Record *before, const FieldEdit &edit, int &index) const
{
    index = entity.indexOf(edit.field);
    if (index < 0)
        return fail("record.unknown_field", {{QStringLiteral("entity"), entity.fullName}}, edit.field);
    const Field &field = entity.fieldAt(index);
    if (field.isDerived() || field.isLines())
        return fail("record.derived", {}, field.name);
    const Origin origin = originFor(entity);
    const bool history = origin == Origin::Import;
    if (field.system && !(history && !before))
        return fail("record.readonly", {}, field.name);
    TZ_ASSIGN(Value value, checkedValue(field, edit.value));
    if (field.readonly && !field.system && origin == Origin::User) {
        const Value held = before ? before->value(index) : Value();
        if (value != held)
            return fail("record.readonly", {}, field.name);
    }
    if (entity.states && entity.states->field == field.name) {
        if (!value.isNull() && !entity.states->state(value.toText()))
            return fail("record.bad_choice", {{QStringLiteral("value"), value.toText()}}, field.name);
        // A create enters its state later, when the other fields are known.
        if (before && value != before->value(index)) {
            bool back = false;
            if (origin == Origin::Undo) {
                const QString from = value.toText();
                const QString to = before->value(index).toText();
                back = std::any_of(entity.actions.begin(), entity.actions.end(), [&](const Transition &action) {
                    return action.to == to && (action.from.isEmpty() || action.from.contains(from)) &&
                           mayAct(*before, action).has_value();
                });
            }
            if (!history && !back)
                return fail("record.state_by_action", {{QStringLiteral("state"), value.toText()}}, field.name);
        }
    }
    return value;
}

Result<std::vector<FieldEdit>> Judge::checkedEdits(const Record &before, const std::vector<FieldEdit> &edits) const
{
    if (before.entity->appendOnly && m_origin != Origin::Undo && !m_actor.system)
        return fail("record.append_only", {{QStringLiteral("entity"), before.entity->fullName}});
    std::vector<FieldEdit> checked;
    checked.reserve(edits.size());
    for (const FieldEdit &edit : edits) {
        int index = -1;
        TZ_ASSIGN(Value value, checkedEdit(*before.entity, &before, edit, index));
        checked.push_back({edit.field, std::move(value), edit.was});
    }
    return checked;
}

Id Judge::teamOf(const Entity &entity, const Id &owner) const
{
    if (owner.isNull() || owner == m_actor.user)
        return m_actor.team;
    if (const auto known = m_teamOfUser.constFind(owner); known != m_teamOfUser.constEnd())
        return *known;
    const Field *field = entity.ownerField();
    const QString target = field->to.isEmpty() ? QStringLiteral("foundation.user") : field->to;
    Id team;
    if (const Entity *users = m_reader.catalog().entity(target)) {
        if (const auto user = m_reader.find(*users, owner); user && *user)
            team = (*user)->value(u"team").toId();
    }
    m_teamOfUser.insert(owner, team);
    return team;
}

Value Judge::worked(const Field &field, const expression::Expression &how, const Record &record,
                    const QHash<QString, Value> &parameters) const
{
    expression::Context context = contextFor(record);
    context.parameters = parameters;
    std::optional<Record> seen;
    const QSet<QString> hidden = m_sight ? grantFor(*record.entity).hidden : QSet<QString>();
    // What the actor reads here must not be a copy of what they may not read there.
    if (m_sight && !hidden.contains(field.name)) {
        context.reader = m_sight;
        seen = record;
        for (const QString &name : hidden)
            seen->set(name, {});
        context.record = &*seen;
    }
    return fittedValue(field, how.type(), how.evaluate(context), m_utcOffsetSeconds);
}

void Judge::fillDefaults(Record &record, const std::vector<bool> &given) const
{
    const Entity &entity = *record.entity;
    for (const Field &field : entity.fields) {
        if (!field.defaultValue || given[size_t(field.index)] || !record.value(field.index).isNull())
            continue;
        if (auto checked = checkedValue(field, worked(field, *field.defaultValue, record, {})))
            record.values[size_t(field.index)] = std::move(*checked);
    }
    const Field *team = entity.teamField();
    if (team && !given[size_t(team->index)] && record.value(team->index).isNull()) {
        const Field *owner = entity.ownerField();
        // A record that is nobody's (a public pool) still belongs to the team of whoever made it.
        const Id found = teamOf(entity, owner ? record.value(owner->index).toId() : Id());
        record.values[size_t(team->index)] = found.isNull() ? Value() : Value(found);
    }
}

void Judge::stamp(Record &record, bool created) const
{
    const Value now(m_nowMs);
    const Value me = m_actor.user.isNull() ? Value() : Value(m_actor.user);
    if (created) {
        const auto fill = [&record](QStringView name, const Value &with) {
            const int index = record.entity->indexOf(name);
            if (index >= 0 && record.value(index).isNull())
                record.values[size_t(index)] = with;
        };
        fill(u"created_at", now);
        fill(u"created_by", me);
        fill(u"modified_at", now);
        fill(u"modified_by", me);
        return;
    }
    record.set(u"modified_at", now);
    record.set(u"modified_by", me);
}

Result<> Judge::enterState(Record &record, const QString &wanted) const
{
    const StateMachine &machine = *record.entity->states;
    record.set(machine.field, Value(wanted.isEmpty() ? machine.initial : wanted));
    if (wanted.isEmpty() || wanted == machine.initial || originFor(*record.entity) != Origin::User)
        return {};
    // To begin in another state is to begin in the initial one and to act at once.
    Record start = record;
    start.set(machine.field, Value(machine.initial));
    Error reason("record.state_by_action", {{QStringLiteral("state"), wanted}}, machine.field);
    for (const Transition &action : record.entity->actions) {
        if (action.to != wanted || !(action.from.isEmpty() || action.from.contains(machine.initial)))
            continue;
        if (m_contributions.action(record.entity->fullName + u'.' + action.action))
            continue;
        if (!hasRoleFor(action)) {
            reason = Error("access.action_denied", {{QStringLiteral("action"), action.action}});
            continue;
        }
        auto moved = acted(start, action.action, {});
        if (moved) {
            record = std::move(*moved);
            return {};
        }
        reason = moved.error();
    }
    return fail(std::move(reason));
}

Result<Record> Judge::created(const Entity &entity, const Id &id, const std::vector<FieldEdit> &values) const
{
    Record record(entity, id);
    std::vector<bool> given(entity.fields.size(), false);
    for (const FieldEdit &edit : values) {
        int index = -1;
        TZ_ASSIGN(Value value, checkedEdit(entity, nullptr, edit, index));
        given[size_t(index)] = true;
        record.values[size_t(index)] = std::move(value);
    }
    QString wanted;
    if (const Field *state = entity.stateField()) {
        wanted = record.value(state->index).toText();
        record.values[size_t(state->index)] = Value(wanted.isEmpty() ? entity.states->initial : wanted);
    }
    fillDefaults(record, given);
    stamp(record, true);
    if (entity.states)
        TZ_TRY(enterState(record, wanted));
    TZ_TRY(validate(nullptr, record, {}));
    return record;
}

Result<Record> Judge::updated(const Record &before, const std::vector<FieldEdit> &edits) const
{
    TZ_ASSIGN(const std::vector<FieldEdit> checked, checkedEdits(before, edits));
    Record after = before;
    const Entity &entity = *before.entity;
    const Field *owner = entity.ownerField();
    const Field *team = entity.teamField();
    bool ownerGiven = false;
    bool teamGiven = false;
    for (const FieldEdit &edit : checked) {
        const int index = entity.indexOf(edit.field);
        ownerGiven = ownerGiven || (owner && index == owner->index);
        teamGiven = teamGiven || (team && index == team->index);
        after.values[size_t(index)] = edit.value;
    }
    if (ownerGiven && !teamGiven && m_origin != Origin::Undo)
        followOwner(before, after);
    if (sameValues(before, after))
        return before;
    stamp(after, false);
    TZ_TRY(validate(&before, after, {}));
    return after;
}

void Judge::followOwner(const Record &before, Record &after) const
{
    const Field *owner = before.entity->ownerField();
    const Field *team = before.entity->teamField();
    if (!owner || !team || after.value(owner->index).isNull() ||
        before.value(owner->index) == after.value(owner->index))
        return;
    if (const Id found = teamOf(*before.entity, after.value(owner->index).toId()); !found.isNull())
        after.values[size_t(team->index)] = Value(found);
}

void Judge::applySets(const Transition &action, Record &record, const QHash<QString, Value> &parameters) const
{
    // All at once: "previous_owner": "owner", "owner": "null" means the owner before, in whatever order they stand.
    const Record asked = record;
    for (const Transition::Set &set : action.set) {
        const Field *field = record.entity->field(set.field);
        if (!field || !set.value)
            continue;
        if (auto value = checkedValue(*field, worked(*field, *set.value, asked, parameters)))
            record.values[size_t(field->index)] = std::move(*value);
    }
}

bool Judge::hasHappened(const Record &record, const Transition &action)
{
    const Field *state = record.entity->stateField();
    return state && !action.to.isEmpty() && record.value(state->index).toText() == action.to;
}

Result<Record> Judge::acted(const Record &before, const QString &actionName,
                            const std::vector<FieldEdit> &parameters) const
{
    const Entity &entity = *before.entity;
    const Transition *action = entity.action(actionName);
    if (!action)
        return fail("action.unknown", {{QStringLiteral("action"), actionName}});
    if (hasHappened(before, *action))
        return before;
    if (const Field *state = entity.stateField()) {
        const QString current = before.value(state->index).toText();
        if (!action->from.isEmpty() && !action->from.contains(current))
            return fail("action.not_from_here",
                        {{QStringLiteral("state"), current}, {QStringLiteral("action"), actionName}}, state->name);
    }
    if (action->when && !action->when->holds(contextFor(before)))
        return fail("action.not_allowed_now", {{QStringLiteral("action"), actionName}});

    Record after = before;
    QHash<QString, Value> given;
    for (const FieldEdit &parameter : parameters) {
        const Field *field = action->ask.contains(parameter.field) ? entity.field(parameter.field) : nullptr;
        if (!field) {
            given.insert(parameter.field, parameter.value);
            continue;
        }
        auto value = checkedValue(*field, parameter.value);
        if (!value)
            return fail(withField(std::move(value.error()), field->name));
        after.values[size_t(field->index)] = *value;
        given.insert(parameter.field, std::move(*value));
    }
    if (!action->to.isEmpty() && entity.states)
        after.set(entity.states->field, Value(action->to));
    applySets(*action, after, given);
    const Field *team = entity.teamField();
    if (team && before.value(team->index) == after.value(team->index))
        followOwner(before, after);
    for (const QString &name : action->requires_) {
        const Field *field = entity.field(name);
        if (field && after.value(field->index).isNull())
            return fail("action.missing", {{QStringLiteral("field"), name}, {QStringLiteral("action"), actionName}},
                        name);
    }
    stamp(after, false);
    TZ_TRY(validate(&before, after, actionName));
    return after;
}

Result<> Judge::checkMerged(const Record *before, Record &merged, const QString &action) const
{
    auto checked = validate(before, merged, action);
    if (checked)
        return {};
    Error outer("record.merged_invalid", {}, checked.error().field);
    return fail(checked.error().within(std::move(outer)));
}

void Judge::derive(Record &record) const
{
    expression::Context context = contextFor(record);
    bool changed = true;
    for (int level = 0; changed && level < formulaLevels; ++level) {
        changed = false;
        int formulas = 0;
        for (const Field &field : record.entity->fields) {
            if (!field.formula || !field.hasColumn())
                continue;
            Value value =
                fittedValue(field, field.formula->type(), field.formula->evaluate(context), m_utcOffsetSeconds);
            ++formulas;
            if (value != record.value(field.index)) {
                record.values[size_t(field.index)] = std::move(value);
                changed = true;
            }
        }
        // One alone reads no other one.
        changed = changed && formulas > 1;
    }
}

Result<> Judge::runRules(const Record *before, Record &after, const QString &action) const
{
    const QList<RuleFunction> &rules = m_contributions.rules(after.entity->fullName);
    if (rules.isEmpty())
        return {};
    const RuleContext context{m_reader, m_actor, m_nowMs, m_utcOffsetSeconds, before, after, action};
    const std::vector<Value> given = after.values;
    for (const RuleFunction &rule : rules)
        TZ_TRY(rule(context));
    // What a rule set has the same form as what a user typed.
    bool changed = false;
    for (const Field &field : after.entity->fields) {
        if (field.isDerived() || field.isLines() || given[size_t(field.index)] == after.value(field.index))
            continue;
        TZ_ASSIGN(Value value, checkedValue(field, after.value(field.index)));
        after.values[size_t(field.index)] = std::move(value);
        changed = true;
    }
    if (changed)
        derive(after);
    return {};
}

Result<> Judge::validate(const Record *before, Record &after, const QString &action) const
{
    derive(after);
    TZ_TRY(runRules(before, after, action));
    const expression::Context now = contextFor(after);
    for (const Field &field : after.entity->fields) {
        if (field.isDerived() || field.system || field.isLines())
            continue;
        const Value &value = after.value(field.index);
        const bool changed = !before || before->value(field.index) != value;
        // What an action or a function writes, it writes on purpose.
        if (before && changed && field.readonlyIf && action.isEmpty() && originFor(*after.entity) == Origin::User &&
            field.readonlyIf->holds(contextFor(*before)))
            return fail("record.readonly", {}, field.name);
        if (!value.isNull() || (!after.entity->number.isEmpty() && field.name == QLatin1String("number")))
            continue;
        if (field.required && changed)
            return fail("record.required", {}, field.name);
        if (field.requiredIf && field.requiredIf->holds(now) &&
            (changed || !field.requiredIf->holds(contextFor(*before))))
            return fail("record.required", {}, field.name);
    }
    return mayClaim(before, after);
}

} // namespace tz
