// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/receipt.h"

#include <QCoreApplication>
#include <QLocale>

namespace tz::cli {

namespace {

/// What ENTITY ID FIELD name.
struct Target {
    const Entity *entity = nullptr;
    Record record;
    const Field *field = nullptr;
};

Result<Target> targetOf(Context &context)
{
    Target target;
    TZ_ASSIGN(target.entity, context.entity(context.arguments().at(0)));
    TZ_ASSIGN(const Id id, context.fields().record(*target.entity, context.arguments().at(1)));
    TZ_ASSIGN(const auto record, context.store().find(*target.entity, id));
    if (!record)
        return fail("record.not_found", {{QStringLiteral("entity"), target.entity->fullName}});
    target.record = *record;
    const QString name = context.arguments().at(2);
    if (name.isEmpty())
        return target;
    target.field = target.entity->field(name);
    if (!target.field)
        return fail("record.unknown_field", {{QStringLiteral("entity"), target.entity->fullName}}, name);
    if (target.field->type != FieldType::Attachments)
        return fail("attachment.no_field", {}, name);
    return target;
}

/// The one file that an argument names: by its name, or by the beginning of its hash.
Result<Attachment> named(const Target &target, const QString &name)
{
    std::vector<Attachment> found;
    for (const Attachment &file : attachment::all(target.record.value(target.field->index))) {
        const QString hash = QString::fromLatin1(file.hash.toHex());
        if (file.name == name || (name.size() >= 6 && hash.startsWith(name)))
            found.push_back(file);
    }
    if (found.empty())
        return fail("attachment.unknown_name", {{QStringLiteral("name"), name}});
    if (found.size() > 1)
        return fail("attachment.name_not_unique", {{QStringLiteral("name"), name}});
    return found.front();
}

class Attach : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"attach",
                                      "ENTITY ID FIELD FILE …",
                                      QT_TRANSLATE_NOOP("cli", "Attach files to a record; sync sends them."),
                                      {},
                                      4,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Target target, targetOf(context));
        AttachmentState &state = context.replica().attachments();
        std::vector<Attachment> taken = attachment::all(target.record.value(target.field->index));
        Draft draft = context.store().draft();
        draft.label = QStringLiteral("edit");
        for (const QString &path : context.arguments().positional.mid(3)) {
            TZ_ASSIGN(ImportedFile file, importFile(state.folder(), path));
            TZ_TRY(state.noteAdded(file.content));
            file.member.name = attachment::freeName(file.member.name, taken);
            taken.push_back(file.member);
            draft.member(target.entity->fullName, target.record.id, target.field->name, file.member.toValue(), true);
        }
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, target.record.id);
        return {};
    }
};

class Detach : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"detach",
                                      "ENTITY ID FIELD NAME …",
                                      QT_TRANSLATE_NOOP("cli", "Remove attached files from a record."),
                                      {},
                                      4,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Target target, targetOf(context));
        Draft draft = context.store().draft();
        draft.label = QStringLiteral("edit");
        for (const QString &name : context.arguments().positional.mid(3)) {
            TZ_ASSIGN(const Attachment file, named(target, name));
            draft.member(target.entity->fullName, target.record.id, target.field->name, file.toValue(), false);
        }
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, target.record.id);
        return {};
    }
};

const char *wordOf(AttachmentStatus::Place place)
{
    switch (place) {
    case AttachmentStatus::Place::Here:
        return "here";
    case AttachmentStatus::Place::Waiting:
        return "waiting";
    case AttachmentStatus::Place::Server:
        return "server";
    case AttachmentStatus::Place::Elsewhere:
        return "elsewhere";
    case AttachmentStatus::Place::Missing:
        break;
    }
    return "missing";
}

QString sentenceOf(AttachmentStatus::Place place)
{
    switch (place) {
    case AttachmentStatus::Place::Here:
        return translated(QT_TRANSLATE_NOOP("cli", "on this computer"));
    case AttachmentStatus::Place::Waiting:
        return translated(QT_TRANSLATE_NOOP("cli", "to be sent"));
    case AttachmentStatus::Place::Server:
        return translated(QT_TRANSLATE_NOOP("cli", "on the server"));
    case AttachmentStatus::Place::Elsewhere:
        return translated(QT_TRANSLATE_NOOP("cli", "not yet on the server"));
    case AttachmentStatus::Place::Missing:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("cli", "missing"));
}

class ListAttachments : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"attachments",
                                      "ENTITY ID [FIELD]",
                                      QT_TRANSLATE_NOOP("cli", "List the files of a record and where they are."),
                                      {},
                                      2,
                                      3,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Target target, targetOf(context));
        Json json;
        json.beginObject().key(QStringLiteral("attachments")).beginArray();
        QList<QStringList> rows;
        for (const Field &field : target.entity->fields) {
            if (field.type != FieldType::Attachments || (target.field && &field != target.field))
                continue;
            const std::vector<Attachment> files = attachment::all(target.record.value(field.index));
            const std::vector<AttachmentStatus> all = context.replica().attachments().status(target.record, files);
            for (size_t i = 0; i < files.size(); ++i) {
                json.beginObject().key(QStringLiteral("field")).text(field.name);
                json.key(QStringLiteral("name")).text(files[i].name);
                json.key(QStringLiteral("size")).number(files[i].size);
                json.key(QStringLiteral("type")).text(files[i].type);
                json.key(QStringLiteral("hash")).text(QString::fromLatin1(files[i].hash.toHex()));
                json.key(QStringLiteral("state")).text(QString::fromLatin1(wordOf(all[i].place)));
                json.key(QStringLiteral("pinned")).boolean(all[i].pinned);
                const Error &fault = all[i].fault;
                json.key(QStringLiteral("fault")).text(QString::fromLatin1(fault.code)).endObject();
                QString state = sentenceOf(all[i].place);
                if (all[i].pinned)
                    state = translated(QT_TRANSLATE_NOOP("cli", "%1, kept")).arg(state);
                if (!fault.code.isEmpty())
                    state += QStringLiteral(" (") + sentence(fault, &context.catalog()) + u')';
                rows << QStringList{field.name, files[i].name, QLocale::c().formattedDataSize(files[i].size), state};
            }
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Field")), translated(QT_TRANSLATE_NOOP("cli", "File")),
                 translated(QT_TRANSLATE_NOOP("cli", "Size")), translated(QT_TRANSLATE_NOOP("cli", "Where"))},
                rows);
        return {};
    }
};

class Fetch : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "fetch",
            "ENTITY ID FIELD NAME",
            QT_TRANSLATE_NOOP("cli", "Write an attached file to a file, from the server if it is not here."),
            {{"output", "FILE", QT_TRANSLATE_NOOP("cli", "Where to write it; without it the file is only fetched.")},
             {"keep", nullptr, QT_TRANSLATE_NOOP("cli", "Keep it on this computer from now on.")}},
            4,
            4,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Target target, targetOf(context));
        TZ_ASSIGN(const Attachment file, named(target, context.arguments().at(3)));
        const wire::BlobRef ref{target.entity->fullName, target.record.id, target.field->name, file.hash};
        AttachmentState &state = context.replica().attachments();
        if (context.arguments().has("keep"))
            TZ_TRY(state.setPinned(file.hash, true));
        const QString output = context.arguments().value("output");
        // A copy that turns out to be damaged is removed, and fetched once more.
        for (bool again = true;;) {
            Result<> fetched;
            context.wait([&](const std::function<void()> &finish) {
                context.replica().fetchAttachment(ref, [&fetched, finish](const Result<> &result) {
                    fetched = result;
                    finish();
                });
            });
            TZ_TRY(fetched);
            const Result<> written = output.isEmpty() ? Result<>() : state.folder().exportTo(file.hash, output);
            if (written || !written.error().is("attachment.damaged") || !std::exchange(again, false))
                return written;
        }
    }
};

} // namespace

void addAttachmentCommands(Commands &to)
{
    to.push_back(std::make_unique<Attach>());
    to.push_back(std::make_unique<ListAttachments>());
    to.push_back(std::make_unique<Detach>());
    to.push_back(std::make_unique<Fetch>());
}

} // namespace tz::cli
