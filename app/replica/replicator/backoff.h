// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

#include <algorithm>

namespace tz {

inline constexpr int backoffMostMs = 60'000;
inline constexpr int backoffFirstMs = 1'000;

/// How long to wait after so many failures, with full jitter: random(0, min(60 s, 1 s · 2^n)).
inline int backoffMs(Entropy &entropy, int failures)
{
    const int exponent = std::clamp(failures, 0, 16);
    const qint64 most = std::min<qint64>(backoffMostMs, qint64(backoffFirstMs) << exponent);
    return int(entropy.next64() % quint64(most + 1));
}

} // namespace tz
