// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/mergerecords.h"

namespace tz {

namespace {

/// Room for the winner's own changes and the deletes.
constexpr size_t mostLinks = size_t(limits::changesPerBatch) - 100;

bool mayTake(const Field &field, const Entity &entity)
{
    const bool isState = entity.states && entity.states->field == field.name;
    return !field.isDerived() && !field.isLines() && !field.system && !field.readonly && !isState &&
           !(field.name == QLatin1String("number") && !entity.number.isEmpty());
}

Result<Record> load(const Reader &reader, const Entity &entity, const Id &id)
{
    TZ_ASSIGN(std::optional<Record> found, reader.find(entity, id));
    if (!found)
        return fail("merge.not_found", {{QStringLiteral("id"), id.toString()}});
    return std::move(*found);
}

} // namespace

Result<> mergeRecords(const Reader &reader, Draft &draft, const QString &entityName, const Id &winnerId,
                      const std::vector<Id> &losers, const QHash<QString, Id> &choices)
{
    const Entity *entity = reader.catalog().entity(entityName);
    if (!entity)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), entityName}});
    if (losers.empty())
        return fail("merge.nothing");
    TZ_ASSIGN(const Record winner, load(reader, *entity, winnerId));
    std::vector<Record> others;
    for (const Id &id : losers) {
        if (id == winnerId || std::ranges::count(losers, id) > 1)
            return fail("merge.same_record", {{QStringLiteral("id"), id.toString()}});
        TZ_ASSIGN(Record loser, load(reader, *entity, id));
        others.push_back(std::move(loser));
    }
    if (draft.label.isEmpty())
        draft.label = QStringLiteral("merge");

    const auto isLoser = [&](const Value &value) {
        return value.isId() && std::ranges::count(losers, value.toId()) > 0;
    };
    const auto redirected = [&](Value value) { return isLoser(value) ? Value(winnerId) : value; };

    // What the winner becomes.
    for (auto it = choices.cbegin(); it != choices.cend(); ++it) {
        if (!entity->field(it.key()))
            return fail("record.unknown_field", {{QStringLiteral("entity"), entityName}}, it.key());
    }
    Draft::Values values;
    for (const Field &field : entity->fields) {
        if (!mayTake(field, *entity))
            continue;
        Value chosen = winner.value(field.index);
        if (const auto from = choices.constFind(field.name); from != choices.cend()) {
            const auto source = std::ranges::find(others, *from, &Record::id);
            if (source != others.end())
                chosen = source->value(field.index);
        } else if (field.isSet()) {
            ValueList all = chosen.toList();
            for (const Record &other : others)
                std::ranges::copy(other.value(field.index).toList(), std::back_inserter(all));
            chosen = Value::fromSet(std::move(all));
        } else {
            for (size_t at = 0; chosen.isNull() && at < others.size(); ++at)
                chosen = others[at].value(field.index);
        }
        // A record must not come to point to itself, nor to what goes.
        if (field.to == entity->fullName) {
            if (isLoser(chosen) || chosen == Value(winnerId))
                chosen = isLoser(winner.value(field.index)) || chosen == Value(winnerId) ? Value()
                                                                                         : winner.value(field.index);
            if (chosen.isList()) {
                ValueList members = chosen.toList();
                std::erase_if(members,
                              [&](const Value &member) { return isLoser(member) || member == Value(winnerId); });
                chosen = Value::fromSet(std::move(members));
            }
        }
        if (chosen != winner.value(field.index))
            values.emplace_back(field.name, std::move(chosen));
    }
    if (!values.empty())
        draft.update(entityName, winnerId, std::move(values));

    // Whatever points to a loser: links and sets of every entity, children among them.
    size_t moved = 0;
    for (const Field *link : reader.catalog().linksTo(*entity)) {
        const Entity &holder = reader.catalog().ownerOf(*link);
        if (link->isDerived() || holder.appendOnly || (link->type != FieldType::Link && link->type != FieldType::Links))
            continue;
        const QString filter = link->type == FieldType::Links ? link->name + QLatin1String(" has param('loser')")
                                                              : link->name + QLatin1String(" == param('loser')");
        for (const Id &loser : losers) {
            TZ_ASSIGN(const std::vector<Id> ids,
                      reader.ids(holder.fullName, filter, {{QStringLiteral("loser"), Value(loser)}}));
            for (const Id &id : ids) {
                const bool itself = &holder == entity && (id == winnerId || isLoser(Value(id)));
                if (itself)
                    continue;
                if (++moved > mostLinks)
                    return fail("merge.too_many_links", {{QStringLiteral("max"), int(mostLinks)}});
                if (link->type == FieldType::Links) {
                    draft.member(holder.fullName, id, link->name, Value(loser), false);
                    draft.member(holder.fullName, id, link->name, redirected(Value(loser)), true);
                } else {
                    draft.update(holder.fullName, id, {{link->name, Value(winnerId)}});
                }
            }
        }
    }
    for (const Id &loser : losers)
        draft.remove(entityName, loser);
    return {};
}

} // namespace tz
