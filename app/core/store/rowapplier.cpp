// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/rowapplier.h"

#include "core/store/attachmentstate.h"
#include "core/store/synctables.h"

namespace tz {

/// What is asked about an entity for every row, worked out once.
struct RowApplier::Shape {
    const Entity *entity = nullptr;
    int number = -1;
    QByteArray selectHeld;
    QByteArray deletePending, hasPending, pendingNos, selectBase, putBase, deleteBase;
    bool hasFormulas = false;
    bool hasRollups = false;
    bool searched = false;
    bool isConflict = false;
    /// Link fields of this entity by which rollups of other entities count it: field index and that entity.
    std::vector<std::pair<int, const Entity *>> counted;
    /// Entities whose parent is this one.
    std::vector<const Entity *> children;
};

RowApplier::RowApplier(RecordStore &store, bool deferSearch, std::vector<qint64> keys)
    : m_store(store)
    , m_database(store.database())
    , m_judge(store, store.contributions(), store.actor(), store.clock().nowMs(), store.utcOffsetSeconds())
    , m_deferSearch(deferSearch)
    , m_keys(std::move(keys))
{
}

RowApplier::~RowApplier() = default;

const QByteArray &RowApplier::packedKeys(const std::vector<qint64> &positions)
{
    if (positions == m_lastPositions && !m_lastKeys.isNull())
        return m_lastKeys;
    std::vector<qint64> local;
    for (const qint64 position : positions) {
        if (position >= 0 && size_t(position) < m_keys.size())
            local.push_back(m_keys[size_t(position)]);
    }
    std::ranges::sort(local);
    QByteArray packed("");
    for (qint64 number : local) {
        while (number >= 0x80) {
            packed.append(char(0x80 | (number & 0x7f)));
            number >>= 7;
        }
        packed.append(char(number));
    }
    m_lastPositions = positions;
    m_lastKeys = packed;
    return m_lastKeys;
}

void RowApplier::touch(const Entity &entity, const Id &id)
{
    // Beyond that number nobody is told which ones they were.
    if (auto &ids = m_touched[&entity]; ids.size() <= RecordStore::announcedOneByOne)
        ids.insert(id);
}

Result<> RowApplier::begin()
{
    TZ_ASSIGN(auto pending, m_database.prepare("SELECT 1 FROM sync_pending LIMIT 1"));
    TZ_ASSIGN(m_anyPending, pending.step());
    if (const Entity *conflict = m_store.catalog().entity(u"foundation.conflict")) {
        TZ_ASSIGN(auto open, m_database.prepare("SELECT record FROM " + conflict->table.toUtf8() +
                                                " WHERE state = 'open' AND lost_by = ?1 AND _state & 2 = 0"));
        open.bind(1, m_store.actor().user);
        for (;;) {
            TZ_ASSIGN(const bool row, open.step());
            if (!row)
                break;
            if (const auto id = Id::fromString(open.text(0)))
                m_openConflicts.insert(*id);
        }
    }
    return {};
}

const RowApplier::Shape &RowApplier::shape(const Entity &entity)
{
    auto &known = m_shapes[&entity];
    if (known)
        return *known;
    known = std::make_unique<Shape>();
    known->entity = &entity;
    known->number = m_store.numbers().entity(entity);
    known->selectHeld = "SELECT rowid, _rev, _state, _keys FROM " + entity.table.toUtf8() + " WHERE id = ?1";
    known->searched = !entity.search.isEmpty();
    known->isConflict = entity.fullName == QLatin1String("foundation.conflict");
    for (const Field &field : entity.fields) {
        known->hasFormulas = known->hasFormulas || (field.formula && field.hasColumn());
        known->hasRollups = known->hasRollups || field.rollup.has_value();
    }
    for (const Entity *other : m_store.catalog().entities()) {
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

Result<RowApplier::Held> RowApplier::held(const Entity &entity, const Id &id)
{
    TZ_ASSIGN(auto statement, m_database.prepare(shape(entity).selectHeld));
    statement.bind(1, id);
    Held result;
    TZ_ASSIGN(result.exists, statement.step());
    if (result.exists) {
        result.rowId = statement.integer(0);
        result.rev = statement.integer(1);
        result.state = int(statement.integer(2));
        result.keys = statement.bytes(3);
    }
    return result;
}

Result<bool> RowApplier::isHeld(const Entity &entity, const Id &id)
{
    TZ_ASSIGN(const Held row, held(entity, id));
    return row.exists;
}

bool RowApplier::hasPending(const Entity &entity, const Id &id)
{
    if (!m_anyPending)
        return false;
    auto statement = m_database.prepare("SELECT 1 FROM sync_pending WHERE entity = ?1 AND id = ?2 LIMIT 1");
    if (!statement)
        return false;
    return statement->bind(1, shape(entity).number).bind(2, id).step().value_or(false);
}

Result<> RowApplier::receive(const wire::TableRows &table)
{
    const Entity *entity = m_store.catalog().entity(table.entity);
    if (!entity) {
        m_unread.insert(table.entity);
        return {};
    }
    const Shape &of = shape(*entity);
    std::vector<int> indexes;
    for (const QString &name : table.fields) {
        const int index = entity->indexOf(name);
        if (index < 0)
            m_unread.insert(table.entity + u' ' + name);
        indexes.push_back(index >= 0 && !entity->fieldAt(index).isDerived() && !entity->fieldAt(index).isLines() ? index
                                                                                                                 : -1);
    }
    // Rows of a first copy are new nearly always: they are inserted without being looked for.
    const bool many = m_deferSearch && !m_anyPending;
    for (const wire::Row &row : table.rows) {
        Record record(*entity, row.id);
        record.rev = row.rev;
        const size_t count = std::min(row.values.size(), indexes.size());
        for (size_t i = 0; i < count; ++i) {
            if (indexes[i] >= 0)
                record.values[size_t(indexes[i])] = row.values[i];
        }
        const QByteArray &keys = packedKeys(row.keys);
        bool inserted = false;
        if (many) {
            TZ_ASSIGN(inserted, insert(of, record, keys));
        }
        if (!inserted)
            TZ_TRY(receive(of, record, keys));
    }
    return {};
}

Result<bool> RowApplier::insert(const Shape &of, Record &record, const QByteArray &keys)
{
    if (of.hasFormulas)
        m_judge.derive(record);
    record.state = withConflictMark(record.id, record.deleted ? recordstate::deletedLocally : 0);
    RowWriter::System system;
    system.rev = record.rev;
    system.state = record.state;
    system.keys = keys;
    TZ_ASSIGN(const qint64 rowId, m_store.rows().insert(record, system));
    if (rowId == 0)
        return false;
    if (of.searched && !record.deleted) {
        auto &[first, last] = m_inserted.try_emplace(of.entity, rowId, rowId).first->second;
        first = std::min(first, rowId);
        last = std::max(last, rowId);
    }
    noteWritten(of, record);
    return true;
}

Result<> RowApplier::receive(const Shape &of, Record &record, const QByteArray &keys)
{
    TZ_ASSIGN(const Held before, held(*of.entity, record.id));
    if (before.exists && before.rev > record.rev)
        return {};
    if (!hasPending(*of.entity, record.id)) {
        const int kept = before.state & (recordstate::openConflict | recordstate::refusedEdit);
        TZ_TRY(put(of, record, keys, kept | (record.deleted ? recordstate::deletedLocally : 0), before));
        return {};
    }
    // Own edits wait: what the server says becomes the base, and they are replayed on top.
    TZ_ASSIGN(auto select, m_database.prepare("SELECT rev FROM sync_base WHERE entity = ?1 AND id = ?2"));
    TZ_ASSIGN(const bool hasBase, select.bind(1, of.number).bind(2, record.id).step());
    if (hasBase && select.integer(0) > record.rev)
        return {};
    select.reset();
    TZ_ASSIGN(auto store, m_database.prepare("INSERT OR REPLACE INTO sync_base(entity, id, rev, row) "
                                             "VALUES (?1, ?2, ?3, ?4)"));
    TZ_TRY(
        store.bind(1, of.number).bind(2, record.id).bind(3, record.rev).bind(4, synctables::packedRow(record)).run());
    TZ_TRY(recompute(*of.entity, record.id));
    TZ_ASSIGN(auto grant, m_database.prepare("UPDATE " + of.entity->table.toUtf8() + " SET _keys = ?2 WHERE id = ?1"));
    return grant.bind(1, record.id).bind(2, keys).run();
}

Result<> RowApplier::keep(Record record)
{
    TZ_ASSIGN(const Held before, held(*record.entity, record.id));
    return put(shape(*record.entity), record, before.keys, record.deleted ? recordstate::deletedLocally : 0, before);
}

Result<> RowApplier::put(const Shape &of, Record &record, const QByteArray &keys, int state, const Held &before)
{
    state = withConflictMark(record.id, state);
    if (before.exists && !of.counted.empty())
        TZ_TRY(noteOwners(of, record.id));
    if (of.hasFormulas)
        m_judge.derive(record);
    RowWriter::System system;
    system.rev = record.rev;
    system.state = state;
    system.keys = keys;
    record.state = state;
    TZ_ASSIGN(const qint64 rowId, m_store.rows().put(record, system));
    if (of.searched) {
        if (record.deleted)
            TZ_TRY(m_store.searchIndex().remove(*of.entity, rowId));
        else if (m_deferSearch)
            TZ_TRY(m_store.searchIndex().defer(*of.entity, rowId));
        else
            TZ_TRY(m_store.searchIndex().put(record, rowId));
    }
    noteWritten(of, record);
    return {};
}

int RowApplier::withConflictMark(const Id &id, int state) const
{
    return (state & ~recordstate::openConflict) | (m_openConflicts.contains(id) ? recordstate::openConflict : 0);
}

void RowApplier::noteWritten(const Shape &of, const Record &record)
{
    noteOwners(of, record);
    if (of.hasRollups)
        m_rollupOwners[of.entity].insert(record.id);
    if (of.isConflict) {
        m_conflictsChanged = true;
        m_conflictRecords.insert(Id::fromString(record.value(u"record").toText()).value_or(Id()));
    }
    touch(*of.entity, record.id);
}

Result<> RowApplier::noteOwners(const Shape &of, const Id &id)
{
    if (of.counted.empty())
        return {};
    TZ_ASSIGN(const auto record, m_store.find(*of.entity, id, true));
    if (record)
        noteOwners(of, *record);
    return {};
}

void RowApplier::noteOwners(const Shape &of, const Record &record)
{
    for (const auto &[index, owner] : of.counted) {
        if (const Id id = record.value(index).toId(); id)
            m_rollupOwners[owner].insert(id);
    }
}

Result<std::vector<Id>> RowApplier::childrenOf(const Entity &child, const Id &parent)
{
    TZ_ASSIGN(auto statement, m_database.prepare("SELECT id FROM " + child.table.toUtf8() + " WHERE \"" +
                                                 child.parent.toUtf8() + "\" = ?1"));
    return statement.bind(1, parent).ids();
}

Result<> RowApplier::receiveGone(const Entity &entity, const Id &id, qint64 rev)
{
    const Shape &of = shape(entity);
    TZ_ASSIGN(const Held before, held(entity, id));
    if (before.exists && before.rev <= rev) {
        if (hasPending(entity, id)) {
            // The acknowledged state becomes "deleted"; own later edits are judged by the server.
            TZ_ASSIGN(auto select, m_database.prepare("SELECT row FROM sync_base WHERE entity = ?1 AND id = ?2"));
            TZ_ASSIGN(const bool hasBase, select.bind(1, of.number).bind(2, id).step());
            if (hasBase && !select.isNull(0)) {
                TZ_ASSIGN(Record base, synctables::unpackedRow(entity, id, select.bytes(0)));
                select.reset();
                base.deleted = true;
                TZ_ASSIGN(auto store, m_database.prepare("UPDATE sync_base SET rev = ?3, row = ?4 "
                                                         "WHERE entity = ?1 AND id = ?2"));
                TZ_TRY(store.bind(1, of.number).bind(2, id).bind(3, rev).bind(4, synctables::packedRow(base)).run());
                TZ_TRY(recompute(entity, id));
            }
        } else {
            TZ_TRY(noteOwners(of, id));
            TZ_ASSIGN(auto mark, m_database.prepare("UPDATE " + entity.table.toUtf8() +
                                                    " SET _rev = ?2, _state = (_state | 2) & ~1 WHERE id = ?1"));
            TZ_TRY(mark.bind(1, id).bind(2, rev).run());
            if (of.searched)
                TZ_TRY(m_store.searchIndex().remove(entity, before.rowId));
            touch(entity, id);
        }
    }
    // Its children that went with it are named by the server too; those that others hung under it afterwards are still
    // there, and it takes them along when it comes back.
    if (of.isConflict)
        m_conflictsChanged = true;
    return {};
}

Result<> RowApplier::evict(const Entity &entity, const Id &id, qint64 rev)
{
    TZ_ASSIGN(const Held before, held(entity, id));
    if (before.exists && before.rev > rev)
        return {};
    m_leaving = true;
    const Result<> done = eraseAlone(entity, id);
    m_leaving = false;
    return done;
}

Result<> RowApplier::erase(const Entity &entity, const Id &id)
{
    for (const Entity *child : shape(entity).children) {
        TZ_ASSIGN(const auto ids, childrenOf(*child, id));
        for (const Id &childId : ids)
            TZ_TRY(erase(*child, childId));
    }
    return eraseAlone(entity, id);
}

Result<> RowApplier::eraseAlone(const Entity &entity, const Id &id)
{
    const Shape &of = shape(entity);
    TZ_ASSIGN(const Held before, held(entity, id));
    if (before.exists) {
        TZ_TRY(noteOwners(of, id));
        if (of.isConflict) {
            TZ_ASSIGN(const auto conflict, m_store.find(entity, id, true));
            if (conflict)
                m_conflictRecords.insert(Id::fromString(conflict->value(u"record").toText()).value_or(Id()));
            m_conflictsChanged = true;
        }
        if (of.searched)
            TZ_TRY(m_store.searchIndex().remove(entity, before.rowId));
        if (m_leaving)
            TZ_TRY(attachmenttables::noteLeaving(m_database, m_store.numbers(), entity, id));
        TZ_TRY(m_store.rows().erase(entity, id));
        TZ_ASSIGN(auto history, m_database.prepare("DELETE FROM _history WHERE entity = ?1 AND id = ?2"));
        TZ_TRY(history.bind(1, of.number).bind(2, id).run());
        touch(entity, id);
        m_erased.emplace(entity.fullName, id);
    }
    TZ_ASSIGN(auto base, m_database.prepare("DELETE FROM sync_base WHERE entity = ?1 AND id = ?2"));
    return base.bind(1, of.number).bind(2, id).run();
}

Result<const Batch *> RowApplier::batch(qint64 no)
{
    if (const auto known = m_batches.find(no); known != m_batches.end())
        return &known->second;
    TZ_ASSIGN(auto select, m_database.prepare("SELECT body FROM sync_outbox WHERE no = ?1"));
    TZ_ASSIGN(const bool found, select.bind(1, no).step());
    if (!found)
        return nullptr;
    TZ_ASSIGN(Batch body, synctables::unpackedBatch(select.bytes(0)));
    return &m_batches.emplace(no, std::move(body)).first->second;
}

Result<> RowApplier::recompute(const Entity &entity, const Id &id, int flags)
{
    const Shape &of = shape(entity);
    std::vector<qint64> nos;
    {
        TZ_ASSIGN(auto select, m_database.prepare("SELECT no FROM sync_pending WHERE entity = ?1 AND id = ?2 "
                                                  "ORDER BY no"));
        select.bind(1, of.number).bind(2, id);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            nos.push_back(select.integer(0));
        }
    }
    std::optional<Record> record;
    qint64 rev = 0;
    {
        TZ_ASSIGN(auto select, m_database.prepare("SELECT rev, row FROM sync_base WHERE entity = ?1 AND id = ?2"));
        TZ_ASSIGN(const bool hasBase, select.bind(1, of.number).bind(2, id).step());
        if (hasBase) {
            rev = select.integer(0);
            if (!select.isNull(1)) {
                TZ_ASSIGN(record, synctables::unpackedRow(entity, id, select.bytes(1)));
            }
        }
    }
    for (const qint64 no : nos) {
        TZ_ASSIGN(const Batch *const body, batch(no));
        if (!body)
            continue;
        for (size_t i = 0; i < body->changes.size(); ++i) {
            const Change &change = body->changes[i];
            if (change.id == id && change.entity == entity.fullName) {
                m_judge.setOrigin(originOf(body->label, body->changes, i, m_store.contributions()));
                replay(record, entity, id, *body, change);
            } else if (record && (change.kind == ChangeKind::Delete || change.kind == ChangeKind::Restore)) {
                // Children go and come back with the record above them.
                TZ_ASSIGN(const bool below, isBelow(*record, change));
                if (below)
                    record->deleted = change.kind == ChangeKind::Delete;
            }
        }
    }
    if (!record)
        return erase(entity, id);
    TZ_ASSIGN(const Held before, held(entity, id));
    record->rev = rev;
    int state = (before.state & (recordstate::openConflict | recordstate::refusedEdit)) | flags;
    if (!nos.empty())
        state |= recordstate::pendingEdits;
    if (record->deleted)
        state |= recordstate::deletedLocally;
    TZ_TRY(put(of, *record, before.keys, state, before));
    if (nos.empty()) {
        TZ_ASSIGN(auto base, m_database.prepare("DELETE FROM sync_base WHERE entity = ?1 AND id = ?2"));
        TZ_TRY(base.bind(1, of.number).bind(2, id).run());
    }
    return {};
}

Result<bool> RowApplier::isBelow(const Record &record, const Change &change)
{
    const Entity *entity = record.entity;
    std::optional<Record> at = record;
    for (int depth = 0; at && depth < 8; ++depth) {
        const Field *parent = entity->parentField();
        if (!parent)
            return false;
        const Id above = at->value(parent->index).toId();
        if (parent->to == change.entity && above == change.id)
            return true;
        entity = m_store.catalog().entity(parent->to);
        if (!entity)
            return false;
        TZ_ASSIGN(at, m_store.find(*entity, above, true));
    }
    return false;
}

void RowApplier::replay(std::optional<Record> &record, const Entity &entity, const Id &id, const Batch &batch,
                        const Change &change)
{
    const Value madeAt = HybridClock::millisecondsOf(batch.hlc);
    if (change.kind == ChangeKind::Create) {
        if (record)
            return;
        // A rule that has changed its mind must not take the user's work away: then the values stand as they were
        // given.
        if (auto made = m_judge.created(entity, id, change.edits)) {
            record = std::move(*made);
        } else {
            record.emplace(entity, id);
            for (const FieldEdit &edit : change.edits)
                record->set(edit.field, edit.value);
        }
        if (!change.name.isEmpty())
            record->set(u"number", change.name);
        record->set(u"created_at", madeAt);
        record->set(u"created_by", m_store.actor().user);
    }
    if (!record)
        return;
    switch (change.kind) {
    case ChangeKind::Create:
        break;
    case ChangeKind::Update:
        for (const FieldEdit &edit : change.edits)
            record->set(edit.field, edit.value);
        break;
    case ChangeKind::Action:
        if (auto acted = m_judge.acted(*record, change.name, change.edits)) {
            acted->rev = record->rev;
            acted->deleted = record->deleted;
            record = std::move(*acted);
        }
        break;
    case ChangeKind::Delete:
        record->deleted = true;
        break;
    case ChangeKind::Restore:
        record->deleted = false;
        break;
    case ChangeKind::Member: {
        ValueList members = record->value(change.name).toList();
        std::erase(members, change.member);
        if (change.present)
            members.push_back(change.member);
        record->set(change.name, members.empty() ? Value() : Value::fromSet(std::move(members)));
        break;
    }
    }
    record->set(u"modified_at", madeAt);
    record->set(u"modified_by", m_store.actor().user);
}

Result<> RowApplier::recomputeRefused(const Entity &entity, const Id &id, bool covered)
{
    if (!covered || hasPending(entity, id))
        return recompute(entity, id, recordstate::refusedEdit);
    TZ_TRY(settle(entity, id));
    TZ_ASSIGN(auto mark,
              m_database.prepare("UPDATE " + entity.table.toUtf8() + " SET _state = _state | 8 WHERE id = ?1"));
    return mark.bind(1, id).run();
}

Result<> RowApplier::settle(const Entity &entity, const Id &id)
{
    const Shape &of = shape(entity);
    TZ_ASSIGN(auto mark, m_database.prepare("UPDATE " + entity.table.toUtf8() +
                                            " SET _state = _state & ~1 WHERE id = ?1 AND _state & 1 <> 0"));
    TZ_TRY(mark.bind(1, id).run());
    TZ_ASSIGN(auto base, m_database.prepare("DELETE FROM sync_base WHERE entity = ?1 AND id = ?2"));
    TZ_TRY(base.bind(1, of.number).bind(2, id).run());
    touch(entity, id);
    return {};
}

Result<> RowApplier::clearFlag(const Entity &entity, const Id &id, int flag)
{
    TZ_ASSIGN(auto mark, m_database.prepare("UPDATE " + entity.table.toUtf8() +
                                            " SET _state = _state & ~?2 WHERE id = ?1 AND _state & ?2"));
    TZ_TRY(mark.bind(1, id).bind(2, flag).run());
    touch(entity, id);
    return {};
}

Result<> RowApplier::markConflicts()
{
    // The set as it is now, against what the rows say.
    QSet<Id> concerned = m_conflictRecords;
    concerned.unite(m_openConflicts);
    m_openConflicts.clear();
    TZ_TRY(begin());
    concerned.unite(m_openConflicts);
    for (const Entity *entity : m_store.catalog().entities()) {
        TZ_ASSIGN(auto mark, m_database.prepare("UPDATE " + entity->table.toUtf8() +
                                                " SET _state = (_state & ~4) | ?2 WHERE id = ?1 AND _state & 4 <> ?2"));
        for (const Id &id : concerned) {
            TZ_TRY(mark.bind(1, id).bind(2, m_openConflicts.contains(id) ? recordstate::openConflict : 0).run());
            if (m_database.changedRows() > 0)
                touch(*entity, id);
        }
    }
    return {};
}

Result<> RowApplier::finish()
{
    for (const auto &[entity, rows] : m_inserted)
        TZ_TRY(m_store.searchIndex().defer(*entity, rows.first, rows.second));
    // A rollup may be counted by another one further up; the chain is short and has no circles (the catalog refuses
    // them).
    for (int depth = 0; depth < 8 && !m_rollupOwners.empty(); ++depth) {
        const Touched owners = std::exchange(m_rollupOwners, {});
        for (const auto &[entity, ids] : owners) {
            const std::vector<Id> list(ids.begin(), ids.end());
            TZ_TRY(m_store.refreshDerived(*entity, list));
            for (const Id &id : list)
                touch(*entity, id);
            const Shape &of = shape(*entity);
            if (!of.counted.empty()) {
                for (const Id &id : list)
                    TZ_TRY(noteOwners(of, id));
            }
        }
    }
    if (m_conflictsChanged)
        TZ_TRY(markConflicts());
    return m_erased.empty() ? Result<>() : synctables::forgetOthers(m_database, m_erased);
}

void RowApplier::announce()
{
    for (const auto &[entity, ids] : m_touched) {
        if (ids.size() > RecordStore::announcedOneByOne)
            m_store.announce(entity->fullName, {});
        else
            m_store.announce(entity->fullName, QList<Id>(ids.begin(), ids.end()));
    }
}

} // namespace tz
