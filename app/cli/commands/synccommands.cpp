// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/sync/valuejson.h"

#include <QCoreApplication>

namespace tz::cli {

namespace {

/// After so many failed attempts in a row a run gives up; without any contact the first one is enough.
constexpr int attempts = 4;

/// Sends the contents of attached files and fetches pinned ones, until nothing is left that could be tried now.
void sendFiles(Context &context)
{
    Transfers &transfers = *context.replica().transfers();
    context.wait([&transfers](const std::function<void()> &finish) {
        QObject::connect(&transfers, &Transfers::idle, &transfers, finish, Qt::QueuedConnection);
        QObject::connect(&transfers, &Transfers::signedOut, &transfers, finish, Qt::QueuedConnection);
        transfers.start(true);
        if (transfers.isIdle())
            finish();
    });
}

class Sync : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "sync",
            "",
            QT_TRANSLATE_NOOP("cli", "Send what waits and fetch what is new, until both sides are quiet."),
            {{"verify", nullptr,
              QT_TRANSLATE_NOOP("cli", "Compare what is here with the server; what differs is fetched again.")},
             {"set-aside", nullptr,
              QT_TRANSLATE_NOOP("cli", "Agree that records which the server, restored from a backup, knows nothing of "
                                       "are set aside, however many they are (see held).")}},
            0,
            0,
            CommandSpec::Needs::Account,
            true};
        return spec;
    }
    Result<> run(Context &context) override
    {
        LocalReplica &replica = context.replica();
        if (replica.isStandalone())
            return fail("session.standalone");
        if (context.arguments().has("verify"))
            TZ_TRY(replica.state().askForVerify());
        if (context.arguments().has("set-aside"))
            TZ_TRY(replica.state().agreeToSetAside());
        std::optional<Error> error;
        bool started = true;
        int failures = 0;
        const auto untilQuiet = [&](const std::function<void(std::function<void()>)> &begin) {
            context.wait([&](std::function<void()> finish) {
                QObject::connect(&replica, &LocalReplica::quiet, &replica, finish);
                QObject::connect(&replica, &LocalReplica::signedOut, &replica, [&error, finish](const Error &why) {
                    error = why;
                    finish();
                });
                QObject::connect(&replica, &LocalReplica::failed, &replica,
                                 [&error, &failures, finish](const Error &why) {
                                     if (++failures >= attempts || !why.code.startsWith("sync.")) {
                                         error = why;
                                         finish();
                                     }
                                 });
                begin(finish);
            });
        };
        untilQuiet([&](const std::function<void()> &finish) {
            replica.start(false, [&started, finish](bool begun) {
                started = begun;
                if (!begun)
                    finish();
            });
        });
        // New custom fields change the catalog in the next turn of the loop, and their values are fetched then.
        QCoreApplication::processEvents();
        while (started && !error && !replica.replicator()->isQuiet())
            untilQuiet([](const std::function<void()> &) {});
        if (error)
            return fail(*error);
        if (!started)
            return fail("session.not_signed_in");
        TZ_TRY(context.store().indexWaiting());
        sendFiles(context);
        TZ_ASSIGN(const auto unsentFiles, replica.attachments().uploads());
        const qint64 sentFiles = replica.transfers()->sent();
        const SyncStatus status = replica.status();
        const Replicator::Counts counts = replica.replicator()->counts();
        TZ_ASSIGN(const auto rejected, replica.state().rejected());
        TZ_ASSIGN(const auto aside, replica.state().setAside());
        TZ_ASSIGN(const qint64 conflicts,
                  context.store().count(QStringLiteral("foundation.conflict"), QStringLiteral("state == 'open'")));
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("pushed")).number(counts.pushed);
            json.key(QStringLiteral("refused")).number(counts.refused);
            json.key(QStringLiteral("received")).number(counts.rows);
            json.key(QStringLiteral("deleted")).number(counts.gone);
            json.key(QStringLiteral("evicted")).number(counts.evicted);
            json.key(QStringLiteral("conflicts")).number(conflicts);
            json.key(QStringLiteral("rejected")).number(qint64(rejected.size()));
            json.key(QStringLiteral("waiting")).number(status.waiting);
            json.key(QStringLiteral("files_sent")).number(sentFiles);
            json.key(QStringLiteral("files_waiting")).number(qint64(unsentFiles.size()));
            json.key(QStringLiteral("revision")).number(replica.state().cursor().rev);
            json.key(QStringLiteral("held")).number(qint64(aside.size()));
            json.key(QStringLiteral("to_set_aside")).number(status.toSetAside);
            if (context.arguments().has("verify") && status.integrity)
                write(json.key(QStringLiteral("verified")), *status.integrity);
            json.key(QStringLiteral("complete")).boolean(status.complete).endObject();
            context.print(json);
        } else {
            context.print(
                translated(QT_TRANSLATE_NOOP("cli", "Sent: %1 (refused: %2); received: %3; deleted: %4; removed: %5"))
                    .arg(counts.pushed)
                    .arg(counts.refused)
                    .arg(counts.rows)
                    .arg(counts.gone)
                    .arg(counts.evicted));
            if (sentFiles > 0 || !unsentFiles.empty())
                context.print(translated(QT_TRANSLATE_NOOP("cli", "Files sent: %1; still to be sent: %2"))
                                  .arg(sentFiles)
                                  .arg(unsentFiles.size()));
            for (const AttachmentState::Upload &one : unsentFiles)
                context.note(one.fault);
            if (conflicts > 0 || !rejected.empty())
                context.print(translated(QT_TRANSLATE_NOOP("cli", "To look at: %1 conflicts, %2 refused changes"))
                                  .arg(conflicts)
                                  .arg(rejected.size()));
            if (!aside.empty())
                context.print(
                    translated(QT_TRANSLATE_NOOP("cli", "Set aside, because the server knows nothing of them: "
                                                        "%1 records (see held)"))
                        .arg(aside.size()));
            if (context.arguments().has("verify") && status.integrity)
                print(context, *status.integrity);
        }
        if (status.toSetAside > 0)
            context.note(Error("sync.many_unknown", {{QStringLiteral("count"), status.toSetAside}}));
        if (context.arguments().has("verify") && status.integrity &&
            status.integrity->outcome == IntegrityReport::Outcome::Differs)
            return fail("sync.differs", {{QStringLiteral("count"), qint64(status.integrity->differences.size())}});
        return {};
    }

private:
    static void write(Json &json, const IntegrityReport &report)
    {
        static constexpr const char *outcomes[] = {"same", "repaired", "differs"};
        json.beginObject().key(QStringLiteral("outcome")).text(QLatin1String(outcomes[int(report.outcome)]));
        json.key(QStringLiteral("revision")).number(report.rev);
        json.key(QStringLiteral("groups")).number(report.keys);
        json.key(QStringLiteral("records")).number(report.records);
        json.key(QStringLiteral("sampled")).number(report.sampled);
        json.key(QStringLiteral("drifted")).number(report.drifted);
        json.key(QStringLiteral("differences")).beginArray();
        for (const IntegrityReport::Difference &one : report.differences) {
            json.beginObject().key(QStringLiteral("entity")).text(one.entity);
            json.key(QStringLiteral("key")).number(one.key);
            json.key(QStringLiteral("here")).number(one.here);
            json.key(QStringLiteral("there")).number(one.there).endObject();
        }
        json.endArray().endObject();
    }

    static void print(Context &context, const IntegrityReport &report)
    {
        context.print(translated(QT_TRANSLATE_NOOP("cli", "Compared with the server: %1 records in %2 groups, "
                                                          "differing groups: %3; by content: %4, differing: %5"))
                          .arg(report.records)
                          .arg(report.keys)
                          .arg(report.differences.size())
                          .arg(report.sampled)
                          .arg(report.drifted));
        for (const IntegrityReport::Difference &one : report.differences)
            context.print(translated(QT_TRANSLATE_NOOP("cli", "%1 (key %2): %3 here, %4 on the server"))
                              .arg(one.entity)
                              .arg(one.key)
                              .arg(one.here)
                              .arg(one.there));
    }
};

/// A conflict's value as the field shows it.
QString shownValue(const FieldText &text, const Field *field, const Value &json)
{
    return text.shown(field, field ? field->scale : 0, valueFromJson(json.toText()));
}

class Conflicts : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "conflicts",
            "",
            QT_TRANSLATE_NOOP("cli", "List your edits that others' edits replaced."),
            {{"all", nullptr, QT_TRANSLATE_NOOP("cli", "Also those that have been dealt with.")}},
            0,
            0,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(QStringLiteral("foundation.conflict")));
        TZ_ASSIGN(
            const auto ids,
            static_cast<const Reader &>(context.store())
                .ids(entity->fullName, context.arguments().has("all") ? QString() : QStringLiteral("state == 'open'")));
        const FieldText text = context.fields();
        Json json;
        json.beginObject().key(QStringLiteral("conflicts")).beginArray();
        QList<QStringList> rows;
        for (const Id &id : ids) {
            TZ_ASSIGN(const auto conflict, context.store().find(*entity, id));
            if (!conflict)
                continue;
            const Entity *about = context.catalog().entity(conflict->value(u"entity").toText());
            const Field *field = about ? about->field(conflict->value(u"field").toText()) : nullptr;
            const Id record = Id::fromString(conflict->value(u"record").toText()).value_or(Id());
            const QString title = about ? context.store().title(*about, record) : QString();
            json.beginObject().key(QStringLiteral("id")).text(id.toString());
            for (const char16_t *name : {u"entity", u"record", u"field", u"state"})
                json.key(QString::fromUtf16(name)).text(conflict->value(name).toText());
            json.key(QStringLiteral("title")).text(title);
            const std::pair<const char16_t *, const char *> values[] = {
                {u"base", "base"}, {u"lost", "mine"}, {u"kept", "theirs"}};
            for (const auto &[from, name] : values) {
                json.key(QLatin1String(name));
                if (field)
                    fieldjson::write(json, field, field->scale, valueFromJson(conflict->value(from).toText()));
                else
                    json.text(conflict->value(from).toText());
            }
            json.key(QStringLiteral("kept_by")).text(conflict->value(u"kept_by").toId().toString());
            json.key(QStringLiteral("lost_by")).text(conflict->value(u"lost_by").toId().toString());
            json.key(QStringLiteral("at"));
            fieldjson::write(json, entity->field(u"lost_at"), 0, conflict->value(u"lost_at"));
            json.endObject();
            rows << QStringList{id.toString(),
                                title.isEmpty() ? record.toString() : title,
                                conflict->value(u"field").toText(),
                                shownValue(text, field, conflict->value(u"lost")),
                                shownValue(text, field, conflict->value(u"kept")),
                                text.shown(entity->field(u"kept_by"), 0, conflict->value(u"kept_by"))};
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Id")), translated(QT_TRANSLATE_NOOP("cli", "Record")),
                 translated(QT_TRANSLATE_NOOP("cli", "Field")), translated(QT_TRANSLATE_NOOP("cli", "Mine")),
                 translated(QT_TRANSLATE_NOOP("cli", "Theirs")), translated(QT_TRANSLATE_NOOP("cli", "By"))},
                rows);
        return {};
    }
};

/// The open conflict that an argument names.
Result<Record> conflictOf(Context &context, const QString &argument)
{
    TZ_ASSIGN(const Entity *const entity, context.entity(QStringLiteral("foundation.conflict")));
    const auto id = Id::fromString(argument);
    if (!id)
        return fail("cli.bad_id", {{QStringLiteral("text"), argument}});
    TZ_ASSIGN(auto conflict, context.store().find(*entity, *id));
    if (!conflict)
        return fail("record.not_found",
                    {{QStringLiteral("entity"), entity->fullName}, {QStringLiteral("id"), argument}});
    return std::move(*conflict);
}

class Take : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"take",
                                      "CONFLICT …",
                                      QT_TRANSLATE_NOOP("cli", "Bring your own value of a conflict back."),
                                      {},
                                      1,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        Draft draft = context.store().draft();
        draft.label = QStringLiteral("take_mine");
        for (const QString &argument : context.arguments().positional) {
            TZ_ASSIGN(const Record conflict, conflictOf(context, argument));
            TZ_ASSIGN(const Entity *const entity, context.entity(conflict.value(u"entity").toText()));
            const Id record = Id::fromString(conflict.value(u"record").toText()).value_or(Id());
            const QString field = conflict.value(u"field").toText();
            Draft::Values values;
            if (field.isEmpty()) {
                // An edit of a record that somebody deleted meanwhile: the record comes back with the edit.
                TZ_ASSIGN(const auto present, context.store().find(*entity, record));
                if (!present)
                    draft.restore(entity->fullName, record);
                for (FieldEdit &edit : editsFromJson(conflict.value(u"lost").toText()))
                    values.emplace_back(edit.field, std::move(edit.value));
            } else {
                values.emplace_back(field, valueFromJson(conflict.value(u"lost").toText()));
            }
            if (!values.empty())
                draft.update(entity->fullName, record, std::move(values));
            draft.act(conflict.entity->fullName, conflict.id, QStringLiteral("take"));
        }
        TZ_TRY(context.store().apply(std::move(draft)));
        return {};
    }
};

class Dismiss : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"dismiss",
                                      "CONFLICT …",
                                      QT_TRANSLATE_NOOP("cli", "Leave conflicts as they are and stop listing them."),
                                      {},
                                      1,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        Draft draft = context.store().draft();
        for (const QString &argument : context.arguments().positional) {
            TZ_ASSIGN(const Record conflict, conflictOf(context, argument));
            draft.act(conflict.entity->fullName, conflict.id, QStringLiteral("dismiss"));
        }
        TZ_TRY(context.store().apply(std::move(draft)));
        return {};
    }
};

class Rejected : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "rejected",
            "",
            QT_TRANSLATE_NOOP("cli", "List changes that the server refused, with the reasons."),
            {{"forget", "BATCH",
              QT_TRANSLATE_NOOP("cli", "Remove this one from the list; \"all\" removes every one.")}},
            0,
            0,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        ReplicaState &state = context.replica().state();
        TZ_ASSIGN(const auto rejected, state.rejected());
        if (const QString forget = context.arguments().value("forget"); !forget.isEmpty()) {
            for (const RejectedBatch &one : rejected) {
                if (forget == QLatin1String("all"))
                    TZ_TRY(state.forgetRejected(one.batch));
            }
            if (forget == QLatin1String("all"))
                return {};
            const auto id = Id::fromString(forget);
            if (!id)
                return fail("cli.bad_id", {{QStringLiteral("text"), forget}});
            return state.forgetRejected(*id);
        }
        Json json;
        json.beginObject().key(QStringLiteral("rejected")).beginArray();
        QList<QStringList> rows;
        for (const RejectedBatch &one : rejected) {
            json.beginObject().key(QStringLiteral("batch")).text(one.batch.toString());
            json.key(QStringLiteral("at"))
                .text(QDateTime::fromMSecsSinceEpoch(one.atMs, Qt::UTC).toString(Qt::ISODateWithMs));
            json.key(QStringLiteral("reasons")).beginArray();
            for (const wire::Reason &reason : one.reasons) {
                const bool known = reason.change >= 0 && size_t(reason.change) < one.body.changes.size();
                const Change change = known ? one.body.changes[size_t(reason.change)] : Change();
                Error error = reason.error;
                if (!error.params.contains(QStringLiteral("entity")))
                    error.params.insert(QStringLiteral("entity"), change.entity);
                json.beginObject().key(QStringLiteral("code")).text(QString::fromLatin1(error.code));
                json.key(QStringLiteral("field")).text(error.field);
                json.key(QStringLiteral("entity")).text(change.entity);
                json.key(QStringLiteral("id")).text(change.id.toString());
                json.key(QStringLiteral("message")).text(sentence(error, &context.catalog())).endObject();
                rows << QStringList{one.batch.toString(), change.entity, change.id.toString(),
                                    sentence(error, &context.catalog())};
            }
            json.endArray().endObject();
        }
        if (context.json())
            context.print(json.endArray().endObject());
        else
            context.printTable(
                {translated(QT_TRANSLATE_NOOP("cli", "Batch")), translated(QT_TRANSLATE_NOOP("cli", "Entity")),
                 translated(QT_TRANSLATE_NOOP("cli", "Record")), translated(QT_TRANSLATE_NOOP("cli", "Reason"))},
                rows);
        return {};
    }
};

} // namespace

void addSyncCommands(Commands &to)
{
    to.push_back(std::make_unique<Sync>());
    to.push_back(std::make_unique<Conflicts>());
    to.push_back(std::make_unique<Take>());
    to.push_back(std::make_unique<Dismiss>());
    to.push_back(std::make_unique<Rejected>());
}

} // namespace tz::cli
