// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

/// Words and surnames whose characters are not read as usual.
namespace tz::pinyin::table {

struct Word {
    const char16_t *text;
    /// Syllables separated by blanks; ü is v.
    const char *reading;
};
/// Anywhere in a text; ends with a null word.
extern const Word words[];
/// At the beginning of a name of two to four characters; ends with a null word.
extern const Word surnames[];

} // namespace tz::pinyin::table
