// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalogcheck.h"

#include "core/expression/expression.h"
#include "core/expression/parser.h"

namespace tz {

namespace {
using expression::Expression;

/// The names that an expression mentions, without knowing what they mean.
void collectNames(const expression::Syntax &syntax, QStringList &names)
{
    if (syntax.kind == expression::Syntax::Kind::Name)
        names << syntax.text;
    for (const auto &item : syntax.items)
        collectNames(*item, names);
}

class Check {
public:
    Check(Draughts &draughts, Faults &faults)
        : m_draughts(draughts)
        , m_faults(faults)
    {
    }

    void run()
    {
        for (const auto &entity : m_draughts.entities)
            checkLinks(*entity);
        for (const auto &entity : m_draughts.entities)
            compileFormulas(*entity);
        for (const auto &entity : m_draughts.entities) {
            compileRollups(*entity);
            compileConditions(*entity);
            compileActions(*entity);
            compileClaims(*entity);
            checkStates(*entity);
            checkNames(*entity);
        }
        for (const ReportSpec &report : m_draughts.reports)
            checkReport(report);
    }

private:
    Place fieldPlace(const Entity &entity, const Field &field) const
    {
        return m_draughts.origins[entity.fullName].fields.value(field.name);
    }

    QStringList entityNames() const { return m_draughts.byName.keys(); }

    static QStringList fieldNames(const Entity &entity)
    {
        QStringList names;
        for (const Field &field : entity.fields)
            names << field.name;
        return names;
    }

    /// The entity, or a fault; null without a fault where it belongs to a department that may be absent.
    Entity *target(const QString &name, const Place &place)
    {
        const QString department = name.section(u'.', 0, 0);
        const auto spec = m_draughts.specs.constFind(place.department);
        const bool company = place.department.isEmpty();
        Entity *found = m_draughts.byName.value(name, nullptr);
        const bool own = company || department == place.department;
        if (found && (own || spec->needs.contains(department) || spec->uses.contains(department)))
            return found;
        if (!company && !own && spec->uses.contains(department) && !m_draughts.specs.contains(department))
            return nullptr;
        if (found || (!own && m_draughts.specs.contains(department) && !spec->needs.contains(department) &&
                      !spec->uses.contains(department))) {
            m_faults.add(place, "catalog.link_outside_needs",
                         QStringLiteral("“%1” belongs to a department that this one neither needs nor uses").arg(name),
                         QStringLiteral("Add \"%1\" to “needs” or “uses” of module.json").arg(department));
            return nullptr;
        }
        m_faults.unknown(place, "catalog.unknown_entity", QStringLiteral("entity"), name, entityNames());
        return nullptr;
    }

    void checkLinks(Entity &entity)
    {
        for (Field &field : entity.fields) {
            const Place place = fieldPlace(entity, field);
            if (field.type == FieldType::Link || field.type == FieldType::Links) {
                if (!field.to.isEmpty())
                    target(field.to, place.at(QStringLiteral("to")));
            } else if (field.isLines() && !field.to.isEmpty()) {
                const Entity *child = target(field.to, place.at(QStringLiteral("to")));
                if (child)
                    checkBackLink(entity, *child, field.by, place.at(QStringLiteral("by")));
            } else if (field.type == FieldType::State && (!entity.states || entity.states->field != field.name)) {
                m_faults.add(
                    place.at(QStringLiteral("type")), "catalog.state_without_machine",
                    QStringLiteral("The field “%1” is not the one that “states” names").arg(field.name),
                    QStringLiteral("Declare “states” with \"field\": \"%1\", or make it an enum").arg(field.name));
            }
            if (field.rollup)
                resolveRollup(entity, field, place.at(QStringLiteral("rollup")));
        }
        if (const Field *parent = entity.parentField(); parent && parent->type != FieldType::Link)
            m_faults.add(m_draughts.origins[entity.fullName].place.at(QStringLiteral("parent")), "catalog.bad_parent",
                         QStringLiteral("“%1” is not a link").arg(entity.parent),
                         QStringLiteral("Name the link field that leads to the owning record"));
    }

    void checkBackLink(const Entity &entity, const Entity &child, const QString &by, const Place &place)
    {
        const Field *link = child.field(by);
        if (!link) {
            if (!by.isEmpty())
                m_faults.unknown(place, "catalog.unknown_field", QStringLiteral("field"), by, fieldNames(child));
        } else if (!link->isReference() || link->to != entity.fullName) {
            m_faults.add(place, "catalog.bad_back_link",
                         QStringLiteral("“%1” of %2 is not a link to %3").arg(by, child.fullName, entity.fullName),
                         QStringLiteral("Name the link field that points back here"));
        }
    }

    void resolveRollup(const Entity &entity, Field &field, const Place &place)
    {
        Rollup &rollup = *field.rollup;
        if (rollup.entity.startsWith(u'#')) {
            const QString name = rollup.entity.mid(1);
            const Field *lines = entity.field(name);
            if (!lines || !lines->isLines()) {
                m_faults.unknown(place.at(QStringLiteral("of")), "catalog.unknown_field", QStringLiteral("lines field"),
                                 name, fieldNames(entity));
                rollup.entity.clear();
                return;
            }
            rollup.entity = lines->to;
            rollup.by = lines->by;
        }
        const Entity *child = target(rollup.entity, place.at(QStringLiteral("entity")));
        if (!child)
            return;
        checkBackLink(entity, *child, rollup.by, place.at(QStringLiteral("by")));
        if (rollup.kind == Rollup::Kind::Count) {
            if (field.type != FieldType::Integer)
                m_faults.add(fieldPlace(entity, field).at(QStringLiteral("type")), "catalog.bad_rollup",
                             QStringLiteral("A count is an integer"), QStringLiteral("Make the type integer"));
            return;
        }
        const Field *value = child->field(rollup.value);
        if (!value) {
            m_faults.unknown(place.at(QStringLiteral("value")), "catalog.unknown_field", QStringLiteral("field"),
                             rollup.value, fieldNames(*child));
            return;
        }
        const bool adds = rollup.kind == Rollup::Kind::Sum || rollup.kind == Rollup::Kind::Average;
        const expression::Type valueType = expression::typeOf(*value);
        if (valueType != expression::typeOf(field) || (adds && valueType.kind != expression::Kind::Number) ||
            valueType.kind == expression::Kind::Set)
            m_faults.add(
                place.at(QStringLiteral("value")), "catalog.bad_rollup",
                QStringLiteral("“%1” of %2 is of type %3 with %4 digits after the point, the rollup of type %5 "
                               "with %6")
                    .arg(value->name, child->fullName, typeName(value->type), QString::number(value->scale),
                         typeName(field.type), QString::number(field.scale)),
                QStringLiteral("Give both the same type and scale"));
    }

    ExpressionPtr compiled(const Entity &entity, const QString &text, const Place &place,
                           std::optional<expression::Type> expected,
                           const QHash<QString, expression::Type> &parameters = {})
    {
        if (text.isEmpty())
            return nullptr;
        auto result = Expression::compile(text, {m_draughts.catalog, &entity, parameters, expected});
        if (result)
            return *result;
        m_faults.expression(place, result.error(), text);
        return nullptr;
    }

    void compileFormulas(Entity &entity)
    {
        for (Field &field : entity.fields)
            compileFormula(entity, field);
    }

    /// Formulas that this one reads come first, because whether it can be stored depends on them.
    void compileFormula(Entity &entity, Field &field)
    {
        if (field.formulaText.isEmpty() || field.formula || m_failed.contains(&field))
            return;
        const Place place = fieldPlace(entity, field).at(QStringLiteral("formula"));
        if (m_open.contains(&field)) {
            m_faults.add(place, "catalog.formula_circle",
                         QStringLiteral("The formula of “%1” depends on itself").arg(field.name),
                         QStringLiteral("Take one of the formulas out of the circle"));
            m_failed.insert(&field);
            return;
        }
        m_open.insert(&field);
        if (const auto syntax = expression::parse(field.formulaText)) {
            QStringList names;
            collectNames(**syntax, names);
            for (const QString &name : names)
                compileAlong(entity, name.split(u'.'));
        }
        m_open.remove(&field);
        if (m_failed.contains(&field))
            return;
        field.formula = compiled(entity, field.formulaText, place, expression::typeOf(field));
        if (!field.formula)
            m_failed.insert(&field);
    }

    void compileAlong(Entity &start, const QStringList &names)
    {
        Entity *entity = &start;
        for (const QString &name : names) {
            const int index = entity->indexOf(name);
            if (index < 0)
                return;
            Field &field = entity->fields[size_t(index)];
            compileFormula(*entity, field);
            Entity *next = m_draughts.byName.value(field.to, nullptr);
            if (!next)
                return;
            entity = next;
        }
    }

    void compileRollups(Entity &entity)
    {
        for (Field &field : entity.fields) {
            if (!field.rollup || field.rollup->filterText.isEmpty())
                continue;
            const Entity *child = m_draughts.byName.value(field.rollup->entity, nullptr);
            if (child)
                field.rollup->filter =
                    compiled(*child, field.rollup->filterText,
                             fieldPlace(entity, field).at(QStringLiteral("rollup")).at(QStringLiteral("filter")),
                             expression::Type{expression::Kind::Bool, 0});
            if (field.rollup->filter && field.rollup->filter->isVolatile())
                m_faults.add(fieldPlace(entity, field).at(QStringLiteral("rollup")), "catalog.bad_rollup",
                             QStringLiteral("The filter of a rollup cannot depend on time, user or other records"),
                             QStringLiteral("Use fields of %1 alone").arg(child->fullName));
        }
    }

    void compileConditions(Entity &entity)
    {
        const expression::Type condition{expression::Kind::Bool, 0};
        for (Field &field : entity.fields) {
            const Place place = fieldPlace(entity, field);
            field.requiredIf =
                compiled(entity, field.requiredIfText, place.at(QStringLiteral("required_if")), condition);
            field.showIf = compiled(entity, field.showIfText, place.at(QStringLiteral("show_if")), condition);
            field.readonlyIf =
                compiled(entity, field.readonlyIfText, place.at(QStringLiteral("readonly_if")), condition);
            const Place at = place.at(QStringLiteral("default"));
            if (!field.defaultText.isEmpty() && !field.isSet() && !field.isLines())
                field.defaultValue = compiled(entity, field.defaultText, at, expression::typeOf(field));
            if (field.defaultValue)
                checkConstant(field, *field.defaultValue, at);
            if (!field.currency.isEmpty())
                checkPath(entity, field.currency, place.at(QStringLiteral("currency")));
        }
        for (qsizetype i = 0; i < entity.form.size(); ++i) {
            const QString text = entity.form[i].toObject().value(QStringLiteral("show_if")).toString();
            compiled(entity, text, m_draughts.origins[entity.fullName].sections.at(i).at(QStringLiteral("show_if")),
                     condition);
        }
    }

    /// A default that is one fixed text must be one of the choices; numbers must keep the bounds.
    void checkConstant(const Field &field, const Expression &value, const Place &place)
    {
        if (value.isVolatile() || !value.paths().isEmpty())
            return;
        const Value constant = value.evaluate({});
        if (field.type == FieldType::Enum && constant.isText() && !field.choice(constant.toText())) {
            QStringList names;
            for (const Choice &choice : field.choices)
                names << choice.name;
            m_faults.unknown(place, "catalog.unknown_choice", QStringLiteral("choice"), constant.toText(), names);
        }
        const bool below = field.minimum && constant.isInteger() && constant.toInteger() < *field.minimum;
        const bool above = field.maximum && constant.isInteger() && constant.toInteger() > *field.maximum;
        if (below || above)
            m_faults.add(place, "catalog.bad_default", QStringLiteral("The default is out of the field's bounds"),
                         QStringLiteral("Keep to “min” and “max_value”"));
    }

    void compileActions(Entity &entity)
    {
        const EntityOrigin &origin = m_draughts.origins[entity.fullName];
        for (Transition &action : entity.actions) {
            const Place place = origin.actions.value(action.action);
            action.when = compiled(entity, action.whenText, place.at(QStringLiteral("when")),
                                   expression::Type{expression::Kind::Bool, 0});
            for (Transition::Set &set : action.set) {
                const Field *field = entity.field(set.field);
                const Place at = place.at(QStringLiteral("set")).at(set.field);
                if (!field || field->isSet() || field->isLines() || field->isDerived()) {
                    if (field)
                        m_faults.add(at, "catalog.bad_set", QStringLiteral("“%1” cannot be set").arg(set.field),
                                     QStringLiteral("Only stored single values can"));
                    continue;
                }
                set.value = compiled(entity, set.text, at, expression::typeOf(*field));
                if (set.value)
                    checkConstant(*field, *set.value, at);
            }
            for (const QString &name : action.ask) {
                const Field *field = entity.field(name);
                if (field && (field->isDerived() || field->system))
                    m_faults.add(place.at(QStringLiteral("ask")), "catalog.bad_ask",
                                 QStringLiteral("“%1” is computed and cannot be asked for").arg(name));
            }
        }
    }

    void compileClaims(Entity &entity)
    {
        for (Claim &claim : entity.claims) {
            const Place place = m_draughts.origins[entity.fullName].claims.value(claim.name);
            const auto wrong = [&](const char *key, const QString &what, const QString &remedy) {
                m_faults.add(place.at(QLatin1String(key)), "catalog.bad_claim", what, remedy);
            };
            QStringList index;
            for (const QString &name : claim.of) {
                const Field *field = entity.field(name);
                if (!field)
                    continue;
                if (field->isSet() || field->isLines() || !field->hasColumn())
                    wrong("of", QStringLiteral("“%1” cannot be claimed").arg(name),
                          QStringLiteral("Only stored single values can"));
                else
                    index << name;
            }
            const Field *from = entity.field(claim.from), *to = entity.field(claim.to);
            const bool dates = from && from->type == FieldType::Date;
            if (from && to && (from->type != to->type || (!dates && from->type != FieldType::DateTime)))
                wrong("from", QStringLiteral("“%1” and “%2” are not two dates or two times").arg(claim.from, claim.to),
                      QStringLiteral("Give both the type date, or both datetime"));
            if (dates && !claim.gapText.isEmpty())
                wrong("gap", QStringLiteral("Between days there is no gap in minutes"),
                      QStringLiteral("Use times, or leave “gap” out"));
            const Field *amount = entity.field(claim.amount);
            expression::Type number{expression::Kind::Number, 0};
            if (amount && expression::typeOf(*amount).kind == expression::Kind::Number)
                number = expression::typeOf(*amount);
            else if (amount)
                wrong("amount", QStringLiteral("“%1” is not a number").arg(claim.amount),
                      QStringLiteral("Name the field that says how much a record takes"));
            claim.gap = compiled(entity, claim.gapText, place.at(QStringLiteral("gap")),
                                 expression::Type{expression::Kind::Number, 0});
            claim.limit = compiled(entity, claim.limitText, place.at(QStringLiteral("limit")), number);
            claim.where = compiled(entity, claim.whereText, place.at(QStringLiteral("where")),
                                   expression::Type{expression::Kind::Bool, 0});
            // Asked at every change.
            if (from)
                index << claim.from;
            if (!entity.indexes.contains(index))
                entity.indexes << index;
        }
    }

    void checkStates(const Entity &entity)
    {
        if (!entity.states)
            return;
        const EntityOrigin &origin = m_draughts.origins[entity.fullName];
        const StateMachine &machine = *entity.states;
        const Place place = origin.place.at(QStringLiteral("states"));
        QStringList names;
        for (const State &state : machine.states)
            names << state.name;
        const Field *field = entity.field(machine.field);
        if (!field)
            m_faults.unknown(place.at(QStringLiteral("field")), "catalog.unknown_field", QStringLiteral("field"),
                             machine.field, fieldNames(entity));
        else if (field->type != FieldType::State)
            m_faults.add(place.at(QStringLiteral("field")), "catalog.bad_state_field",
                         QStringLiteral("“%1” is not of type state").arg(machine.field),
                         QStringLiteral("Give it the type state"));
        if (!machine.state(machine.initial)) {
            m_faults.unknown(place.at(QStringLiteral("initial")), "catalog.unknown_state", QStringLiteral("state"),
                             machine.initial, names);
            return;
        }
        for (const Transition &action : entity.actions) {
            const Place at = origin.actions.value(action.action);
            for (const QString &from : action.from) {
                if (!machine.state(from))
                    m_faults.unknown(at.at(QStringLiteral("from")), "catalog.unknown_state", QStringLiteral("state"),
                                     from, names);
            }
            if (!action.to.isEmpty() && !machine.state(action.to))
                m_faults.unknown(at.at(QStringLiteral("to")), "catalog.unknown_state", QStringLiteral("state"),
                                 action.to, names);
        }
        checkWays(entity, origin);
    }

    void checkWays(const Entity &entity, const EntityOrigin &origin)
    {
        const StateMachine &machine = *entity.states;
        QSet<QString> reached{machine.initial};
        bool grew = true;
        while (grew) {
            grew = false;
            for (const Transition &action : entity.actions) {
                const bool starts =
                    action.from.isEmpty() || std::any_of(action.from.cbegin(), action.from.cend(),
                                                         [&](const QString &from) { return reached.contains(from); });
                if (!action.to.isEmpty() && starts && !reached.contains(action.to)) {
                    reached.insert(action.to);
                    grew = true;
                }
            }
        }
        for (const State &state : machine.states) {
            const Place place = origin.states.value(state.name);
            const bool leaves =
                std::any_of(entity.actions.cbegin(), entity.actions.cend(), [&](const Transition &action) {
                    return !action.to.isEmpty() && action.to != state.name &&
                           (action.from.isEmpty() || action.from.contains(state.name));
                });
            if (!reached.contains(state.name))
                m_faults.add(place, "catalog.unreachable_state",
                             QStringLiteral("No transition leads to the state “%1”").arg(state.name),
                             QStringLiteral("Add one, or remove the state"));
            else if (!state.final && !leaves)
                m_faults.add(place, "catalog.dead_end",
                             QStringLiteral("The state “%1” is not final and has no way out").arg(state.name),
                             QStringLiteral("Add a transition from it, or \"final\": true"));
        }
    }

    bool checkPath(const Entity &entity, const QString &path, const Place &place)
    {
        if (entity.field(path))
            return true;
        QString plain = path.section(u':', 0, 0);
        if (plain == QLatin1String("id") || plain == QLatin1String("_title"))
            return true;
        if (plain.endsWith(QLatin1String("._title")))
            plain.chop(int(qstrlen("._title")));
        const auto found = Expression::compile(plain, {m_draughts.catalog, &entity, {}, {}});
        if (found && found.value()->paths().size() == 1)
            return true;
        m_faults.unknown(place, "catalog.unknown_field", QStringLiteral("field"), path, fieldNames(entity));
        return false;
    }

    void checkNames(const Entity &entity)
    {
        for (const EntityOrigin::Names &list : m_draughts.origins[entity.fullName].names) {
            for (const QString &name : list.names) {
                const Field *field = entity.field(name);
                if (!field && list.paths) {
                    checkPath(entity, name, list.place);
                } else if (!field) {
                    m_faults.unknown(list.place, "catalog.unknown_field", QStringLiteral("field"), name,
                                     fieldNames(entity));
                } else if (list.columnsOnly && !field->hasColumn()) {
                    m_faults.add(list.place, "catalog.no_column",
                                 QStringLiteral("“%1” has no column of its own").arg(name),
                                 QStringLiteral("Sets, lines and formulas over other records cannot be indexed"));
                }
            }
        }
        // A title that is declared but no field was said above.
        if (entity.title.isEmpty())
            m_faults.add(m_draughts.origins[entity.fullName].place, "catalog.missing_key",
                         QStringLiteral("Nothing names a record of this entity"), QStringLiteral("Add \"title\""));
    }

    void checkReport(const ReportSpec &report)
    {
        const Place place = m_draughts.reportPlaces.value(report.fullName);
        QHash<QString, expression::Type> parameters;
        for (const ReportSpec::Parameter &parameter : report.parameters) {
            Field field;
            field.type = parameter.type;
            field.scale = parameter.type == FieldType::Money || parameter.type == FieldType::Percent ? 4 : 0;
            parameters.insert(parameter.name, expression::typeOf(field));
        }
        if (report.query.isEmpty())
            return;
        ObjectReader query(report.query, place.at(QStringLiteral("query")), m_faults);
        const Entity *entity = target(query.text("entity", true), query.place("entity"));
        const QString filter = query.text("filter");
        QStringList paths = query.texts("fields") + query.texts("group");
        for (QString key : query.texts("sort"))
            paths << (key.startsWith(u'-') ? key.mid(1) : key);
        query.integer("limit", 0, 1'000'000);
        static const QStringList kinds{QStringLiteral("count"), QStringLiteral("sum"), QStringLiteral("min"),
                                       QStringLiteral("max"), QStringLiteral("average")};
        query.objects("aggregates", [&](ObjectReader &item) {
            const QString kind = item.text("kind", true);
            if (!kinds.contains(kind))
                m_faults.unknown(item.place("kind"), "catalog.unknown_value", QStringLiteral("aggregate"), kind, kinds);
            if (const QString path = item.text("path", kind != QLatin1String("count")); !path.isEmpty())
                paths << path;
            item.text("label");
            item.finish();
        });
        query.finish();
        if (!entity)
            return;
        for (const QString &path : paths) {
            // A sort key may name an aggregate ("count", "sum:amount").
            const QString before = path.section(u':', 0, 0);
            const bool isAggregate = kinds.contains(before) && !entity->field(before);
            const QString plain = isAggregate ? path.section(u':', 1) : path;
            if (!isAggregate || !plain.isEmpty())
                checkPath(*entity, plain, query.place());
        }
        compiled(*entity, filter, query.place("filter"), expression::Type{expression::Kind::Bool, 0}, parameters);
    }

    Draughts &m_draughts;
    Faults &m_faults;
    QSet<const Field *> m_open, m_failed;
};
} // namespace

void checkCatalog(Draughts &draughts, Faults &faults)
{
    Check(draughts, faults).run();
}

} // namespace tz
