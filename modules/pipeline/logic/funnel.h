// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace tz::pipeline {

/// The way of one deal through the stages.
struct Course {
    struct Move {
        QString stage;
        qint64 atMs = 0;
    };
    Id deal;
    /// In order of time.
    std::vector<Move> moves;
};

/// One step of the funnel.
struct FunnelStep {
    QString stage;
    /// Distinct deals that ever were in this stage or a later one: a deal that goes back and forth counts once, a lost
    /// deal counts up to where it came.
    qint64 reached = 0;
    /// Of those, how many reached the next step, in percent (scale 4); nothing for the last step or none reached.
    std::optional<qint64> conversion;
    /// Milliseconds spent in the stage by those who left it.
    std::optional<qint64> medianMs, p80Ms;
};

/// The funnel of a cohort of deals. `stages` in their order, the last one is the goal; stages that are not in it (lost)
/// end a course but are no step.
std::vector<FunnelStep> funnelOf(const std::vector<Course> &cohort, const QStringList &stages);
/// From the first step to the last, in percent (scale 4).
std::optional<qint64> overallConversion(const std::vector<FunnelStep> &steps);

} // namespace tz::pipeline
