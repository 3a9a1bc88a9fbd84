// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/joining.h"

#include "core/logic/creation.h"
#include "core/store/replicastate.h"
#include "core/store/synctables.h"

namespace tz {

namespace {

/// A batch must fit into one request with others.
constexpr qsizetype batchBytes = limits::bodyBytes / 4;
constexpr int deepestParents = 16;
constexpr qint64 progressEvery = 500;

/// What the server makes by itself, and what is only about this computer.
bool staysHere(const Entity &entity)
{
    return entity.fullName == QLatin1String("foundation.conflict") ||
           entity.fullName == QLatin1String("foundation.device");
}

/// Rough size on the wire.
qsizetype weight(const Change &change)
{
    qsizetype bytes = 64 + change.entity.size();
    for (const FieldEdit &edit : change.edits) {
        bytes += edit.field.size() + 17;
        if (edit.value.isText())
            bytes += edit.value.toText().size() * 3;
        else if (edit.value.isList())
            bytes += qsizetype(edit.value.toList().size()) * 20;
    }
    return bytes;
}

int depthOf(const Catalog &catalog, const Entity &entity)
{
    int depth = 0;
    const Entity *of = &entity;
    while (const Field *parent = of->parentField()) {
        const Entity *above = catalog.entity(parent->to);
        if (!above || above == of || depth >= deepestParents)
            break;
        of = above;
        ++depth;
    }
    return depth;
}

} // namespace

/// Changes on their way into the outbox.
struct Joining::Packer {
    RecordStore &store;
    Taken &taken;
    Batch batch;
    std::set<std::pair<int, Id>> records;
    qsizetype bytes = 0;

    Result<> add(const Entity &entity, Change change)
    {
        const qsizetype more = weight(change);
        if (batch.changes.size() >= size_t(limits::importBatch) || (bytes + more > batchBytes && bytes > 0))
            TZ_TRY(flush());
        bytes += more;
        records.emplace(store.numbers().entity(entity), change.id);
        batch.changes.push_back(std::move(change));
        return {};
    }
    Result<> flush()
    {
        if (batch.changes.empty())
            return {};
        TZ_ASSIGN(batch.no, synctables::number(store.database(), synctables::nextNo, 1));
        batch.id = store.ids().next();
        batch.hlc = store.hybridClock().tick();
        batch.independent = true;
        batch.label = QString::fromLatin1(ReplicaState::joiningLabel);
        TZ_TRY(synctables::append(store.database(), batch, records));
        ++taken.batches;
        batch.changes.clear();
        records.clear();
        bytes = 0;
        return {};
    }
};

Joining::Joining(RecordStore &store, Actor actor)
    : m_store(store)
    , m_actor(std::move(actor))
{
}

Result<> Joining::check() const
{
    const Entity *fields = m_store.catalog().entity(u"foundation.custom_field");
    if (!fields)
        return {};
    TZ_ASSIGN(const qint64 count, m_store.count(fields->fullName));
    const Judge judge(m_store, m_store.contributions(), m_actor, m_store.clock().nowMs(), m_store.utcOffsetSeconds());
    if (count > 0 && !judge.grantFor(*fields).create)
        return fail("session.fields_need_admin", {{QStringLiteral("count"), count}});
    return {};
}

Result<Joining::Taken> Joining::run(const QByteArray &account, const Progress &progress)
{
    const Actor before = m_store.actor();
    auto taken = takeOver(account, progress);
    if (!taken) {
        // The transaction is rolled back; what the store remembers of it is not.
        (void)m_store.setState("mode", "standalone");
        (void)m_store.setActor(before);
        return taken;
    }
    for (const Entity *entity : m_store.catalog().entities())
        m_store.announce(entity->fullName, {});
    return taken;
}

Result<Joining::Taken> Joining::takeOver(const QByteArray &account, const Progress &progress)
{
    Database &database = m_store.database();
    TZ_TRY(database.setDurable(true));
    TZ_ASSIGN(auto transaction, Transaction::begin(database));
    TZ_TRY(replaceUser(m_store.actor().user));
    TZ_TRY(m_store.setActor(m_actor));
    TZ_TRY(m_store.setState("mode", {}));
    TZ_TRY(m_store.setState("joined", account));

    Judge judge(m_store, m_store.contributions(), m_actor, m_store.clock().nowMs(), m_store.utcOffsetSeconds());
    judge.setOrigin(Origin::Import);
    const std::vector<const Entity *> order = entities();
    qint64 all = 0;
    for (const Entity *entity : order) {
        TZ_ASSIGN(const qint64 count, m_store.count(entity->fullName));
        all += count;
    }
    Taken taken;
    Packer packer{m_store, taken, {}, {}, 0};
    std::vector<std::pair<const Entity *, Id>> binned;
    for (const Entity *entity : order) {
        const bool mayDelete = judge.grantFor(*entity).remove;
        TZ_ASSIGN(const std::vector<Id> own, ids(*entity));
        for (const Id &id : own) {
            TZ_ASSIGN(const std::optional<Record> record, m_store.find(*entity, id, true));
            // The recycle bin goes along where it can be a bin there too.
            if (!record || (record->deleted && !mayDelete))
                continue;
            TZ_TRY(packer.add(*entity, creationOf(judge, *record)));
            if (record->deleted)
                binned.emplace_back(entity, id);
            ++taken.records;
            if (progress && taken.records % progressEvery == 0)
                progress(taken.records, std::max(all, taken.records));
        }
        // The server knows a new field only after the batch that brings it.
        if (entity->fullName == QLatin1String("foundation.custom_field"))
            TZ_TRY(packer.flush());
    }
    TZ_TRY(packer.flush());
    for (const auto &[entity, id] : binned) {
        Change change;
        change.kind = ChangeKind::Delete;
        change.entity = entity->fullName;
        change.id = id;
        TZ_TRY(packer.add(*entity, std::move(change)));
    }
    TZ_TRY(packer.flush());
    for (const Entity *entity : order) {
        TZ_ASSIGN(auto pending, database.prepare("UPDATE " + entity->table.toUtf8() +
                                                 " SET _state = _state | 1 WHERE id IN (SELECT id FROM sync_pending "
                                                 "WHERE entity = ?1)"));
        TZ_TRY(pending.bind(1, m_store.numbers().entity(*entity)).run());
    }
    TZ_TRY(transaction.commit());
    return taken;
}

Result<> Joining::replaceUser(const Id &local)
{
    Database &database = m_store.database();
    for (const Entity *entity : m_store.catalog().entities()) {
        for (const Field &field : entity->fields) {
            if (field.isDerived() || field.isSet() || !field.hasColumn() || !field.isReference())
                continue;
            const QByteArray column = '"' + field.name.toUtf8() + '"';
            TZ_ASSIGN(auto replace, database.prepare("UPDATE " + entity->table.toUtf8() + " SET " + column +
                                                     " = ?2 WHERE " + column + " = ?1"));
            TZ_TRY(replace.bind(1, local).bind(2, m_actor.user).run());
        }
    }
    TZ_ASSIGN(auto members, database.prepare("UPDATE OR REPLACE _member SET value = ?2 WHERE value = ?1"));
    TZ_TRY(members.bind(1, local).bind(2, m_actor.user).run());
    TZ_ASSIGN(auto history, database.prepare("UPDATE _batch SET user = ?2, device = ?3 WHERE user = ?1"));
    TZ_TRY(history.bind(1, local).bind(2, m_actor.user).bind(3, m_actor.device).run());
    const Entity *users = m_store.catalog().entity(u"foundation.user");
    if (!users || local == m_actor.user)
        return {};
    // The server has a record of its own for this person.
    TZ_ASSIGN(auto row, database.prepare("SELECT rowid FROM " + users->table.toUtf8() + " WHERE id = ?1"));
    TZ_ASSIGN(const bool found, row.bind(1, local).step());
    const qint64 rowId = found ? row.integer(0) : 0;
    row.reset();
    if (!found)
        return {};
    TZ_TRY(m_store.searchIndex().remove(*users, rowId));
    return m_store.rows().erase(*users, local);
}

std::vector<const Entity *> Joining::entities() const
{
    const Catalog &catalog = m_store.catalog();
    std::vector<const Entity *> order;
    QSet<const Entity *> seen;
    const std::function<void(const Entity *)> visit = [&](const Entity *entity) {
        if (!entity || seen.contains(entity) || staysHere(*entity))
            return;
        seen.insert(entity);
        for (const Field &field : entity->fields) {
            if (!field.isLines() && !field.to.isEmpty())
                visit(catalog.entity(field.to));
        }
        order.push_back(entity);
    };
    // Fields of the company's own before the records that hold them.
    visit(catalog.entity(u"foundation.custom_field"));
    for (const Entity *entity : catalog.entities())
        visit(entity);
    // Links may go in circles and may dangle for a while; children without their parents are refused.
    std::stable_sort(order.begin(), order.end(),
                     [&](const Entity *a, const Entity *b) { return depthOf(catalog, *a) < depthOf(catalog, *b); });
    return order;
}

Result<std::vector<Id>> Joining::ids(const Entity &entity) const
{
    const Field *parent = entity.parentField();
    const bool nested = parent && parent->to == entity.fullName;
    const QByteArray above = nested ? '"' + parent->name.toUtf8() + '"' : QByteArray("NULL");
    TZ_ASSIGN(auto select, m_store.database().prepare("SELECT id, " + above + " FROM " + entity.table.toUtf8() +
                                                      " WHERE _rev = 0 ORDER BY id"));
    std::vector<Id> ids;
    std::vector<std::pair<Id, Id>> below;
    QSet<Id> there;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        if (select.isNull(1)) {
            ids.push_back(select.id(0));
            there.insert(ids.back());
        } else {
            below.emplace_back(select.id(0), select.id(1));
        }
    }
    // Those whose parent is there, again and again; a circle goes as it is.
    for (bool more = true; more && !below.empty();) {
        more = false;
        std::erase_if(below, [&](const std::pair<Id, Id> &entry) {
            if (!there.contains(entry.second))
                return false;
            ids.push_back(entry.first);
            there.insert(entry.first);
            return more = true;
        });
    }
    for (const auto &entry : below)
        ids.push_back(entry.first);
    return ids;
}

} // namespace tz
