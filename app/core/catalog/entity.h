// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/access.h"
#include "core/catalog/field.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

namespace tz {

/// A declared move of a state machine, or a declared action without a state (then `to` is empty).
struct Transition {
    QString action;
    QString label;
    /// States from which it may start; empty: any.
    QStringList from;
    /// State that it leads to; empty: the state stays.
    QString to;
    /// The only roles that may do it (and the administrator), on records that they may read; empty: who may write the
    /// record, may do it.
    QStringList roles;
    /// Fields that must be filled before.
    QStringList requires_;
    /// Fields that the desktop asks for in a small form; sent as parameters and written by the action.
    QStringList ask;
    /// Further condition on the record as it is now.
    QString whenText;
    ExpressionPtr when;
    /// Values that the action itself writes (also to fields the user may not write): field and expression text.
    struct Set {
        QString field;
        QString text;
        ExpressionPtr value;
    };
    QList<Set> set;
    /// The action needs only the right to read (claiming from a pool, say).
    bool needsOnlyRead = false;
};

/// Something of which there is only so much: a number, a room at a time, the seats of a licence. Whoever comes to the
/// server first has it; a laptop refuses what it knows to be taken, and everything else stands until the server says
/// no.
struct Claim {
    enum class Kind {
        /// No two records have the same values in `of`.
        Unique,
        /// Nor the same values at the same time: [from, to) of date-times, from ... to of dates.
        Overlap,
        /// The amounts of all records with the same values add up to `limit` at most.
        Capacity,
    };
    Kind kind = Kind::Unique;
    QString name;
    /// A record with an empty field among these claims nothing.
    QStringList of;
    /// Overlap: date or date-time fields, both of one type; without either nothing is claimed.
    QString from, to;
    /// Overlap of date-times: minutes that must lie between one and the next; may be null.
    QString gapText;
    ExpressionPtr gap;
    /// Capacity: how much there is (null: as much as one likes), and the field with how much a record takes (empty: 1).
    QString limitText;
    ExpressionPtr limit;
    QString amount;
    /// Which records claim at all; null: every one.
    QString whereText;
    ExpressionPtr where;
};

struct State {
    QString name;
    QString label;
    QString color;
    bool final = false;
    /// Further properties of the state, reachable in expressions as state.<name> ("probability").
    QHash<QString, qint64> properties;
};

struct TZ_CORE_EXPORT StateMachine {
    QString field;
    QString initial;
    QList<State> states;

    const State *state(QStringView name) const;
};

/// One declared view: {"kind": "board", "by": "stage", "sum": "weighted"} and so on; the workbench reads it.
struct ViewSpec {
    QString kind;
    QJsonObject options;
};

/// A kind of record, as declared by a department, with what other departments and the company added.
/// Immutable once it is in a Catalog.
class TZ_CORE_EXPORT Entity {
public:
    /// "pipeline.opportunity", "pipeline", "opportunity".
    QString fullName, department, name;
    /// Table in every database: "pipeline_opportunity".
    QString table;
    QString label, plural, icon, help;
    /// Field that names a record for people; may be a formula.
    QString title;
    /// Fields in the search index; a link counts with its title.
    QStringList search;
    /// Number pattern ("OPP-{yyyy}-{seq:5}"), written to the field "number"; empty: no numbers.
    QString number;
    std::vector<Field> fields;
    std::optional<StateMachine> states;
    /// Declared actions, those of the state machine first.
    QList<Transition> actions;
    QList<Claim> claims;
    AccessRules access;
    /// Link field to the owning record: this entity is a line or a child of it, is seen and deleted with it.
    QString parent;
    /// Records are only ever created (and corrected by another record), never changed.
    bool appendOnly = false;
    /// Not offered in navigation; reached through other records.
    bool hidden = false;
    /// Position in the department's navigation.
    int order = 0;
    QList<QStringList> indexes;
    /// Fields shown in lists by default, in order.
    QStringList columns;
    QList<ViewSpec> views;
    /// Declared form: sections with fields; empty: made from the fields' order.
    QJsonArray form;
    /// Keys by which imports and links by text find a record, each a list of fields ([["number"], ["name"]]).
    QList<QStringList> keys;

    const Field *field(QStringView fieldName) const;
    const Field &fieldAt(int index) const { return fields[size_t(index)]; }
    int indexOf(QStringView fieldName) const;
    const Field *titleField() const { return field(title); }
    const Field *stateField() const { return states ? field(states->field) : nullptr; }
    /// The fields by which ownership is judged: type user named "owner", type team named "team"; null if none.
    const Field *ownerField() const { return field(u"owner"); }
    const Field *teamField() const { return field(u"team"); }
    const Field *parentField() const { return parent.isEmpty() ? nullptr : field(parent); }
    const Transition *action(QStringView actionName) const;

    /// To be called once after `fields` is complete: sets indexes and the look-up.
    void seal();

private:
    // Views of the names in `fields`, so that a look-up allocates nothing.
    QHash<QStringView, int> m_byName;
};

} // namespace tz
