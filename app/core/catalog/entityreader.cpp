// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/entityreader.h"

#include "core/expression/parser.h"

namespace tz {

namespace {
const QStringList systemNames{QStringLiteral("created_at"), QStringLiteral("created_by"), QStringLiteral("modified_at"),
                              QStringLiteral("modified_by")};

Reach readReach(ObjectReader &json, const char *key)
{
    static const QStringList names{QStringLiteral("none"), QStringLiteral("own"), QStringLiteral("team"),
                                   QStringLiteral("all")};
    if (!json.has(key))
        return Reach::None;
    const QString text = json.text(key);
    const auto index = names.indexOf(text);
    if (index < 0) {
        json.faults().unknown(json.place(key), "catalog.unknown_value", QStringLiteral("reach"), text, names);
        return Reach::None;
    }
    return Reach(index);
}

void readAccess(ObjectReader &json, Entity &entity, EntityOrigin &origin)
{
    const QJsonObject roles = json.object("access");
    for (const QString &role : roles.keys()) {
        const Place where = json.place("access").at(role);
        ObjectReader part(roles.value(role).toObject(), where, json.faults());
        Grant grant;
        grant.read = readReach(part, "read");
        grant.write = readReach(part, "write");
        grant.create = part.flag("create");
        grant.remove = part.flag("delete");
        grant.assign = part.flag("assign");
        const QStringList hidden = part.texts("hidden");
        grant.hidden = {hidden.begin(), hidden.end()};
        part.finish();
        origin.names.append({where.at(QStringLiteral("hidden")), hidden});
        if (grant.write > grant.read)
            json.faults().add(where, "catalog.write_without_read",
                              QStringLiteral("The role “%1” may write more than it may read").arg(role),
                              QStringLiteral("Let “read” reach as far as “write”"));
        // An extension adds to what the entity's own file grants.
        Grant &whole = entity.access[role];
        whole.read = std::max(whole.read, grant.read);
        whole.write = std::max(whole.write, grant.write);
        whole.create |= grant.create;
        whole.remove |= grant.remove;
        whole.assign |= grant.assign;
        whole.hidden |= grant.hidden;
    }
}

void readAction(ObjectReader &json, Entity &entity, EntityOrigin &origin, bool ofStates)
{
    Transition action;
    action.action = json.text("action", true);
    action.label = json.text("label", true);
    if (ofStates) {
        action.from = json.texts("from");
        action.to = json.text("to", true);
    }
    action.roles = json.texts("roles");
    action.requires_ = json.texts("requires");
    action.ask = json.texts("ask");
    action.whenText = json.text("when");
    action.needsOnlyRead = json.flag("needs_only_read");
    const QJsonObject values = json.object("set");
    for (const QString &field : values.keys()) {
        const QJsonValue value = values.value(field);
        QString text = value.toString();
        if (value.isBool())
            text = value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        else if (value.isDouble())
            text = QString::number(value.toDouble(), 'g', 15);
        action.set.append({field, text, nullptr});
    }
    json.finish();
    origin.names.append({json.place("requires"), action.requires_});
    origin.names.append({json.place("ask"), action.ask});
    origin.names.append({json.place("set"), values.keys()});
    if (!action.action.isEmpty() && !isProperName(action.action))
        json.faults().add(json.place("action"), "catalog.bad_name",
                          QStringLiteral("“%1” is not a proper name").arg(action.action),
                          QStringLiteral("Use small letters, digits and underscores"));
    if (entity.action(action.action))
        json.faults().add(json.place("action"), "catalog.duplicate_name",
                          QStringLiteral("The action “%1” is declared twice").arg(action.action),
                          QStringLiteral("One action may start from several states: list them in “from”"));
    origin.actions.insert(action.action, json.place());
    entity.actions << std::move(action);
}

void readState(ObjectReader &json, Entity &entity, EntityOrigin &origin)
{
    State state;
    state.name = json.text("name", true);
    state.label = json.text("label", true);
    state.color = json.text("color");
    state.final = json.flag("final");
    for (const QString &key : json.further()) {
        const QJsonValue value = json.any(key);
        if (!value.isDouble() || value.toDouble() != double(qint64(value.toDouble()))) {
            json.faults().add(json.place().at(key), "catalog.wrong_json_type",
                              QStringLiteral("The property “%1” of a state is not a whole number").arg(key));
            continue;
        }
        state.properties.insert(key, qint64(value.toDouble()));
    }
    if (entity.states->state(state.name))
        json.faults().add(json.place(), "catalog.duplicate_name",
                          QStringLiteral("The state “%1” is declared twice").arg(state.name));
    origin.states.insert(state.name, json.place());
    entity.states->states << std::move(state);
}

/// Values of properties that an extension gives to states: {"properties": {"won": {"rank": 5}}}.
void readProperties(ObjectReader &json, Entity &entity)
{
    const QJsonObject perState = json.object("properties");
    for (const QString &name : perState.keys()) {
        const auto state = std::find_if(entity.states->states.begin(), entity.states->states.end(),
                                        [&](const State &candidate) { return candidate.name == name; });
        const Place where = json.place("properties").at(name);
        if (state == entity.states->states.end()) {
            json.faults().add(where, "catalog.unknown_state", QStringLiteral("There is no state “%1”").arg(name));
            continue;
        }
        const QJsonObject values = perState.value(name).toObject();
        for (const QString &key : values.keys()) {
            if (!values.value(key).isDouble() || state->properties.contains(key))
                json.faults().add(where.at(key), "catalog.duplicate_name",
                                  QStringLiteral("“%1” is not a number or is there already").arg(key));
            else
                state->properties.insert(key, qint64(values.value(key).toDouble()));
        }
    }
}

void readStates(ObjectReader &json, Entity &entity, EntityOrigin &origin, bool extends)
{
    if (!json.has("states"))
        return;
    ObjectReader part(json.object("states"), json.place("states"), json.faults());
    if (extends && !entity.states) {
        json.faults().add(part.place(), "catalog.unknown_state",
                          QStringLiteral("%1 has no states").arg(entity.fullName));
        return;
    }
    if (!extends) {
        entity.states.emplace();
        entity.states->field = part.text("field", true);
        entity.states->initial = part.text("initial", true);
    }
    part.objects("values", [&](ObjectReader &item) { readState(item, entity, origin); });
    if (extends)
        readProperties(part, entity);
    part.objects("transitions", [&](ObjectReader &item) { readAction(item, entity, origin, true); });
    part.finish();
}

void readClaims(ObjectReader &json, Entity &entity, EntityOrigin &origin)
{
    json.objects("claims", [&](ObjectReader &item) {
        Claim claim;
        claim.name = item.text("claim", true);
        claim.of = item.texts("of");
        claim.from = item.text("from");
        claim.to = item.text("to");
        claim.gapText = item.text("gap");
        claim.limitText = item.text("limit");
        claim.amount = item.text("amount");
        claim.whereText = item.text("where");
        item.finish();
        const bool overlap = !claim.from.isEmpty() || !claim.to.isEmpty() || !claim.gapText.isEmpty();
        const bool capacity = !claim.limitText.isEmpty() || !claim.amount.isEmpty();
        claim.kind = overlap ? Claim::Kind::Overlap : capacity ? Claim::Kind::Capacity : Claim::Kind::Unique;
        if (claim.of.isEmpty() || (overlap && (capacity || claim.from.isEmpty() || claim.to.isEmpty())) ||
            (capacity && claim.limitText.isEmpty()))
            item.faults().add(item.place(), "catalog.bad_claim",
                              QStringLiteral("It is not clear what the claim “%1” is about").arg(claim.name),
                              QStringLiteral("Give “of” alone, with “from” and “to”, or with “limit”"));
        if (origin.claims.contains(claim.name))
            item.faults().add(item.place("claim"), "catalog.duplicate_name",
                              QStringLiteral("The claim “%1” is declared twice").arg(claim.name));
        origin.claims.insert(claim.name, item.place());
        QStringList fields = claim.of;
        for (const QString &name : {claim.from, claim.to, claim.amount})
            if (!name.isEmpty())
                fields << name;
        origin.names.append({item.place(), fields});
        entity.claims << std::move(claim);
    });
}

void readViews(ObjectReader &json, Entity &entity, EntityOrigin &origin)
{
    static const QStringList kinds{QStringLiteral("list"),     QStringLiteral("board"), QStringLiteral("calendar"),
                                   QStringLiteral("timeline"), QStringLiteral("chart"), QStringLiteral("tree")};
    json.objects("views", [&](ObjectReader &item) {
        ViewSpec view;
        view.kind = item.text("kind", true);
        if (!kinds.contains(view.kind))
            item.faults().unknown(item.place("kind"), "catalog.unknown_value", QStringLiteral("kind of view"),
                                  view.kind, kinds);
        // Every option names a field of the entity, or a path along links.
        for (const char *option : {"by", "sum", "weighted", "date", "end", "parent", "color"}) {
            const QString field = item.text(option);
            if (field.isEmpty())
                continue;
            view.options.insert(QLatin1String(option), field);
            origin.names.append({item.place(option), {field}, false, true});
        }
        item.finish();
        entity.views << view;
    });
}

void readForm(ObjectReader &json, Entity &entity, EntityOrigin &origin)
{
    json.objects("form", [&](ObjectReader &item) {
        QJsonObject section{{QStringLiteral("label"), item.text("label", true)}};
        const QStringList fields = item.texts("fields");
        section.insert(QStringLiteral("fields"), QJsonArray::fromStringList(fields));
        if (const QString showIf = item.text("show_if"); !showIf.isEmpty())
            section.insert(QStringLiteral("show_if"), showIf);
        item.finish();
        origin.names.append({item.place("fields"), fields});
        origin.sections << item.place();
        entity.form.append(section);
    });
}

QList<QStringList> readLists(ObjectReader &json, const char *key, EntityOrigin &origin)
{
    QList<QStringList> lists;
    const QJsonArray outer = json.array(key);
    for (qsizetype i = 0; i < outer.size(); ++i) {
        QStringList names;
        const QJsonArray inner = outer[i].toArray();
        for (const QJsonValue name : inner)
            names << name.toString();
        if (names.isEmpty() || names.contains(QString()))
            json.faults().add(json.place(key).at(i), "catalog.wrong_json_type",
                              QStringLiteral("A list of field names is expected here"));
        origin.names.append({json.place(key).at(i), names, true});
        lists << names;
    }
    return lists;
}

/// What entity files and extension files have in common.
void readParts(ObjectReader &json, Entity &entity, EntityOrigin &origin, bool extends)
{
    json.objects("fields",
                 [&](ObjectReader &item) { addField(entity, readField(item), item.place(), origin, item.faults()); });
    readStates(json, entity, origin, extends);
    json.objects("actions", [&](ObjectReader &item) { readAction(item, entity, origin, false); });
    readClaims(json, entity, origin);
    readAccess(json, entity, origin);
    const QStringList search = json.texts("search");
    origin.names.append({json.place("search"), search});
    entity.search << search;
    const QStringList columns = json.texts("columns");
    origin.names.append({json.place("columns"), columns, false, true});
    entity.columns << columns;
    entity.indexes << readLists(json, "indexes", origin);
    entity.keys << readLists(json, "keys", origin);
    readViews(json, entity, origin);
    readForm(json, entity, origin);
}

/// Number patterns: plain text, {yyyy} {yy} {mm} {dd} and one {seq:digits}.
void checkNumber(const Entity &entity, const EntityOrigin &origin, Faults &faults)
{
    if (entity.number.isEmpty())
        return;
    const Place where = origin.place.at(QStringLiteral("number"));
    static const QRegularExpression whole(
        QStringLiteral("^([^{}]|\\{(yyyy|yy|mm|dd)\\})*\\{seq:[1-9]\\}([^{}]|\\{(yyyy|yy|mm|dd)\\})*$"));
    if (!whole.match(entity.number).hasMatch())
        faults.add(where, "catalog.bad_number", QStringLiteral("“%1” is not a number pattern").arg(entity.number),
                   QStringLiteral("Write it like OPP-{yyyy}-{seq:5}"));
    const Field *field = entity.field(u"number");
    if (!field || field->type != FieldType::Text)
        faults.add(where, "catalog.missing_field", QStringLiteral("Numbers are written to a text field “number”"),
                   QStringLiteral("Declare it"));
}

void completeLists(Entity &entity)
{
    if (entity.columns.isEmpty()) {
        entity.columns << entity.title;
        for (const Field &field : entity.fields) {
            const bool longValue = field.type == FieldType::LongText || field.type == FieldType::Json ||
                                   field.type == FieldType::Address || field.isSet() || field.isLines();
            if (entity.columns.size() < 8 && !longValue && !field.system && !field.custom &&
                !entity.columns.contains(field.name))
                entity.columns << field.name;
        }
    }
    entity.columns.removeDuplicates();
    entity.search.removeDuplicates();
    if (entity.keys.isEmpty()) {
        if (entity.field(u"number"))
            entity.keys << QStringList{QStringLiteral("number")};
        entity.keys << QStringList{entity.title};
    }
}

void appendSystemFields(Entity &entity)
{
    static const QStringList labels{QStringLiteral("Created"), QStringLiteral("Created by"), QStringLiteral("Changed"),
                                    QStringLiteral("Changed by")};
    for (qsizetype i = 0; i < systemNames.size(); ++i) {
        Field field;
        field.name = systemNames[i];
        field.label = labels[i];
        field.type = field.name.endsWith(QLatin1String("_at")) ? FieldType::DateTime : FieldType::User;
        if (field.type == FieldType::User)
            field.to = QStringLiteral("foundation.user");
        field.readonly = true;
        field.system = true;
        entity.fields.push_back(std::move(field));
    }
}
} // namespace

void addField(Entity &entity, Field field, const Place &place, EntityOrigin &origin, Faults &faults)
{
    const Place name = place.at(QStringLiteral("name"));
    const bool reserved = expression::isReservedWord(field.name) || systemNames.contains(field.name) ||
                          field.name == QLatin1String("id") || field.name == QLatin1String("rowid");
    if (field.name.isEmpty())
        return;
    if (reserved)
        faults.add(name, "catalog.reserved_name", QStringLiteral("“%1” has a meaning of its own").arg(field.name),
                   QStringLiteral("Choose another name"));
    else if (!isProperName(field.name))
        faults.add(name, "catalog.bad_name", QStringLiteral("“%1” is not a proper name").arg(field.name),
                   QStringLiteral("Use small letters, digits and underscores, beginning with a letter"));
    else if (field.name.startsWith(QLatin1String("x_")) != field.custom)
        faults.add(name, "catalog.bad_name",
                   QStringLiteral("Names of the company's own fields begin with x_, and only they"),
                   field.custom ? QStringLiteral("Call it x_%1").arg(field.name) : QStringLiteral("Leave the x_ out"));
    if (origin.fields.contains(field.name)) {
        faults.add(name, "catalog.duplicate_name", QStringLiteral("The field “%1” is declared twice").arg(field.name),
                   QStringLiteral("It stands in %1 as well").arg(origin.fields.value(field.name).file));
        return;
    }
    origin.fields.insert(field.name, place);
    entity.fields.push_back(std::move(field));
}

std::unique_ptr<Entity> readEntity(const QJsonObject &object, const Place &place, const QString &department,
                                   EntityOrigin &origin, Faults &faults)
{
    ObjectReader json(object, place, faults);
    auto entity = std::make_unique<Entity>();
    origin.place = place;
    entity->name = json.text("entity", true);
    entity->department = department;
    entity->fullName = department + u'.' + entity->name;
    entity->table = department + u'_' + entity->name;
    if (!isProperName(entity->name))
        faults.add(json.place("entity"), "catalog.bad_name",
                   QStringLiteral("“%1” is not a proper name").arg(entity->name),
                   QStringLiteral("Use small letters, digits and underscores"));
    else if (!place.file.endsWith(u'/' + entity->name + QLatin1String(".json")))
        faults.add(json.place("entity"), "catalog.bad_name",
                   QStringLiteral("The file is not called after the entity “%1”").arg(entity->name),
                   QStringLiteral("Call it entities/%1.json").arg(entity->name));
    entity->label = json.text("label", true);
    entity->plural = json.text("plural", true);
    entity->icon = json.text("icon");
    entity->help = json.text("help");
    entity->title = json.text("title");
    entity->number = json.text("number");
    entity->parent = json.text("parent");
    entity->appendOnly = json.flag("append_only");
    entity->hidden = json.flag("hidden");
    entity->order = json.integer("order", -1'000'000, 1'000'000).value_or(1000);
    readParts(json, *entity, origin, false);
    json.finish();
    if (!entity->title.isEmpty())
        origin.names.append({json.place("title"), {entity->title}});
    if (!entity->parent.isEmpty())
        origin.names.append({json.place("parent"), {entity->parent}});
    return entity;
}

void extendEntity(Entity &entity, const QJsonObject &object, const Place &place, EntityOrigin &origin, Faults &faults)
{
    ObjectReader json(object, place, faults);
    json.text("extend", true);
    readParts(json, entity, origin, true);
    json.finish();
}

void completeEntity(Entity &entity, EntityOrigin &origin, Faults &faults)
{
    if (entity.states) {
        for (Field &field : entity.fields) {
            if (field.name != entity.states->field)
                continue;
            for (const State &state : entity.states->states)
                field.choices.append({state.name, state.label, state.color});
        }
    }
    if (entity.title.isEmpty()) {
        for (const char *candidate : {"name", "subject", "title", "number"}) {
            if (entity.title.isEmpty() && origin.fields.contains(QLatin1String(candidate)))
                entity.title = QLatin1String(candidate);
        }
        if (entity.title.isEmpty() && !entity.fields.empty())
            entity.title = entity.fields.front().name;
    }
    appendSystemFields(entity);
    entity.seal();
    completeLists(entity);
    checkNumber(entity, origin, faults);
}

} // namespace tz
