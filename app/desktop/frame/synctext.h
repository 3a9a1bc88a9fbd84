// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/workspace.h"
#include "workbench/style.h"

namespace tz {

/// What the sync status says to people, made from the facts at `nowMs`; connection and unsent work are separate things.
struct SyncText {
    /// One or two words for the top bar ("Synced").
    QString shortText;
    /// The line at the foot ("Offline since 10:42 · 3 changes waiting").
    QString line;
    QString icon;
    style::Tone tone = style::Tone::Muted;

    static SyncText of(const SyncStatus &status, qint64 nowMs);
};

} // namespace tz
