// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"

#include <QtEndian>

namespace tz {

/// Number and sum of the records that are there under one audience key, deleted ones left out: what both ends of the
/// wire compare to know that they hold the same. Records may come and go in any order.
struct Digest {
    qint64 n = 0;
    quint64 sum = 0;

    void add(const Id &id, qint64 rev)
    {
        ++n;
        sum += hash(id, rev);
    }
    void remove(const Id &id, qint64 rev)
    {
        --n;
        sum -= hash(id, rev);
    }
    void add(const Digest &other)
    {
        n += other.n;
        sum += other.sum;
    }
    /// Modulo 2^63, so that it fits the signed integers of every database.
    qint64 stored() const { return qint64(sum & (~quint64(0) >> 1)); }

private:
    /// Spreads id and revision over 64 bits (splitmix64's finisher).
    static quint64 hash(const Id &id, qint64 rev)
    {
        quint64 z = qFromBigEndian<quint64>(id.bytes.data()) ^
                    (qFromBigEndian<quint64>(id.bytes.data() + 8) * 0x9e3779b97f4a7c15ULL);
        z ^= quint64(rev) * 0xd1b54a32d192ed03ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
};

} // namespace tz
