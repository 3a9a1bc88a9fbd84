// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/userreader.h"

#include "core/catalog/suggest.h"
#include "core/logic/fieldjson.h"
#include "server/feed/states.h"

namespace tz::server {

namespace {
const QString idPath = QStringLiteral("id");
const QString revPath = QStringLiteral("_rev");
const QString titlePart = QStringLiteral("_title");

void setReader(Storage &storage, Connection &connection, const Id &me, const QList<Id> &teams)
{
    const Environment &environment = storage.environment();
    connection.reader->setContext(me, teams, environment.utcOffsetSeconds ? environment.utcOffsetSeconds() : 0,
                                  [clock = environment.clock] { return clock->nowMs(); });
}
} // namespace

UserReader::UserReader(Storage &storage, Storage::Lease connection, Snapshot snapshot, ScopePtr user, ScopePtr scope)
    : m_storage(storage)
    , m_connection(std::move(connection))
    , m_snapshot(std::move(snapshot))
    , m_user(std::move(user))
    , m_scope(std::move(scope))
    , m_userEyes(*m_connection, m_user)
    , m_eyes(*m_connection, m_scope)
    , m_looking(*m_connection->reader, m_eyes)
{
    setReader(m_storage, *m_connection, m_scope->actor.user, m_scope->actor.teams);
}

UserReader::~UserReader()
{
    setReader(m_storage, *m_connection, {}, {});
}

Result<std::unique_ptr<UserReader>> UserReader::open(Storage &storage, Scopes &scopes, const Id &user,
                                                     const TokenScope *narrowing)
{
    TZ_ASSIGN(Storage::Lease connection, storage.read());
    TZ_ASSIGN(Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, scopes.of(*connection, user));
    if (!scope->active)
        return fail("auth.user_disabled");
    return std::unique_ptr<UserReader>(new UserReader(storage, std::move(connection), std::move(snapshot), scope,
                                                      narrowing ? narrowing->narrowed(scope) : scope));
}

const Entity *UserReader::entity(const QString &name) const
{
    const Entity *found = m_connection->catalog().entity(name);
    return found && m_userEyes.sees(*found) ? found : nullptr;
}

QStringList UserReader::ownPaths(const Entity &entity) const
{
    QStringList paths;
    for (const Field &field : entity.fields) {
        if (!field.isLines() && m_eyes.sees(entity, field))
            paths << field.name;
    }
    return paths;
}

Result<const Field *> UserReader::fieldAt(const Entity &entity, const QString &path) const
{
    const QStringList parts = path.split(u'.');
    const Entity *at = &entity;
    for (qsizetype i = 0; at && i < parts.size(); ++i) {
        const QString &name = parts[i];
        const bool isLast = i + 1 == parts.size();
        if (isLast && (name == titlePart || name == idPath || name == revPath))
            return nullptr;
        const Field *field = at->field(name);
        if (!field || field->isLines() || !m_eyes.sees(*at, *field))
            break;
        // What follows a value (a member of an address, a property of a state), the query checks.
        if (isLast || !field->isReference())
            return isLast ? field : nullptr;
        const Entity *target = m_connection->catalog().entity(field->to);
        at = target && m_eyes.sees(*target) ? target : nullptr;
    }
    return fail("query.unknown_field", {{QStringLiteral("name"), path},
                                        {QStringLiteral("entity"), entity.fullName},
                                        {QStringLiteral("suggestion"), closestName(path, ownPaths(entity))}});
}

Result<QHash<Id, std::vector<Value>>> UserReader::beside(const Entity &entity, const std::vector<Id> &ids,
                                                         const QStringList &paths, QList<Column> &columns) const
{
    QHash<Id, std::vector<Value>> values;
    if (paths.isEmpty() || ids.empty())
        return values;
    Query query;
    query.entity = entity.fullName;
    query.fields = QStringList(idPath) + paths;
    TZ_ASSIGN(query.filter, expression::Expression::fieldIn(idPath, ValueList(ids.begin(), ids.end()),
                                                            {&m_connection->catalog(), &entity, {}}));
    TZ_ASSIGN(Rows rows, select(query));
    columns = rows.columns.mid(1);
    for (std::vector<Value> &row : rows.rows) {
        const Id id = row.front().toId();
        row.erase(row.begin());
        values.insert(id, std::move(row));
    }
    return values;
}

Result<std::vector<UserReader::Seen>> UserReader::records(const Entity &entity, const std::vector<Id> &ids,
                                                          const QStringList &paths)
{
    std::vector<Seen> seen(ids.size());
    // What leaves the server leaves it through here, as on a laptop's pull.
    States states(*m_connection, *m_scope);
    std::optional<States::Table> table = states.table(entity);
    if (!table)
        return seen;
    QStringList others;
    for (const QString &path : paths) {
        if (!table->rows.fields.contains(path))
            others << path;
    }
    QList<Column> columns;
    TZ_ASSIGN(const auto values, beside(entity, ids, others, columns));
    for (size_t i = 0; i < ids.size(); ++i) {
        table->rows.rows.clear();
        table->gone.clear();
        TZ_ASSIGN(const bool visible, states.add(*table, ids[i]));
        seen[i].isThere = visible;
        seen[i].isDeleted = !table->gone.empty();
        if (!visible || seen[i].isDeleted)
            continue;
        const wire::Row &row = table->rows.rows.front();
        seen[i].rev = row.rev;
        Json json;
        json.beginObject().key(idPath).text(row.id.toString()).key(revPath).number(row.rev);
        const auto extra = values.constFind(row.id);
        for (const QString &path : paths) {
            json.key(path);
            if (const qsizetype own = table->rows.fields.indexOf(path); own >= 0) {
                const Field *field = entity.field(path);
                fieldjson::write(json, field, field->scale, row.values[size_t(own)]);
            } else if (const qsizetype other = others.indexOf(path); extra != values.constEnd() && other >= 0) {
                const Column &column = columns.at(other);
                fieldjson::write(json, column.field, column.scale, (*extra)[size_t(other)]);
            } else {
                json.null();
            }
        }
        seen[i].json = json.endObject().result();
    }
    return seen;
}

} // namespace tz::server
