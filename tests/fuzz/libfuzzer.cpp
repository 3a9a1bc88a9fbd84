// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    tz::fuzz::FUZZ_FUNCTION(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}
