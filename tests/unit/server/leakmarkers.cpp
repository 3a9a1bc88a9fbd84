// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leakmarkers.h"

#include "core/locale/collation.h"

#include <QtEndian>

namespace tz::test {

namespace {
constexpr int textSize = 12;
/// So much of a word its neighbour in the search index may have in common with it.
constexpr int sharedSize = 4;
constexpr int sortedSize = 9;
} // namespace

Value Markers::text(const Place &place, const Id &author)
{
    constexpr char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    QByteArray spelled;
    for (int i = 0; i < textSize; ++i)
        spelled += letters[m_dice.next64() % (sizeof letters - 1)];
    const Value value(QString::fromLatin1(spelled));
    make(value, place, author);
    addNeedle(spelled.mid(sharedSize), m_markers.size() - 1);
    addNeedle(collation::sortKey(value.toText()).left(sortedSize), m_markers.size() - 1);
    return value;
}

Value Markers::number(const Place &place, const Id &author)
{
    // Six bytes in SQLite and among the eight of CBOR; fifteen digits in JSON.
    const qint64 number = qint64(m_dice.next64() >> 18 | quint64(1) << 46) & ((qint64(1) << 47) - 1);
    const Value value = make(Value(number), place, author);
    const qint64 ordered = qToBigEndian(number);
    addNeedle(QByteArray(reinterpret_cast<const char *>(&ordered) + 2, 6), m_markers.size() - 1);
    addNeedle(QByteArray::number(number), m_markers.size() - 1);
    return value;
}

Value Markers::make(Value value, const Place &place, const Id &author)
{
    m_byValue.emplace(value, m_markers.size());
    m_markers.push_back({value, author, {place}, {}});
    return value;
}

void Markers::put(const Value &value, const Place &place)
{
    const auto known = of(value);
    if (known && std::ranges::find(m_markers[*known].places, place) == m_markers[*known].places.end())
        m_markers[*known].places.push_back(place);
}

void Markers::noteMaker(const Value &value, const Id &user)
{
    if (const auto known = of(value))
        m_markers[*known].makers.insert(user);
}

std::optional<size_t> Markers::of(const Value &value) const
{
    const auto known = m_byValue.find(value);
    return known == m_byValue.end() ? std::nullopt : std::optional(known->second);
}

quint64 Markers::headOf(const char *bytes)
{
    quint64 number = 0;
    std::copy_n(bytes, head, reinterpret_cast<char *>(&number));
    return number;
}

void Markers::addNeedle(QByteArray bytes, size_t marker)
{
    m_starts.set(size_t(quint8(bytes[0])) << 8 | quint8(bytes[1]));
    m_needles.emplace(headOf(bytes.constData()), Needle{bytes, marker});
}

std::set<size_t> Markers::in(QByteArrayView bytes) const
{
    std::set<size_t> found;
    for (qsizetype at = 0; at + head <= bytes.size(); ++at) {
        if (!m_starts.test(size_t(quint8(bytes[at])) << 8 | quint8(bytes[at + 1])))
            continue;
        const auto [first, last] = m_needles.equal_range(headOf(bytes.data() + at));
        for (auto needle = first; needle != last; ++needle)
            if (bytes.sliced(at).startsWith(needle->second.bytes))
                found.insert(needle->second.marker);
    }
    return found;
}

} // namespace tz::test
