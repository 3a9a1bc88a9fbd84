// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"

#include <QRandomGenerator>

#include <chrono>
#include <cstring>

namespace tz {

qint64 SystemClock::nowMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

qint64 SystemClock::monotonicMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

quint64 Entropy::next64()
{
    quint64 number = 0;
    fill({reinterpret_cast<unsigned char *>(&number), sizeof number});
    return number;
}

void SystemEntropy::fill(std::span<unsigned char> bytes)
{
    for (size_t i = 0; i < bytes.size();) {
        const quint64 number = QRandomGenerator::system()->generate64();
        const size_t part = std::min(sizeof number, bytes.size() - i);
        std::memcpy(bytes.data() + i, &number, part);
        i += part;
    }
}

void SeededEntropy::fill(std::span<unsigned char> bytes)
{
    for (size_t i = 0; i < bytes.size(); i += 8) {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        for (size_t k = 0; k < 8 && i + k < bytes.size(); ++k)
            bytes[i + k] = static_cast<unsigned char>(z >> (8 * k));
    }
}

} // namespace tz
