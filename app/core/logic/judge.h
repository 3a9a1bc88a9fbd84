// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/expression/expression.h"
#include "core/logic/contributions.h"

namespace tz {

/// Decides what a change makes of a record: rights, defaults, state machine, declared actions, validation and rules.
/// The same code runs where a batch is made and on the server, so that both give the same answer. Pure apart from the
/// reader; belongs to one thread.
class TZ_CORE_EXPORT Judge {
public:
    Judge(const Reader &reader, const Contributions &contributions, const Actor &actor, qint64 nowMs,
          int utcOffsetSeconds);

    /// A record as Create makes it: defaults for what is not given, initial state, system fields, rules run.
    /// Does not check rights. Errors: record.required {}, record.too_long {max}, record.out_of_range {min, max},
    /// record.bad_choice {value}, record.wrong_type {expected}, record.unknown_field, record.readonly,
    /// record.derived, or a rule's own; each with Error::field.
    Result<Record> created(const Entity &entity, const Id &id, const std::vector<FieldEdit> &values) const;
    /// `before` with `edits` applied; readonly_if, required_if, validation and rules checked.
    Result<Record> updated(const Record &before, const std::vector<FieldEdit> &edits) const;
    /// A declared action on the record as it is now: state moved, `set` values written, asked parameters stored.
    /// Errors: action.unknown, action.not_from_here {state, action}, action.not_allowed_now {action},
    /// action.missing {field} for requires. Already in the target state: the record unchanged.
    Result<Record> acted(const Record &before, const QString &action, const std::vector<FieldEdit> &parameters) const;
    /// Whole-record check without an edit, on what a merge made (code of the cause inside record.merged_invalid).
    Result<> checkMerged(const Record *before, Record &merged, const QString &action) const;
    /// Fills formulas that have a column. Rollups are the store's work.
    void derive(Record &record) const;

    /// Rights of the actor. The record must hold its owner and team; children are judged by their root.
    /// Errors: access.read_denied, access.write_denied, access.create_denied, access.delete_denied,
    /// access.assign_denied {field}, access.field_hidden {field}, access.action_denied {action}.
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
    Result<> validate(const Record *before, Record &after, const QString &action) const;
    const Reader &m_reader;
    const Contributions &m_contributions;
    Actor m_actor;
    qint64 m_nowMs;
    int m_utcOffsetSeconds;
};

/// Checks that a value has the form that the field's type demands (see Value) and brings sets into order.
TZ_CORE_EXPORT Result<Value> checkedValue(const Field &field, Value value);

} // namespace tz
