// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/replicator/clockoffset.h"

#include <algorithm>

namespace tz {

namespace {
constexpr size_t samplesKept = 8;
}

void ClockOffset::answered(qint64 serverMs)
{
    const qint64 now = m_clock.monotonicMs();
    const qint64 roundTrip = now - m_sentAt;
    m_samples.push_back({roundTrip, serverMs - (m_sentAt + roundTrip / 2)});
    if (m_samples.size() > samplesKept)
        m_samples.pop_front();
}

qint64 ClockOffset::ms() const
{
    if (m_samples.empty())
        return 0;
    const auto best = std::ranges::min_element(m_samples, {}, &Sample::roundTripMs);
    return best->origin + m_clock.monotonicMs() - m_clock.nowMs();
}

} // namespace tz
