// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/auditexport.h"

#include "core/catalog/catalog.h"
#include "core/store/reader.h"

namespace tz {

namespace {
ExportOptions optionsOf(int utcOffsetSeconds, bool byteOrderMark)
{
    ExportOptions options;
    options.utcOffsetSeconds = utcOffsetSeconds;
    options.byteOrderMark = byteOrderMark;
    // Whatever anybody ever typed stands in it.
    options.guardFormulas = true;
    return options;
}
} // namespace

QString auditAction(const wire::AuditEntry &entry)
{
    switch (entry.kind) {
    case ChangeKind::Create:
        return QStringLiteral("create");
    case ChangeKind::Update:
    case ChangeKind::Member:
        return QStringLiteral("update");
    case ChangeKind::Action:
        return entry.action;
    case ChangeKind::Delete:
        return QStringLiteral("delete");
    case ChangeKind::Restore:
        return QStringLiteral("restore");
    }
    return {};
}

AuditCsv::AuditCsv(const Reader &reader, int utcOffsetSeconds, bool byteOrderMark, QIODevice &to)
    : m_reader(reader)
    , m_options(optionsOf(utcOffsetSeconds, byteOrderMark))
    , m_writer(to, m_options)
{
}

Result<> AuditCsv::begin()
{
    TZ_TRY(m_writer.begin());
    return m_writer.line({QStringLiteral("at"), QStringLiteral("user"), QStringLiteral("device"),
                          QStringLiteral("entity"), QStringLiteral("record"), QStringLiteral("title"),
                          QStringLiteral("action"), QStringLiteral("field"), QStringLiteral("before"),
                          QStringLiteral("after"), QStringLiteral("label"), QStringLiteral("revision")});
}

Result<> AuditCsv::add(const wire::AuditEntry &entry)
{
    const Entity *entity = m_reader.catalog().entity(entry.entity);
    const Field *field = entity ? entity->field(entry.field) : nullptr;
    const Column column{entry.field, field, field ? field->scale : 0};
    const LinkText linkText = [this](const Entity &to, const Id &id, bool) -> Result<QString> {
        const QString title = m_reader.title(to, id);
        return title.isEmpty() ? id.toString() : title;
    };
    const auto text = [&](const Value &value) {
        return exportText(m_reader.catalog(), column, value, m_options.utcOffsetSeconds, linkText);
    };
    TZ_ASSIGN(const QString before, text(entry.before));
    TZ_ASSIGN(const QString after, text(entry.after));
    const QString at = QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::OffsetFromUTC, m_options.utcOffsetSeconds)
                           .toString(Qt::ISODateWithMs);
    return m_writer.line({at, userName(entry.user), entry.device.isNull() ? QString() : entry.device.toString(),
                          entry.entity, entry.record.toString(), entry.title, auditAction(entry), entry.field, before,
                          after, entry.label, QString::number(entry.rev)});
}

QString AuditCsv::userName(const Id &user)
{
    if (user.isNull())
        return QStringLiteral("server");
    if (const auto known = m_users.constFind(user); known != m_users.constEnd())
        return *known;
    QString name;
    if (const Entity *entity = m_reader.catalog().entity(u"foundation.user")) {
        if (const auto record = m_reader.find(*entity, user, true); record && *record)
            name = (*record)->value(u"name").toText();
    }
    return *m_users.insert(user, name.isEmpty() ? user.toString() : name);
}

} // namespace tz
