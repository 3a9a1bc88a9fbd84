// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/export.h"

#include <QColor>
#include <QFont>
#include <QString>

class QPainter;
class QPalette;
class QRect;
class QWidget;

/// Colours by meaning and distances by name. The desktop's theme sets the colours; widgets and delegates ask for them
/// while they paint, so that a change of theme needs only an update().
namespace tz::style {

/// What a colour means. Never the only carrier of the meaning: text or an icon stands beside it.
enum class Tone { Neutral, Accent, Success, Warning, Danger, Muted, Violet };

struct Colors {
    QColor accent, success, warning, danger, muted, violet, neutral;
    /// Lines between cells and around cards; the ground of cards and headers.
    QColor line, card, header;
    bool dark = false;
};

TZ_WORKBENCH_EXPORT const Colors &colors();
/// To be called on the GUI thread before the application's palette is set.
TZ_WORKBENCH_EXPORT void setColors(const Colors &colors);
/// Text and strong marks of this meaning, readable (4.5:1) on the ground of lists.
TZ_WORKBENCH_EXPORT QColor color(Tone tone);
/// The ground of a pill of this meaning.
TZ_WORKBENCH_EXPORT QColor ground(Tone tone);
/// "green", "red", "amber", "blue", "grey", "violet" as declared for choices and states.
TZ_WORKBENCH_EXPORT Tone toneOf(const QString &colorName);
/// Colours of the series of charts, in order, for the current theme.
TZ_WORKBENCH_EXPORT QColor series(int index);

/// Distances in device-independent pixels.
inline constexpr int gap = 8;
inline constexpr int smallGap = 4;
inline constexpr int largeGap = 16;
inline constexpr int radius = 4;
/// Height of a line of text in which Chinese and Latin letters stand side by side: the font that lends the Chinese ones
/// is higher than its own metrics say.
TZ_WORKBENCH_EXPORT int lineHeight(const QFont &font);
/// Height of a row in lists for the font.
TZ_WORKBENCH_EXPORT int rowHeight(const QFont &font);

/// A rounded pill with text, vertically centred at the left of the rectangle.
TZ_WORKBENCH_EXPORT void paintPill(QPainter &painter, const QRect &where, const QString &text, Tone tone,
                                   bool selected = false);
TZ_WORKBENCH_EXPORT int pillWidth(const QFont &font, const QString &text);

/// Gives a label's text the colour of the tone; noted in the property "tzTone", by which the theme colours it anew.
TZ_WORKBENCH_EXPORT void setTone(QWidget &widget, Tone tone);

} // namespace tz::style
