// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/locale/phone.h"

namespace tz::phone {

/// What libphonenumber says of a number without our extensions. It stands in a library of its own, loaded with the
/// first number: it and what it needs took a twentieth of every start.
class Reader {
public:
    virtual ~Reader() = default;
    /// Nothing when it cannot be a number.
    virtual std::optional<Number> parse(const QString &text, const QString &region) const = 0;
    /// As phone::display().
    virtual std::optional<QString> display(const QString &text, const QString &region) const = 0;
};

} // namespace tz::phone
