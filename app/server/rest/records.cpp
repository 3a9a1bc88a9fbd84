// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/records.h"

#include "server/rest/cursor.h"
#include "server/rest/writing.h"

namespace tz::server::rest::records {

namespace {

constexpr char fieldsName[] = "fields";
constexpr char sortName[] = "sort";
constexpr char filterName[] = "filter";
constexpr int deepestTitle = 4;
constexpr size_t recordsAtOnce = 50;
constexpr qsizetype pageBytes = 8 << 20;

/// The entity, if the user knows it and the token lets it be read.
Result<const Entity *> readable(UserReader &reader, Call &call, const QString &name)
{
    const Entity *entity = reader.entity(name);
    if (!entity)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), name}});
    call.place.model = reader.connection().model;
    call.place.entity = entity;
    if (!reader.mayRead(*entity))
        return fail("api.not_in_scope", {{QStringLiteral("scope"), QString(QLatin1String("read:") + name)}});
    return entity;
}

Result<QStringList> paths(const UserReader &reader, Call &call, const Entity &entity)
{
    call.place.parameter = QLatin1String(fieldsName);
    TZ_ASSIGN(QStringList asked, call.address.list(fieldsName, mostFields));
    for (const QString &path : asked)
        TZ_TRY(reader.fieldAt(entity, path));
    call.place.parameter.clear();
    // These two stand in every record.
    asked.removeAll(QStringLiteral("id"));
    asked.removeAll(QStringLiteral("_rev"));
    return call.address.parameters.contains(QLatin1String(fieldsName)) ? asked : reader.ownPaths(entity);
}

bool hasTextTitle(const Catalog &catalog, const Entity &entity, int depth = 0)
{
    const Field *title = entity.titleField();
    if (!title || !title->isReference())
        return title && title->isText();
    const Entity *target = catalog.entity(title->to);
    return target && depth < deepestTitle && hasTextTitle(catalog, *target, depth + 1);
}

Result<QList<SortKey>> order(UserReader &reader, Call &call, const Entity &entity)
{
    QList<SortKey> keys;
    TZ_ASSIGN(const QStringList asked, call.address.list(sortName, mostSortKeys));
    for (const QString &text : asked) {
        SortKey key;
        key.descending = text.startsWith(u'-');
        key.path = key.descending ? text.mid(1) : text;
        TZ_ASSIGN(const Field *field, reader.fieldAt(entity, key.path));
        const auto refused = [&] { return fail("api.cannot_sort", {{QStringLiteral("name"), key.path}}); };
        if (field && field->isSet())
            return refused();
        if (field && field->isReference()) {
            // By its title, which is also what the place to go on from has to hold.
            const Entity *target = reader.connection().catalog().entity(field->to);
            if (!target || !reader.eyes().sees(*target) || !hasTextTitle(reader.connection().catalog(), *target))
                return refused();
            key.path += QLatin1String("._title");
        }
        keys << key;
    }
    return keys;
}

Answer json(int status, QByteArray body)
{
    Answer answer;
    answer.status = status;
    answer.type = "application/json";
    answer.body = std::move(body);
    return answer;
}

} // namespace

Result<Answer> list(Call &call, const QString &name)
{
    TZ_TRY(call.address.allow({QLatin1String(filterName), QLatin1String(fieldsName), QLatin1String(sortName),
                               QStringLiteral("limit"), QStringLiteral("after")}));
    TZ_ASSIGN(const auto reader, call.read());
    TZ_ASSIGN(const Entity *entity, readable(*reader, call, name));
    TZ_ASSIGN(const QStringList wanted, paths(*reader, call, *entity));
    Query query;
    query.entity = entity->fullName;
    call.place.parameter = QStringLiteral("limit");
    TZ_ASSIGN(const int limit, call.address.number("limit", usualLimit, mostLimit));
    query.limit = limit + 1;

    call.place.parameter = QLatin1String(filterName);
    if (const QString filter = call.address.value(filterName); !filter.trimmed().isEmpty()) {
        expression::Scope scope;
        scope.catalog = &reader->connection().catalog();
        scope.entity = entity;
        scope.expected = expression::Type{expression::Kind::Bool, 0};
        scope.visibility = &reader->eyes();
        TZ_ASSIGN(query.filter, expression::Expression::compile(filter, scope));
        // Of a laptop's copy, which the language knows too.
        for (const QString &path : query.filter->paths()) {
            if (path.section(u'.', -1) == QLatin1String("_state"))
                return fail("query.unknown_field", {{QStringLiteral("name"), path}, {QStringLiteral("entity"), name}});
        }
    }
    call.place.parameter = QLatin1String(sortName);
    TZ_ASSIGN(query.sort, order(*reader, call, *entity));
    for (const SortKey &key : query.sort)
        query.fields << key.path;
    query.fields << QStringLiteral("id");

    const QString question =
        QStringList{entity->fullName, call.address.value(filterName), call.address.value(sortName)}.join(u'\n');
    const Cursor cursor{call.session.key, call.session.device, question.toUtf8()};
    if (call.address.parameters.contains(QStringLiteral("after"))) {
        call.place.parameter = QStringLiteral("after");
        TZ_ASSIGN(query.after, cursor.read(call.address.value("after").toLatin1()));
        call.place.parameter = QLatin1String(sortName);
    }
    TZ_ASSIGN(const Rows rows, reader->select(query));
    call.place.parameter = QLatin1String(fieldsName);
    Json body;
    body.beginObject().key(u"items").beginArray();
    size_t shown = 0;
    const size_t most = std::min(rows.rows.size(), size_t(limit));
    // Long texts make a page shorter than was asked for.
    while (shown < most && body.result().size() < pageBytes) {
        std::vector<Id> ids;
        for (; shown < most && ids.size() < recordsAtOnce; ++shown)
            ids.push_back(rows.rows[shown].back().toId());
        TZ_ASSIGN(const auto records, reader->records(*entity, ids, wanted));
        for (const UserReader::Seen &record : records) {
            if (!record.json.isEmpty())
                body.raw(record.json);
        }
    }
    const QByteArray next = shown < rows.rows.size() ? cursor.write(rows.rows[shown - 1]) : QByteArray();
    body.endArray().key(u"next");
    next.isEmpty() ? body.null() : body.text(QLatin1String(next));
    return json(200, body.endObject().result());
}

Result<Answer> get(Call &call, const QString &name, const QString &id)
{
    TZ_TRY(call.address.allow({QLatin1String(fieldsName)}));
    TZ_ASSIGN(const auto reader, call.read());
    TZ_ASSIGN(const Entity *entity, readable(*reader, call, name));
    TZ_ASSIGN(const QStringList wanted, paths(*reader, call, *entity));
    const Error unknown("record.unknown_record", {{QStringLiteral("entity"), name}});
    const auto known = Id::fromString(id);
    if (!known)
        return fail(unknown);
    call.place.parameter = QLatin1String(fieldsName);
    TZ_ASSIGN(const auto records, reader->records(*entity, {*known}, wanted));
    call.place.parameter.clear();
    const UserReader::Seen &record = records.front();
    if (record.isDeleted)
        return fail("record.deleted", {{QStringLiteral("entity"), name}});
    if (!record.isThere)
        return fail(unknown);
    Answer answer = json(200, record.json);
    answer.headers.emplace_back("ETag", etag(record.rev));
    return answer;
}

namespace {

/// What became of the record, as the token may see it now; of what it may not read, the id.
Answer written(const Call &call, const QString &name, int status, const Id &id)
{
    Answer answer = json(status, Json().beginObject().key(u"id").text(id.toString()).endObject().result());
    if (status == 201)
        answer.headers.emplace_back("Location", "/api/v1/records/" + name.toLatin1() + '/' + id.toString().toLatin1());
    // It is done, whether or not it can be shown.
    const auto reader = call.read();
    const Entity *entity = reader ? (*reader)->entity(name) : nullptr;
    if (!entity || !(*reader)->mayRead(*entity))
        return answer;
    const auto records = (*reader)->records(*entity, {id}, (*reader)->ownPaths(*entity));
    if (records && !records->front().json.isEmpty()) {
        answer.body = records->front().json;
        answer.headers.emplace_back("ETag", etag(records->front().rev));
    }
    return answer;
}

} // namespace

Result<Answer> create(Call &call, const QString &name)
{
    TZ_ASSIGN(Writing writing, Writing::begin(call, name));
    TZ_TRY(writing.takeValues());
    TZ_ASSIGN(const Id done, writing.create());
    return written(call, name, 201, done);
}

Result<Answer> update(Call &call, const QString &name, const QString &id)
{
    TZ_ASSIGN(Writing writing, Writing::begin(call, name));
    TZ_TRY(writing.takeValues());
    TZ_ASSIGN(const Id done, writing.change(ChangeKind::Update, id));
    return written(call, name, 200, done);
}

Result<Answer> remove(Call &call, const QString &name, const QString &id)
{
    TZ_ASSIGN(Writing writing, Writing::begin(call, name));
    TZ_TRY(writing.change(ChangeKind::Delete, id));
    Answer answer;
    answer.status = 204;
    return answer;
}

Result<Answer> restore(Call &call, const QString &name, const QString &id)
{
    TZ_ASSIGN(Writing writing, Writing::begin(call, name));
    TZ_ASSIGN(const Id done, writing.change(ChangeKind::Restore, id));
    return written(call, name, 200, done);
}

Result<Answer> act(Call &call, const QString &name, const QString &id, const QString &action)
{
    TZ_ASSIGN(Writing writing, Writing::begin(call, name));
    TZ_TRY(writing.takeParameters(action));
    TZ_ASSIGN(const Id done, writing.change(ChangeKind::Action, id));
    return written(call, name, 200, done);
}

} // namespace tz::server::rest::records
