// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <array>
#include <compare>
#include <optional>

namespace tz {

class Clock;
class Entropy;

/// A UUID in its 16 bytes. Records, batches and devices get version 7 (RFC 9562), made offline and ordered by time.
struct TZ_CORE_EXPORT Id {
    std::array<unsigned char, 16> bytes{};

    bool isNull() const { return bytes == std::array<unsigned char, 16>{}; }
    explicit operator bool() const { return !isNull(); }
    auto operator<=>(const Id &) const = default;

    /// Canonical lower-case text with hyphens.
    QString toString() const;
    QByteArray toBytes() const { return {reinterpret_cast<const char *>(bytes.data()), 16}; }
    /// Accepts the canonical text, with or without hyphens or braces, in any case.
    static std::optional<Id> fromString(QStringView text);
    /// Exactly 16 bytes.
    static std::optional<Id> fromBytes(QByteArrayView bytes);
    /// The same id for the same name for ever (version 8, from a hash): for shipped records such as roles.
    static Id fromName(QStringView name);
};

inline size_t qHash(const Id &id, size_t seed = 0)
{
    return qHashBits(id.bytes.data(), id.bytes.size(), seed);
}

/// Makes version 7 ids that never go backwards within one source. Not thread-safe: one per thread.
class TZ_CORE_EXPORT IdSource {
public:
    IdSource(const Clock &clock, Entropy &entropy)
        : m_clock(clock)
        , m_entropy(entropy)
    {
    }
    Id next();

private:
    const Clock &m_clock;
    Entropy &m_entropy;
    qint64 m_lastMs = 0;
    quint32 m_counter = 0;
};

} // namespace tz

template <>
struct std::hash<tz::Id> {
    size_t operator()(const tz::Id &id) const noexcept { return tz::qHash(id); }
};
