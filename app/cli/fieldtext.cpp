// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/fieldtext.h"

#include "core/base/decimal.h"
#include "core/logic/judge.h"
#include "core/sync/attachment.h"

#include <QFile>
#include <QJsonDocument>
#include <QTimeZone>

namespace tz::cli {

namespace {

tl::unexpected<Error> wrong(const Field &field, const QString &expected)
{
    return fail("record.wrong_type", {{QStringLiteral("expected"), expected}}, field.name);
}

} // namespace

const Entity *FieldText::target(const Field &field) const
{
    const Catalog &catalog = m_reader.catalog();
    if (field.type == FieldType::User)
        return catalog.entity(u"foundation.user");
    if (field.type == FieldType::Team)
        return catalog.entity(u"foundation.team");
    return catalog.entity(field.to);
}

Result<Id> FieldText::record(const Entity &entity, const QString &text) const
{
    if (const auto id = Id::fromString(text))
        return *id;
    if (text == QLatin1String("me") && entity.fullName == QLatin1String("foundation.user"))
        return m_me;
    QList<QString> fields;
    for (const QStringList &key : entity.keys) {
        if (key.size() == 1)
            fields.append(key.front());
    }
    if (!fields.contains(entity.title))
        fields.append(entity.title);
    if (entity.field(u"number") && !fields.contains(QStringLiteral("number")))
        fields.append(QStringLiteral("number"));
    const QVariantMap about{{QStringLiteral("value"), text}, {QStringLiteral("entity"), entity.fullName}};
    for (const QString &name : fields) {
        const Field *field = entity.field(name);
        if (!field || !field->isText())
            continue;
        auto compiled = expression::Expression::fieldIn(name, {Value(text)}, {&m_reader.catalog(), &entity, {}});
        if (!compiled)
            continue;
        Query query;
        query.entity = entity.fullName;
        query.fields = {QStringLiteral("id")};
        query.filter = *compiled;
        query.limit = 2;
        TZ_ASSIGN(const Rows rows, m_reader.select(query));
        if (rows.rows.size() == 1)
            return rows.rows[0][0].toId();
        if (rows.rows.size() > 1)
            return fail("cli.link_ambiguous", about);
    }
    return fail("cli.link_not_found", about);
}

Result<std::pair<QString, Value>> FieldText::assignment(const Entity &entity, const QString &text) const
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals <= 0)
        return fail("cli.not_an_assignment", {{QStringLiteral("text"), text}});
    const QString name = text.left(equals);
    const Field *field = entity.field(name);
    if (!field)
        return fail("record.unknown_field", {{QStringLiteral("entity"), entity.fullName}}, name);
    TZ_ASSIGN(Value value, parse(*field, text.mid(equals + 1)));
    return std::make_pair(name, std::move(value));
}

Result<Value> FieldText::parse(const Field &field, const QString &typed) const
{
    QString text = typed;
    if (text.startsWith(QLatin1Char('@')) && (field.isText() || field.type == FieldType::Json) && text.size() > 1) {
        QFile file(text.mid(1));
        if (!file.open(QIODevice::ReadOnly))
            return fail("cli.cannot_read", {{QStringLiteral("path"), file.fileName()}}, field.name);
        text = QString::fromUtf8(file.readAll());
    }
    if (text.isEmpty())
        return Value();
    if (field.isSet()) {
        ValueList members;
        for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (field.type == FieldType::Links) {
                const Entity *entity = target(field);
                if (!entity)
                    return wrong(field, typeName(field.type));
                auto id = record(*entity, part.trimmed());
                if (!id) {
                    id.error().field = field.name;
                    return fail(id.error());
                }
                members.emplace_back(*id);
            } else {
                members.emplace_back(part.trimmed());
            }
        }
        return Value::fromSet(std::move(members));
    }
    TZ_ASSIGN(Value value, parseScalar(field, text));
    return checkedValue(field, std::move(value));
}

Result<Value> FieldText::parseScalar(const Field &field, const QString &text) const
{
    switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Tags:
    case FieldType::Attachments:
        return Value(text);
    case FieldType::Enum:
    case FieldType::State:
        for (const Choice &choice : field.choices) {
            if (choice.name == text || choice.label.compare(text, Qt::CaseInsensitive) == 0)
                return Value(choice.name);
        }
        return fail("record.bad_choice", {{QStringLiteral("value"), text}}, field.name);
    case FieldType::Integer:
    case FieldType::Duration: {
        bool ok = false;
        const qint64 number = text.toLongLong(&ok);
        if (!ok)
            return wrong(field,
                         field.type == FieldType::Duration ? QStringLiteral("seconds") : QStringLiteral("integer"));
        return Value(number);
    }
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent: {
        const auto number = decimal::fromText(text, field.scale);
        if (!number)
            return wrong(field, QStringLiteral("number with at most %1 decimals").arg(field.scale));
        return Value(*number);
    }
    case FieldType::Bool: {
        static const QStringList yes{QStringLiteral("true"), QStringLiteral("yes"), QStringLiteral("1"),
                                     QStringLiteral("是")};
        static const QStringList no{QStringLiteral("false"), QStringLiteral("no"), QStringLiteral("0"),
                                    QStringLiteral("否")};
        if (yes.contains(text.toLower()))
            return Value(true);
        if (no.contains(text.toLower()))
            return Value(false);
        return wrong(field, QStringLiteral("yes/no"));
    }
    case FieldType::Date: {
        const QDate date = text == QLatin1String("today") ? QDate::currentDate() : QDate::fromString(text, Qt::ISODate);
        if (!date.isValid())
            return wrong(field, QStringLiteral("YYYY-MM-DD"));
        return Value::fromDate(date);
    }
    case FieldType::DateTime: {
        const QDateTime time = text == QLatin1String("now") ? QDateTime::currentDateTimeUtc()
                                                            : QDateTime::fromString(text, Qt::ISODateWithMs);
        if (!time.isValid())
            return wrong(field, QStringLiteral("YYYY-MM-DDTHH:MM"));
        return Value::fromDateTime(time);
    }
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team: {
        const Entity *entity = target(field);
        if (!entity)
            return wrong(field, typeName(field.type));
        auto id = record(*entity, text);
        if (!id) {
            id.error().field = field.name;
            return fail(id.error());
        }
        return Value(*id);
    }
    case FieldType::Address:
    case FieldType::Json: {
        QJsonParseError error;
        QJsonDocument::fromJson(text.toUtf8(), &error);
        if (error.error != QJsonParseError::NoError) {
            // A plain address is its street line.
            if (field.type == FieldType::Address && !text.trimmed().startsWith(QLatin1Char('{'))) {
                const QJsonObject address{{QStringLiteral("street"), text}};
                return Value(QString::fromUtf8(QJsonDocument(address).toJson(QJsonDocument::Compact)));
            }
            return wrong(field, QStringLiteral("JSON"));
        }
        return Value(text);
    }
    case FieldType::Links:
    case FieldType::Lines:
        break;
    }
    return wrong(field, typeName(field.type));
}

QString FieldText::shown(const Field *field, int scale, const Value &value) const
{
    if (value.isNull())
        return {};
    if (value.isList()) {
        QStringList parts;
        for (const Value &member : value.toList())
            parts << (field && (member.isId() || field->type == FieldType::Attachments)
                          ? shown(field, scale, member)
                          : shown(nullptr, scale, member));
        return parts.join(QStringLiteral(", "));
    }
    if (value.isId()) {
        if (field) {
            if (const Entity *entity = target(*field)) {
                if (const QString title = m_reader.title(*entity, value.toId()); !title.isEmpty())
                    return title;
            }
        }
        return value.toId().toString();
    }
    if (value.isText()) {
        if (field) {
            if (const Choice *choice = field->choice(value.toText()))
                return choice->label;
            if (const auto file = Attachment::fromValue(value); file && field->type == FieldType::Attachments)
                return file->name;
        }
        return value.toText();
    }
    if (value.isBytes())
        return QString::fromLatin1(value.toBytes().toHex());
    if (field && field->type == FieldType::Bool)
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    if (field && field->type == FieldType::Date)
        return value.toDate().toString(Qt::ISODate);
    if (field && field->type == FieldType::DateTime)
        return QDateTime::fromMSecsSinceEpoch(value.toInteger()).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return decimal::toText(value.toInteger(), scale);
}

} // namespace tz::cli
