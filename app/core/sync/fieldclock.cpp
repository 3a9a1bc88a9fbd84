// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/fieldclock.h"

namespace tz {

namespace {
void appendVarint(QByteArray &out, quint64 value)
{
    while (value >= 0x80) {
        out.append(char(value | 0x80));
        value >>= 7;
    }
    out.append(char(value));
}

quint64 zigzag(qint64 value)
{
    return (quint64(value) << 1) ^ quint64(value >> 63);
}

qint64 unzigzag(quint64 value)
{
    return qint64(value >> 1) ^ -qint64(value & 1);
}

/// Reads one varint; false at the end or when it is longer than 64 bits.
bool takeVarint(QByteArrayView &in, quint64 &value)
{
    value = 0;
    for (int shift = 0; shift < 64 && !in.isEmpty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in = in.sliced(1);
        value |= quint64(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return false;
}
} // namespace

Result<RecordClock> RecordClock::decode(QByteArrayView bytes, qint64 madeRev)
{
    quint64 writer = 0;
    quint64 ms = 0;
    if (!takeVarint(bytes, writer) || !takeVarint(bytes, ms))
        return fail("sync.bad_clock");
    RecordClock clock(FieldClock{madeRev, qint64(writer), unzigzag(ms)});
    while (!bytes.isEmpty()) {
        quint64 field = 0;
        quint64 rev = 0;
        if (!takeVarint(bytes, field) || !takeVarint(bytes, rev) || !takeVarint(bytes, writer) ||
            !takeVarint(bytes, ms) || field > quint64(std::numeric_limits<int>::max()))
            return fail("sync.bad_clock");
        clock.m_fields[int(field)] = FieldClock{qint64(quint64(madeRev) + rev), qint64(writer),
                                                qint64(quint64(clock.m_made.ms) + quint64(unzigzag(ms)))};
    }
    return clock;
}

QByteArray RecordClock::encode() const
{
    QByteArray out;
    appendVarint(out, quint64(m_made.writer));
    appendVarint(out, zigzag(m_made.ms));
    for (const auto &[field, clock] : m_fields) {
        appendVarint(out, quint64(field));
        appendVarint(out, quint64(clock.rev) - quint64(m_made.rev));
        appendVarint(out, quint64(clock.writer));
        appendVarint(out, zigzag(qint64(quint64(clock.ms) - quint64(m_made.ms))));
    }
    return out;
}

const FieldClock &RecordClock::at(int field) const
{
    const auto it = m_fields.find(field);
    return it == m_fields.end() ? m_made : it->second;
}

bool RecordClock::changedByOthers(qint64 rev, qint64 writer) const
{
    if (m_made.rev > rev && m_made.writer != writer)
        return true;
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [&](const auto &entry) { return entry.second.rev > rev && entry.second.writer != writer; });
}

} // namespace tz
