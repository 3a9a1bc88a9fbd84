// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/language.h"
#include "core/base/messages.h"
#include "tests/support/catch.h"

using namespace tz;
using namespace Qt::StringLiterals;

TEST_CASE("a thread may speak another language than the program", "[language]")
{
    const Error error("record.required", {}, u"name"_s);
    CHECK(describe(error) == u"name must be filled in."_s);
    {
        const LanguageScope chinese(u"zh_CN"_s);
        CHECK(describe(error) == u"必须填写name。"_s);
        {
            const LanguageScope other(u"tlh"_s);
            CHECK(describe(error) == u"name must be filled in."_s);
        }
        CHECK(describe(error) == u"必须填写name。"_s);
    }
    CHECK(describe(error) == u"name must be filled in."_s);
}
