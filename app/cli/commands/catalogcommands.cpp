// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include <QCoreApplication>

namespace tz::cli {

namespace {

/// Labels are translated in the context of their entity.
QString label(const Entity &entity, const QString &text)
{
    return QCoreApplication::translate(entity.fullName.toUtf8().constData(), text.toUtf8().constData());
}

class Entities : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "entities",
            "",
            QT_TRANSLATE_NOOP("cli", "List the kinds of record."),
            {{"all", nullptr, QT_TRANSLATE_NOOP("cli", "Also those that are reached through others only.")}},
            0,
            0,
            CommandSpec::Needs::Catalog};
        return spec;
    }
    Result<> run(Context &context) override
    {
        Json json;
        json.beginObject().key(QStringLiteral("entities")).beginArray();
        QList<QStringList> rows;
        for (const Entity *entity : context.catalog().entities()) {
            if (entity->hidden && !context.arguments().has("all") && !context.json())
                continue;
            json.beginObject().key(QStringLiteral("name")).text(entity->fullName);
            json.key(QStringLiteral("label")).text(label(*entity, entity->label));
            json.key(QStringLiteral("plural")).text(label(*entity, entity->plural));
            json.key(QStringLiteral("hidden")).boolean(entity->hidden).endObject();
            rows << QStringList{entity->fullName, label(*entity, entity->label), label(*entity, entity->help)};
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Entity")), translated(QT_TRANSLATE_NOOP("cli", "Label")), {}},
                rows);
        return {};
    }
};

QString remarks(const Field &field)
{
    QStringList parts;
    if (field.required)
        parts << QStringLiteral("required");
    if (!field.requiredIfText.isEmpty())
        parts << QStringLiteral("required if ") + field.requiredIfText;
    if (field.readonly)
        parts << QStringLiteral("readonly");
    if (field.system)
        parts << QStringLiteral("system");
    if (field.custom)
        parts << QStringLiteral("custom");
    if (!field.formulaText.isEmpty())
        parts << QStringLiteral("= ") + field.formulaText;
    if (field.rollup)
        parts << QStringLiteral("rollup of ") + field.rollup->entity;
    if (!field.defaultText.isEmpty())
        parts << QStringLiteral("default ") + field.defaultText;
    if (!field.to.isEmpty())
        parts << QStringLiteral("→ ") + field.to;
    if (!field.choices.isEmpty()) {
        QStringList names;
        for (const Choice &choice : field.choices)
            names << choice.name;
        parts << names.join(QLatin1Char('|'));
    }
    return parts.join(QStringLiteral("; "));
}

class Describe : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "describe",
            "ENTITY",
            QT_TRANSLATE_NOOP("cli", "Show the fields, states and actions of a kind of record."),
            {},
            1,
            1,
            CommandSpec::Needs::Catalog};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        if (context.json())
            context.print(asJson(*entity));
        else
            print(context, *entity);
        return {};
    }

private:
    static Json asJson(const Entity &entity)
    {
        Json json;
        json.beginObject().key(QStringLiteral("name")).text(entity.fullName);
        json.key(QStringLiteral("label")).text(label(entity, entity.label));
        json.key(QStringLiteral("title")).text(entity.title);
        json.key(QStringLiteral("parent")).text(entity.parent);
        json.key(QStringLiteral("keys")).beginArray();
        for (const QStringList &key : entity.keys)
            json.texts(key);
        json.endArray().key(QStringLiteral("fields")).beginArray();
        for (const Field &field : entity.fields) {
            json.beginObject().key(QStringLiteral("name")).text(field.name);
            json.key(QStringLiteral("type")).text(typeName(field.type));
            json.key(QStringLiteral("label")).text(label(entity, field.label));
            json.key(QStringLiteral("required")).boolean(field.required);
            json.key(QStringLiteral("readonly")).boolean(field.readonly);
            json.key(QStringLiteral("system")).boolean(field.system);
            json.key(QStringLiteral("derived")).boolean(field.isDerived());
            json.key(QStringLiteral("to")).text(field.to);
            json.key(QStringLiteral("choices")).beginArray();
            for (const Choice &choice : field.choices)
                json.text(choice.name);
            json.endArray().endObject();
        }
        json.endArray().key(QStringLiteral("states"));
        json.beginArray();
        if (entity.states) {
            for (const State &state : entity.states->states)
                json.text(state.name);
        }
        json.endArray().key(QStringLiteral("actions")).beginArray();
        for (const Transition &action : entity.actions) {
            json.beginObject().key(QStringLiteral("name")).text(action.action);
            json.key(QStringLiteral("label")).text(label(entity, action.label));
            json.key(QStringLiteral("from")).texts(action.from);
            json.key(QStringLiteral("to")).text(action.to);
            json.key(QStringLiteral("requires")).texts(action.requires_);
            json.key(QStringLiteral("ask")).texts(action.ask).endObject();
        }
        return json.endArray().endObject();
    }

    static void print(Context &context, const Entity &entity)
    {
        context.print(entity.fullName + QStringLiteral("  ") + label(entity, entity.label));
        if (!entity.help.isEmpty())
            context.print(label(entity, entity.help));
        context.print(QString());
        QList<QStringList> rows;
        for (const Field &field : entity.fields)
            rows << QStringList{field.name, typeName(field.type), label(entity, field.label), remarks(field)};
        context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Field")),
                            translated(QT_TRANSLATE_NOOP("cli", "Type")),
                            translated(QT_TRANSLATE_NOOP("cli", "Label")),
                            {}},
                           rows);
        if (entity.actions.isEmpty())
            return;
        context.print(QString());
        rows.clear();
        for (const Transition &action : entity.actions)
            rows << QStringList{action.action, label(entity, action.label), action.from.join(QLatin1Char('|')),
                                action.to, action.ask.join(QLatin1Char(','))};
        context.printTable({translated(QT_TRANSLATE_NOOP("cli", "Action")),
                            translated(QT_TRANSLATE_NOOP("cli", "Label")), translated(QT_TRANSLATE_NOOP("cli", "From")),
                            translated(QT_TRANSLATE_NOOP("cli", "To")),
                            translated(QT_TRANSLATE_NOOP("cli", "Asks for"))},
                           rows);
    }
};

} // namespace

void addCatalogCommands(Commands &to)
{
    to.push_back(std::make_unique<Entities>());
    to.push_back(std::make_unique<Describe>());
}

Commands allCommands()
{
    Commands commands;
    addAccountCommands(commands);
    addSyncCommands(commands);
    addQueryCommands(commands);
    addRecordCommands(commands);
    addHeldCommand(commands);
    addMergeCommand(commands);
    addFileCommands(commands);
    addExportCommand(commands);
    addAttachmentCommands(commands);
    addAdminCommand(commands);
    addTwoStepCommand(commands);
    addCatalogCommands(commands);
    return commands;
}

} // namespace tz::cli
