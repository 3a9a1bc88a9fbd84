// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/logic/creation.h"

#include <QDateTime>

namespace tz::cli {

namespace {

using Aside = ReplicaState::Aside;

int depthOf(const Catalog &catalog, const Entity &entity)
{
    const Field *parent = entity.parentField();
    const Entity *above = parent ? catalog.entity(parent->to) : nullptr;
    return above && above != &entity ? 1 + depthOf(catalog, *above) : 0;
}

/// What only this computer knows, because the server was restored from a backup that is older.
class Held : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "held",
            "",
            QT_TRANSLATE_NOOP("cli",
                              "List records that were set aside because the server, restored from a backup, knows "
                              "nothing of them."),
            {{"import", "ID",
              QT_TRANSLATE_NOOP("cli", "Make this record on the server again; \"all\" takes every one.")},
             {"forget", "ID", QT_TRANSLATE_NOOP("cli", "Remove this one from the list; \"all\" removes every one.")}},
            0,
            0,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(auto aside, context.replica().state().setAside());
        if (context.arguments().has("import")) {
            TZ_ASSIGN(auto chosen, chosenFrom(std::move(aside), context.arguments().value("import")));
            return import(context, std::move(chosen));
        }
        if (context.arguments().has("forget")) {
            TZ_ASSIGN(const auto chosen, chosenFrom(std::move(aside), context.arguments().value("forget")));
            for (const Aside &one : chosen)
                TZ_TRY(context.replica().state().forgetAside(*one.record.entity, one.record.id));
            return {};
        }
        list(context, aside);
        return {};
    }

private:
    static Result<std::vector<Aside>> chosenFrom(std::vector<Aside> aside, const QString &which)
    {
        if (which == QLatin1String("all"))
            return aside;
        const auto id = Id::fromString(which);
        if (!id)
            return fail("cli.bad_id", {{QStringLiteral("text"), which}});
        std::erase_if(aside, [&](const Aside &one) { return one.record.id != *id; });
        if (aside.empty())
            return fail("sync.not_held", {{QStringLiteral("id"), which}});
        return aside;
    }

    static Result<> import(Context &context, std::vector<Aside> aside)
    {
        RecordStore &store = context.store();
        // Children of what is made with them.
        std::ranges::stable_sort(aside, {},
                                 [&](const Aside &one) { return depthOf(context.catalog(), *one.record.entity); });
        Judge judge(store, store.contributions(), store.actor(), store.clock().nowMs(), store.utcOffsetSeconds());
        judge.setOrigin(Origin::Import);
        Draft draft = store.draft();
        draft.label = QStringLiteral("import:held");
        draft.independent = true;
        for (const Aside &one : aside)
            draft.changes().push_back(creationOf(judge, one.record));
        TZ_ASSIGN(const Receipt receipt, store.apply(std::move(draft)));
        std::set<size_t> refused;
        for (const auto &[index, error] : receipt.refused) {
            context.note(error);
            refused.insert(size_t(index));
        }
        for (size_t i = 0; i < aside.size(); ++i) {
            if (!refused.contains(i))
                TZ_TRY(context.replica().state().forgetAside(*aside[i].record.entity, aside[i].record.id));
        }
        const size_t made = aside.size() - refused.size();
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("imported")).number(qint64(made));
            json.key(QStringLiteral("refused")).number(qint64(refused.size())).endObject();
            context.print(json);
        } else {
            context.print(translated(QT_TRANSLATE_NOOP("cli", "Made again: %1; refused: %2. They go to the server with "
                                                              "the next sync."))
                              .arg(made)
                              .arg(refused.size()));
        }
        return {};
    }

    static void list(Context &context, const std::vector<Aside> &aside)
    {
        Json json;
        json.beginObject().key(QStringLiteral("held")).beginArray();
        QList<QStringList> rows;
        for (const Aside &one : aside) {
            const Entity &entity = *one.record.entity;
            const QString title = one.record.value(entity.title).toText();
            const QString at = QDateTime::fromMSecsSinceEpoch(one.atMs, Qt::UTC).toString(Qt::ISODate);
            json.beginObject().key(QStringLiteral("entity")).text(entity.fullName);
            json.key(QStringLiteral("id")).text(one.record.id.toString());
            json.key(QStringLiteral("title")).text(title);
            json.key(QStringLiteral("at")).text(at).endObject();
            rows << QStringList{entity.fullName, one.record.id.toString(), title, at};
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Entity")), translated(QT_TRANSLATE_NOOP("cli", "Id")),
                 translated(QT_TRANSLATE_NOOP("cli", "Title")), translated(QT_TRANSLATE_NOOP("cli", "Since"))},
                rows);
    }
};

} // namespace

void addHeldCommand(Commands &to)
{
    to.push_back(std::make_unique<Held>());
}

} // namespace tz::cli
