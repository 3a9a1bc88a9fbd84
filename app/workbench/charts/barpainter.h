// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QStringList>
#include <QWidget>

namespace tz {

/// Horizontal bars with their labels and figures in full: funnels and rankings, where names are long.
class BarPainter : public QWidget {
    Q_OBJECT
public:
    struct Bar {
        QString label, figure;
        double value = 0;
    };
    /// `funnel`: bars centred, each with its share of the one before.
    BarPainter(QList<Bar> bars, bool funnel, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    int rowHeight() const;
    int rowAt(int y) const;
    QList<Bar> m_bars;
    bool m_funnel;
    int m_hover = -1;
};

} // namespace tz
