// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/style.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPalette>
#include <QTextLayout>
#include <QWidget>

#include <cmath>

namespace tz::style {

namespace {

Colors &current()
{
    static Colors colors{QColor(0x1d5fbf),
                         QColor(0x1a7f37),
                         QColor(0x9a6700),
                         QColor(0xc02c2c),
                         QColor(0x5f6b7a),
                         QColor(0x7a43b6),
                         QColor(0x3d4752),
                         QColor(0xdfe3e8),
                         QColor(0xffffff),
                         QColor(0xf4f6f8),
                         false};
    return colors;
}

} // namespace

const Colors &colors()
{
    return current();
}

void setColors(const Colors &colors)
{
    current() = colors;
}

QColor color(Tone tone)
{
    const Colors &all = current();
    switch (tone) {
    case Tone::Accent:
        return all.accent;
    case Tone::Success:
        return all.success;
    case Tone::Warning:
        return all.warning;
    case Tone::Danger:
        return all.danger;
    case Tone::Muted:
        return all.muted;
    case Tone::Violet:
        return all.violet;
    case Tone::Neutral:
        break;
    }
    return all.neutral;
}

QColor ground(Tone tone)
{
    // A tint of the ground of cards: the text of the same tone stays readable on it in both themes.
    const QColor strong = color(tone);
    const QColor base = current().card;
    const double part = current().dark ? 0.22 : 0.12;
    const auto mix = [part](int a, int b) { return int(a * part + b * (1 - part)); };
    return {mix(strong.red(), base.red()), mix(strong.green(), base.green()), mix(strong.blue(), base.blue())};
}

Tone toneOf(const QString &colorName)
{
    static const QHash<QString, Tone> tones{
        {QStringLiteral("green"), Tone::Success},  {QStringLiteral("red"), Tone::Danger},
        {QStringLiteral("amber"), Tone::Warning},  {QStringLiteral("yellow"), Tone::Warning},
        {QStringLiteral("orange"), Tone::Warning}, {QStringLiteral("blue"), Tone::Accent},
        {QStringLiteral("grey"), Tone::Muted},     {QStringLiteral("gray"), Tone::Muted},
        {QStringLiteral("violet"), Tone::Violet}};
    return tones.value(colorName, Tone::Neutral);
}

QColor series(int index)
{
    const Colors &all = current();
    const QColor order[] = {all.accent, all.success, all.warning, all.violet, all.danger, all.muted};
    const QColor base = order[index % 6];
    return index < 6 ? base : base.lighter(130);
}

int lineHeight(const QFont &font)
{
    static QHash<QString, int> known;
    int &height = known[font.key()];
    if (height == 0) {
        QTextLayout layout(QStringLiteral("Ág国"), font);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(1000);
        layout.endLayout();
        height = qMax(QFontMetrics(font).lineSpacing(), int(std::ceil(line.height())));
    }
    return height;
}

int rowHeight(const QFont &font)
{
    return QFontMetrics(font).height() + 2 * smallGap + 2;
}

int pillWidth(const QFont &font, const QString &text)
{
    return QFontMetrics(font).horizontalAdvance(text) + 2 * gap;
}

void paintPill(QPainter &painter, const QRect &where, const QString &text, Tone tone, bool selected)
{
    if (text.isEmpty())
        return;
    const QFontMetrics metrics(painter.font());
    const int height = qMin(where.height(), metrics.height() + 4);
    const int width = qMin(where.width(), pillWidth(painter.font(), text));
    const QRect pill(where.left(), where.center().y() - height / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground(tone));
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    if (selected) {
        painter.setPen(color(tone));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    }
    painter.setPen(color(tone));
    painter.drawText(pill.adjusted(gap, 0, -gap, 0), int(Qt::AlignVCenter | Qt::AlignLeft),
                     metrics.elidedText(text, Qt::ElideRight, width - 2 * gap + 1));
    painter.restore();
}

void setTone(QWidget &widget, Tone tone)
{
    widget.setProperty("tzTone", int(tone));
    QPalette palette = widget.palette();
    palette.setColor(QPalette::WindowText, color(tone));
    palette.setColor(QPalette::Text, color(tone));
    widget.setPalette(palette);
}

} // namespace tz::style
