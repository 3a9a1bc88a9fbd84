// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QString>
#include <QStringList>

namespace tz::normalize {

/// Han characters and kana: written without spaces between words, so that every one of them is a word of the index.
TZ_CORE_EXPORT bool isIdeograph(char32_t character);

/// Compatibility forms composed and case folded (Unicode NFKC_Casefold): "ＡＢＣ" and "abc" become the same text.
TZ_CORE_EXPORT QString folded(QStringView text);

/// Folded, Latin letters without accents, words and ideographs separated by one blank each and without any signs: what
/// the search index holds, which takes it as it is.
TZ_CORE_EXPORT QString spaced(QStringView text);

/// What a user typed, folded and cut at blanks and between ideographs and other letters: "张三 Huawei" gives 张三 and
/// huawei. Pieces without any letter or digit are left out.
TZ_CORE_EXPORT QStringList words(QStringView text);

} // namespace tz::normalize
