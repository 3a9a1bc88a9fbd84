// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The part of RecordStore that takes a draft: one transaction, each change judged in order, effects, outbox.
#include "core/store/recordstore.h"
#include "core/store/recordstorework.h"
#include "core/store/synctables.h"

namespace tz {

namespace {

/// Rollups of rollups of rollups: the catalog refuses circles.
constexpr int deepestRollups = 8;

Error placed(Error error, int index, const Change &change)
{
    error.params.insert(QStringLiteral("change"), index);
    error.params.insert(QStringLiteral("entity"), change.entity);
    error.params.insert(QStringLiteral("id"), change.id.toString());
    return error;
}

bool isFatal(const Error &error)
{
    return error.code.startsWith("store.");
}

} // namespace

Result<Receipt> RecordStore::apply(Draft draft)
{
    auto receipt = run(std::move(draft), true);
    if (!receipt && m_bulk && m_bulk->isSpoiledByRefused)
        m_bulk->fault = receipt.error();
    return receipt;
}

Result<Receipt> RecordStore::rehearse(Draft draft)
{
    return run(std::move(draft), false);
}

Result<Receipt> RecordStore::run(Draft draft, bool commit)
{
    if (draft.isEmpty())
        return Receipt();
    if (!draft.independent && draft.changes().size() > size_t(limits::changesPerBatch))
        return fail("record.too_many_changes", {{QStringLiteral("max"), int(limits::changesPerBatch)}});

    const bool leavesAhead =
        m_bulk && commit && draft.independent && std::ranges::all_of(draft.changes(), [&](const Change &change) {
            const Entity *entity = m_catalog->entity(change.entity);
            return change.kind == ChangeKind::Create && entity && !shape(*entity).hasEffects;
        });
    if (leavesAhead)
        return runAhead(std::move(draft));
    // Before a savepoint: what it takes back must not be of other drafts.
    TZ_TRY(settle());
    const bool nested = m_database.inTransaction();
    if (commit && !nested)
        TZ_TRY(m_database.setDurable(true));
    TZ_ASSIGN(auto transaction, Transaction::begin(m_database));
    // Inside the caller's transaction a failure takes back only this draft. Independent changes fail one by one, or
    // with the whole transaction, as all do in a bulk that they spoil; without a savepoint the search index need not
    // write for each draft.
    Savepoint part(m_database);
    const bool isKept = draft.independent || (m_bulk && m_bulk->isSpoiledByRefused);
    const bool guarded = nested && (!commit || !isKept);
    if (guarded)
        TZ_TRY(part.open());

    Work work(*this, *m_environment.contributions, m_actor, m_environment.clock->nowMs(), utcOffsetSeconds());
    work.keepForSending = !m_standalone;
    work.origin = originOf(draft.label, {}, 0, *m_environment.contributions);
    TZ_ASSIGN(const auto last, lastNumbers());
    TZ_TRY(writeBatch(openBatch(work, draft, last.first, last.second)));
    TZ_TRY(runChanges(work, draft));
    if (work.out.empty() || !commit) {
        if (guarded)
            TZ_TRY(part.rollback());
        else if (nested)
            TZ_TRY(forgetBatch(work));
        else
            transaction.rollback();
        work.receipt.batch = {};
        return std::move(work.receipt);
    }
    TZ_TRY(finish(work, draft));
    if (guarded)
        TZ_TRY(part.release());
    TZ_TRY(transaction.commit());
    remember(work);
    if (!nested)
        announceCommitted();
    return std::move(work.receipt);
}

Result<std::pair<qint64, qint64>> RecordStore::lastNumbers() const
{
    TZ_ASSIGN(auto last, m_database.prepare("SELECT (SELECT coalesce(max(seq), 0) FROM _batch), "
                                            "(SELECT coalesce(max(seq), 0) FROM _history)"));
    TZ_TRY(last.step());
    return std::pair(last.integer(0), last.integer(1));
}

RecordStore::BatchRow RecordStore::openBatch(Work &work, const Draft &draft, qint64 lastBatch, qint64 lastHistory)
{
    work.batchSeq = lastBatch + 1;
    work.receipt.batch = m_ids.next();
    return {work.batchSeq, work.receipt.batch, draft.group, work.nowMs, draft.label, lastHistory + 1};
}

Result<> RecordStore::writeBatch(const BatchRow &row) const
{
    TZ_ASSIGN(auto insert,
              m_database.prepare("INSERT INTO _batch(seq, batch, grp, at, user, device, label, undo_of, first) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    insert.bind(1, row.seq).bind(2, row.batch).bind(3, row.group).bind(4, row.atMs);
    insert.bind(5, m_actor.user.isNull() ? Value() : Value(m_actor.user));
    insert.bind(6, m_actor.device.isNull() ? Value() : Value(m_actor.device));
    insert.bind(7, row.label).bind(8, m_undoing ? Value(m_undoing) : Value()).bind(9, row.first);
    return insert.run();
}

Result<> RecordStore::forgetBatch(const Work &work)
{
    TZ_ASSIGN(auto drop, m_database.prepare("DELETE FROM _batch WHERE seq = ?1"));
    return drop.bind(1, work.batchSeq).run();
}

Result<> RecordStore::runChanges(Work &work, Draft &draft)
{
    int index = -1;
    for (Change &change : draft.changes()) {
        ++index;
        const size_t start = work.out.size();
        const size_t alongside = work.alongside.size();
        const size_t touched = work.receipt.touched.size();
        const Numbers numbers = work.numbers;
        work.starts.push_back(start);

        // A change without effects is judged before it writes; only what effects add can fail behind a write.
        const Entity *entity = m_catalog->entity(change.entity);
        Savepoint part(m_database);
        const bool guarded = draft.independent && entity && work.origin != Origin::Undo &&
                             (change.kind == ChangeKind::Action || shape(*entity).hasEffects);
        if (guarded)
            TZ_TRY(part.open());
        const Change named = [&] {
            Change copy;
            copy.entity = change.entity;
            copy.id = change.id;
            return copy;
        }();
        auto applied = applyWithEffects(work, std::move(change));
        if (applied && guarded)
            applied = part.release();
        if (applied)
            continue;
        Error error = placed(std::move(applied.error()), index, named);
        if (!draft.independent || isFatal(error))
            return fail(std::move(error));
        if (guarded)
            TZ_TRY(part.rollback());
        work.queue.clear();
        work.out.resize(start);
        work.starts.pop_back();
        work.alongside.resize(alongside);
        work.receipt.touched.resize(touched);
        work.numbers = numbers;
        work.receipt.refused.emplace_back(index, std::move(error));
    }
    return {};
}

Result<> RecordStore::applyWithEffects(Work &work, Change change)
{
    const size_t start = work.out.size();
    const bool plain = work.origin == Origin::User;
    TZ_TRY(applyChange(work, change, plain && work.sawCause ? Origin::Function : work.origin));
    while (!work.queue.empty()) {
        Change added = std::move(work.queue.front());
        work.queue.pop_front();
        if (auto applied = applyChange(work, added, plain ? Origin::Function : work.origin); !applied) {
            Error error = std::move(applied.error());
            // Which of the added changes it was, helps to find the effect.
            error.params.insert(QStringLiteral("added_entity"), added.entity);
            return fail(std::move(error));
        }
        if (work.out.size() - start + work.queue.size() > size_t(limits::changesPerBatch))
            return fail("record.too_many_changes", {{QStringLiteral("max"), int(limits::changesPerBatch)}});
    }
    return {};
}

Result<> RecordStore::applyChange(Work &work, Change &change, Origin origin)
{
    const Entity *entity = m_catalog->entity(change.entity);
    if (!entity)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), change.entity}});
    if (change.id.isNull())
        return fail("record.not_found");
    work.judge.setOrigin(origin);
    switch (change.kind) {
    case ChangeKind::Create:
        return create(work, *entity, change, origin);
    case ChangeKind::Update:
    case ChangeKind::Member:
        return update(work, *entity, change, origin);
    case ChangeKind::Action:
        return act(work, *entity, change);
    case ChangeKind::Delete:
        return remove(work, *entity, change);
    case ChangeKind::Restore:
        return restore(work, *entity, change);
    }
    return {};
}

Result<Record> RecordStore::load(Work &work, const Entity &entity, const Id &id, bool withDeleted)
{
    TZ_TRY(refreshIfDirty(work, entity, id));
    TZ_ASSIGN(std::optional<Record> found, find(entity, id, true));
    if (!found)
        return fail("record.not_found");
    if (found->deleted && !withDeleted)
        return fail("record.deleted");
    return std::move(*found);
}

Result<> RecordStore::create(Work &work, const Entity &entity, Change &change, Origin origin)
{
    const Shape &of = shape(entity);
    TZ_ASSIGN(Record record, work.judge.created(entity, change.id, change.edits));
    TZ_TRY(work.judge.mayCreate(record));
    QString number;
    if (of.numberField >= 0) {
        TZ_ASSIGN(number, giveNumber(work, record));
        if (of.hasFormulas)
            work.judge.derive(record);
    }

    // What is sent holds the defaults as they are here, so that the server makes the same record; readonly fields
    // it fills by itself.
    Change sent;
    sent.entity = entity.fullName;
    sent.id = change.id;
    sent.kind = ChangeKind::Create;
    const bool plain = work.judge.originFor(entity) == Origin::User;
    Q_UNUSED(origin)
    const auto isGiven = [&](const QString &name) {
        return std::ranges::any_of(change.edits, [&](const FieldEdit &edit) { return edit.field == name; });
    };
    sent.edits.reserve(entity.fields.size());
    for (const Field &field : entity.fields) {
        const Value &value = record.value(field.index);
        if (value.isNull() || field.isDerived() || field.isLines())
            continue;
        // What stands there was not given but drawn: it travels as such.
        if (field.index == of.numberField && !number.isEmpty())
            continue;
        if ((field.system || (field.readonly && plain)) && !isGiven(field.name))
            continue;
        if (entity.states && entity.states->field == field.name && value.toText() == entity.states->initial)
            continue;
        sent.edits.push_back({field.name, value, {}});
    }
    if (work.leavesAhead) {
        TZ_TRY(writeAhead(work, std::move(record), sent));
        sent.name = number;
        work.out.push_back(std::move(sent));
        return {};
    }
    TZ_TRY(write(work, nullptr, record, sent));
    sent.name = number;
    work.out.push_back(std::move(sent));
    return runEffects(work, change, nullptr, record, origin);
}

Result<> RecordStore::update(Work &work, const Entity &entity, Change &change, Origin origin)
{
    TZ_ASSIGN(const Record before, load(work, entity, change.id, false));
    if (change.kind == ChangeKind::Member) {
        const Field *field = entity.field(change.name);
        if (!field)
            return fail("record.unknown_field", {{QStringLiteral("entity"), entity.fullName}}, change.name);
        if (!field->isSet())
            return fail("record.not_a_set", {}, change.name);
        ValueList members = before.value(field->index).toList();
        std::erase(members, change.member);
        if (change.present)
            members.push_back(change.member);
        change.edits = {{change.name, Value::fromSet(std::move(members)), {}}};
    }
    TZ_ASSIGN(const Record after, work.judge.updated(before, change.edits));
    const bool plain = work.judge.originFor(entity) == Origin::User;
    const auto isGiven = [&](const QString &name) {
        return std::ranges::any_of(change.edits, [&](const FieldEdit &edit) { return edit.field == name; });
    };
    Change sent;
    sent.entity = entity.fullName;
    sent.id = change.id;
    sent.kind = ChangeKind::Update;
    sent.basedOn = before.rev;
    QSet<QString> groups;
    std::vector<Change> members;
    for (const Field &field : entity.fields) {
        const Value &now = after.value(field.index);
        const Value &was = before.value(field.index);
        if (field.isDerived() || field.isLines() || field.system || now == was)
            continue;
        // What a rule wrote into a readonly field, the server's rule writes there.
        if (field.readonly && plain && !isGiven(field.name))
            continue;
        if (field.isSet()) {
            const auto add = [&](const ValueList &from, const ValueList &without, bool present) {
                for (const Value &element : from) {
                    if (std::ranges::count(without, element))
                        continue;
                    Change member;
                    member.kind = ChangeKind::Member;
                    member.entity = entity.fullName;
                    member.id = change.id;
                    member.basedOn = before.rev;
                    member.name = field.name;
                    member.member = element;
                    member.present = present;
                    members.push_back(std::move(member));
                }
            };
            add(was.toList(), now.toList(), false);
            add(now.toList(), was.toList(), true);
            continue;
        }
        if (!field.group.isEmpty())
            groups.insert(field.group);
        else
            sent.edits.push_back({field.name, now, was});
    }
    // The fields of a group are one register: they travel together.
    if (!groups.isEmpty()) {
        for (const Field &field : entity.fields) {
            if (groups.contains(field.group) && !field.isDerived() && !field.isSet() && !field.isLines())
                sent.edits.push_back({field.name, after.value(field.index), before.value(field.index)});
        }
    }
    if (sent.edits.empty() && members.empty())
        return {};
    TZ_TRY(work.judge.mayUpdate(before, after));
    TZ_TRY(write(work, &before, after, change));
    if (!sent.edits.empty())
        work.out.push_back(std::move(sent));
    std::ranges::move(members, std::back_inserter(work.out));
    return runEffects(work, change, &before, after, origin);
}

Result<> RecordStore::act(Work &work, const Entity &entity, Change &change)
{
    TZ_ASSIGN(const Record before, load(work, entity, change.id, false));
    const Transition *action = entity.action(change.name);
    if (!action)
        return fail("action.unknown", {{QStringLiteral("action"), change.name}});
    if (Judge::hasHappened(before, *action))
        return {};
    TZ_TRY(work.judge.mayAct(before, *action));
    TZ_ASSIGN(const Record after, work.judge.acted(before, change.name, change.edits));
    TZ_TRY(write(work, &before, after, change));
    Change sent = change;
    sent.basedOn = before.rev;
    work.out.push_back(std::move(sent));
    return runEffects(work, change, &before, after, Origin::User);
}

Result<> RecordStore::runEffects(Work &work, const Change &change, const Record *before, const Record &after,
                                 Origin origin)
{
    const Contributions &contributions = *m_environment.contributions;
    const bool isAction = change.kind == ChangeKind::Action;
    work.sawCause = work.sawCause || isAction || shape(*after.entity).hasEffects;
    // An undo takes back what the effects made then; they must not run once more.
    if (work.origin == Origin::Undo || origin == Origin::Undo)
        return {};
    const EffectFunction *function =
        isAction ? contributions.action(after.entity->fullName + u'.' + change.name) : nullptr;
    const QList<EffectFunction> &effects = contributions.effects(after.entity->fullName);
    if (!function && effects.isEmpty())
        return {};
    Draft draft(m_ids);
    EffectContext context{*this, m_actor, work.nowMs, work.utcOffsetSeconds, before, after, {}, {}, draft};
    if (isAction) {
        context.action = change.name;
        for (const FieldEdit &parameter : change.edits)
            context.parameters.insert(parameter.field, parameter.value);
    }
    if (function)
        TZ_TRY((*function)(context));
    for (const EffectFunction &effect : effects)
        TZ_TRY(effect(context));
    std::ranges::move(draft.changes(), std::back_inserter(work.queue));
    return {};
}

Result<> RecordStore::write(Work &work, const Record *before, const Record &after, const Change &cause)
{
    const Shape &of = shape(*after.entity);
    RowWriter::System system;
    if (before) {
        TZ_ASSIGN(const std::optional<Held> row, held(of, after.id));
        if (!row)
            return fail("record.not_found");
        system.rev = row->rev;
        system.state = row->state;
        system.keys = row->keys;
    }
    if (work.keepForSending) {
        if (before && !(system.state & recordstate::pendingEdits))
            TZ_TRY(synctables::keepBase(m_database, of.number, *before));
        system.state |= recordstate::pendingEdits;
    }
    system.state &= ~recordstate::deletedLocally;
    if (after.deleted)
        system.state |= recordstate::deletedLocally;
    TZ_ASSIGN(const qint64 rowId, before ? m_rows->put(after, system) : m_rows->insert(after, system));
    if (rowId == 0)
        return fail("record.exists");
    TZ_TRY(indexForSearch(of, before, after, rowId));
    TZ_TRY(writeHistory(work, before, after, cause));
    work.receipt.touched.push_back({after.entity->fullName, after.id, cause.kind});
    return touch(work, of, before, after);
}

Result<> RecordStore::indexForSearch(const Shape &of, const Record *before, const Record &after, qint64 rowId)
{
    if (after.entity->search.isEmpty())
        return {};
    if (after.deleted)
        return m_search->remove(*after.entity, rowId);
    const bool stale =
        !before || before->deleted || of.titleVolatile ||
        std::ranges::any_of(of.searched, [&](int index) { return before->value(index) != after.value(index); });
    return stale ? m_search->put(after, rowId, !before) : Result<>();
}

Result<> RecordStore::touch(Work &work, const Shape &of, const Record *before, const Record &after)
{
    // Beyond that number they are announced as very many, without ids.
    if (auto &touched = work.touched[after.entity]; touched.size() <= announcedOneByOne)
        touched.insert(after.id);
    for (const auto &[index, owner] : of.counted) {
        for (const Record *record : {before, &after}) {
            if (const Id id = record ? record->value(index).toId() : Id(); !id.isNull())
                work.rollupOwners[owner].insert(id);
        }
    }
    return {};
}

Result<> RecordStore::remove(Work &work, const Entity &entity, Change &change)
{
    TZ_ASSIGN(Record record, load(work, entity, change.id, false));
    if (entity.appendOnly && work.judge.originFor(entity) != Origin::Undo && !m_actor.system)
        return fail("record.append_only", {{QStringLiteral("entity"), entity.fullName}});
    TZ_TRY(work.judge.mayDelete(record));
    Change sent = change;
    sent.basedOn = record.rev;
    const Record before = record;
    TZ_TRY(setDeleted(work, std::move(record), true, change, {}, 0));
    work.out.push_back(std::move(sent));
    Record after = before;
    after.deleted = true;
    return runEffects(work, change, &before, after, work.origin);
}

Result<> RecordStore::restore(Work &work, const Entity &entity, Change &change)
{
    TZ_ASSIGN(Record record, load(work, entity, change.id, true));
    if (!record.deleted)
        return fail("record.not_deleted");
    TZ_TRY(work.judge.mayDelete(record));
    Change sent = change;
    sent.basedOn = record.rev;
    const Record before = record;
    TZ_TRY(setDeleted(work, std::move(record), false, change, {}, 0));
    work.out.push_back(std::move(sent));
    Record after = before;
    after.deleted = false;
    return runEffects(work, change, &before, after, work.origin);
}

Result<> RecordStore::setDeleted(Work &work, Record record, bool deleted, const Change &cause, const Id &root,
                                 int depth)
{
    constexpr int deepestChildren = 16;
    if (depth > deepestChildren)
        return fail("record.parents_in_circle");
    if (!deleted)
        TZ_TRY(work.judge.mayClaim(nullptr, record));
    const Shape &of = shape(*record.entity);
    const auto deletedBy = [&](const Shape &shape, const Id &id) -> Result<qint64> {
        TZ_ASSIGN(auto last, m_database.prepare("SELECT batch FROM _history WHERE entity = ?1 AND id = ?2 AND kind = 3 "
                                                "ORDER BY seq DESC LIMIT 1"));
        last.bind(1, shape.number).bind(2, id);
        TZ_ASSIGN(const bool found, last.step());
        return found ? last.integer(0) : -1;
    };
    // Children come back if they went in the same batch; read before this batch writes history of its own.
    std::vector<std::pair<const Entity *, Id>> children;
    qint64 went = -1;
    if (!deleted && !of.children.empty()) {
        TZ_ASSIGN(went, deletedBy(of, record.id));
    }
    for (const Entity *child : of.children) {
        TZ_ASSIGN(const std::vector<Id> ids, childrenOf(*child, record.id, !deleted));
        for (const Id &id : ids) {
            if (!deleted) {
                TZ_ASSIGN(const qint64 batch, deletedBy(shape(*child), id));
                if (batch != went)
                    continue;
                // Deleted elsewhere: together if the same page said so.
                if (went < 0) {
                    TZ_ASSIGN(const std::optional<Held> row, held(shape(*child), id));
                    if (!row || row->rev != record.rev)
                        continue;
                }
            }
            children.emplace_back(child, id);
        }
    }

    const Record before = record;
    record.deleted = deleted;
    record.state = deleted ? record.state | recordstate::deletedLocally : record.state & ~recordstate::deletedLocally;
    if (depth == 0)
        TZ_TRY(write(work, &before, record, cause));
    else {
        // The server takes the children along by itself: nothing is sent of them, but they wait for the same answer.
        Change along = cause;
        along.id = record.id;
        along.member = Value(root);
        TZ_TRY(write(work, &before, record, along));
        work.alongside.emplace_back(work.out.size(), std::pair(of.number, record.id));
    }
    const Id top = depth == 0 ? record.id : root;
    for (const auto &[entity, id] : children) {
        TZ_ASSIGN(std::optional<Record> child, find(*entity, id, true));
        if (child)
            TZ_TRY(setDeleted(work, std::move(*child), deleted, cause, top, depth + 1));
    }
    return {};
}

Result<> RecordStore::refreshIfDirty(Work &work, const Entity &entity, const Id &id)
{
    const auto dirty = work.rollupOwners.find(&entity);
    if (dirty == work.rollupOwners.end() || !dirty->second.contains(id))
        return {};
    return refreshDerived(entity, std::span(&id, 1));
}

Result<> RecordStore::refreshRollups(Work &work)
{
    for (int depth = 0; depth < deepestRollups && !work.rollupOwners.empty(); ++depth) {
        const auto owners = std::exchange(work.rollupOwners, {});
        for (const auto &[entity, ids] : owners) {
            const std::vector<Id> list(ids.begin(), ids.end());
            TZ_TRY(refreshDerived(*entity, list));
            work.touched[entity].insert(list.begin(), list.end());
            const Shape &of = shape(*entity);
            if (of.counted.empty())
                continue;
            for (const Id &id : list) {
                TZ_ASSIGN(const std::optional<Record> record, find(*entity, id, true));
                if (record)
                    TZ_TRY(touch(work, of, nullptr, *record));
            }
        }
    }
    return {};
}

Result<> RecordStore::finish(Work &work, const Draft &draft)
{
    TZ_TRY(refreshRollups(work));
    TZ_TRY(writeNumbers(work.numbers));
    return work.keepForSending ? send(work, draft) : Result<>();
}

Result<> RecordStore::writeNumbers(const Numbers &numbers) const
{
    for (auto it = numbers.counted.cbegin(); it != numbers.counted.cend(); ++it) {
        TZ_ASSIGN(auto sequence, m_database.prepare("INSERT OR REPLACE INTO _sequence(name, last) VALUES (?1, ?2)"));
        TZ_TRY(sequence.bind(1, it.key()).bind(2, it.value()).run());
    }
    for (auto it = numbers.stock.cbegin(); it != numbers.stock.cend(); ++it)
        TZ_TRY(NumberStock::draw(m_database, it.key(), it->first - 1));
    return {};
}

} // namespace tz
