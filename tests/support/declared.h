// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/department.h"

namespace tz::test {

/// A department of which only the declarations count, without its library and its logic.
class Declared final : public Department {
public:
    Result<> contribute(Contributions &) override { return {}; }
};

} // namespace tz::test
