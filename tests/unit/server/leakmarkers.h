// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/base/value.h"

#include <bitset>
#include <set>
#include <unordered_map>

namespace tz::test {

/// One field of one record.
struct Place {
    QString entity;
    Id record;
    QString field;
    bool operator==(const Place &) const = default;
};

/// A value that stands nowhere else: found again in any bytes, it tells of what record they speak.
struct Marker {
    /// As a field holds it: a text, or a whole number.
    Value value;
    /// Who typed it; null: the company itself.
    Id author;
    /// Where it was put, by whoever saw what they put there.
    std::vector<Place> places;
    /// Who made a record with it, as with a default that was copied: that creation is theirs to keep, as what they
    /// typed is.
    std::set<Id> makers;
};

/// Makes markers, and finds them: as UTF-8, in the search index, whose words are kept without what they share with
/// their neighbours, as a sort key, as numbers of SQLite, CBOR and JSON.
class Markers {
public:
    explicit Markers(quint64 seed)
        : m_dice(seed)
    {
    }
    Value text(const Place &place, const Id &author);
    Value number(const Place &place, const Id &author);
    /// The value now stands there too. Values that are no markers are left alone.
    void put(const Value &value, const Place &place);
    void noteMaker(const Value &value, const Id &user);
    const Marker &at(size_t marker) const { return m_markers[marker]; }
    size_t count() const { return m_markers.size(); }
    std::optional<size_t> of(const Value &value) const;
    /// Those in the bytes.
    std::set<size_t> in(QByteArrayView bytes) const;

private:
    static constexpr qsizetype head = 6;
    struct Needle {
        QByteArray bytes;
        size_t marker;
    };
    Value make(Value value, const Place &place, const Id &author);
    void addNeedle(QByteArray bytes, size_t marker);
    static quint64 headOf(const char *bytes);

    SeededEntropy m_dice;
    std::vector<Marker> m_markers;
    std::map<Value, size_t> m_byValue;
    std::unordered_multimap<quint64, Needle> m_needles;
    /// First two bytes of needles: what most bytes are not.
    std::bitset<65536> m_starts;
};

} // namespace tz::test
