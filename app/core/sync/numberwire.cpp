// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/numberwire.h"

#include "core/sync/cborcoding.h"

namespace tz::wire {

namespace {
/// Of one series there are a few ranges, more when numbers were given away out of turn.
constexpr qsizetype rangesPerAnswer = 100 * stocksPerRequest;
constexpr qint64 numberItems = 4 * rangesPerAnswer;
} // namespace

template <class A>
void describe(A &a, NumberStock &m)
{
    a.begin(3);
    a(m.entity);
    a(m.day);
    a(m.next);
    a.end();
}

template <class A>
void describe(A &a, NumbersRequest &m)
{
    a.begin(1);
    a.limited(m.stocks, stocksPerRequest);
    a.end();
}

template <class A>
void describe(A &a, NumberRange &m)
{
    a.begin(3);
    a(m.series);
    a(m.first);
    a(m.last);
    a.end();
}

template <class A>
void describe(A &a, NumbersAnswer &m)
{
    a.begin(1);
    a.limited(m.ranges, rangesPerAnswer);
    a.end();
}

QByteArray encode(const NumbersRequest &m)
{
    return encoded(m);
}
QByteArray encode(const NumbersAnswer &m)
{
    return encoded(m);
}
Result<NumbersRequest> decodeNumbersRequest(QByteArrayView cbor)
{
    return decoded<NumbersRequest>(cbor, numberItems);
}
Result<NumbersAnswer> decodeNumbersAnswer(QByteArrayView cbor)
{
    return decoded<NumbersAnswer>(cbor, numberItems);
}

} // namespace tz::wire
