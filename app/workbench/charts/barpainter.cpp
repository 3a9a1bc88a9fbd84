// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/charts/barpainter.h"

#include "workbench/style.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace tz {
namespace {

constexpr int leastBar = 96;

} // namespace

BarPainter::BarPainter(QList<Bar> bars, bool funnel, QWidget *parent)
    : QWidget(parent)
    , m_bars(std::move(bars))
    , m_funnel(funnel)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
}

int BarPainter::rowHeight() const
{
    return fontMetrics().height() + 2 * style::gap;
}

QSize BarPainter::sizeHint() const
{
    return {480, int(m_bars.size()) * rowHeight() + 2 * style::gap};
}

QSize BarPainter::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

int BarPainter::rowAt(int y) const
{
    const int row = (y - style::gap) / rowHeight();
    return y >= style::gap && row < m_bars.size() ? row : -1;
}

void BarPainter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int labelWidth = 0;
    int figureWidth = 0;
    double largest = 0;
    for (const Bar &bar : m_bars) {
        // Widths are fractions; a text is cut when its place is a part of a pixel too narrow.
        labelWidth = qMax(labelWidth, fontMetrics().horizontalAdvance(bar.label) + 2);
        figureWidth = qMax(figureWidth, fontMetrics().horizontalAdvance(bar.figure));
        largest = qMax(largest, std::abs(bar.value));
    }
    const int shareWidth = m_funnel ? fontMetrics().horizontalAdvance(QStringLiteral("100.0%")) + style::gap : 0;
    // Names come before bars: those shrink until there is hardly anything to compare.
    labelWidth = qMin(labelWidth, qMax(width() / 3, width() - figureWidth - shareWidth - 5 * style::gap - leastBar));
    const int left = labelWidth + 2 * style::gap;
    const int room = qMax(40, width() - left - figureWidth - shareWidth - 3 * style::gap);
    for (int i = 0; i < m_bars.size(); ++i) {
        const Bar &bar = m_bars[i];
        const int top = style::gap + i * rowHeight();
        const QRect line(0, top, width(), rowHeight());
        if (i == m_hover)
            painter.fillRect(line, style::ground(style::Tone::Accent));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(style::gap, top, labelWidth, rowHeight()), int(Qt::AlignVCenter | Qt::AlignLeft),
                         fontMetrics().elidedText(bar.label, Qt::ElideRight, labelWidth));
        const int length = largest > 0 ? qMax(1, int(std::abs(bar.value) / largest * room)) : 1;
        const int x = m_funnel ? left + (room - length) / 2 : left;
        painter.setPen(Qt::NoPen);
        painter.setBrush(bar.value < 0 ? style::color(style::Tone::Danger) : style::series(0));
        painter.drawRoundedRect(QRect(x, top + style::smallGap, length, rowHeight() - 2 * style::smallGap), 3, 3);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(left + room + style::gap, top, figureWidth, rowHeight()),
                         int(Qt::AlignVCenter | Qt::AlignRight), bar.figure);
        if (m_funnel && i > 0 && m_bars[i - 1].value > 0) {
            painter.setPen(style::color(style::Tone::Muted));
            painter.drawText(QRect(width() - shareWidth - style::gap, top, shareWidth, rowHeight()),
                             int(Qt::AlignVCenter | Qt::AlignRight),
                             QLocale().toString(100 * bar.value / m_bars[i - 1].value, 'f', 1) + QLocale().percent());
        }
    }
}

void BarPainter::mouseReleaseEvent(QMouseEvent *event)
{
    if (const int row = rowAt(event->pos().y()); row >= 0)
        Q_EMIT clicked(row);
}

void BarPainter::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos().y());
    if (row != m_hover) {
        m_hover = row;
        setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        setToolTip(row >= 0 ? m_bars[row].label : QString());
        update();
    }
}

} // namespace tz
