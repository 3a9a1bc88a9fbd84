// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/labels.h"

#include "core/base/messages.h"

#include <QCoreApplication>
#include <QDateTime>

namespace tz::labels {

QString text(const QString &context, const QString &source, const char *kind)
{
    if (source.isEmpty())
        return {};
    return QCoreApplication::translate(context.toUtf8().constData(), source.toUtf8().constData(), kind);
}

QString entity(const Entity &entity)
{
    return text(entity.fullName, entity.label, "label");
}

QString plural(const Entity &entity)
{
    if (entity.plural.isEmpty())
        return labels::entity(entity);
    return text(entity.fullName, entity.plural, "plural");
}

QString field(const Entity &entity, const Field &field)
{
    // Every entity has the system fields; they are translated once, here.
    if (field.system) {
        if (field.name == QLatin1String("created_at"))
            return QCoreApplication::translate("tz::labels", "Created");
        if (field.name == QLatin1String("created_by"))
            return QCoreApplication::translate("tz::labels", "Created by");
        if (field.name == QLatin1String("modified_at"))
            return QCoreApplication::translate("tz::labels", "Changed");
        if (field.name == QLatin1String("modified_by"))
            return QCoreApplication::translate("tz::labels", "Changed by");
    }
    return text(entity.fullName, field.label.isEmpty() ? field.name : field.label, "field");
}

const Field *fieldAt(const Catalog &catalog, const Entity &entity, const QString &path)
{
    const Entity *at = &entity;
    const Field *found = nullptr;
    const QStringList steps = path.split(QLatin1Char('.'));
    for (const QString &step : steps) {
        if (found) {
            at = catalog.entity(targetOf(*found));
            if (!at)
                return nullptr;
        }
        found = at->field(step);
        if (!found)
            return nullptr;
    }
    return found;
}

QString path(const Catalog &catalog, const Entity &entity, const QString &path)
{
    const Entity *at = &entity;
    QStringList names;
    const QStringList steps = path.split(QLatin1Char('.'));
    for (const QString &step : steps) {
        const Field *found = at ? at->field(step) : nullptr;
        if (!found) {
            names << step;
            break;
        }
        names << field(*at, *found);
        at = catalog.entity(targetOf(*found));
    }
    return names.join(QStringLiteral(" › "));
}

QString help(const Entity &entity, const Field &field)
{
    return text(entity.fullName, field.help, "help");
}

QString choice(const Entity &entity, const Field &field, const QString &name)
{
    if (field.type == FieldType::State && entity.states) {
        if (const State *state = entity.states->state(name))
            return text(entity.fullName, state->label, "state");
    }
    if (const Choice *found = field.choice(name))
        return text(entity.fullName, found->label, "choice");
    return name;
}

QList<Option> options(const Entity &entity, const Field &field)
{
    QList<Option> list;
    if (field.type == FieldType::State && entity.states) {
        for (const State &state : entity.states->states)
            list << Option{state.name, choice(entity, field, state.name), state.color};
        return list;
    }
    for (const Choice &one : field.choices)
        list << Option{one.name, choice(entity, field, one.name), one.color};
    return list;
}

QString action(const Entity &entity, const Transition &action)
{
    return text(entity.fullName, action.label.isEmpty() ? action.action : action.label, "action");
}

QString error(const Error &error)
{
    return describe(error);
}

QString error(const Entity &entity, const Error &error)
{
    return describe(error, [&entity](const QString &name) {
        const Field *of = entity.field(name);
        return of ? field(entity, *of) : name;
    });
}

QString targetOf(const Field &field)
{
    if (!field.to.isEmpty())
        return field.to;
    if (field.type == FieldType::User)
        return QStringLiteral("foundation.user");
    if (field.type == FieldType::Team)
        return QStringLiteral("foundation.team");
    return {};
}

int utcOffsetSeconds()
{
    return QDateTime::currentDateTime().offsetFromUtc();
}

expression::Context contextFor(const Workspace &workspace, const Record *record)
{
    expression::Context context;
    context.record = record;
    context.reader = &workspace.reader();
    const Actor actor = workspace.actor();
    context.me = actor.user;
    context.myTeams = actor.teams;
    context.nowMs = workspace.clock().nowMs();
    context.utcOffsetSeconds = utcOffsetSeconds();
    return context;
}

} // namespace tz::labels
