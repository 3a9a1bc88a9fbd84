// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QTimer>

class QLabel;

namespace tz::pipeline {

/// Won and expected this month against the target, win rate and open value, in figures one can read from afar.
class FiguresCard : public QWidget {
    Q_OBJECT
public:
    explicit FiguresCard(const ViewContext &context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Figures {
        Value won, expected, target, attainment, winRate, open;
    };
    struct Tile {
        const char *caption;
        QLabel *figure, *label;
    };
    void run();
    void show(const Figures &figures);
    void retranslate();

    ViewContext m_context;
    QList<Tile> m_tiles;
    Figures m_figures;
    QTimer m_timer;
};

} // namespace tz::pipeline
