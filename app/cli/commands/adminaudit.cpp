// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/commands/admin.h"

#include "core/logic/auditexport.h"

#include <QSaveFile>

#include <algorithm>

namespace tz::cli::admin {

namespace {

/// A day or a time here, unless it says where. Of a day as an end, the last moment counts.
Result<qint64> momentOf(const QString &text, bool isEnd)
{
    if (text.isEmpty())
        return 0;
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (day.isValid() && text.size() <= 10)
        return (isEnd ? day.addDays(1) : day).startOfDay().toMSecsSinceEpoch();
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        return fail("input.not_a_date", {{QStringLiteral("text"), text}});
    return time.toMSecsSinceEpoch();
}

Result<wire::AuditQuestion> questionFrom(Context &context)
{
    const Arguments &given = context.arguments();
    wire::AuditQuestion question;
    TZ_ASSIGN(question.fromMs, momentOf(given.value("from"), false));
    TZ_ASSIGN(question.untilMs, momentOf(given.value("until"), true));
    if (const QString user = given.value("user"); user == QLatin1String("server")) {
        question.byServer = true;
    } else if (!user.isEmpty()) {
        TZ_ASSIGN(const wire::AdminPeople people, everybody(context));
        const auto found = std::ranges::find_if(people.users, [&](const wire::AdminUser &one) {
            return one.name.compare(user, Qt::CaseInsensitive) == 0 || one.id.toString() == user;
        });
        // Somebody who was deleted is known by their id only.
        const auto id = found == people.users.end() ? Id::fromString(user) : std::optional(found->id);
        if (!id)
            return fail("account.unknown_user", {{QStringLiteral("name"), user}});
        question.user = *id;
    }
    if (const QString name = given.value("entity"); !name.isEmpty()) {
        TZ_ASSIGN(const Entity *const entity, context.entity(name));
        question.entity = entity->fullName;
    }
    if (const QString record = given.value("record"); !record.isEmpty()) {
        const auto id = Id::fromString(record);
        if (!id)
            return fail("cli.bad_id", {{QStringLiteral("text"), record}});
        question.record = *id;
    }
    question.field = given.value("field");
    question.action = given.value("action");
    return question;
}

/// Page after page, until `take` has enough or there is no more.
Result<> eachEntry(Context &context, wire::AuditQuestion question,
                   const std::function<Result<bool>(const wire::AuditEntry &)> &take)
{
    for (;;) {
        TZ_ASSIGN(const wire::AuditPage page,
                  wait<wire::AuditPage>(context, [&](auto done) { administration(context).audit(question, done); }));
        for (const wire::AuditEntry &entry : page.entries) {
            TZ_ASSIGN(const bool more, take(entry));
            if (!more)
                return {};
        }
        if (page.afterSeq == 0)
            return {};
        question.afterMs = page.afterMs;
        question.afterSeq = page.afterSeq;
    }
}

Result<> writeTo(Context &context, wire::AuditQuestion question, const QString &output)
{
    constexpr qint64 entriesAtOnce = 1000;
    question.limit = entriesAtOnce;
    QFile out;
    QSaveFile file(output);
    const bool isPipe = output == QLatin1String("-");
    if (isPipe ? !out.open(stdout, QIODevice::WriteOnly) : !file.open(QIODevice::WriteOnly))
        return fail("export.cannot_write", {{QStringLiteral("path"), output}});
    AuditCsv csv(context.store(), context.store().utcOffsetSeconds(), !isPipe,
                 isPipe ? static_cast<QIODevice &>(out) : static_cast<QIODevice &>(file));
    TZ_TRY(csv.begin());
    qint64 count = 0;
    const auto write = [&](const wire::AuditEntry &entry) -> Result<bool> {
        TZ_TRY(csv.add(entry));
        ++count;
        return true;
    };
    TZ_TRY(eachEntry(context, question, write));
    if (isPipe)
        return {};
    if (!file.commit())
        return fail("export.cannot_write", {{QStringLiteral("path"), output}});
    if (context.json()) {
        Json json;
        json.beginObject().key(u"entries").number(count).key(u"file").text(output).endObject();
        context.print(json);
    } else {
        context.print(translated(QT_TRANSLATE_NOOP("cli", "%1 entries written to %2")).arg(count).arg(output));
    }
    return {};
}

void writeEntry(Json &json, const wire::AuditEntry &entry, const Field *field)
{
    const int scale = field ? field->scale : 0;
    json.beginObject().key(u"at");
    json.text(QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::UTC).toString(Qt::ISODateWithMs));
    json.key(u"user");
    entry.user.isNull() ? json.null() : json.text(entry.user.toString());
    json.key(u"device");
    entry.device.isNull() ? json.null() : json.text(entry.device.toString());
    json.key(u"entity").text(entry.entity).key(u"record").text(entry.record.toString());
    json.key(u"title").text(entry.title).key(u"action").text(auditAction(entry)).key(u"field").text(entry.field);
    json.key(u"before");
    fieldjson::write(json, field, scale, entry.before);
    json.key(u"after");
    fieldjson::write(json, field, scale, entry.after);
    json.key(u"label").text(entry.label).key(u"revision").number(entry.rev).endObject();
}

} // namespace

Result<> printAudit(Context &context)
{
    TZ_ASSIGN(wire::AuditQuestion question, questionFrom(context));
    if (const QString output = context.arguments().value("output"); !output.isEmpty())
        return writeTo(context, question, output);
    const QString limit = context.arguments().value("limit", QStringLiteral("200"));
    bool isNumber = false;
    const qint64 most = limit.toLongLong(&isNumber);
    if (!isNumber || most < 1)
        return fail("input.not_a_number", {{QStringLiteral("text"), limit}});
    question.limit = most;
    const Entity *users = context.catalog().entity(u"foundation.user");
    const FieldText text = context.fields();
    Json json;
    json.beginObject().key(u"entries").beginArray();
    QList<QStringList> rows;
    TZ_TRY(eachEntry(context, question, [&](const wire::AuditEntry &entry) -> Result<bool> {
        const Entity *entity = context.catalog().entity(entry.entity);
        const Field *field = entity ? entity->field(entry.field) : nullptr;
        const int scale = field ? field->scale : 0;
        writeEntry(json, entry, field);
        QString who = translated(QT_TRANSLATE_NOOP("cli", "the server"));
        if (!entry.user.isNull())
            who = users ? context.store().title(*users, entry.user) : QString();
        rows << QStringList{QDateTime::fromMSecsSinceEpoch(entry.atMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                            who.isEmpty() ? entry.user.toString() : who,
                            entry.entity,
                            entry.title.isEmpty() ? entry.record.toString() : entry.title,
                            auditAction(entry),
                            entry.field,
                            text.shown(field, scale, entry.before),
                            text.shown(field, scale, entry.after)};
        return rows.size() < most;
    }));
    if (context.json())
        context.print(json.endArray().endObject());
    else
        context.printTable(
            {translated(QT_TRANSLATE_NOOP("cli", "When")), translated(QT_TRANSLATE_NOOP("cli", "Who")),
             translated(QT_TRANSLATE_NOOP("cli", "Entity")), translated(QT_TRANSLATE_NOOP("cli", "Record")),
             translated(QT_TRANSLATE_NOOP("cli", "Change")), translated(QT_TRANSLATE_NOOP("cli", "Field")),
             translated(QT_TRANSLATE_NOOP("cli", "Before")), translated(QT_TRANSLATE_NOOP("cli", "After"))},
            rows);
    return {};
}

} // namespace tz::cli::admin
