// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// How Chinese names are read. Words with readings of their own (长沙, 银行) and surnames (曾, 单, 尉迟) are known;
/// everything else is read character by character. Thread-safe.
namespace tz::pinyin {

/// Syllables of one character without tones, the usual one first; ü is v. Empty for what is not Han.
TZ_CORE_EXPORT QStringList readings(char32_t character);

/// "长沙银行" gives "chang sha yin hang": for people and tests. What is not Han stays as it is.
TZ_CORE_EXPORT QString spelled(QStringView text);

/// Words for the search index, separated by blanks.
struct SearchKeys {
    /// For every syllable the rest of the name from there on ("huaweijishu weijishu jishu shu"), at most 12 positions
    /// and 4 combinations of readings; ü as v and as u.
    QByteArray full;
    /// The same with initials, over Han characters and Latin words ("hwjs wjs js s"), and the first letter alone.
    QByteArray initials;
};
TZ_CORE_EXPORT SearchKeys searchKeys(QStringView title);

/// Whether `typed` (pinyin in full, or initials, from any syllable on) finds `title`: for menus and choosers.
TZ_CORE_EXPORT bool matches(QStringView title, QStringView typed);

/// The text with such homophones that a collation which knows one reading per character sorts it rightly: 单雄信
/// becomes a text that sorts under S. Unchanged where nothing is special.
TZ_CORE_EXPORT QString respelled(QStringView text);

/// Under which letter a name stands in an index from A to Z; '#' for all others.
TZ_CORE_EXPORT QChar indexLetter(QStringView text);

} // namespace tz::pinyin
