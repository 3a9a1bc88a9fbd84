// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "tests/simulation/laws.h"
#include "tests/simulation/plan.h"

#include <optional>

namespace tz::sim {

struct Verdict {
    /// Null: all laws held.
    std::optional<Broken> broken;
    QString place;
    /// The step at which it broke; -1: at the end.
    int step = -1;
    /// The same for the same plan.
    QByteArray trace;
};

/// Lives through plans, on the calling thread's behalf on one whose time is virtual.
class Runner {
public:
    static Verdict run(const Plan &plan);
    /// Runs it twice: the same again and, for a plan of clocks, with right ones.
    static Verdict runTwice(const Plan &plan);
    /// The fewest steps that still break the same law, found by leaving out ever smaller parts.
    static Plan shrunk(const Plan &plan, Law law, int mostRuns = 400);
    /// The steps and how to repeat them.
    static QString report(const Plan &plan, const Verdict &verdict, Plan::Kind kind, int operations);
};

} // namespace tz::sim
