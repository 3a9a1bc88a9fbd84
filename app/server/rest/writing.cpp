// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/writing.h"

#include "core/logic/fieldjson.h"
#include "core/sync/hybridclock.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz::server::rest {

namespace {

constexpr qsizetype longestKey = 255;

tl::unexpected<Error> badHeader(const char *name, const char *expected)
{
    return fail("api.bad_header", {{QStringLiteral("name"), QString::fromLatin1(name)},
                                   {QStringLiteral("expected"), QString::fromLatin1(expected)}});
}

Result<std::optional<qint64>> expectedRev(QByteArray header)
{
    if (header.isEmpty() || header == "*")
        return std::optional<qint64>();
    // Proxies that compress make them weak.
    if (header.startsWith("W/"))
        header.remove(0, 2);
    bool isNumber = false;
    const qint64 rev = header.size() > 2 && header.startsWith('"') && header.endsWith('"')
                           ? header.mid(1, header.size() - 2).toLongLong(&isNumber)
                           : 0;
    if (!isNumber)
        return badHeader("If-Match", "\"123\"");
    return std::optional(rev);
}

Result<QJsonObject> objectIn(const Request &request, bool mayBeMissing)
{
    if (request.body.trimmed().isEmpty() && mayBeMissing)
        return QJsonObject();
    const QByteArray type = request.contentType.split(';').front().trimmed().toLower();
    if (type != "application/json" && type != "application/merge-patch+json")
        return fail("api.wrong_content_type");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError)
        return fail("api.not_json",
                    {{QStringLiteral("offset"), error.offset}, {QStringLiteral("reason"), error.errorString()}});
    if (!document.isObject())
        return fail("api.not_an_object");
    return document.object();
}

} // namespace

QByteArray etag(qint64 rev)
{
    return '"' + QByteArray::number(rev) + '"';
}

Result<Writing> Writing::begin(Call &call, const QString &name)
{
    TZ_TRY(call.address.allow({}));
    Writing writing(call);
    TZ_ASSIGN(writing.m_expectedRev, expectedRev(call.request.ifMatch));
    const QByteArray &key = call.request.idempotencyKey;
    if (key.size() > longestKey || !std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; }))
        return badHeader("Idempotency-Key", "1–255 × ASCII");
    TZ_ASSIGN(writing.m_reader, call.read());
    writing.m_model = writing.m_reader->connection().model;
    writing.m_entity = writing.m_reader->entity(name);
    if (!writing.m_entity)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), name}});
    call.place.model = writing.m_model;
    call.place.entity = writing.m_entity;
    if (!call.session.scope.mayWrite(*writing.m_entity))
        return fail("api.not_in_scope", {{QStringLiteral("scope"), QString(QLatin1String("write:") + name)}});
    return writing;
}

Result<> Writing::take(const std::function<bool(const QString &)> &isTaken)
{
    TZ_ASSIGN(const QJsonObject object, objectIn(m_call.request, !m_action.isEmpty()));
    for (auto it = object.begin(); it != object.end(); ++it) {
        const Field *field = isTaken(it.key()) ? m_entity->field(it.key()) : nullptr;
        // What is hidden is answered like what does not exist.
        if (!field || !m_reader->knows(*m_entity, *field))
            return fail("record.unknown_field", {{QStringLiteral("entity"), m_entity->fullName}}, it.key());
        if (field->isDerived() || field->isLines())
            return fail("record.derived", {}, field->name);
        TZ_ASSIGN(Value value, fieldjson::read(*field, it.value()));
        m_edits.push_back({field->name, std::move(value), {}});
    }
    return {};
}

Result<> Writing::takeValues()
{
    return take([](const QString &) { return true; });
}

Result<> Writing::takeParameters(const QString &action)
{
    const Transition *declared = m_entity->action(action);
    if (!declared)
        return fail("action.unknown", {{QStringLiteral("action"), action}});
    m_action = action;
    return take([declared](const QString &name) { return declared->ask.contains(name); });
}

Result<Id> Writing::create()
{
    if (!m_call.request.ifMatch.isEmpty())
        return fail("api.no_revision_yet");
    const Environment &environment = m_call.service.storage().environment();
    Change change;
    change.kind = ChangeKind::Create;
    change.id = IdSource(*environment.clock, *environment.entropy).next();
    return commit(std::move(change));
}

Result<Id> Writing::change(ChangeKind kind, const QString &id)
{
    const auto known = Id::fromString(id);
    if (!known)
        return fail("record.unknown_record", {{QStringLiteral("entity"), m_entity->fullName}});
    Change change;
    change.kind = kind;
    change.id = *known;
    change.name = m_action;
    return commit(std::move(change));
}

Result<Id> Writing::commit(Change change)
{
    // Nothing is read any more, and the turn may be long in coming.
    m_reader.reset();
    const Environment &environment = m_call.service.storage().environment();
    const Request &request = m_call.request;
    change.entity = m_entity->fullName;
    change.edits = std::move(m_edits);
    Batch batch;
    batch.label = QLatin1String("api:") + m_call.session.token;
    batch.hlc = HybridClock::fromMilliseconds(environment.clock->nowMs());
    batch.changes.push_back(std::move(change));

    Push push;
    push.user = m_call.session.user;
    push.device = m_call.session.device;
    push.madeHere = true;
    push.expectedRev = m_expectedRev;
    if (request.idempotencyKey.isEmpty()) {
        batch.id = IdSource(*environment.clock, *environment.entropy).next();
    } else {
        // A batch's id is unique for ever, and its answer is kept: so is the key's.
        batch.id = Id::fromName(
            QStringLiteral("api/%1/%2").arg(push.device.toString(), QString::fromLatin1(request.idempotencyKey)));
        QCryptographicHash what(QCryptographicHash::Sha256);
        for (const QByteArray &part : {request.method, request.target, request.ifMatch, request.body}) {
            what.addData(QByteArray::number(part.size()));
            what.addData(" ");
            what.addData(part);
        }
        push.fingerprint = what.result();
    }
    push.request.batches.push_back(std::move(batch));
    TZ_TRY(m_call.service.committer().run(push));
    if (push.stop) {
        if (push.stop->is("auth.device_revoked"))
            return fail("api.token_revoked");
        // The field vanished between looking and writing.
        return fail(push.stop->is("sync.catalog") && push.stop->cause ? *push.stop->cause : *push.stop);
    }
    const Verdict &verdict = push.verdicts.front();
    m_call.repeated = verdict.repeated;
    if (!verdict.answer.reasons.empty())
        return fail(verdict.answer.reasons.front().error);
    const Change &made = push.request.batches.front().changes.front();
    // A repeated creation made its record under the id of then.
    return made.kind == ChangeKind::Create && !verdict.touched.empty() ? verdict.touched.front().second : made.id;
}

} // namespace tz::server::rest
