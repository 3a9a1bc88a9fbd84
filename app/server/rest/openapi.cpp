// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/openapi.h"

#include "core/base/decimal.h"
#include "core/catalog/labels.h"
#include "core/logic/judge.h"
#include "server/rest/records.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz::server::rest::openapi {

namespace {

using Object = QJsonObject;
using Array = QJsonArray;

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

Object schemaRef(const QString &name)
{
    return {{text("$ref"), QString(QLatin1String("#/components/schemas/") + name)}};
}

Object parameterRef(const char *name)
{
    return {{text("$ref"), QString(QLatin1String("#/components/parameters/") + QLatin1String(name))}};
}

/// "type" of a value that may also be null: that is how an empty field is written.
Array orNull(const char *type)
{
    return {text(type), text("null")};
}

double unscaled(qint64 value, int scale)
{
    return double(value) / double(decimal::powerOfTen(scale));
}

void addBounds(Object &schema, const Field &field)
{
    if (field.minimum)
        schema.insert(text("minimum"), unscaled(*field.minimum, field.scale));
    if (field.maximum)
        schema.insert(text("maximum"), unscaled(*field.maximum, field.scale));
    if (field.scale > 0)
        schema.insert(text("multipleOf"), unscaled(1, field.scale));
    if (!field.currency.isEmpty())
        schema.insert(text("x-currency"), field.currency);
}

Object format(const char *type, const char *format)
{
    return {{text("type"), orNull(type)}, {text("format"), text(format)}};
}

Object choices(const Entity &entity, const Field &field)
{
    Array names;
    Object labels;
    const auto add = [&](const QString &name) {
        names.append(name);
        labels.insert(name, choiceLabel(entity, field, name));
    };
    if (field.type == FieldType::State && entity.states && entity.states->field == field.name) {
        for (const State &state : entity.states->states)
            add(state.name);
    } else {
        for (const Choice &choice : field.choices)
            add(choice.name);
    }
    Object schema{{text("type"), orNull("string")}};
    if (names.isEmpty())
        return schema;
    names.append(QJsonValue::Null);
    schema.insert(text("enum"), names);
    schema.insert(text("x-labels"), labels);
    return schema;
}

/// The form of a value, without what it means.
Object typeSchema(const Entity &entity, const Field &field)
{
    switch (field.type) {
    case FieldType::Enum:
    case FieldType::State:
        return choices(entity, field);
    case FieldType::Email:
        return format("string", "email");
    case FieldType::Url:
        return format("string", "uri");
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Phone: {
        Object schema{{text("type"), orNull("string")}};
        if (field.maxLength > 0)
            schema.insert(text("maxLength"), field.maxLength);
        return schema;
    }
    case FieldType::Integer:
    case FieldType::Duration: {
        Object schema = format("integer", "int64");
        addBounds(schema, field);
        if (field.type == FieldType::Duration)
            schema.insert(text("x-unit"), text("s"));
        return schema;
    }
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent: {
        Object schema{{text("type"), orNull("number")}};
        addBounds(schema, field);
        return schema;
    }
    case FieldType::Bool:
        return {{text("type"), orNull("boolean")}};
    case FieldType::Date:
        return format("string", "date");
    case FieldType::DateTime:
        return format("string", "date-time");
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team: {
        Object schema = format("string", "uuid");
        schema.insert(text("x-entity"), field.to);
        return schema;
    }
    case FieldType::Links:
        return {{text("type"), orNull("array")},
                {text("items"), Object{{text("type"), text("string")}, {text("format"), text("uuid")}}},
                {text("x-entity"), field.to}};
    case FieldType::Tags:
        return {{text("type"), orNull("array")}, {text("items"), Object{{text("type"), text("string")}}}};
    case FieldType::Attachments:
        return {{text("type"), orNull("array")}, {text("items"), schemaRef(text("File"))}};
    case FieldType::Address:
        return {{text("type"), orNull("object")}};
    case FieldType::Json:
        return {{text("type"), Array{text("object"), text("array"), text("null")}}};
    case FieldType::Lines:
        break;
    }
    return {};
}

bool isReadOnly(const Field &field)
{
    return field.isDerived() || field.system || field.readonly || field.type == FieldType::Attachments;
}

Object fieldSchema(const Entity &entity, const Field &field)
{
    Object schema = typeSchema(entity, field);
    schema.insert(text("title"), label(entity, field));
    if (const QString meaning = help(entity, field); !meaning.isEmpty())
        schema.insert(text("description"), meaning);
    if (isReadOnly(field))
        schema.insert(text("readOnly"), true);
    return schema;
}

Object jsonContent(const Object &schema)
{
    return {{text("application/json"), Object{{text("schema"), schema}}}};
}

Object answerWith(const QString &description, const Object &schema)
{
    return {{text("description"), description}, {text("content"), jsonContent(schema)}};
}

/// Collects paths and schemas of one entity after the other.
class Document {
public:
    explicit Document(UserReader &reader, const Call &call)
        : m_reader(reader)
        , m_token(call.session.scope)
        , m_judge(*reader.connection().reader, *reader.connection().model->contributions, reader.scope().actor,
                  call.service.storage().environment().clock->nowMs(), 0)
    {
    }

    void add(const Entity &entity)
    {
        const bool reads = m_reader.mayRead(entity);
        const bool writes = m_token.mayWrite(entity);
        if (!reads && !writes)
            return;
        m_tags.append(Object{{text("name"), entity.fullName}, {text("description"), plural(entity)}});
        addSchemas(entity, reads, writes);
        const Grant grant = m_judge.grantFor(entity);
        Object all;
        if (reads)
            all.insert(text("get"), listing(entity));
        if (writes && grant.create)
            all.insert(text("post"), writing(entity, "create", text("201"), entity.fullName + QLatin1String(".new")));
        const QString path = QLatin1String("/api/v1/records/") + entity.fullName;
        addPath(path, all, {});
        Object one;
        if (reads)
            one.insert(text("get"), reading(entity));
        const bool changes = writes && grant.write != Reach::None;
        if (changes && !entity.appendOnly)
            one.insert(text("patch"),
                       writing(entity, "update", text("200"), entity.fullName + QLatin1String(".values")));
        if (changes && grant.remove)
            one.insert(text("delete"), writing(entity, "delete", text("204"), {}));
        const Array id{parameterRef("id")};
        addPath(path + QLatin1String("/{id}"), one, id);
        if (changes && grant.remove)
            addPath(path + QLatin1String("/{id}/restore"),
                    {{text("post"), writing(entity, "restore", text("200"), {})}}, id);
        for (const Transition &action : entity.actions) {
            if (writes && mayAct(action))
                addPath(path + QLatin1String("/{id}/actions/") + action.action,
                        {{text("post"), acting(entity, action)}}, id);
        }
    }

    Object whole(const Catalog &catalog) const
    {
        return {{text("openapi"), text("3.1.0")},
                {text("info"), Object{{text("title"), text("Tongzhou CRM")},
                                      {text("version"), text(TZ_VERSION)},
                                      {text("x-catalog"), catalog.hash()}}},
                {text("security"), Array{Object{{text("token"), Array()}}}},
                {text("tags"), m_tags},
                {text("paths"), m_paths},
                {text("components"),
                 Object{{text("schemas"), schemas()},
                        {text("parameters"), parameters()},
                        {text("responses"), Object{{text("Problem"), problemAnswer()}}},
                        {text("securitySchemes"), Object{{text("token"), Object{{text("type"), text("http")},
                                                                                {text("scheme"), text("bearer")}}}}}}}};
    }

private:
    bool mayAct(const Transition &action) const
    {
        const Actor &actor = m_reader.scope().actor;
        return action.roles.isEmpty() || actor.isAdmin() ||
               std::ranges::any_of(action.roles, [&](const QString &role) { return actor.roles.contains(role); });
    }

    void addPath(const QString &path, Object operations, const Array &common)
    {
        if (operations.isEmpty())
            return;
        if (!common.isEmpty())
            operations.insert(text("parameters"), common);
        m_paths.insert(path, operations);
    }

    void addSchemas(const Entity &entity, bool reads, bool writes)
    {
        Object record{{text("id"), Object{{text("type"), text("string")}, {text("format"), text("uuid")}}},
                      {text("_rev"), Object{{text("type"), text("integer")}, {text("readOnly"), true}}}};
        Object values;
        Array needed;
        for (const Field &field : entity.fields) {
            if (field.isLines())
                continue;
            const Object schema = fieldSchema(entity, field);
            if (m_reader.eyes().sees(entity, field))
                record.insert(field.name, schema);
            if (isReadOnly(field) || !m_reader.knows(entity, field))
                continue;
            values.insert(field.name, schema);
            const bool isGiven = field.defaultValue || field.type == FieldType::State;
            if (field.required && !isGiven)
                needed.append(field.name);
        }
        const auto object = [&](const Object &properties) {
            return Object{{text("type"), text("object")},
                          {text("title"), label(entity)},
                          {text("additionalProperties"), false},
                          {text("properties"), properties}};
        };
        if (reads) {
            Object schema = object(record);
            schema.insert(text("required"), Array{text("id"), text("_rev")});
            if (const QString meaning = help(entity); !meaning.isEmpty())
                schema.insert(text("description"), meaning);
            // Paths along links may be asked for, too.
            schema.remove(text("additionalProperties"));
            m_schemas.insert(entity.fullName, schema);
        }
        if (writes) {
            m_schemas.insert(entity.fullName + QLatin1String(".values"), object(values));
            Object made = object(values);
            if (!needed.isEmpty())
                made.insert(text("required"), needed);
            m_schemas.insert(entity.fullName + QLatin1String(".new"), made);
        }
    }

    Object operation(const Entity &entity, const QString &verb, const QString &summary) const
    {
        return {{text("tags"), Array{entity.fullName}},
                {text("operationId"), QString(entity.fullName + u'.' + verb)},
                {text("summary"), summary}};
    }

    Object answers(const QString &status, const Object &answer) const
    {
        return {{status, answer}, {text("default"), Object{{text("$ref"), text("#/components/responses/Problem")}}}};
    }

    Object listing(const Entity &entity) const
    {
        Object made = operation(entity, text("list"), plural(entity));
        made.insert(text("parameters"), Array{parameterRef("filter"), parameterRef("fields"), parameterRef("sort"),
                                              parameterRef("limit"), parameterRef("after")});
        const Object page{
            {text("type"), text("object")},
            {text("required"), Array{text("items"), text("next")}},
            {text("properties"),
             Object{{text("items"), Object{{text("type"), text("array")}, {text("items"), schemaRef(entity.fullName)}}},
                    {text("next"), Object{{text("type"), orNull("string")}}}}}};
        made.insert(text("responses"), answers(text("200"), answerWith(plural(entity), page)));
        return made;
    }

    Object reading(const Entity &entity) const
    {
        Object made = operation(entity, text("get"), label(entity));
        made.insert(text("parameters"), Array{parameterRef("fields")});
        made.insert(text("responses"), answers(text("200"), answerWith(label(entity), schemaRef(entity.fullName))));
        return made;
    }

    /// `schema`: of the body; empty: there is none.
    Object writing(const Entity &entity, const char *verb, const QString &status, const QString &schema) const
    {
        Object made = operation(entity, text(verb), label(entity));
        Array given{parameterRef("key")};
        if (status != QLatin1String("201"))
            given.append(parameterRef("revision"));
        made.insert(text("parameters"), given);
        if (!schema.isEmpty())
            made.insert(text("requestBody"),
                        Object{{text("required"), true}, {text("content"), jsonContent(schemaRef(schema))}});
        made.insert(text("responses"),
                    answers(status, status == QLatin1String("204") ? Object{{text("description"), label(entity)}}
                                                                   : answerWith(label(entity), resultOf(entity))));
        return made;
    }

    /// What is answered to a change: the record, or its id for who may not read it.
    Object resultOf(const Entity &entity) const
    {
        return schemaRef(m_reader.mayRead(entity) ? entity.fullName : text("Made"));
    }

    Object acting(const Entity &entity, const Transition &action) const
    {
        Object made = writing(entity, "act", text("200"), {});
        made.insert(text("operationId"), QString(entity.fullName + QLatin1String(".actions.") + action.action));
        made.insert(text("summary"), actionLabel(entity, action));
        Object asked;
        for (const QString &name : action.ask) {
            const Field *field = entity.field(name);
            if (field && !field->isDerived() && !field->isLines() && m_reader.knows(entity, *field))
                asked.insert(name, fieldSchema(entity, *field));
        }
        if (!asked.isEmpty())
            made.insert(text("requestBody"),
                        Object{{text("content"), jsonContent({{text("type"), text("object")},
                                                              {text("additionalProperties"), false},
                                                              {text("properties"), asked}})}});
        return made;
    }

    Object schemas() const
    {
        const Object string{{text("type"), text("string")}};
        const Object integer{{text("type"), text("integer")}};
        const Object uuid{{text("type"), text("string")}, {text("format"), text("uuid")}};
        Object all = m_schemas;
        all.insert(
            text("Problem"),
            Object{{text("type"), text("object")},
                   {text("required"), Array{text("type"), text("title"), text("status"), text("code"), text("detail")}},
                   {text("properties"), Object{{text("type"), string},
                                               {text("title"), string},
                                               {text("status"), integer},
                                               {text("code"), string},
                                               {text("detail"), string},
                                               {text("pointer"), string},
                                               {text("parameter"), string},
                                               {text("params"), Object{{text("type"), text("object")}}}}}});
        all.insert(text("File"), Object{{text("type"), text("object")},
                                        {text("properties"), Object{{text("name"), string},
                                                                    {text("size"), integer},
                                                                    {text("type"), string},
                                                                    {text("hash"), string}}}});
        all.insert(text("Made"), Object{{text("type"), text("object")},
                                        {text("required"), Array{text("id")}},
                                        {text("properties"), Object{{text("id"), uuid}}}});
        return all;
    }

    static Object parameter(const char *name, const char *in, const Object &schema)
    {
        Object made{{text("name"), text(name)}, {text("in"), text(in)}, {text("schema"), schema}};
        if (qstrcmp(in, "path") == 0)
            made.insert(text("required"), true);
        return made;
    }

    static Object parameters()
    {
        const Object string{{text("type"), text("string")}};
        const Object limit{{text("type"), text("integer")},
                           {text("minimum"), 1},
                           {text("maximum"), records::mostLimit},
                           {text("default"), records::usualLimit}};
        return {{text("id"), parameter("id", "path", {{text("type"), text("string")}, {text("format"), text("uuid")}})},
                {text("filter"), parameter("filter", "query", string)},
                {text("fields"), parameter("fields", "query", string)},
                {text("sort"), parameter("sort", "query", string)},
                {text("limit"), parameter("limit", "query", limit)},
                {text("after"), parameter("after", "query", string)},
                {text("key"), parameter("Idempotency-Key", "header", string)},
                {text("revision"), parameter("If-Match", "header", string)}};
    }

    static Object problemAnswer()
    {
        return {{text("description"), text("RFC 9457")},
                {text("content"),
                 Object{{text("application/problem+json"), Object{{text("schema"), schemaRef(text("Problem"))}}}}}};
    }

    UserReader &m_reader;
    const TokenScope &m_token;
    Judge m_judge;
    Array m_tags;
    Object m_paths;
    Object m_schemas;
};

} // namespace

Result<Answer> document(Call &call)
{
    TZ_TRY(call.address.allow({}));
    TZ_ASSIGN(const auto reader, call.read());
    const Catalog &catalog = reader->connection().catalog();
    Document made(*reader, call);
    for (const Entity *entity : catalog.entities()) {
        if (reader->entity(entity->fullName))
            made.add(*entity);
    }
    Answer answer;
    answer.type = "application/json";
    answer.body = QJsonDocument(made.whole(catalog)).toJson(QJsonDocument::Compact);
    return answer;
}

} // namespace tz::server::rest::openapi
