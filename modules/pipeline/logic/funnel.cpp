// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "funnel.h"

#include "figures.h"

namespace tz::pipeline {

std::vector<FunnelStep> funnelOf(const std::vector<Course> &cohort, const QStringList &stages)
{
    std::vector<FunnelStep> steps(size_t(stages.size()));
    std::vector<std::vector<qint64>> stays(steps.size());
    for (const Course &course : cohort) {
        qsizetype furthest = -1;
        for (size_t i = 0; i < course.moves.size(); ++i) {
            const qsizetype rank = stages.indexOf(course.moves[i].stage);
            furthest = std::max(furthest, rank);
            if (rank >= 0 && i + 1 < course.moves.size())
                stays[size_t(rank)].push_back(course.moves[i + 1].atMs - course.moves[i].atMs);
        }
        for (qsizetype rank = 0; rank <= furthest; ++rank)
            ++steps[size_t(rank)].reached;
    }
    for (size_t i = 0; i < steps.size(); ++i) {
        steps[i].stage = stages[qsizetype(i)];
        if (i + 1 < steps.size())
            steps[i].conversion = percentOf(steps[i + 1].reached, steps[i].reached);
        steps[i].medianMs = median(stays[i]);
        steps[i].p80Ms = percentile(stays[i], 80);
    }
    return steps;
}

std::optional<qint64> overallConversion(const std::vector<FunnelStep> &steps)
{
    if (steps.empty())
        return {};
    return percentOf(steps.back().reached, steps.front().reached);
}

} // namespace tz::pipeline
