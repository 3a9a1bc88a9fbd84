// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QDate>

namespace tz {

/// When somebody's record goes back to a public pool, counted in calendar days of the company.
struct Recycling {
    /// Days without a follow-up after which it goes; the day after the last of them is due().
    int limitDays = 30;
    /// Days before due() on which the owner is reminded; 0: never.
    int remindDays = 0;

    /// First day on which the record is to be taken back: more than limitDays after the later of the two dates.
    /// Received 1 March, followed up 10 March, limit 30: 10 April. Invalid dates do not count; both invalid: invalid.
    TZ_CORE_EXPORT QDate due(QDate received, QDate lastFollowUp) const;
    TZ_CORE_EXPORT bool isDue(QDate received, QDate lastFollowUp, QDate today) const;
    /// From remindDays before due() until the day before it.
    TZ_CORE_EXPORT bool isNear(QDate received, QDate lastFollowUp, QDate today) const;
};

} // namespace tz
