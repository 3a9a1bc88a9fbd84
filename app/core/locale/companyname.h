// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>

/// Company names taken apart and compared, to find the same company entered twice.
namespace tz::companyname {

struct Parts {
    /// 字号: what is left without region and legal form; normalised, for comparing only.
    QString trunk;
    /// Leading place ("深圳市"), or one in brackets; empty for none.
    QString region;
    /// Legal form ("有限公司", "co ltd"); empty for none.
    QString form;
};

/// NFKC, case folded, simplified characters, without spaces and punctuation.
TZ_CORE_EXPORT QString normalised(QStringView name);
TZ_CORE_EXPORT Parts split(QStringView name);
inline QString trunk(QStringView name)
{
    return split(name).trunk;
}

/// Sørensen–Dice coefficient of the bigrams of two texts, 0 to 1. Texts shorter than two characters are compared whole.
TZ_CORE_EXPORT double dice(QStringView a, QStringView b);
/// Jaro–Winkler similarity, 0 to 1, with prefix scale 0.1 and at most four characters of common prefix.
TZ_CORE_EXPORT double jaroWinkler(QStringView a, QStringView b);

} // namespace tz::companyname
