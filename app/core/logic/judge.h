// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/expression/expression.h"
#include "core/logic/contributions.h"

#include <span>

namespace tz {

/// Where a change comes from; it decides which fields it may set besides the plain ones (docs/decisions/0005).
enum class Origin {
    /// A form, the command line, another program: plain fields only; states move by actions.
    User,
    /// Added by an action's function or an effect: readonly fields too, and any declared state in a new record.
    Function,
    /// Historical data: states, readonly and system fields may be given, by who may write all records of the entity.
    Import,
    /// Takes back a batch: readonly fields, and states backwards along a transition that the actor may do.
    Undo,
};
/// The origin of change `index` of a batch, so that the server judges as the laptop did: by the code at the beginning
/// of the label ("import", "undo"; up to a colon), else Function behind an action or a change of an entity with
/// effects, else User.
TZ_CORE_EXPORT Origin originOf(QStringView label, std::span<const Change> changes, size_t index,
                               const Contributions &contributions);

/// Decides what a change makes of a record: rights, defaults, state machine, declared actions, validation and rules.
/// The same code runs where a batch is made and on the server, so that both give the same answer. Pure apart from the
/// reader; belongs to one thread.
class TZ_CORE_EXPORT Judge {
public:
    Judge(const Reader &reader, const Contributions &contributions, const Actor &actor, qint64 nowMs,
          int utcOffsetSeconds);

    /// Of the changes judged from now on; User at first.
    void setOrigin(Origin origin) { m_origin = origin; }
    /// On a server, whose reader finds everything: what the actor may see. Defaults and what an action writes are
    /// worked out from it alone, unless they go where the actor may not look. Outlives the judge.
    void setSight(const Reader &sight) { m_sight = &sight; }
    /// The origin that counts for the entity: Import is User for who may not write all its records; the system
    /// always has the freedom of Import.
    Origin originFor(const Entity &entity) const;

    /// A record as Create makes it: defaults for what is not given, initial state, system fields, rules run.
    /// Does not check rights. Errors: record.required {}, record.too_long {max}, record.out_of_range {min, max},
    /// record.bad_choice {value}, record.wrong_type {expected}, record.unknown_field, record.readonly,
    /// record.derived, or a rule's own; each with Error::field.
    Result<Record> created(const Entity &entity, const Id &id, const std::vector<FieldEdit> &values) const;
    /// `before` with `edits` applied; readonly_if, required_if, validation and rules checked.
    /// Also record.state_by_action {state} and record.append_only.
    Result<Record> updated(const Record &before, const std::vector<FieldEdit> &edits) const;
    /// Whether the record is already where the action leads: what hangs on it must not happen once more.
    static bool hasHappened(const Record &record, const Transition &action);
    /// A declared action on the record as it is now: state moved, `set` values written, asked parameters stored.
    /// Errors: action.unknown, action.not_from_here {state, action}, action.not_allowed_now {action},
    /// action.missing {field} for requires. Already in the target state: the record unchanged.
    Result<Record> acted(const Record &before, const QString &action, const std::vector<FieldEdit> &parameters) const;
    /// The field rules of an edit alone (known, not derived, not readonly, right type, states by action), for a
    /// server that merges the values itself; answers the values in their stored form.
    Result<std::vector<FieldEdit>> checkedEdits(const Record &before, const std::vector<FieldEdit> &edits) const;
    /// Whole-record check without an edit, on what a merge made (code of the cause inside record.merged_invalid).
    Result<> checkMerged(const Record *before, Record &merged, const QString &action) const;
    /// Whether the record may have what it claims (Entity::claims), as far as the reader knows. `before`: the record
    /// as it was; what it had then it keeps. Part of created(), updated(), acted() and checkMerged(); to be asked for a
    /// record that comes back from the recycle bin. Errors: claim.taken {entity, record, title}, claim.overlaps
    /// {entity, record, title, free}, claim.full {free, limit}, each with Error::field; {free} of a time is a local
    /// "yyyy-MM-dd HH:mm".
    Result<> mayClaim(const Record *before, const Record &after) const;
    /// Fills formulas that have a column. Rollups are the store's work.
    void derive(Record &record) const;

    /// Rights of the actor. The record must hold its owner and team; children are judged by their root: by their own
    /// access rules if they declare any, else by those of the parent entity, always with the root's owner and team.
    /// Own: `owner` is me; where an entity has no `owner`, created_by is me. Team: `team` is one of my teams, or own;
    /// where an entity has no `team`, the same as own. (docs/decisions/0006)
    /// Errors: access.read_denied, access.write_denied, access.create_denied, access.delete_denied,
    /// access.assign_denied {field}, access.field_hidden {field}, access.action_denied {action}.
    /// Deletes and restores alike need mayDelete; an undo may delete what the actor itself created.
    bool mayRead(const Record &record) const;
    Result<> mayCreate(const Record &record) const;
    Result<> mayUpdate(const Record &before, const Record &after) const;
    Result<> mayAct(const Record &record, const Transition &action) const;
    Result<> mayDelete(const Record &record) const;
    /// The record whose owner and team count: itself, or the root above a chain of parents.
    Result<Record> rootOf(const Record &record) const;
    Grant grantFor(const Entity &entity) const;

    expression::Context contextFor(const Record &record) const;

private:
    Result<Value> checkedEdit(const Entity &entity, const Record *before, const FieldEdit &edit, int &index) const;
    Result<> enterState(Record &record, const QString &wanted) const;
    /// A record follows its new owner into the owner's team.
    void followOwner(const Record &before, Record &after) const;
    /// What a declared default or action writes into a field of `record`.
    Value worked(const Field &field, const expression::Expression &how, const Record &record,
                 const QHash<QString, Value> &parameters) const;
    void applySets(const Transition &action, Record &record, const QHash<QString, Value> &parameters) const;
    void fillDefaults(Record &record, const std::vector<bool> &given) const;
    Id teamOf(const Entity &entity, const Id &owner) const;
    bool hasRoleFor(const Transition &action) const;
    bool reaches(Reach reach, const Record &root) const;
    Result<> mayAssign(const Record *before, const Record &after, const Grant &grant) const;
    void stamp(Record &record, bool created) const;
    Result<> validate(const Record *before, Record &after, const QString &action) const;
    Result<> claimTime(const Claim &claim, const Query &others, const Record &after) const;
    Result<> claimAmount(const Claim &claim, Query others, const Record &after) const;
    Result<> runRules(const Record *before, Record &after, const QString &action) const;
    const Reader &m_reader;
    const Reader *m_sight = nullptr;
    const Contributions &m_contributions;
    Actor m_actor;
    qint64 m_nowMs;
    int m_utcOffsetSeconds;
    Origin m_origin = Origin::User;
    mutable QHash<const Entity *, Grant> m_grants;
    mutable QHash<Id, Id> m_teamOfUser;
};

/// Checks that a value has the form that the field's type demands (see Value) and brings sets into order.
/// Errors: record.wrong_type {expected}, record.too_long {max}, record.bad_choice {value}, record.out_of_range {min,
/// max}, record.bad_email; each with Error::field.
TZ_CORE_EXPORT Result<Value> checkedValue(const Field &field, Value value);
/// What an expression gave, in the stored form of the field: numbers in its scale, dates and times as it holds them.
TZ_CORE_EXPORT Value fittedValue(const Field &field, const expression::Type &type, Value value, int utcOffsetSeconds);

} // namespace tz
