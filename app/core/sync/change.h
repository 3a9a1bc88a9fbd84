// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/value.h"

#include <QString>

#include <vector>

namespace tz {

/// The kinds of change as they stand on the wire (docs: SYNC, push).
enum class ChangeKind : quint8 { Create = 0, Update = 1, Action = 2, Delete = 3, Restore = 4, Member = 5 };

struct FieldEdit {
    QString field;
    Value value;
    /// What the field held before, as the author saw it. Unused in Create and Action.
    Value was;
    bool operator==(const FieldEdit &) const = default;
};

/// One change of one record. Fields and entities travel by name; numbers are each database's own business.
struct Change {
    ChangeKind kind = ChangeKind::Update;
    QString entity;
    Id id;
    /// Server revision of the record that the author had before; 0: none; negative: see lostAfter().
    qint64 basedOn = 0;
    /// Create: values. Update: values with `was`. Action: parameters.
    std::vector<FieldEdit> edits;
    /// Action: its name. Member: the set field. Create: the number that its author's computer gave the record; a number
    /// that was typed or imported is among `edits`.
    QString name;
    /// Member: the element, and whether it is in the set from now on.
    Value member;
    bool present = false;
    bool operator==(const Change &) const = default;
};

/// What takes the place of a revision that the server does not know any more, or that nobody vouches for: up to `rev`
/// both sides know what happened to the record, and what came then only the values tell. Below every revision, so that
/// whatever the server says counts for more.
constexpr qint64 lostAfter(qint64 rev)
{
    return -rev - 1;
}
/// The revision up to which both sides agree: `basedOn` itself, unless it is of lostAfter().
constexpr qint64 agreedRev(qint64 basedOn)
{
    return basedOn < 0 ? -basedOn - 1 : basedOn;
}

/// The unit of everything: applied, sent, judged, answered and undone as one. Numbered per device without gaps.
struct Batch {
    Id id;
    qint64 no = 0;
    /// Hybrid clock (core/sync/hybridclock.h) at which it was made.
    qint64 hlc = 0;
    /// Its changes stand or fall each for itself (imports).
    bool independent = false;
    /// Batches that belong together for undo (one import of many batches); null: alone.
    Id group;
    /// What the user did, as an action code with parameters for the undo menu and history ("import", "merge").
    QString label;
    std::vector<Change> changes;
    bool operator==(const Batch &) const = default;
};

/// Limits of the protocol; the server refuses what exceeds them, the client in advance.
namespace limits {
inline constexpr qsizetype changesPerBatch = 1000;
inline constexpr qsizetype importBatch = 500;
/// So many batches of an import are one transaction here: each commit writes every index page it touched.
inline constexpr int importBatchesPerCommit = 100;
inline constexpr qsizetype batchesPerPush = 64;
inline constexpr qsizetype fieldBytes = 1 << 20;
inline constexpr qsizetype bodyBytes = 8 << 20;
inline constexpr qsizetype unpackedBytes = 64 << 20;
inline constexpr qsizetype unpackedRatio = 100;
/// A computer gets so many numbers of a series at a time, when fewer than `fewNumbers` are left.
inline constexpr qint64 numbersPerLease = 20;
inline constexpr qint64 fewNumbers = 10;
inline constexpr qsizetype pageRows = 50'000;
/// Records that are asked about in one request.
inline constexpr qsizetype statesPerRequest = 2'000;
inline constexpr int cborDepth = 8;
} // namespace limits

} // namespace tz
