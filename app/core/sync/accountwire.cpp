// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/accountwire.h"

#include "core/sync/cborcoding.h"

namespace tz::wire {

namespace {
constexpr qint64 accountItems = 100;
} // namespace

template <class A>
void describe(A &a, TwoStepRequest &m)
{
    a.begin(3);
    a(m.deed);
    a(m.password);
    a(m.code);
    a.end();
}

template <class A>
void describe(A &a, TwoStepAnswer &m)
{
    a.begin(3);
    a(m.isOn);
    a(m.secret);
    a(m.uri);
    a.end();
}

QByteArray encode(const TwoStepRequest &m)
{
    return encoded(m);
}
QByteArray encode(const TwoStepAnswer &m)
{
    return encoded(m);
}
Result<TwoStepRequest> decodeTwoStepRequest(QByteArrayView cbor)
{
    return decoded<TwoStepRequest>(cbor, accountItems);
}
Result<TwoStepAnswer> decodeTwoStepAnswer(QByteArrayView cbor)
{
    return decoded<TwoStepAnswer>(cbor, accountItems);
}

} // namespace tz::wire
