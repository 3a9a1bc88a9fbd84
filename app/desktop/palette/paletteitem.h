// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace tz {

/// One line of the command palette and what finds it.
struct PaletteItem {
    /// Stable over languages and runs, for "recent".
    QString id;
    /// What is shown, in the language of the moment.
    QString text;
    /// Greyed at the right ("Go to", "Create").
    QString section;
    QString icon;
    /// Shortcut as text; empty: none.
    QString keys;
    /// What the typed words are compared with: names in all languages, pinyin in full and by initials; folded.
    QStringList terms;
    bool enabled = true;
    /// Found already (a record from the search): shown whatever the terms are.
    bool isHit = false;
    std::function<void()> run;
};

/// The terms by which texts are found: themselves, folded, and how Chinese ones are read.
QStringList paletteTerms(const QStringList &texts);
/// How well the typed text fits; 0: not at all. Every typed word must be found; beginnings count more than insides.
int paletteScore(const PaletteItem &item, const QString &typed);
/// Indices of the fitting items, best first; `recent` (ids, newest first) goes before others of equal fit, and alone
/// decides when nothing is typed.
QList<int> paletteOrder(const QList<PaletteItem> &items, const QString &typed, const QStringList &recent);

} // namespace tz
