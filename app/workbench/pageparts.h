// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/export.h"

#include <QString>

class QGridLayout;
class QLabel;
class QVBoxLayout;
class QWidget;

/// What pages are made of: the column that scrolls, cards, titles and rows of labelled fields. The theme's style sheet
/// knows them by their object names.
namespace tz::parts {

/// A page with one column of at most `widest` pixels that scrolls when the window is low; gives the column's layout.
TZ_WORKBENCH_EXPORT QVBoxLayout *scrollingColumn(QWidget *page, int widest);
/// A scrolling ground that fills the page; its contents bring their own layout.
TZ_WORKBENCH_EXPORT QWidget *scrollingGround(QWidget *page);
/// A white box with a fine line around it.
TZ_WORKBENCH_EXPORT QWidget *card(QWidget *parent);
/// A label that the theme draws as "pageTitle", "sectionTitle", "mutedText", "dangerText" or "successText". Long
/// sentences wrap.
TZ_WORKBENCH_EXPORT QLabel *label(const QString &kind, QWidget *parent, const QString &text = {});
/// A section's title and the card under it.
TZ_WORKBENCH_EXPORT QWidget *section(QLabel *&title, QVBoxLayout *into);
/// One row of a form: the label above the field, or beside it in the next row of a grid. The label's key leads to the
/// field.
TZ_WORKBENCH_EXPORT QLabel *fieldAbove(QWidget *field, QVBoxLayout *into);
TZ_WORKBENCH_EXPORT QLabel *fieldBeside(QWidget *field, QGridLayout *into);

} // namespace tz::parts
