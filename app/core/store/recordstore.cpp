// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/recordstore.h"

#include "core/store/notdurable.h"
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

#include <QCborArray>
#include <QCborMap>

namespace tz {

namespace {

constexpr char actorKey[] = "actor";

// Integer keys, so that a later version can add what it needs.
enum ActorKey { actorUser = 0, actorRoles, actorTeam, actorTeams, actorDevice };

QByteArray packed(const Actor &actor)
{
    QCborArray roles;
    for (const QString &role : actor.roles)
        roles.append(role);
    QCborArray teams;
    for (const Id &team : actor.teams)
        teams.append(team.toBytes());
    QCborMap map;
    map.insert(actorUser, actor.user.toBytes());
    map.insert(actorRoles, roles);
    map.insert(actorTeam, actor.team.toBytes());
    map.insert(actorTeams, teams);
    map.insert(actorDevice, actor.device.toBytes());
    return map.toCborValue().toCbor();
}

Actor unpackedActor(const QByteArray &bytes)
{
    const QCborMap map = QCborValue::fromCbor(bytes).toMap();
    const auto id = [](const QCborValue &value) { return Id::fromBytes(value.toByteArray()).value_or(Id()); };
    Actor actor;
    actor.user = id(map.value(actorUser));
    for (const auto role : map.value(actorRoles).toArray())
        actor.roles << role.toString();
    actor.team = id(map.value(actorTeam));
    for (const auto team : map.value(actorTeams).toArray())
        actor.teams << id(team);
    actor.device = id(map.value(actorDevice));
    return actor;
}

/// Rows that one transaction of indexWaiting() takes.
constexpr int indexedAtATime = 20'000;

constexpr char historyTables[] = R"sql(
CREATE TABLE IF NOT EXISTS _batch(seq INTEGER PRIMARY KEY, batch BLOB NOT NULL UNIQUE, grp BLOB, at INTEGER NOT NULL,
    user BLOB, device BLOB, label TEXT, undone INTEGER NOT NULL DEFAULT 0, undo_of INTEGER, first INTEGER);
CREATE INDEX IF NOT EXISTS _batch_grp ON _batch(grp) WHERE grp IS NOT NULL;
CREATE TABLE IF NOT EXISTS _history(seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, entity INTEGER NOT NULL,
    id BLOB NOT NULL, kind INTEGER NOT NULL, name TEXT, field INTEGER, before, after);
CREATE INDEX IF NOT EXISTS _history_record ON _history(entity, id);
CREATE TABLE IF NOT EXISTS _sequence(name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
)sql";

} // namespace

RecordStore::RecordStore(Database &database, CatalogPtr catalog, Environment environment)
    : RecordReader(database, std::move(catalog))
    , m_environment(std::move(environment))
    , m_ids(*m_environment.clock, *m_environment.entropy)
    , m_hybridClock(*m_environment.clock)
{
}

RecordStore::~RecordStore() = default;

Result<> RecordStore::prepare()
{
    TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(m_database, *m_catalog, SchemaKind::Replica));
    TZ_TRY(plan.execute(m_database));
    {
        TZ_ASSIGN(auto transaction, Transaction::begin(m_database));
        TZ_TRY(synctables::create(m_database));
        TZ_TRY(m_database.execute(historyTables));
        TZ_TRY(transaction.commit());
    }
    TZ_TRY(forgetCatalog());
    TZ_ASSIGN(const qint64 last, synctables::number(m_database, synctables::hlc));
    m_hybridClock.setLast(last);
    return readActor();
}

Result<> RecordStore::forgetCatalog()
{
    m_shapes.clear();
    m_noteHistory.reset();
    m_rows.reset();
    m_search.reset();
    TZ_ASSIGN(CatalogNumbers numbers, CatalogNumbers::load(m_database, *m_catalog));
    m_numbers = std::make_unique<CatalogNumbers>(std::move(numbers));
    m_rows = std::make_unique<RowWriter>(m_database, m_catalog, SchemaKind::Replica);
    m_search = std::make_unique<SearchWriter>(m_database, m_catalog, *m_numbers);
    return {};
}

Result<> RecordStore::setCatalog(CatalogPtr catalog)
{
    if (catalog == m_catalog)
        return {};
    TZ_TRY(settle());
    m_database.clearStatements();
    TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(m_database, *catalog, SchemaKind::Replica));
    TZ_TRY(plan.execute(m_database));
    // Whoever still holds a record of the old catalog keeps that alive by its CatalogPtr.
    m_catalog = std::move(catalog);
    TZ_TRY(forgetCatalog());
    Q_EMIT catalogChanged();
    return {};
}

Result<> RecordStore::readActor()
{
    TZ_ASSIGN(const QByteArray mode, synctables::state(m_database, "mode"));
    m_standalone = mode == "standalone";
    TZ_ASSIGN(const QByteArray bytes, synctables::state(m_database, actorKey));
    if (!bytes.isEmpty())
        m_actor = unpackedActor(bytes);
    setContext(m_actor.user, m_actor.teams, utcOffsetSeconds(),
               [clock = m_environment.clock] { return clock->nowMs(); });
    return {};
}

Result<> RecordStore::setActor(const Actor &actor)
{
    TZ_TRY(setState(actorKey, packed(actor)));
    const bool system = actor.system;
    TZ_TRY(readActor());
    // Never persisted: a profile that was filled by the program belongs to a person afterwards.
    m_actor.system = system;
    return {};
}

Result<QByteArray> RecordStore::state(const char *name) const
{
    return synctables::state(m_database, name);
}

Result<> RecordStore::setState(const char *name, const QByteArray &value)
{
    TZ_TRY(synctables::setState(m_database, name, value));
    if (qstrcmp(name, "mode") == 0)
        m_standalone = value == "standalone";
    return {};
}

void RecordStore::announce(const QString &entity, const QList<tz::Id> &ids)
{
    Q_EMIT changed(entity, ids);
}

const RecordStore::Shape &RecordStore::shape(const Entity &entity)
{
    auto &known = m_shapes[&entity];
    if (known)
        return *known;
    known = std::make_unique<Shape>();
    known->entity = &entity;
    known->number = m_numbers->entity(entity);
    known->selectHeld = "SELECT rowid, _rev, _state, _keys FROM " + entity.table.toUtf8() + " WHERE id = ?1";
    known->hasEffects = !m_environment.contributions->effects(entity.fullName).isEmpty();
    if (!entity.number.isEmpty())
        known->numberField = entity.indexOf(u"number");
    for (const Field &field : entity.fields) {
        if (field.isSet())
            known->sets.push_back(field.index);
        const bool stored = field.hasColumn() || field.isSet();
        if (entity.search.contains(field.name) || entity.title == field.name) {
            if (stored)
                known->searched.push_back(field.index);
            else
                known->titleVolatile = true;
        }
        known->hasFormulas = known->hasFormulas || (field.formula && field.hasColumn());
        known->hasRollups = known->hasRollups || field.rollup.has_value();
    }
    for (const Entity *other : m_catalog->entities()) {
        if (const Field *parent = other->parentField(); parent && parent->to == entity.fullName)
            known->children.push_back(other);
        for (const Field &field : other->fields) {
            if (!field.rollup || field.rollup->entity != entity.fullName)
                continue;
            const std::pair<int, const Entity *> entry{entity.indexOf(field.rollup->by), other};
            if (entry.first >= 0 && !std::ranges::count(known->counted, entry))
                known->counted.push_back(entry);
        }
    }
    return *known;
}

Result<std::optional<RecordStore::Held>> RecordStore::held(const Shape &shape, const Id &id)
{
    TZ_ASSIGN(auto statement, m_database.prepare(shape.selectHeld));
    statement.bind(1, id);
    TZ_ASSIGN(const bool found, statement.step());
    if (!found)
        return std::optional<Held>();
    Held held;
    held.rowId = statement.integer(0);
    held.rev = statement.integer(1);
    held.state = int(statement.integer(2));
    held.keys = statement.bytes(3);
    return std::optional<Held>(std::move(held));
}

Result<std::vector<Id>> RecordStore::childrenOf(const Entity &child, const Id &parent, bool deleted)
{
    const QByteArray sql = "SELECT id FROM " + child.table.toUtf8() + " WHERE \"" + child.parent.toUtf8() +
                           (deleted ? "\" = ?1 AND _state & 2 <> 0" : "\" = ?1 AND _state & 2 = 0");
    TZ_ASSIGN(auto statement, m_database.prepare(sql));
    return statement.bind(1, parent).ids();
}

Result<bool> RecordStore::indexSome(int rows)
{
    // Indexes are made from the records, and what waits for them is taken off its list in the same transaction.
    const NotDurable relaxed(m_database);
    TZ_ASSIGN(auto transaction, Transaction::begin(m_database));
    bool more = false;
    TZ_ASSIGN(const qint64 without, synctables::number(m_database, synctables::withoutListIndexes));
    if (without == 1) {
        more = true;
        TZ_ASSIGN(const bool made, makeNextListIndex(m_database, *m_catalog, SchemaKind::Replica));
        if (!made)
            TZ_TRY(synctables::setNumber(m_database, synctables::withoutListIndexes, 0));
    } else {
        TZ_ASSIGN(more, m_search->catchUp(rows));
    }
    TZ_TRY(transaction.commit());
    return more;
}

Result<> RecordStore::indexWaiting()
{
    for (;;) {
        TZ_ASSIGN(const bool more, indexSome(indexedAtATime));
        if (!more)
            return {};
    }
}

Result<> RecordStore::refreshDerived(const Entity &entity, std::span<const Id> ids)
{
    TZ_TRY(rows().refreshRollups(entity, ids));
    const Shape &of = shape(entity);
    if (!of.hasFormulas || !of.hasRollups)
        return {};
    const Judge judge(*this, *m_environment.contributions, m_actor, m_environment.clock->nowMs(), utcOffsetSeconds());
    for (const Id &id : ids) {
        TZ_ASSIGN(std::optional<Record> record, find(entity, id, true));
        if (!record)
            continue;
        const std::vector<Value> before = record->values;
        judge.derive(*record);
        if (record->values == before)
            continue;
        TZ_ASSIGN(const std::optional<Held> row, held(of, id));
        RowWriter::System system;
        system.rev = row ? row->rev : record->rev;
        system.state = row ? row->state : record->state;
        system.keys = row ? row->keys : QByteArray();
        TZ_TRY(m_rows->put(*record, system));
    }
    return {};
}

} // namespace tz
