// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

namespace tz::sim {

/// What sync promises, with its number in tests/simulation/README.md.
enum class Law {
    Convergence = 1,
    Checkpoint,
    ExactlyOnce,
    NothingLost,
    NoSkip,
    NoLeak,
    OwnWrites,
    Atomicity,
    ConflictLaw,
    Order,
    Machines,
    Liveness,
    ClockIndependence,
    Bounded,
    Determinism,
    Integrity,
};

inline const char *nameOf(Law law)
{
    static constexpr const char *names[] = {"",
                                            "convergence",
                                            "checkpoint",
                                            "exactly once",
                                            "nothing lost",
                                            "no skip",
                                            "no leak",
                                            "own writes, monotonic reads",
                                            "atomicity",
                                            "conflict law",
                                            "order",
                                            "machines and ledgers",
                                            "liveness",
                                            "clock independence",
                                            "bounded",
                                            "determinism",
                                            "integrity"};
    return names[int(law)];
}

/// Thrown where a law is broken; ends the run. Never through the program's own frames.
struct Broken {
    Law law;
    QString what;
};

/// What the simulation itself needs to work; anything else than success breaks the law.
template <class T>
T must(Result<T> result, Law law = Law::Liveness)
{
    if (!result)
        throw Broken{law, result.error().toString()};
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

inline void require(bool holds, Law law, const QString &what)
{
    if (!holds)
        throw Broken{law, what};
}

} // namespace tz::sim
