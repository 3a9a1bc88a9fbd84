// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/decider.h"

#include "core/logic/days.h"
#include "core/logic/numbering.h"
#include "core/sync/hybridclock.h"
#include "core/sync/valuejson.h"
#include "server/scopes/eyes.h"
#include "server/storage/audittrail.h"
#include "server/storage/conflictcontents.h"
#include "server/storage/series.h"

#include <deque>

namespace tz::server {

struct Decider::Work {
    const Batch &batch;
    const Author &author;
    Judge judge;
    qint64 ms;
    int utcOffsetSeconds;
    Verdict verdict;
    /// Changes that effects added, still to be applied.
    std::deque<Change> queue;

    void touch(const Entity &entity, const Id &id)
    {
        const std::pair<const Entity *, Id> entry{&entity, id};
        if (std::find(verdict.touched.begin(), verdict.touched.end(), entry) == verdict.touched.end())
            verdict.touched.push_back(entry);
    }
    bool bySystem() const { return author.scope->actor.system; }
    bool madeHere() const { return author.madeHere || bySystem(); }
};

namespace {
bool isStoreFault(const Error &error)
{
    return error.code.startsWith("store.");
}

bool isCatalogFault(const Error &error)
{
    return error.is("sync.catalog") || error.is("record.unknown_field");
}

/// Fields that are stored and differ, with the value after and before.
std::vector<FieldEdit> differences(const Record *before, const Record &after)
{
    std::vector<FieldEdit> edits;
    for (const Field &field : after.entity->fields) {
        if (field.isDerived() || field.isLines())
            continue;
        const Value then = before ? before->value(field.index) : Value();
        // A set without members and no set at all are the same.
        const bool same =
            field.isSet() ? then.toList() == after.value(field.index).toList() : then == after.value(field.index);
        if (!same)
            edits.push_back({field.name, after.value(field.index), then});
    }
    return edits;
}
} // namespace

Decider::Decider(Connection &writer, RecordKeeper &keeper, Scopes &scopes, const Environment &environment,
                 IdSource &ids)
    : m_writer(writer)
    , m_keeper(keeper)
    , m_scopes(scopes)
    , m_environment(environment)
    , m_ids(ids)
{
}

Result<Verdict> Decider::decide(const Batch &batch, const Author &author, qint64 hlc)
{
    Actor actor = author.scope->actor;
    actor.device = author.device;
    const qint64 ms = HybridClock::millisecondsOf(hlc);
    const int offset = m_environment.utcOffsetSeconds ? m_environment.utcOffsetSeconds() : 0;
    m_writer.reader->setContext(actor.user, actor.teams, offset, [ms] { return ms; });
    Work work{batch, author, Judge(*m_writer.reader, *m_writer.model->contributions, actor, ms, offset), ms, offset,
              {},    {}};
    const Sight sight(m_writer, author.scope);
    if (!work.bySystem())
        work.judge.setSight(sight);
    wire::BatchAnswer &answer = work.verdict.answer;
    answer.no = batch.no;
    answer.batch = batch.id;
    answer.hlc = hlc;

    TZ_TRY(m_writer.db().execute("SAVEPOINT batch"));
    m_keeper.mark();
    const auto undo = [&]() -> Result<> {
        m_keeper.rollback();
        return m_writer.db().execute("ROLLBACK TO batch; RELEASE batch");
    };

    size_t accepted = 0;
    for (size_t i = 0; i < batch.changes.size(); ++i) {
        work.judge.setOrigin(originOf(batch.label, batch.changes, i, *m_writer.model->contributions));
        Result<> done = i == 0 ? checkExpected(work, batch.changes[i]) : Result<>();
        if (done)
            done = changeWithEffects(work, batch.changes[i]);
        if (done) {
            ++accepted;
            continue;
        }
        if (isStoreFault(done.error())) {
            TZ_TRY(undo());
            return fail(done.error());
        }
        if (isCatalogFault(done.error())) {
            TZ_TRY(undo());
            Verdict later;
            later.notYet = done.error().is("sync.catalog") ? done.error() : done.error().within(Error("sync.catalog"));
            return later;
        }
        answer.reasons.push_back({int(i), toldTo(work, done.error())});
        if (!batch.independent) {
            TZ_TRY(undo());
            work.verdict.touched.clear();
            answer.status = wire::BatchStatus::Refused;
            answer.conflicts.clear();
            return std::move(work.verdict);
        }
    }
    if (!answer.reasons.empty())
        answer.status = accepted > 0 ? wire::BatchStatus::Partly : wire::BatchStatus::Refused;
    TZ_TRY(m_writer.db().execute("RELEASE batch"));
    return std::move(work.verdict);
}

Result<> Decider::checkExpected(Work &work, const Change &change)
{
    const Entity *entity = work.author.expectedRev ? m_writer.catalog().entity(change.entity) : nullptr;
    if (!entity)
        return {};
    TZ_ASSIGN(const Held held, visible(work, *entity, change.id));
    if (held.record.rev != *work.author.expectedRev)
        return fail("record.changed_meanwhile", {{QStringLiteral("entity"), entity->fullName}});
    return {};
}

Result<> Decider::changeWithEffects(Work &work, const Change &first)
{
    TZ_TRY(change(work, first));
    for (qsizetype added = 0; !work.queue.empty(); ++added) {
        if (added > limits::changesPerBatch)
            return fail("record.too_many_changes", {{QStringLiteral("max"), int(limits::changesPerBatch)}});
        const Change next = std::move(work.queue.front());
        work.queue.pop_front();
        work.judge.setOrigin(Origin::Function);
        TZ_TRY(change(work, next));
    }
    return {};
}

Result<> Decider::runEffects(Work &work, const Record *before, const Record &after, const Change &cause)
{
    if (!work.madeHere())
        return {};
    const Contributions &contributions = *m_writer.model->contributions;
    const bool isAction = cause.kind == ChangeKind::Action;
    const EffectFunction *function =
        isAction ? contributions.action(after.entity->fullName + u'.' + cause.name) : nullptr;
    const QList<EffectFunction> &effects = contributions.effects(after.entity->fullName);
    if (!function && effects.isEmpty())
        return {};
    Draft draft(m_ids);
    // As on a laptop: what the author may not see is not found and not linked to.
    std::optional<Eyes> eyes;
    std::optional<LookingThrough> looking;
    if (!work.bySystem()) {
        eyes.emplace(m_writer, work.author.scope);
        looking.emplace(*m_writer.reader, *eyes);
    }
    EffectContext context{
        *m_writer.reader, work.author.scope->actor, work.ms, work.utcOffsetSeconds, before, after, {}, {}, draft};
    if (isAction) {
        context.action = cause.name;
        for (const FieldEdit &parameter : cause.edits)
            context.parameters.insert(parameter.field, parameter.value);
    }
    if (function)
        TZ_TRY((*function)(context));
    for (const EffectFunction &effect : effects)
        TZ_TRY(effect(context));
    std::move(draft.changes().begin(), draft.changes().end(), std::back_inserter(work.queue));
    return {};
}

Result<> Decider::change(Work &work, const Change &change)
{
    const Entity *entity = m_writer.catalog().entity(change.entity);
    if (!entity)
        return fail("sync.catalog", {{QStringLiteral("entity"), change.entity}});
    switch (change.kind) {
    case ChangeKind::Create:
        return create(work, *entity, change);
    case ChangeKind::Update:
        return update(work, *entity, change);
    case ChangeKind::Action:
        return act(work, *entity, change);
    case ChangeKind::Delete:
        return remove(work, *entity, change);
    case ChangeKind::Restore:
        return restore(work, *entity, change);
    case ChangeKind::Member:
        return member(work, *entity, change);
    }
    return fail("wire.malformed");
}

Result<Held> Decider::visible(Work &work, const Entity &entity, const Id &id)
{
    TZ_ASSIGN(std::optional<Held> held, m_keeper.load(entity, id));
    if (held && work.bySystem())
        return std::move(*held);
    if (held) {
        TZ_ASSIGN(const std::vector<qint64> keys, m_keeper.keysOf(entity, id));
        if (!work.author.scope->grantingPositions(m_writer.model->numbers.entity(entity), keys).empty())
            return std::move(*held);
    }
    // Existence is information: what may not be seen is answered like what is not there.
    return fail("record.unknown_record", {{QStringLiteral("entity"), entity.fullName}});
}

Error Decider::toldTo(Work &work, Error error)
{
    const Entity *entity = m_writer.catalog().entity(error.params.value(QStringLiteral("entity")).toString());
    const auto record = Id::fromString(error.params.value(QStringLiteral("record")).toString());
    if (!error.code.startsWith("claim.") || work.bySystem() || !entity || !record)
        return error;
    if (!visible(work, *entity, *record))
        error.params.remove(QStringLiteral("record"));
    // The reason outlives the sight of that record: whoever reads it looks the title up.
    error.params.remove(QStringLiteral("title"));
    return error;
}

Result<> Decider::checkNotHidden(Work &work, const Entity &entity, const QString &name) const
{
    if (work.bySystem())
        return {};
    const int index = entity.indexOf(name);
    if (index >= 0 && work.judge.grantFor(entity).hidden.contains(name))
        return fail("access.field_hidden", {{QStringLiteral("entity"), entity.fullName}}, name);
    return {};
}

Result<> Decider::create(Work &work, const Entity &entity, const Change &change)
{
    TZ_ASSIGN(const std::optional<Held> there, m_keeper.load(entity, change.id));
    if (there || m_keeper.isGrave(entity, change.id))
        return fail("record.exists", {{QStringLiteral("entity"), entity.fullName}});
    TZ_ASSIGN(Record record, work.judge.created(entity, change.id, change.edits));
    TZ_TRY(work.judge.mayCreate(record));
    TZ_TRY(giveNumber(work, record, change));
    Held held;
    held.record = std::move(record);
    held.clock = RecordClock(FieldClock{m_keeper.rev(), work.author.deviceNo, work.ms});
    TZ_TRY(claimSignIn(held.record));
    TZ_TRY(m_keeper.write(held, nullptr));
    work.touch(entity, change.id);
    TZ_TRY(audit(work, entity, change.id, ChangeKind::Create, {}, differences(nullptr, held.record)));
    return runEffects(work, nullptr, held.record, change);
}

Result<> Decider::giveNumber(Work &work, Record &record, const Change &change)
{
    const Entity &entity = *record.entity;
    const int index = entity.indexOf(u"number");
    if (entity.number.isEmpty() || index < 0)
        return {};
    Database &database = m_writer.db();
    const QString held = record.value(index).toText();
    const QDate today = dayOf(work.ms, work.utcOffsetSeconds);
    const QString series = numbering::series(entity.fullName, entity.number, today);
    if (!held.isEmpty() && !numbering::isProvisional(entity.number, held)) {
        // A number that was typed or imported stays.
        const auto typed = numbering::sequenceOf(entity.number, today, held);
        return typed ? series::skip(database, m_keeper.numbers(), series, *typed) : Result<>();
    }
    TZ_ASSIGN(QString number, drawnNumber(work, entity, change));
    if (number.isEmpty()) {
        TZ_ASSIGN(const qint64 next, series::next(database, m_keeper.numbers(), series));
        number = numbering::finalNumber(entity.number, today, next);
    }
    record.values[size_t(index)] = Value(number);
    work.judge.derive(record);
    return {};
}

Result<QString> Decider::drawnNumber(Work &work, const Entity &entity, const Change &change)
{
    if (change.name.isEmpty())
        return QString();
    Database &database = m_writer.db();
    TZ_ASSIGN(const QString leased, series::use(database, work.author.deviceNo, entity, change.name));
    if (!leased.isEmpty() || change.basedOn >= 0)
        return leased;
    // A server that was restored knows neither the record nor the lease; but the number may stand on paper by now.
    const QDate day = dayOf(work.ms, work.utcOffsetSeconds);
    const auto sequence = numbering::sequenceOf(entity.number, day, change.name);
    if (!sequence)
        return QString();
    const QString number = numbering::finalNumber(entity.number, day, *sequence);
    TZ_ASSIGN(Statement taken, database.prepare("SELECT 1 FROM \"" + entity.table.toUtf8() + "\" WHERE number = ?1"));
    TZ_ASSIGN(const bool isTaken, taken.bind(1, number).step());
    if (isTaken)
        return QString();
    TZ_TRY(
        series::skip(database, m_keeper.numbers(), numbering::series(entity.fullName, entity.number, day), *sequence));
    return number;
}

Result<> Decider::store(Work &work, Held &held, const Held &before, const Change &change, const QString &name)
{
    const Entity &entity = *held.record.entity;
    const std::vector<FieldEdit> edits = differences(&before.record, held.record);
    work.touch(entity, held.record.id);
    if (edits.empty())
        return runEffects(work, &before.record, held.record, change);
    const FieldClock now{m_keeper.rev(), work.author.deviceNo, work.ms};
    for (const FieldEdit &edit : edits) {
        const int index = entity.indexOf(edit.field);
        if (entity.fieldAt(index).isSet()) {
            const ValueList &then = edit.was.toList();
            const ValueList &after = edit.value.toList();
            for (const Value &member : after) {
                if (!std::binary_search(then.begin(), then.end(), member))
                    TZ_TRY(m_keeper.noteMember(entity, held.record.id, index, member, true, work.author.deviceNo));
            }
            for (const Value &member : then) {
                if (!std::binary_search(after.begin(), after.end(), member))
                    TZ_TRY(m_keeper.noteMember(entity, held.record.id, index, member, false, work.author.deviceNo));
            }
        } else if (!entity.fieldAt(index).system) {
            held.clock.set(m_writer.model->numbers.field(entity, index), now);
        }
    }
    TZ_TRY(claimSignIn(held.record));
    TZ_TRY(keepAdministrator(before.record, &held.record));
    TZ_TRY(m_keeper.write(held, &before));
    TZ_TRY(audit(work, entity, held.record.id, change.kind, name, edits));
    return runEffects(work, &before.record, held.record, change);
}

Result<> Decider::update(Work &work, const Entity &entity, const Change &change)
{
    TZ_ASSIGN(const Held before, visible(work, entity, change.id));
    for (const FieldEdit &edit : change.edits) {
        if (entity.indexOf(edit.field) < 0)
            return fail("record.unknown_field", {{QStringLiteral("entity"), entity.fullName}}, edit.field);
        TZ_TRY(checkNotHidden(work, entity, edit.field));
    }
    if (before.deletedRev != 0 && work.author.madeHere)
        return fail("record.deleted", {{QStringLiteral("entity"), entity.fullName}});
    if (before.deletedRev != 0) {
        // Nobody's work vanishes: the author can restore the record with these changes. What only completes a group is
        // not the author's, and must not stay with them when the record leaves their scope.
        work.touch(entity, change.id);
        std::vector<FieldEdit> own = change.edits;
        std::erase_if(own, [](const FieldEdit &edit) { return edit.value == edit.was; });
        if (own.empty())
            return {};
        return makeConflict(work, entity, change.id, QString(), QString(), QString(), editsToJson(own), Id(),
                            work.author.scope->actor.user, work.ms, true);
    }
    TZ_ASSIGN(std::vector<FieldEdit> edits, work.judge.checkedEdits(before.record, change.edits));
    const qint64 agreed = agreedRev(change.basedOn);
    merge::Author author{work.author.deviceNo, work.ms, agreed, change.basedOn >= 0};
    if (work.madeHere()) {
        // What is made here knows nothing older than the record as it is.
        author.basedOn = before.record.rev;
        for (FieldEdit &edit : edits)
            edit.was = before.record.value(edit.field);
    }
    const merge::Witnesses witnesses{
        [&](int field) { return before.clock.at(m_writer.model->numbers.field(entity, field)); },
        [&](int field, const Value &member) {
            return m_keeper.addedMeanwhile(entity, change.id, field, member, agreed, work.author.deviceNo)
                .value_or(false);
        }};
    const merge::Outcome outcome = merge::update(before.record, edits, author, witnesses);
    auto after = work.judge.updated(before.record, outcome.apply);
    if (!after) {
        const Error error = after.error();
        // What is claimed by somebody else has nothing to do with what others changed here.
        if (!error.code.startsWith("claim.") && before.record.rev > agreed &&
            before.clock.changedByOthers(agreed, work.author.deviceNo))
            return fail(error.within(Error("record.merged_invalid", {}, error.field)));
        return fail(error);
    }
    // The rights count for what was asked, also where nothing of it is left after the merge.
    if (outcome.apply.empty() && !edits.empty()) {
        Record asked = before.record;
        for (const FieldEdit &edit : edits)
            asked.set(edit.field, edit.value);
        TZ_TRY(work.judge.mayUpdate(before.record, asked));
    }
    TZ_TRY(work.judge.mayUpdate(before.record, *after));
    Held held = before;
    held.record = std::move(*after);
    TZ_TRY(store(work, held, before, change, QString()));
    for (const merge::Conflict &conflict : outcome.conflicts)
        TZ_TRY(keepConflict(work, entity, change.id, conflict));
    return {};
}

Result<> Decider::act(Work &work, const Entity &entity, const Change &change)
{
    TZ_ASSIGN(const Held before, visible(work, entity, change.id));
    if (before.deletedRev != 0)
        return fail("record.deleted", {{QStringLiteral("entity"), entity.fullName}});
    const Transition *action = entity.action(change.name);
    if (!action)
        return fail("action.unknown", {{QStringLiteral("action"), change.name}});
    for (const FieldEdit &edit : change.edits)
        TZ_TRY(checkNotHidden(work, entity, edit.field));
    TZ_TRY(work.judge.mayAct(before.record, *action));
    if (Judge::hasHappened(before.record, *action)) {
        work.touch(entity, change.id);
        return {};
    }
    TZ_ASSIGN(Record after, work.judge.acted(before.record, change.name, change.edits));
    Held held = before;
    held.record = std::move(after);
    return store(work, held, before, change, change.name);
}

Result<> Decider::remove(Work &work, const Entity &entity, const Change &change)
{
    if (m_keeper.isGrave(entity, change.id))
        return {};
    TZ_ASSIGN(Held held, visible(work, entity, change.id));
    work.touch(entity, change.id);
    if (held.deletedRev != 0)
        return {};
    TZ_TRY(work.judge.mayDelete(held.record));
    if (!work.madeHere() && held.clock.changedByOthers(agreedRev(change.basedOn), work.author.deviceNo))
        return fail("record.changed_meanwhile", {{QStringLiteral("entity"), entity.fullName}});
    const Record before = held.record;
    TZ_TRY(keepAdministrator(before, nullptr));
    TZ_ASSIGN(const auto also, m_keeper.remove(held));
    for (const auto &[of, id] : also) {
        work.touch(*of, id);
        TZ_TRY(audit(work, *of, id, ChangeKind::Delete, {}, {}));
    }
    TZ_TRY(audit(work, entity, change.id, ChangeKind::Delete, {}, {}));
    return runEffects(work, &before, held.record, change);
}

Result<> Decider::restore(Work &work, const Entity &entity, const Change &change)
{
    if (m_keeper.isGrave(entity, change.id))
        return fail("record.gone", {{QStringLiteral("entity"), entity.fullName}});
    TZ_ASSIGN(Held held, visible(work, entity, change.id));
    work.touch(entity, change.id);
    if (held.deletedRev == 0)
        return {};
    TZ_TRY(work.judge.mayDelete(held.record));
    TZ_TRY(work.judge.mayClaim(nullptr, held.record));
    const Record before = held.record;
    TZ_ASSIGN(const auto also, m_keeper.restore(held));
    for (const auto &[of, id] : also) {
        TZ_ASSIGN(const std::optional<Held> child, m_keeper.load(*of, id));
        if (child)
            TZ_TRY(work.judge.mayClaim(nullptr, child->record));
        work.touch(*of, id);
        TZ_TRY(audit(work, *of, id, ChangeKind::Restore, {}, {}));
    }
    TZ_TRY(audit(work, entity, change.id, ChangeKind::Restore, {}, {}));
    return runEffects(work, &before, held.record, change);
}

Result<> Decider::member(Work &work, const Entity &entity, const Change &change)
{
    TZ_ASSIGN(const Held before, visible(work, entity, change.id));
    if (before.deletedRev != 0)
        return fail("record.deleted", {{QStringLiteral("entity"), entity.fullName}});
    const int index = entity.indexOf(change.name);
    if (index < 0)
        return fail("record.unknown_field", {{QStringLiteral("entity"), entity.fullName}}, change.name);
    if (!entity.fieldAt(index).isSet())
        return fail("record.wrong_type", {{QStringLiteral("expected"), QStringLiteral("set")}}, change.name);
    TZ_TRY(checkNotHidden(work, entity, change.name));
    bool beaten = false;
    if (!change.present) {
        TZ_ASSIGN(beaten, m_keeper.addedMeanwhile(entity, change.id, index, change.member, agreedRev(change.basedOn),
                                                  work.author.deviceNo));
    }
    const Value now = before.record.value(index);
    const Value set = merge::member(now, change.member, change.present, beaten);
    TZ_ASSIGN(Record after, work.judge.updated(before.record, {{change.name, set, now}}));
    TZ_TRY(work.judge.mayUpdate(before.record, after));
    Held held = before;
    held.record = std::move(after);
    return store(work, held, before, change, change.name);
}

Result<Id> Decider::userOfDevice(qint64 no)
{
    TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT \"user\" FROM device WHERE no = ?1"));
    select.bind(1, no);
    TZ_ASSIGN(const bool found, select.step());
    return found && !select.isNull(0) ? select.id(0) : Id();
}

Result<> Decider::keepConflict(Work &work, const Entity &entity, const Id &record, const merge::Conflict &conflict)
{
    const Id me = work.author.scope->actor.user;
    TZ_ASSIGN(const Id other, userOfDevice(conflict.held.writer));
    const Id lostBy = conflict.editLost ? me : other;
    // What the program itself wrote has no author who could want it back.
    if (lostBy.isNull())
        return {};
    QString base = valueToJson(conflict.base);
    QString kept = valueToJson(conflict.kept);
    bool mayRead = conflict.editLost;
    if (!conflict.editLost) {
        // The content obeys the loser's rights of now; what they typed themselves stays theirs.
        if (const auto scope = m_scopes.make(m_writer, lostBy)) {
            TZ_ASSIGN(const std::vector<qint64> keys, m_keeper.keysOf(entity, record));
            mayRead = !(*scope)->grantingPositions(m_writer.model->numbers.entity(entity), keys).empty() &&
                      (*scope)->fields.value(&entity).contains(entity.indexOf(conflict.field));
        }
        if (!mayRead) {
            base.clear();
            kept.clear();
        }
    }
    return makeConflict(work, entity, record, conflict.field, base, kept, valueToJson(conflict.lost),
                        conflict.editLost ? other : me, lostBy, conflict.editLost ? work.ms : conflict.held.ms,
                        mayRead);
}

Result<> Decider::makeConflict(Work &work, const Entity &entity, const Id &record, const QString &field,
                               const QString &base, const QString &kept, const QString &lost, const Id &keptBy,
                               const Id &lostBy, qint64 lostMs, bool mayRead)
{
    const auto text = [](const QString &value) { return value.isEmpty() ? Value() : Value(value); };
    const auto person = [](const Id &id) { return id.isNull() ? Value() : Value(id); };
    Held held;
    held.record = Record(*m_writer.model->conflict, m_ids.next());
    held.clock = RecordClock(FieldClock{m_keeper.rev(), 0, work.ms});
    Record &conflict = held.record;
    conflict.set(u"entity", Value(entity.fullName));
    conflict.set(u"record", Value(record.toString()));
    conflict.set(u"field", text(field));
    conflict.set(u"base", text(base));
    conflict.set(u"kept", text(kept));
    conflict.set(u"lost", text(lost));
    conflict.set(u"kept_by", person(keptBy));
    conflict.set(u"lost_by", person(lostBy));
    conflict.set(u"owner", person(lostBy));
    conflict.set(u"lost_at", Value(lostMs));
    conflict.set(u"state", Value(QStringLiteral("open")));
    for (const char16_t *name : {u"created_at", u"modified_at"})
        conflict.set(name, Value(work.ms));
    if (!mayRead)
        TZ_TRY(dropOthersValues(m_writer, conflict));
    TZ_TRY(m_keeper.write(held, nullptr));
    if (lostBy == work.author.scope->actor.user) {
        work.verdict.answer.conflicts.push_back(conflict.id);
        work.touch(*m_writer.model->conflict, conflict.id);
    }
    return {};
}

Result<> Decider::claimSignIn(const Record &record)
{
    // Of names without regard to case and blanks around them, which no declared claim is; whoever signs in is found
    // by them.
    if (record.entity != m_writer.model->user)
        return {};
    const QString kind = QStringLiteral("login");
    const QString value = record.value(u"name").toText().trimmed().toCaseFolded();
    TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT record FROM claim WHERE kind = ?1 AND value = ?2"));
    select.bind(1, kind).bind(2, value);
    TZ_ASSIGN(const bool taken, select.step());
    if (taken && select.id(0) != record.id)
        return fail("record.duplicate", {{QStringLiteral("value"), record.value(u"name").toText()}},
                    QStringLiteral("name"));
    select.reset();
    if (taken)
        return {};
    TZ_ASSIGN(Statement erase, m_writer.db().prepare("DELETE FROM claim WHERE record = ?1 AND kind = ?2"));
    TZ_TRY(erase.bind(1, record.id).bind(2, kind).run());
    TZ_ASSIGN(Statement insert, m_writer.db().prepare("INSERT INTO claim(kind, value, record) VALUES(?1, ?2, ?3)"));
    return insert.bind(1, kind).bind(2, value).bind(3, record.id).run();
}

Result<bool> Decider::isAdministrator(const Record &user) const
{
    if (!user.value(u"active").isNull() && !user.value(u"active").toBool())
        return false;
    for (const Value &id : user.value(u"roles").toList()) {
        TZ_ASSIGN(const std::optional<Record> role, m_writer.reader->find(*m_writer.model->role, id.toId()));
        if (role && role->value(u"name").toText() == QLatin1String("admin"))
            return true;
    }
    return false;
}

Result<> Decider::keepAdministrator(const Record &before, const Record *after)
{
    const Model &model = *m_writer.model;
    if (before.entity == model.role && before.value(u"name").toText() == QLatin1String("admin") &&
        (!after || after->value(u"name") != before.value(u"name")))
        return fail("account.admin_role", {}, QStringLiteral("name"));
    if (before.entity != model.user)
        return {};
    TZ_ASSIGN(const bool was, isAdministrator(before));
    TZ_ASSIGN(const bool is, after ? isAdministrator(*after) : Result<bool>(false));
    if (!was || is)
        return {};
    TZ_ASSIGN(Statement select, m_writer.db().prepare("SELECT u.id FROM \"" + model.user->table.toUtf8() +
                                                      "\" u LEFT JOIN account a ON a.\"user\" = u.id WHERE "
                                                      "u._deleted_rev = 0 AND u.id <> ?1 AND "
                                                      "coalesce(a.disabled, 0) = 0"));
    select.bind(1, before.id);
    TZ_ASSIGN(const std::vector<Id> others, select.ids());
    for (const Id &id : others) {
        TZ_ASSIGN(const std::optional<Record> other, m_writer.reader->find(*model.user, id));
        TZ_ASSIGN(const bool stays, other ? isAdministrator(*other) : Result<bool>(false));
        if (stays)
            return {};
    }
    const bool isInactive = after && before.value(u"active") != after->value(u"active");
    return fail("account.last_admin", {}, isInactive ? QStringLiteral("active") : QStringLiteral("roles"));
}

Result<> Decider::audit(Work &work, const Entity &entity, const Id &id, ChangeKind kind, const QString &name,
                        const std::vector<FieldEdit> &edits)
{
    return addToAudit(m_writer.db(),
                      {m_keeper.rev(), work.batch.id, m_writer.model->numbers.entity(entity), id, kind, name, edits,
                       work.author.scope->actor.user, work.author.device, work.ms, work.batch.label});
}

} // namespace tz::server
