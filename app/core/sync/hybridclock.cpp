// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/hybridclock.h"

#include <algorithm>

namespace tz {

qint64 HybridClock::tick()
{
    m_last = std::max(m_last + 1, fromMilliseconds(m_clock.nowMs() + m_offsetMs));
    return m_last;
}

} // namespace tz
