// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/sync/cborreader.h"
#include "core/sync/cborwriter.h"

/// Whole structures to and from CBOR, by the describe() that is declared for each.
namespace tz::wire {

template <class T>
QByteArray encoded(const T &structure)
{
    QByteArray bytes;
    {
        CborWriter writer(&bytes);
        writer(structure);
    }
    return bytes;
}

/// `items`: most elements that the whole may have.
template <class T>
Result<T> decoded(QByteArrayView cbor, qint64 items = 16'000'000)
{
    CborReader reader(cbor, items);
    T structure;
    reader(structure);
    reader.finish();
    if (!reader.ok())
        return fail(reader.error());
    return structure;
}

} // namespace tz::wire
