// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/webhooks/events.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>

namespace tz::server {

namespace {

/// So many entries of the trail are gone through at once, and so many events are made of them at most.
constexpr qint64 entriesAtOnce = 20'000;
constexpr int eventsAtOnce = 50;

struct Entry {
    qint64 seq = 0, rev = 0, atMs = 0;
    Id record, user;
    ChangeKind kind = ChangeKind::Update;
    QString action, label;
    std::vector<FieldEdit> edits;
};

QString eventOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Create:
    // Whoever was told that it was deleted, has it anew.
    case ChangeKind::Restore:
        return QStringLiteral("create");
    case ChangeKind::Delete:
        return QStringLiteral("delete");
    case ChangeKind::Update:
    case ChangeKind::Action:
    case ChangeKind::Member:
        break;
    }
    return QStringLiteral("update");
}

/// Entries about the entity with seq in (after, upto].
Result<std::vector<Entry>> entriesOf(Connection &connection, const Entity &entity, qint64 after, qint64 upto)
{
    TZ_ASSIGN(Statement select,
              connection.db().prepare("SELECT seq, rev, at, id, \"user\", kind, name, label, edits FROM audit "
                                      "WHERE seq > ?1 AND seq <= ?2 AND entity = ?3 ORDER BY seq LIMIT ?4"));
    select.bind(1, after).bind(2, upto).bind(3, connection.model->numbers.entity(entity)).bind(4, eventsAtOnce);
    std::vector<Entry> entries;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return entries;
        Entry &entry = entries.emplace_back();
        entry.seq = select.integer(0);
        entry.rev = select.integer(1);
        entry.atMs = select.integer(2);
        entry.record = select.id(3);
        entry.user = select.isNull(4) ? Id() : select.id(4);
        entry.kind = ChangeKind(select.integer(5));
        entry.action = entry.kind == ChangeKind::Action ? select.text(6) : QString();
        entry.label = select.text(7);
        if (!select.isNull(8)) {
            TZ_ASSIGN(entry.edits, wire::decodeEdits(select.bytes(8)));
        }
    }
}

QByteArray bodyOf(const Webhook &webhook, const Entry &entry, const Id &delivery, const QStringList &changed,
                  const QByteArray &record)
{
    Json json;
    json.beginObject().key(u"id").text(delivery.toString());
    json.key(u"event").text(eventOf(entry.kind));
    json.key(u"entity").text(webhook.entity);
    json.key(u"record_id").text(entry.record.toString());
    json.key(u"rev").number(entry.rev);
    json.key(u"at").text(QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::UTC).toString(Qt::ISODateWithMs));
    json.key(u"by");
    entry.user.isNull() ? json.null() : json.text(entry.user.toString());
    json.key(u"label").text(entry.label);
    json.key(u"action");
    entry.action.isEmpty() ? json.null() : json.text(entry.action);
    json.key(u"changed").texts(changed);
    json.key(u"record");
    record.isEmpty() ? json.null() : json.raw(record);
    return json.endObject().result();
}

} // namespace

Result<WebhookEvents> eventsAfter(UserReader &reader, const Webhook &webhook, qint64 seq)
{
    Connection &connection = reader.connection();
    WebhookEvents made;
    {
        TZ_ASSIGN(Statement select, connection.db().prepare("SELECT coalesce(max(seq), 0) FROM audit"));
        TZ_TRY(select.step());
        const qint64 last = select.integer(0);
        made.seq = std::min(last, seq + entriesAtOnce);
        made.isEnd = made.seq >= last;
    }
    TZ_ASSIGN(const Revision now, currentRevision(connection.db()));
    made.rev = now.rev;
    const Entity *entity = reader.entity(webhook.entity);
    // Of what the user may not see at all any more, nothing is told.
    if (!entity)
        return made;
    TZ_ASSIGN(const std::vector<Entry> entries, entriesOf(connection, *entity, seq, made.seq));
    if (entries.size() == size_t(eventsAtOnce)) {
        made.seq = entries.back().seq;
        made.rev = entries.back().rev;
        made.isEnd = false;
    }
    std::vector<Id> ids;
    for (const Entry &entry : entries)
        ids.push_back(entry.record);
    TZ_ASSIGN(const auto records, reader.records(*entity, ids, reader.ownPaths(*entity)));
    for (size_t i = 0; i < entries.size(); ++i) {
        const Entry &entry = entries[i];
        if (!records[i].isThere || !webhook.events.contains(eventOf(entry.kind)))
            continue;
        QStringList changed;
        for (const FieldEdit &edit : entry.edits) {
            const Field *field = entity->field(edit.field);
            if (field && !field->system && reader.eyes().sees(*entity, *field))
                changed << edit.field;
        }
        if (eventOf(entry.kind) == QLatin1String("update") && changed.isEmpty())
            continue;
        WebhookEvent &event = made.events.emplace_back();
        event.seq = entry.seq;
        event.rev = entry.rev;
        event.event = eventOf(entry.kind);
        event.delivery =
            Id::fromName(QStringLiteral("webhook/%1/%2").arg(webhook.id.toString(), QString::number(entry.seq)));
        event.body = bodyOf(webhook, entry, event.delivery, changed,
                            entry.kind == ChangeKind::Delete ? QByteArray() : records[i].json);
    }
    return made;
}

QByteArray webhookSignature(const QByteArray &secret, qint64 seconds, const QByteArray &body)
{
    const QByteArray time = QByteArray::number(seconds);
    return "t=" + time +
           ",v1=" + QMessageAuthenticationCode::hash(time + '.' + body, secret, QCryptographicHash::Sha256).toHex();
}

} // namespace tz::server
