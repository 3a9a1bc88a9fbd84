// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/rations.h"

#include <algorithm>
#include <cmath>

namespace tz::server {

namespace {
constexpr double hourMs = 3'600'000;
constexpr size_t devicesRemembered = 50'000;
/// A laptop applies a page and asks for the next one; longer than this it has gone away.
constexpr qint64 placeKeptMs = 30'000;
constexpr qint64 askAgainMs = 1'000;
constexpr qint64 askAgainMostMs = 15'000;
} // namespace

double Bucket::heldAt(qint64 nowMs) const
{
    return m_atMs < 0 ? m_held : std::min(m_most, m_held + double(nowMs - m_atMs) * m_perHour / hourMs);
}

void Bucket::fill(qint64 nowMs)
{
    m_held = heldAt(nowMs);
    m_atMs = nowMs;
}

qint64 Bucket::take(qint64 nowMs)
{
    fill(nowMs);
    if (m_held < 1)
        return std::max<qint64>(1, qint64(std::ceil((1 - m_held) * hourMs / m_perHour)));
    m_held -= 1;
    return 0;
}

qint64 Bucket::reserve(qint64 nowMs)
{
    fill(nowMs);
    m_held -= 1;
    return m_held >= 0 ? 0 : qint64(std::ceil(-m_held * hourMs / m_perHour));
}

qint64 Buckets::waitMs(const Id &whose)
{
    std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonicMs();
    if (m_buckets.size() > devicesRemembered)
        std::erase_if(m_buckets, [now](const auto &entry) { return entry.second.isFull(now); });
    return m_buckets.try_emplace(whose, m_fresh).first->second.take(now);
}

qint64 Hellos::spreadMs()
{
    std::lock_guard lock(m_mutex);
    return m_all.reserve(m_clock.monotonicMs());
}

void BackfillLine::expire(qint64 nowMs)
{
    const auto isGone = [nowMs](const Entry &entry) { return entry.underWay == 0 && entry.untilMs < nowMs; };
    std::erase_if(m_served, isGone);
    std::erase_if(m_waiting, isGone);
}

BackfillLine::Place BackfillLine::ask(const Id &device)
{
    std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonicMs();
    expire(now);
    const auto isThis = [&](const Entry &entry) { return entry.device == device; };
    if (const auto entry = std::ranges::find_if(m_served, isThis); entry != m_served.end()) {
        ++entry->underWay;
        return {};
    }
    auto place = std::ranges::find_if(m_waiting, isThis);
    if (place == m_waiting.end())
        place = m_waiting.insert(m_waiting.end(), Entry{device, 0, 0});
    const size_t before = size_t(place - m_waiting.begin());
    const size_t open = served - std::min(served, m_served.size());
    if (before < open) {
        m_waiting.erase(place);
        m_served.push_back(Entry{device, now + placeKeptMs, 1});
        return {};
    }
    Place told;
    told.position = int(before - open) + 1;
    told.retryAfterMs = std::min(askAgainMostMs, askAgainMs * told.position);
    // The client adds up to as much again, so that not all come back together.
    place->untilMs = now + 2 * told.retryAfterMs + placeKeptMs;
    return told;
}

void BackfillLine::finished(const Id &device, bool complete)
{
    std::lock_guard lock(m_mutex);
    const auto entry = std::ranges::find_if(m_served, [&](const Entry &one) { return one.device == device; });
    if (entry == m_served.end())
        return;
    --entry->underWay;
    entry->untilMs = m_clock.monotonicMs() + placeKeptMs;
    if (complete && entry->underWay == 0)
        m_served.erase(entry);
}

} // namespace tz::server
