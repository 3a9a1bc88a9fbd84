// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/record.h"
#include "core/sync/change.h"
#include "core/sync/fieldclock.h"

#include <functional>

/// Field by field: what an edit makes of a record that others may have changed meanwhile. Pure functions.
///
/// Three witnesses: the revision that the edit was based on (was anything concurrent?), the value that it replaced
/// (where revisions cannot be compared), and the hybrid clock, which only breaks the tie of truly concurrent edits.
namespace tz::merge {

/// From where and on what an edit was made.
struct Author {
    /// The server's number of the device.
    qint64 writer = 0;
    /// Clamped hybrid clock, milliseconds.
    qint64 ms = 0;
    /// Up to this revision the author knew the record.
    qint64 basedOn = 0;
    /// And no further. Otherwise the replaced value decides about what came since.
    bool baseKnown = true;
};

/// Two concurrent edits of one field: one is in the record, the other is kept here.
struct Conflict {
    QString field;
    /// What both started from, as the author of the edit saw it.
    Value base;
    Value kept;
    Value lost;
    /// True: the edit that is merged lost. False: it won over what the record held.
    bool editLost = false;
    /// Clock of the value that the record held.
    FieldClock held;
};

struct Outcome {
    /// What is to be written: only fields whose value changes. Sets are whole.
    std::vector<FieldEdit> apply;
    std::vector<Conflict> conflicts;
};

struct Witnesses {
    /// Clock of a field, by its index in the entity.
    std::function<FieldClock(int field)> clock;
    /// Whether a member of a set field was added by another device after what the author knew.
    std::function<bool(int field, const Value &member)> addedMeanwhile;
};

/// Unknown and derived fields must have been refused before. Fields of a declared group are one register: they win or
/// lose together, and an edit that does not carry every field of the group that others changed loses. Of a long text
/// outside any group what both wrote stands when it can be told apart (textmerge); the conflict is only what cannot.
TZ_CORE_EXPORT Outcome update(const Record &current, const std::vector<FieldEdit> &edits, const Author &author,
                              const Witnesses &witnesses);

/// A member change of a set as its new whole value: a concurrent addition beats a removal, silently.
TZ_CORE_EXPORT Value member(const Value &currentSet, const Value &member, bool present, bool addedMeanwhile);

} // namespace tz::merge
