// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/recordkeeper.h"

#include <algorithm>

namespace tz::server {

namespace {
constexpr int deepestParents = 16;

QByteArray quoted(const Entity &entity)
{
    return '"' + entity.table.toUtf8() + '"';
}
} // namespace

RecordKeeper::RecordKeeper(Connection &writer, Principals &principals)
    : m_writer(writer)
    , m_principals(principals)
{
}

void RecordKeeper::beginGroup(qint64 rev)
{
    m_rev = rev;
    m_digests.clear();
    m_touched.clear();
    m_departed.clear();
    m_numbers = {};
    m_scopesChanged = m_customFieldsChanged = m_wrote = false;
    mark();
}

void RecordKeeper::mark()
{
    m_digestsAtMark = m_digests;
    m_touchedAtMark = m_touched;
    m_departedAtMark = m_departed;
    m_numbersAtMark = m_numbers;
    m_scopesAtMark = m_scopesChanged;
    m_customAtMark = m_customFieldsChanged;
    m_wroteAtMark = m_wrote;
}

void RecordKeeper::rollback()
{
    m_digests = m_digestsAtMark;
    m_touched = m_touchedAtMark;
    m_departed = m_departedAtMark;
    m_numbers = m_numbersAtMark;
    m_scopesChanged = m_scopesAtMark;
    m_customFieldsChanged = m_customAtMark;
    m_wrote = m_wroteAtMark;
    m_principals.forget();
}

Result<std::optional<Held>> RecordKeeper::load(const Entity &entity, const Id &id)
{
    TZ_ASSIGN(std::optional<Record> record, m_writer.reader->find(entity, id, true));
    if (!record)
        return std::optional<Held>();
    TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT _rev, _made_rev, _clock, _root, _deleted_rev FROM " +
                                                      quoted(entity) + " WHERE id = ?1"));
    select.bind(1, id);
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return std::optional<Held>();
    Held held;
    held.record = std::move(*record);
    held.record.rev = select.integer(0);
    held.madeRev = select.integer(1);
    TZ_ASSIGN(held.clock, RecordClock::decode(select.bytes(2), held.madeRev));
    held.root = select.isNull(3) ? id : select.id(3);
    held.deletedRev = select.integer(4);
    held.record.deleted = held.deletedRev != 0;
    return std::optional<Held>(std::move(held));
}

bool RecordKeeper::isGrave(const Entity &entity, const Id &id)
{
    auto select = m_writer.db().prepare("SELECT 1 FROM grave WHERE entity = ?1 AND id = ?2");
    if (!select)
        return false;
    select->bind(1, m_writer.model->numbers.entity(entity)).bind(2, id);
    return select->step().value_or(false);
}

Result<std::optional<Record>> RecordKeeper::rootRecord(const Entity &entity, const Record &record) const
{
    Record current = record;
    const Entity *of = &entity;
    for (int depth = 0; depth < deepestParents; ++depth) {
        const Field *parent = of->parentField();
        const Id above = parent ? current.value(parent->index).toId() : Id();
        if (above.isNull())
            return std::optional<Record>(std::move(current));
        const Entity *next = m_writer.catalog().entity(parent->to);
        if (!next)
            return std::optional<Record>();
        TZ_ASSIGN(std::optional<Record> found, m_writer.reader->find(*next, above, true));
        if (!found)
            return std::optional<Record>();
        current = std::move(*found);
        of = next;
    }
    return std::optional<Record>();
}

Result<> RecordKeeper::write(Held &held, const Held *before)
{
    const Entity &entity = *held.record.entity;
    m_wrote = true;
    if (&entity == m_writer.model->user || &entity == m_writer.model->team) {
        TZ_TRY(m_principals.assign(m_writer.db(), held.record.id));
    }
    if (&entity == m_writer.model->user || &entity == m_writer.model->team || &entity == m_writer.model->role)
        m_scopesChanged = true;
    if (entity.fullName == QLatin1String("foundation.custom_field"))
        m_customFieldsChanged = true;

    TZ_ASSIGN(std::optional<Record> root, rootRecord(entity, held.record));
    // A child whose parent is not here yet is its own root until it comes.
    const Record &top = root ? *root : held.record;
    held.root = top.id;
    const qint64 oldRev = before ? before->record.rev : 0;
    held.record.rev = m_rev;
    if (!before)
        held.madeRev = m_rev;
    TZ_TRY(put(held));
    TZ_TRY(settleAudience(entity, {held.record.id, held.deletedRev != 0}, top,
                          before ? std::optional(Was{oldRev, before->deletedRev != 0}) : std::nullopt));

    if (before) {
        const auto differs = [&](const Field *field) {
            return field && before->record.value(field->index) != held.record.value(field->index);
        };
        if (differs(entity.ownerField()) || differs(entity.teamField()) || before->root != held.root)
            TZ_TRY(settleBelow(entity, held.record.id, top, 0));
    } else {
        // Children that came before it.
        TZ_TRY(settleBelow(entity, held.record.id, top, 0));
    }
    // Sums and counts over this record stand in columns of those it links to; rules may read them.
    for (const auto &[field, of] : m_writer.model->counted.value(&entity)) {
        std::vector<Id> ids;
        if (const Id now = held.record.value(field).toId(); !now.isNull())
            ids.push_back(now);
        if (const Id then = before ? before->record.value(field).toId() : Id();
            !then.isNull() && (ids.empty() || ids[0] != then))
            ids.push_back(then);
        if (!ids.empty())
            TZ_TRY(m_writer.rows->refreshRollups(*of, ids));
    }
    return {};
}

Result<> RecordKeeper::put(Held &held)
{
    RowWriter::System system;
    system.rev = held.record.rev;
    system.madeRev = held.madeRev;
    system.clock = held.clock.encode();
    system.root = held.root;
    system.deletedRev = held.deletedRev;
    TZ_TRY(m_writer.rows->put(held.record, system));
    return {};
}

Result<std::vector<qint64>> RecordKeeper::keysOf(const Entity &entity, const Id &id)
{
    return keysOfRecord(m_writer.db(), m_writer.model->numbers.entity(entity), id);
}

Result<> RecordKeeper::settleAudience(const Entity &entity, const Row &row, const Record &root,
                                      const std::optional<Was> &was)
{
    const Id &id = row.id;
    const int number = m_writer.model->numbers.entity(entity);
    Result<> fault;
    std::vector<qint64> now = audience::recordKeys(number, root, [&](const Id &who) {
        auto n = m_principals.assign(m_writer.db(), who);
        if (!n)
            fault = fail(n.error());
        return n.value_or(Principals::unknown);
    });
    TZ_TRY(fault);
    std::vector<qint64> then;
    if (was) {
        TZ_ASSIGN(then, keysOf(entity, id));
        TZ_ASSIGN(Statement erase,
                  m_writer.db().prepare("DELETE FROM audience WHERE id = ?1 AND key >= ?2 AND key < ?3"));
        TZ_TRY(erase.bind(1, id)
                   .bind(2, audience::key(number, audience::Kind::All, 0))
                   .bind(3, audience::key(number + 1, audience::Kind::All, 0))
                   .run());
    }
    for (const qint64 key : now) {
        TZ_ASSIGN(Statement insert, m_writer.db().prepare("INSERT INTO audience(key, rev, id) VALUES(?1, ?2, ?3) "
                                                          "ON CONFLICT DO NOTHING"));
        TZ_TRY(insert.bind(1, key).bind(2, m_rev).bind(3, id).run());
        m_touched.insert(key);
    }
    for (const qint64 key : then) {
        if (std::binary_search(now.begin(), now.end(), key))
            continue;
        TZ_ASSIGN(Statement leave, m_writer.db().prepare("INSERT INTO departure(key, rev, id) VALUES(?1, ?2, ?3) "
                                                         "ON CONFLICT DO NOTHING"));
        TZ_TRY(leave.bind(1, key).bind(2, m_rev).bind(3, id).run());
        m_touched.insert(key);
        m_departed.insert(id);
    }
    const qint64 all = audience::key(number, audience::Kind::All, 0);
    m_touched.insert(all);
    // Deleted records are not counted: a replica that came later does not have them.
    then.push_back(all);
    now.push_back(all);
    if (was && !was->deleted) {
        for (const qint64 key : then)
            m_digests[key].remove(id, was->rev);
    }
    if (!row.deleted) {
        for (const qint64 key : now)
            m_digests[key].add(id, m_rev);
    }
    return {};
}

Result<std::vector<RecordKeeper::Child>> RecordKeeper::childrenOf(const Entity &child, const Id &above,
                                                                  std::optional<qint64> deletedRev)
{
    TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT id, _rev, _deleted_rev FROM " + quoted(child) +
                                                      " WHERE \"" + child.parent.toUtf8() +
                                                      "\" = ?1 AND (_deleted_rev = ?2 OR ?2 IS NULL) AND id <> ?1"));
    select.bind(1, above);
    if (deletedRev)
        select.bind(2, *deletedRev);
    else
        select.bind(2, nullptr);
    std::vector<Child> found;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return found;
        found.push_back({select.id(0), {select.integer(1), select.integer(2) != 0}});
    }
}

Result<> RecordKeeper::settleBelow(const Entity &entity, const Id &id, const Record &root, int depth)
{
    if (depth >= deepestParents)
        return {};
    // Children carry their root's keys, so they move with it; each is a row of the same revision.
    for (const Entity *child : m_writer.model->children.value(&entity)) {
        TZ_ASSIGN(const auto rows, childrenOf(*child, id, std::nullopt));
        for (const auto &[below, was] : rows) {
            TZ_ASSIGN(Statement update,
                      m_writer.db().prepare("UPDATE " + quoted(*child) + " SET _rev = ?2, _root = ?3 WHERE id = ?1"));
            TZ_TRY(update.bind(1, below).bind(2, m_rev).bind(3, root.id).run());
            TZ_TRY(settleAudience(*child, {below, was.deleted}, root, was));
            TZ_TRY(settleBelow(*child, below, root, depth + 1));
        }
    }
    return {};
}

Result<std::vector<std::pair<const Entity *, Id>>> RecordKeeper::remove(Held &held)
{
    std::vector<std::pair<const Entity *, Id>> also;
    const Held before = held;
    held.deletedRev = m_rev;
    held.record.deleted = true;
    TZ_TRY(write(held, &before));
    for (const Entity *child : m_writer.model->children.value(held.record.entity)) {
        TZ_ASSIGN(const auto rows, childrenOf(*child, held.record.id, qint64(0)));
        for (const auto &row : rows) {
            TZ_ASSIGN(std::optional<Held> below, load(*child, row.id));
            if (!below || below->deletedRev != 0)
                continue;
            TZ_ASSIGN(auto deeper, remove(*below));
            also.emplace_back(child, row.id);
            also.insert(also.end(), deeper.begin(), deeper.end());
        }
    }
    return also;
}

Result<std::vector<std::pair<const Entity *, Id>>> RecordKeeper::restore(Held &held)
{
    std::vector<std::pair<const Entity *, Id>> also;
    const Held before = held;
    const qint64 deletedRev = held.deletedRev;
    held.deletedRev = 0;
    held.record.deleted = false;
    TZ_TRY(write(held, &before));
    for (const Entity *child : m_writer.model->children.value(held.record.entity)) {
        TZ_ASSIGN(const auto rows, childrenOf(*child, held.record.id, deletedRev));
        for (const auto &row : rows) {
            TZ_ASSIGN(std::optional<Held> below, load(*child, row.id));
            if (!below || below->deletedRev != deletedRev)
                continue;
            TZ_ASSIGN(auto deeper, restore(*below));
            also.emplace_back(child, row.id);
            also.insert(also.end(), deeper.begin(), deeper.end());
        }
    }
    return also;
}

Result<> RecordKeeper::noteMember(const Entity &entity, const Id &owner, int field, const Value &member, bool present,
                                  qint64 writer)
{
    TZ_ASSIGN(Statement insert,
              m_writer.db().prepare("INSERT INTO member(entity, owner, field, value, present, rev, writer) "
                                    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(entity, owner, field, value) "
                                    "DO UPDATE SET present = excluded.present, rev = excluded.rev, "
                                    "writer = excluded.writer"));
    return insert.bind(1, m_writer.model->numbers.entity(entity))
        .bind(2, owner)
        .bind(3, m_writer.model->numbers.field(entity, field))
        .bind(4, member)
        .bind(5, qint64(present))
        .bind(6, m_rev)
        .bind(7, writer)
        .run();
}

Result<bool> RecordKeeper::addedMeanwhile(const Entity &entity, const Id &owner, int field, const Value &member,
                                          qint64 basedOn, qint64 writer)
{
    TZ_ASSIGN(Statement select,
              m_writer.db().prepare("SELECT 1 FROM member WHERE entity = ?1 AND owner = ?2 AND field = ?3 "
                                    "AND value = ?4 AND present = 1 AND rev > ?5 AND writer <> ?6"));
    select.bind(1, m_writer.model->numbers.entity(entity))
        .bind(2, owner)
        .bind(3, m_writer.model->numbers.field(entity, field))
        .bind(4, member)
        .bind(5, basedOn)
        .bind(6, writer);
    return select.step();
}

Result<> RecordKeeper::finishGroup()
{
    for (const auto &[key, sum] : m_digests) {
        TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT n, sum FROM digest WHERE key = ?1"));
        select.bind(1, key);
        TZ_ASSIGN(const bool found, select.step());
        Digest total = sum;
        if (found)
            total.add({select.integer(0), quint64(select.integer(1))});
        select.reset();
        TZ_ASSIGN(Statement insert,
                  m_writer.db().prepare("INSERT INTO digest(key, n, sum) VALUES(?1, ?2, ?3) "
                                        "ON CONFLICT(key) DO UPDATE SET n = excluded.n, sum = excluded.sum"));
        TZ_TRY(insert.bind(1, key).bind(2, total.n).bind(3, total.stored()).run());
    }
    m_digests.clear();
    return m_numbers.write(m_writer.db());
}

} // namespace tz::server
