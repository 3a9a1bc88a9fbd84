// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

/// Readings of Han characters, made from the Unihan database by pinyintable.py.
namespace tz::pinyin::table {

/// One syllable without tone (ü is v) and the characters of the Basic Multilingual Plane that are read so.
struct Row {
    const char *syllable;
    const char16_t *characters;
};
/// The usual reading of every character; ends with a null row.
extern const Row first[];
/// Second and further readings, the more frequent ones first; ends with a null row.
extern const Row further[];

} // namespace tz::pinyin::table
