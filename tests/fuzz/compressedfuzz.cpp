// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/sync/wire.h"
#include "tests/fuzz/fuzz.h"

namespace tz::fuzz {

void compressed(const QByteArray &bytes)
{
    constexpr qsizetype limit = 1 << 20;
    if (const auto plain = tz::wire::decompress(bytes, limit)) {
        TZ_CHECK(plain->size() <= limit);
        TZ_CHECK(plain->size() <= std::max<qsizetype>(64 * 1024, bytes.size() * limits::unpackedRatio));
        (void)tz::wire::decodePushRequest(*plain);
    }
    const auto back = tz::wire::decompress(tz::wire::compress(bytes), bytes.size());
    TZ_CHECK(back && *back == bytes);
}

} // namespace tz::fuzz
