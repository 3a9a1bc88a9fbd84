// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/value.h"

namespace tz::server::rest {

/// Where a list goes on: the sort keys and the id of the last record shown, as text for an address. Only the server can
/// make one (`key`), for this token and this question; anything else is refused, so that nobody asks about the order of
/// what they do not see.
struct Cursor {
    QByteArray key;
    Id device;
    /// Entity, filter and order, as far as they decide what comes after what.
    QByteArray question;

    QByteArray write(const std::vector<Value> &last) const;
    /// Errors: api.bad_cursor.
    Result<std::vector<Value>> read(const QByteArray &text) const;

private:
    QByteArray seal(const QByteArray &content) const;
};

} // namespace tz::server::rest
