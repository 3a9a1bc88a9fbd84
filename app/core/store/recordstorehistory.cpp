// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The part of RecordStore that remembers: audit trail, undo, numbers.
#include "core/logic/days.h"
#include "core/logic/numbering.h"
#include "core/store/recordstore.h"
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

namespace tz {

namespace {

constexpr char undoLabelCode[] = "undo";

Error meanwhile(const Entity &entity, const Id &id, const QString &field = {})
{
    return Error("record.changed_meanwhile",
                 {{QStringLiteral("entity"), entity.fullName}, {QStringLiteral("id"), id.toString()}}, field);
}

} // namespace

Result<QString> RecordStore::giveNumber(Work &work, Record &record)
{
    const Entity &entity = *record.entity;
    const int index = shape(entity).numberField;
    const QDate today = dayOf(work.nowMs, work.utcOffsetSeconds);
    const Value given = record.value(index);
    const auto known = given.isNull() ? std::nullopt : numbering::sequenceOf(entity.number, today, given.toText());
    if (!given.isNull() && !(m_standalone && known))
        return QString();
    const QString series = numbering::series(entity.fullName, entity.number, today);
    QString number;
    if (m_standalone) {
        TZ_ASSIGN(qint64 *const last, countedNumbers(work, series));
        if (known) {
            *last = std::max(*last, *known);
            return QString();
        }
        number = numbering::finalNumber(entity.number, today, ++*last);
    } else {
        TZ_ASSIGN(const std::optional<qint64> drawn, drawNumber(work, series));
        if (drawn) {
            number = numbering::finalNumber(entity.number, today, *drawn);
        } else {
            TZ_ASSIGN(qint64 *const last, countedNumbers(work, series));
            if (!work.deviceNo) {
                TZ_ASSIGN(work.deviceNo, synctables::number(m_database, "device_no"));
            }
            number = numbering::provisionalNumber(entity.number, today, *work.deviceNo, ++*last);
        }
    }
    record.values[size_t(index)] = Value(number);
    return number;
}

Result<qint64 *> RecordStore::countedNumbers(Work &work, const QString &series)
{
    if (!work.numbers.counted.contains(series)) {
        TZ_ASSIGN(auto last, m_database.prepare("SELECT last FROM _sequence WHERE name = ?1"));
        last.bind(1, series);
        TZ_ASSIGN(const bool found, last.step());
        work.numbers.counted.insert(series, found ? last.integer(0) : 0);
    }
    return &work.numbers.counted[series];
}

Result<std::optional<qint64>> RecordStore::drawNumber(Work &work, const QString &series)
{
    if (!work.numbers.stock.contains(series))
        work.numbers.stock.insert(series, {1, 0});
    NumberStock::Range &range = work.numbers.stock[series];
    if (range.first > range.last && range.last >= 0) {
        TZ_ASSIGN(const NumberStock::Range next, NumberStock::behind(m_database, series, range.first - 1));
        // An import must not ask for each of its rows.
        range = next.first > next.last ? NumberStock::Range{range.first, -1} : next;
    }
    if (range.last < 0)
        return std::nullopt;
    return range.first++;
}

Result<> RecordStore::noteHistory(Work &work, const Shape &of, const Id &id, const Change &cause, int field,
                                  const Value &before, const Value &after)
{
    if (!m_noteHistory) {
        TZ_ASSIGN(Statement made,
                  m_database.prepare("INSERT INTO _history(batch, entity, id, kind, name, field, before, after) "
                                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
        m_noteHistory.emplace(std::move(made));
    }
    Statement &insert = *m_noteHistory;
    insert.bind(1, work.batchSeq).bind(2, of.number).bind(3, id).bind(4, int(cause.kind));
    if (!cause.name.isEmpty())
        insert.bind(5, cause.name);
    if (field >= 0)
        insert.bind(6, m_numbers->field(*of.entity, field));
    insert.bind(7, before).bind(8, after);
    return insert.run();
}

Result<> RecordStore::noteCreated(qint64 batchSeq, std::span<const std::pair<int, Id>> created) const
{
    const QByteArray kind = QByteArray::number(int(ChangeKind::Create));
    for (auto from = created.begin(); from != created.end();) {
        const int entity = from->first;
        std::vector<Id> ids;
        for (; from != created.end() && from->first == entity; ++from)
            ids.push_back(from->second);
        TZ_TRY(synctables::insertIds(m_database, "INSERT OR FAIL INTO _history(batch, entity, kind, id)",
                                     "?1, ?2, " + kind, batchSeq, entity, ids));
    }
    return {};
}

Result<> RecordStore::writeHistory(Work &work, const Record *before, const Record &after, const Change &cause)
{
    const Shape &of = shape(*after.entity);
    if (!before || before->deleted != after.deleted)
        // For children that go or come with another record, that record.
        return noteHistory(work, of, after.id, cause, -1, cause.member, {});
    bool any = false;
    for (const Field &field : after.entity->fields) {
        const Value &was = before->value(field.index);
        const Value &now = after.value(field.index);
        if (field.isDerived() || field.isLines() || field.system || was == now)
            continue;
        any = true;
        if (!field.isSet()) {
            TZ_TRY(noteHistory(work, of, after.id, cause, field.index, was, now));
            continue;
        }
        Change member = cause;
        member.kind = ChangeKind::Member;
        member.name = field.name;
        for (const Value &element : was.toList()) {
            if (!std::ranges::count(now.toList(), element))
                TZ_TRY(noteHistory(work, of, after.id, member, field.index, element, {}));
        }
        for (const Value &element : now.toList()) {
            if (!std::ranges::count(was.toList(), element))
                TZ_TRY(noteHistory(work, of, after.id, member, field.index, {}, element));
        }
    }
    if (!any && cause.kind == ChangeKind::Action)
        return noteHistory(work, of, after.id, cause, -1, {}, {});
    return {};
}

namespace {

constexpr char selectHistory[] = "SELECT h.seq, b.batch, b.at, b.user, b.device, h.entity, h.id, h.kind, h.name, "
                                 "h.field, h.before, h.after, b.label "
                                 "FROM _history h JOIN _batch b ON b.seq = h.batch ";

Result<std::vector<HistoryEntry>> entriesOf(Statement &statement, const CatalogNumbers &numbers)
{
    std::vector<HistoryEntry> entries;
    for (;;) {
        TZ_ASSIGN(const bool row, statement.step());
        if (!row)
            return entries;
        const Entity *entity = numbers.entityAt(int(statement.integer(5)));
        // A department that is not loaded any more.
        if (!entity)
            continue;
        HistoryEntry entry;
        entry.seq = statement.integer(0);
        entry.batch = statement.id(1);
        entry.atMs = statement.integer(2);
        if (!statement.isNull(3))
            entry.user = statement.id(3);
        if (!statement.isNull(4))
            entry.device = statement.id(4);
        entry.entity = entity->fullName;
        entry.id = statement.id(6);
        entry.kind = ChangeKind(statement.integer(7));
        entry.name = statement.text(8);
        if (!statement.isNull(9)) {
            if (const int index = numbers.fieldIndexAt(*entity, int(statement.integer(9))); index >= 0)
                entry.field = entity->fieldAt(index).name;
        }
        entry.before = statement.value(10);
        entry.after = statement.value(11);
        entry.label = statement.text(12);
        entries.push_back(std::move(entry));
    }
}

} // namespace

Result<std::vector<HistoryEntry>> RecordStore::history(const QString &entity, const Id &id, int limit) const
{
    TZ_TRY(settle());
    const Entity *of = m_catalog->entity(entity);
    if (!of)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), entity}});
    const QByteArray sql = QByteArray(selectHistory) + "WHERE h.entity = ?1 AND h.id = ?2 ORDER BY h.seq DESC LIMIT ?3";
    TZ_ASSIGN(auto statement, m_database.prepare(sql));
    statement.bind(1, m_numbers->entity(*of)).bind(2, id).bind(3, limit);
    return entriesOf(statement, *m_numbers);
}

Result<std::vector<HistoryEntry>> RecordStore::recentHistory(int limit) const
{
    TZ_TRY(settle());
    const QByteArray sql = QByteArray(selectHistory) + "ORDER BY h.seq DESC LIMIT ?1";
    TZ_ASSIGN(auto statement, m_database.prepare(sql));
    statement.bind(1, limit);
    return entriesOf(statement, *m_numbers);
}

Result<std::optional<std::pair<qint64, Id>>> RecordStore::lastUndoable() const
{
    TZ_TRY(settle());
    TZ_ASSIGN(auto statement, m_database.prepare("SELECT seq, grp FROM _batch WHERE undone = 0 AND undo_of IS NULL "
                                                 "ORDER BY seq DESC LIMIT 1"));
    TZ_ASSIGN(const bool found, statement.step());
    if (!found)
        return std::optional<std::pair<qint64, Id>>();
    return std::optional(std::pair(statement.integer(0), statement.isNull(1) ? Id() : statement.id(1)));
}

Result<QString> RecordStore::undoLabel() const
{
    TZ_ASSIGN(const auto last, lastUndoable());
    if (!last)
        return QString();
    TZ_ASSIGN(auto statement, m_database.prepare("SELECT label FROM _batch WHERE seq = ?1"));
    statement.bind(1, last->first);
    TZ_TRY(statement.step());
    const QString label = statement.text(0);
    return label.isEmpty() ? QStringLiteral("edit") : label;
}

Result<Receipt> RecordStore::undo()
{
    TZ_ASSIGN(const auto last, lastUndoable());
    if (!last)
        return fail("undo.nothing");
    if (!last->second.isNull())
        return undo(last->second);
    return undoAll({last->first});
}

Result<Receipt> RecordStore::undo(const Id &batchOrGroup)
{
    TZ_TRY(settle());
    std::vector<qint64> batches;
    {
        TZ_ASSIGN(auto statement, m_database.prepare("SELECT seq FROM _batch WHERE (batch = ?1 OR grp = ?1) AND "
                                                     "undone = 0 ORDER BY seq DESC"));
        statement.bind(1, batchOrGroup);
        for (;;) {
            TZ_ASSIGN(const bool row, statement.step());
            if (!row)
                break;
            batches.push_back(statement.integer(0));
        }
    }
    if (batches.empty())
        return fail("undo.nothing");
    return undoAll(batches);
}

Result<Receipt> RecordStore::undoAll(const std::vector<qint64> &batches)
{
    Receipt receipt;
    const Id group = batches.size() > 1 ? m_ids.next() : Id();
    TZ_TRY(m_database.setDurable(true));
    {
        TZ_ASSIGN(auto transaction, Transaction::begin(m_database));
        for (const qint64 batch : batches) {
            m_undoing = batch;
            auto undone = undoOne(batch, group, receipt);
            m_undoing = 0;
            TZ_TRY(undone);
        }
        TZ_TRY(transaction.commit());
    }
    announceCommitted();
    return receipt;
}

Result<> RecordStore::undoOne(qint64 batch, const Id &group, Receipt &receipt)
{
    TZ_ASSIGN(Draft draft, inverse(batch, receipt));
    draft.group = group;
    std::vector<std::pair<QString, Id>> records;
    for (const Change &change : draft.changes())
        records.emplace_back(change.entity, change.id);
    TZ_ASSIGN(Receipt part, run(std::move(draft), true));
    if (receipt.batch.isNull()) {
        receipt.batch = part.batch;
        receipt.no = part.no;
    }
    std::ranges::move(part.touched, std::back_inserter(receipt.touched));
    for (auto &[index, error] : part.refused)
        receipt.refused.emplace_back(-1, std::move(error));
    TZ_ASSIGN(auto mark, m_database.prepare("UPDATE _batch SET undone = 1 WHERE seq = ?1"));
    return mark.bind(1, batch).run();
}

Result<bool> RecordStore::changedSince(const Entity &entity, const Record &record, qint64 batch,
                                       const std::unordered_set<Id> &removed)
{
    const Id by = record.value(u"modified_by").toId();
    if (!by.isNull() && by != m_actor.user)
        return true;
    {
        TZ_ASSIGN(auto later, m_database.prepare("SELECT 1 FROM _history h JOIN _batch b ON b.seq = h.batch "
                                                 "WHERE h.entity = ?1 AND h.id = ?2 AND h.batch > ?3 AND b.undone = 0 "
                                                 "AND b.undo_of IS NULL LIMIT 1"));
        later.bind(1, m_numbers->entity(entity)).bind(2, record.id).bind(3, batch);
        TZ_ASSIGN(const bool found, later.step());
        if (found)
            return true;
    }
    // What others hung under it in the meantime must not go with it.
    for (const Entity *child : shape(entity).children) {
        TZ_ASSIGN(const std::vector<Id> ids, childrenOf(*child, record.id, false));
        if (std::ranges::any_of(ids, [&](const Id &id) { return !removed.contains(id); }))
            return true;
    }
    return false;
}

Result<Draft> RecordStore::inverse(qint64 batch, Receipt &receipt)
{
    Draft draft(m_ids);
    draft.label = QLatin1String(undoLabelCode);
    // Each part for itself: what cannot be taken back is listed, the rest is.
    draft.independent = true;
    std::vector<HistoryEntry> entries;
    {
        // The entries of a batch lie together: from its first to that of the next batch.
        const QByteArray sql =
            QByteArray(selectHistory) +
            "WHERE h.seq >= (SELECT first FROM _batch WHERE seq = ?1) AND h.seq < coalesce((SELECT first FROM _batch "
            "WHERE seq > ?1 AND first IS NOT NULL ORDER BY seq LIMIT 1), 9223372036854775807) AND h.batch = ?1 "
            "ORDER BY h.seq DESC";
        TZ_ASSIGN(auto statement, m_database.prepare(sql));
        statement.bind(1, batch);
        TZ_ASSIGN(entries, entriesOf(statement, *m_numbers));
    }
    // Records as they will be when the draft so far is applied.
    std::unordered_map<Id, Record> now;
    std::unordered_set<Id> removed;
    for (const HistoryEntry &entry : entries) {
        const Entity &entity = *m_catalog->entity(entry.entity);
        auto held = now.find(entry.id);
        if (held == now.end()) {
            TZ_ASSIGN(std::optional<Record> found, find(entity, entry.id, true));
            // Left the scope, or erased: nothing is here to take back.
            if (!found)
                continue;
            held = now.emplace(entry.id, std::move(*found)).first;
        }
        Record &record = held->second;
        const bool withAnother = entry.field.isEmpty() && entry.before.isId();
        switch (entry.kind) {
        case ChangeKind::Create: {
            if (record.deleted)
                break;
            TZ_ASSIGN(const bool changed, changedSince(entity, record, batch, removed));
            if (changed) {
                receipt.refused.emplace_back(-1, meanwhile(entity, entry.id));
                break;
            }
            draft.remove(entry.entity, entry.id);
            record.deleted = true;
            removed.insert(entry.id);
            break;
        }
        case ChangeKind::Delete:
            if (record.deleted && !withAnother) {
                draft.restore(entry.entity, entry.id);
                record.deleted = false;
            }
            break;
        case ChangeKind::Restore:
            if (!record.deleted && !withAnother) {
                draft.remove(entry.entity, entry.id);
                record.deleted = true;
            }
            break;
        case ChangeKind::Member: {
            const Field *field = entity.field(entry.field);
            if (!field)
                break;
            const bool added = entry.before.isNull();
            const Value &element = added ? entry.after : entry.before;
            ValueList members = record.value(field->index).toList();
            if (bool(std::ranges::count(members, element)) != added)
                break;
            draft.member(entry.entity, entry.id, entry.field, element, !added);
            std::erase(members, element);
            if (!added)
                members.push_back(element);
            record.values[size_t(field->index)] = Value::fromSet(std::move(members));
            break;
        }
        case ChangeKind::Update:
        case ChangeKind::Action: {
            const Field *field = entity.field(entry.field);
            if (!field)
                break;
            Value &current = record.values[size_t(field->index)];
            if (current != entry.after) {
                receipt.refused.emplace_back(-1, meanwhile(entity, entry.id, entry.field));
                break;
            }
            auto &changes = draft.changes();
            const bool goesOn = !changes.empty() && changes.back().kind == ChangeKind::Update &&
                                changes.back().id == entry.id && changes.back().entity == entry.entity;
            auto edit = goesOn ? std::ranges::find(changes.back().edits, entry.field, &FieldEdit::field)
                               : std::vector<FieldEdit>::iterator();
            if (!goesOn)
                draft.update(entry.entity, entry.id, {{entry.field, entry.before}});
            else if (edit != changes.back().edits.end())
                edit->value = entry.before;
            else
                changes.back().edits.push_back({entry.field, entry.before, {}});
            current = entry.before;
            break;
        }
        }
    }
    return draft;
}

} // namespace tz
