// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QStringList>

#include <functional>

namespace tz {

/// A chart as it is to be drawn; every text is the user's. What draws it, and knows Qt Charts, is a library of its own,
/// loaded with the first chart.
struct ChartDrawing {
    struct Series {
        QString name;
        /// One for each category.
        QList<double> values;
        /// A line over the bars of the others.
        bool line = false;
    };
    /// pie (with one series), bar, stacked, line or area.
    QString kind;
    QString title;
    /// Different from each other, but for a pie.
    QStringList categories;
    QList<Series> series;
    /// Little room.
    bool onCard = false;
    std::function<void(int category)> clicked;
};

} // namespace tz
