// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/receipt.h"

namespace tz::cli {

namespace {

class Create : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "create", "ENTITY [field=value …]",   QT_TRANSLATE_NOOP("cli", "Create a record and print its id."), {}, 1,
            -1,       CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        TZ_ASSIGN(auto values, context.assignments(*entity, 1));
        Draft draft = context.store().draft();
        const Id id = draft.create(entity->fullName, std::move(values));
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, id);
        return {};
    }
};

class Update : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "update",
            "ENTITY ID field=value …",
            QT_TRANSLATE_NOOP("cli", "Change fields of a record; nothing after = empties one."),
            {},
            3,
            -1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        TZ_ASSIGN(const Id id, context.fields().record(*entity, context.arguments().at(1)));
        TZ_ASSIGN(auto values, context.assignments(*entity, 2));
        Draft draft = context.store().draft();
        draft.update(entity->fullName, id, std::move(values));
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, id);
        return {};
    }
};

class Delete : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"delete",
                                      "ENTITY ID …",
                                      QT_TRANSLATE_NOOP("cli", "Move records to the recycle bin."),
                                      {},
                                      2,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        Draft draft = context.store().draft();
        for (const QString &text : context.arguments().positional.mid(1)) {
            TZ_ASSIGN(const Id id, context.fields().record(*entity, text));
            draft.remove(entity->fullName, id);
        }
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt);
        return {};
    }
};

class Restore : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"restore",
                                      "ENTITY ID …",
                                      QT_TRANSLATE_NOOP("cli", "Bring records back from the recycle bin."),
                                      {},
                                      2,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        Draft draft = context.store().draft();
        for (const QString &text : context.arguments().positional.mid(1)) {
            const auto id = Id::fromString(text);
            if (!id)
                return fail("cli.bad_id", {{QStringLiteral("text"), text}});
            draft.restore(entity->fullName, *id);
        }
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt);
        return {};
    }
};

class Act : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "act",
            "ENTITY ID ACTION [param=value …]",
            QT_TRANSLATE_NOOP("cli", "Do a declared action: a move to another state, or a department's own."),
            {},
            3,
            -1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        TZ_ASSIGN(const Id id, context.fields().record(*entity, context.arguments().at(1)));
        const QString action = context.arguments().at(2);
        if (!entity->action(action)) {
            QStringList known;
            for (const Transition &one : entity->actions)
                known << one.action;
            return fail("cli.unknown_action", {{QStringLiteral("action"), action},
                                               {QStringLiteral("entity"), entity->fullName},
                                               {QStringLiteral("actions"), known}});
        }
        Draft::Values parameters;
        const FieldText text = context.fields();
        for (const QString &word : context.arguments().positional.mid(3)) {
            const qsizetype equals = word.indexOf(QLatin1Char('='));
            if (equals <= 0)
                return fail("cli.not_an_assignment", {{QStringLiteral("text"), word}});
            const QString name = word.left(equals);
            // A parameter that is a field has its type; a department's own parameters are texts, numbers or ids.
            if (entity->field(name)) {
                TZ_ASSIGN(auto value, text.assignment(*entity, word));
                parameters.push_back(std::move(value));
                continue;
            }
            const QString typed = word.mid(equals + 1);
            bool isNumber = false;
            const qint64 number = typed.toLongLong(&isNumber);
            const QDate date = QDate::fromString(typed, Qt::ISODate);
            if (const auto other = Id::fromString(typed))
                parameters.emplace_back(name, Value(*other));
            else if (isNumber)
                parameters.emplace_back(name, Value(number));
            else if (typed == QLatin1String("true") || typed == QLatin1String("false"))
                parameters.emplace_back(name, Value(typed == QLatin1String("true")));
            else if (date.isValid() && typed.size() == 10)
                parameters.emplace_back(name, Value::fromDate(date));
            else
                parameters.emplace_back(name, typed.isEmpty() ? Value() : Value(typed));
        }
        Draft draft = context.store().draft();
        draft.act(entity->fullName, id, action, std::move(parameters));
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, id);
        return {};
    }
};

class Undo : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "undo",
            "[BATCH]",
            QT_TRANSLATE_NOOP("cli", "Take back the last thing done here, or the batch that is named."),
            {},
            0,
            1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        if (context.arguments().positional.isEmpty()) {
            TZ_ASSIGN(const Receipt receipt, context.store().undo());
            printReceipt(context, receipt);
            return {};
        }
        const auto batch = Id::fromString(context.arguments().at(0));
        if (!batch)
            return fail("cli.bad_id", {{QStringLiteral("text"), context.arguments().at(0)}});
        TZ_ASSIGN(const Receipt receipt, context.store().undo(*batch));
        printReceipt(context, receipt);
        return {};
    }
};

QString kindName(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Create:
        return QStringLiteral("create");
    case ChangeKind::Update:
        return QStringLiteral("update");
    case ChangeKind::Action:
        return QStringLiteral("action");
    case ChangeKind::Delete:
        return QStringLiteral("delete");
    case ChangeKind::Restore:
        return QStringLiteral("restore");
    case ChangeKind::Member:
        return QStringLiteral("member");
    }
    return {};
}

class History : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "history",
            "[ENTITY ID]",
            QT_TRANSLATE_NOOP("cli",
                              "Show what was changed: of one record everything that the server knows, or the last "
                              "things done here."),
            {{"limit", "N", QT_TRANSLATE_NOOP("cli", "At most so many entries; 200 unless told.")},
             {"local", nullptr, QT_TRANSLATE_NOOP("cli", "Only what this computer knows, without asking the server.")}},
            0,
            2,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const int limit = context.arguments().value("limit", QStringLiteral("200")).toInt();
        std::vector<HistoryEntry> entries;
        bool fromServer = false;
        if (context.arguments().positional.size() == 2) {
            TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
            TZ_ASSIGN(const Id id, context.fields().record(*entity, context.arguments().at(1)));
            TZ_ASSIGN(entries, context.store().history(entity->fullName, id, limit));
            const bool ask = !context.arguments().has("local") && !context.replica().isStandalone();
            if (ask) {
                TZ_ASSIGN(fromServer, askServer(context, *entity, id, limit, entries));
            }
        } else if (context.arguments().positional.isEmpty()) {
            TZ_ASSIGN(entries, context.store().recentHistory(limit));
        } else {
            return fail("cli.wrong_arguments", {{QStringLiteral("command"), QStringLiteral("history")},
                                                {QStringLiteral("arguments"), QStringLiteral("[ENTITY ID]")}});
        }
        print(context, entries, fromServer);
        return {};
    }

private:
    static Result<bool> askServer(Context &context, const Entity &entity, const Id &id, int limit,
                                  std::vector<HistoryEntry> &entries);
    static void print(Context &context, const std::vector<HistoryEntry> &entries, bool fromServer);
};

/// Puts the server's entries in the place of the local ones, below what has not been sent yet. False, with a note: the
/// server has none to give, and the local ones stand.
Result<bool> History::askServer(Context &context, const Entity &entity, const Id &id, int limit,
                                std::vector<HistoryEntry> &entries)
{
    std::optional<Result<wire::HistoryAnswer>> asked;
    context.wait([&](std::function<void()> finish) {
        context.replica().history(entity.fullName, id, limit, [&asked, finish](Result<wire::HistoryAnswer> answer) {
            asked = std::move(answer);
            finish();
        });
    });
    if (!*asked) {
        const Error &why = asked->error();
        if (context.replica().isErased())
            return fail(why);
        context.note(why);
        context.note(
            translated(QT_TRANSLATE_NOOP("cli", "This is what this computer knows; others' changes may be missing.")));
        return false;
    }
    TZ_ASSIGN(const auto waiting, context.replica().state().pending());
    std::erase_if(entries, [&](const HistoryEntry &entry) {
        return std::ranges::none_of(waiting, [&](const Batch &batch) { return batch.id == entry.batch; });
    });
    for (const wire::HistoryItem &item : (*asked)->items) {
        HistoryEntry entry;
        entry.seq = item.rev;
        entry.batch = item.batch;
        entry.atMs = item.atMs;
        entry.user = item.user;
        entry.device = item.device;
        entry.entity = entity.fullName;
        entry.id = id;
        entry.kind = item.kind;
        entry.name = item.name;
        entry.field = item.field;
        entry.before = item.before;
        entry.after = item.after;
        entry.label = item.label;
        entries.push_back(std::move(entry));
    }
    return true;
}

void History::print(Context &context, const std::vector<HistoryEntry> &entries, bool fromServer)
{
    const FieldText text = context.fields();
    const Entity *users = context.catalog().entity(u"foundation.user");
    Json json;
    json.beginObject().key(QStringLiteral("source"));
    json.text(fromServer ? QStringLiteral("server") : QStringLiteral("local"));
    json.key(QStringLiteral("entries")).beginArray();
    QList<QStringList> rows;
    for (const HistoryEntry &entry : entries) {
        const Entity *entity = context.catalog().entity(entry.entity);
        const Field *field = entity ? entity->field(entry.field) : nullptr;
        const int scale = field ? field->scale : 0;
        const QString at = QDateTime::fromMSecsSinceEpoch(entry.atMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        json.beginObject().key(QStringLiteral("at"));
        json.text(QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::UTC).toString(Qt::ISODateWithMs));
        json.key(QStringLiteral("batch")).text(entry.batch.toString());
        json.key(QStringLiteral("user")).text(entry.user.toString());
        json.key(QStringLiteral("device")).text(entry.device.toString());
        json.key(QStringLiteral("entity")).text(entry.entity);
        json.key(QStringLiteral("id")).text(entry.id.toString());
        json.key(QStringLiteral("kind")).text(kindName(entry.kind));
        json.key(QStringLiteral("name")).text(entry.name);
        json.key(QStringLiteral("field")).text(entry.field);
        json.key(QStringLiteral("before"));
        fieldjson::write(json, field, scale, entry.before);
        json.key(QStringLiteral("after"));
        fieldjson::write(json, field, scale, entry.after);
        json.key(QStringLiteral("label")).text(entry.label).endObject();
        rows << QStringList{at,
                            users ? context.store().title(*users, entry.user) : QString(),
                            entry.entity,
                            kindName(entry.kind),
                            entry.name + entry.field,
                            text.shown(field, scale, entry.before),
                            text.shown(field, scale, entry.after)};
    }
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable(
            {translated(QT_TRANSLATE_NOOP("cli", "When")), translated(QT_TRANSLATE_NOOP("cli", "Who")),
             translated(QT_TRANSLATE_NOOP("cli", "Entity")), translated(QT_TRANSLATE_NOOP("cli", "Change")),
             translated(QT_TRANSLATE_NOOP("cli", "Field")), translated(QT_TRANSLATE_NOOP("cli", "Before")),
             translated(QT_TRANSLATE_NOOP("cli", "After"))},
            rows);
}

} // namespace

void addRecordCommands(Commands &to)
{
    to.push_back(std::make_unique<Create>());
    to.push_back(std::make_unique<Update>());
    to.push_back(std::make_unique<Delete>());
    to.push_back(std::make_unique<Restore>());
    to.push_back(std::make_unique<Act>());
    to.push_back(std::make_unique<Undo>());
    to.push_back(std::make_unique<History>());
}

} // namespace tz::cli
