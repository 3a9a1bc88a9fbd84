// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/recycling.h"

namespace tz {

QDate Recycling::due(QDate received, QDate lastFollowUp) const
{
    const QDate last =
        !lastFollowUp.isValid() || (received.isValid() && received > lastFollowUp) ? received : lastFollowUp;
    return last.isValid() ? last.addDays(limitDays + 1) : QDate();
}

bool Recycling::isDue(QDate received, QDate lastFollowUp, QDate today) const
{
    const QDate day = due(received, lastFollowUp);
    return day.isValid() && today >= day;
}

bool Recycling::isNear(QDate received, QDate lastFollowUp, QDate today) const
{
    const QDate day = due(received, lastFollowUp);
    return day.isValid() && remindDays > 0 && today < day && today >= day.addDays(-remindDays);
}

} // namespace tz
