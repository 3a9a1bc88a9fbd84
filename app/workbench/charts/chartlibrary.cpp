// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/charts/chartdrawing.h"
#include "workbench/records/formatting.h"
#include "workbench/style.h"

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QPieSeries>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <cmath>

namespace tz {
namespace {

/// An axis with round steps and short figures in the user's units (万, 亿; K, M).
class FigureAxis : public QCategoryAxis {
public:
    /// At most `steps` of them: a label higher than its step would be cut off, and Han characters are high.
    FigureAxis(double lowest, double highest, int steps)
    {
        const double span = qMax(1e-9, qMax(highest, 0.0) - qMin(lowest, 0.0));
        const double raw = span / steps;
        const double power = std::pow(10, std::floor(std::log10(raw)));
        double step = power;
        for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
            if (power * factor >= raw) {
                step = power * factor;
                break;
            }
        }
        const double bottom = std::floor(qMin(lowest, 0.0) / step) * step;
        const double top = std::ceil(qMax(highest, step) / step) * step;
        setRange(bottom, top);
        setStartValue(bottom);
        setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        QStringList used;
        for (int i = 0; bottom + i * step <= top + step / 2; ++i) {
            QString text = formatting::compact(bottom + i * step);
            // Labels of a category axis must differ.
            while (used.contains(text))
                text += QChar(0x200b);
            used << text;
            append(text, bottom + i * step);
        }
    }
};

QWidget *makeChartView(QChart *chart, QWidget *parent)
{
    // Whatever the chart stands on, a page or a card, shows through.
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    auto *view = new QChartView(chart, parent);
    view->setRenderHint(QPainter::Antialiasing);
    // There is nothing in it for the keyboard, and Tab would not find the way out: the figures are in the table.
    view->setFocusPolicy(Qt::NoFocus);
    view->viewport()->setFocusPolicy(Qt::NoFocus);
    view->setFrameShape(QFrame::NoFrame);
    view->setBackgroundBrush(Qt::NoBrush);
    view->setStyleSheet(QStringLiteral("background: transparent;"));
    return view;
}

QWidget *makePie(const ChartDrawing &drawing, QWidget *parent)
{
    const QList<double> &values = drawing.series.first().values;
    const int count = int(values.size());
    const QColor text = parent->palette().color(QPalette::WindowText);
    auto *pie = new QPieSeries;
    for (int row = 0; row < count; ++row) {
        QPieSlice *slice = pie->append(drawing.categories[row], values[row]);
        slice->setBrush(style::series(row));
        slice->setLabelColor(text);
        slice->setLabelVisible(count <= 8);
        QObject::connect(slice, &QPieSlice::clicked, parent, [clicked = drawing.clicked, row] { clicked(row); });
    }
    auto *chart = new QChart;
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->addSeries(pie);
    chart->setBackgroundVisible(false);
    chart->setTitle(drawing.title);
    chart->setTitleBrush(text);
    chart->legend()->setVisible(count > 8);
    chart->legend()->setLabelColor(text);
    return makeChartView(chart, parent);
}

QWidget *makeAxes(const ChartDrawing &drawing, QWidget *parent)
{
    const QString kind = drawing.kind;
    const int count = int(drawing.categories.size());
    const QColor text = parent->palette().color(QPalette::WindowText);
    auto *chart = new QChart;
    // The theme's own colours are set one by one below; setTheme() would overwrite them.
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setBackgroundVisible(false);
    // The uppermost figure stands half above its line.
    chart->setMargins(QMargins(4, style::gap + 2, 4, 4));
    chart->setTitle(drawing.title);
    chart->setTitleBrush(text);
    double lowest = 0;
    double highest = 0;
    for (int row = 0; row < count; ++row) {
        double sum = 0;
        for (const ChartDrawing::Series &one : drawing.series) {
            const double value = one.values[row];
            if (!one.line)
                sum += value;
            lowest = qMin(lowest, value);
            highest = qMax(highest, value);
        }
        if (kind == QLatin1String("stacked"))
            highest = qMax(highest, sum);
    }
    QList<QAbstractSeries *> shown;
    const auto drill = [clicked = drawing.clicked](const QPointF &at) { clicked(int(std::lround(at.x()))); };
    const auto makeLine = [&](int i) {
        auto *line = new QLineSeries;
        for (int row = 0; row < count; ++row)
            line->append(row, drawing.series[i].values[row]);
        line->setPen(QPen(style::series(i), 2));
        line->setPointsVisible(count <= 40);
        line->setName(drawing.series[i].name);
        QObject::connect(line, &QLineSeries::clicked, parent, drill);
        return line;
    };
    if (kind == QLatin1String("line") || kind == QLatin1String("area")) {
        for (int i = 0; i < drawing.series.size(); ++i) {
            QLineSeries *const line = makeLine(i);
            if (kind == QLatin1String("area")) {
                auto *area = new QAreaSeries(line);
                // The area does not take the line that bounds it.
                line->setParent(area);
                QColor fill = style::series(i);
                fill.setAlphaF(0.25f);
                area->setBrush(fill);
                area->setPen(QPen(style::series(i), 2));
                area->setName(drawing.series[i].name);
                QObject::connect(area, &QAreaSeries::clicked, parent, drill);
                shown << area;
            } else {
                shown << line;
            }
        }
    } else {
        QAbstractBarSeries *bars = kind == QLatin1String("stacked")
                                       ? static_cast<QAbstractBarSeries *>(new QStackedBarSeries)
                                       : static_cast<QAbstractBarSeries *>(new QBarSeries);
        QList<QAbstractSeries *> lines;
        for (int i = 0; i < drawing.series.size(); ++i) {
            if (drawing.series[i].line) {
                lines << makeLine(i);
                continue;
            }
            auto *set = new QBarSet(drawing.series[i].name);
            for (int row = 0; row < count; ++row)
                *set << drawing.series[i].values[row];
            set->setColor(style::series(i));
            set->setBorderColor(Qt::transparent);
            bars->append(set);
        }
        QObject::connect(bars, &QAbstractBarSeries::clicked, parent,
                         [clicked = drawing.clicked](int row) { clicked(row); });
        shown << bars << lines;
    }
    auto *across = new QBarCategoryAxis;
    across->append(drawing.categories);
    across->setLabelsColor(text);
    across->setGridLineVisible(false);
    across->setLinePenColor(style::colors().line);
    if (count > 8)
        across->setLabelsAngle(-60);
    auto *up = new FigureAxis(lowest, highest, drawing.onCard ? 3 : 5);
    up->setLabelsColor(style::color(style::Tone::Muted));
    up->setGridLineColor(style::colors().line);
    up->setLineVisible(false);
    chart->addAxis(across, Qt::AlignBottom);
    chart->addAxis(up, Qt::AlignLeft);
    for (QAbstractSeries *one : std::as_const(shown)) {
        chart->addSeries(one);
        one->attachAxis(across);
        one->attachAxis(up);
    }
    chart->legend()->setVisible(drawing.series.size() > 1);
    chart->legend()->setAlignment(Qt::AlignBottom);
    chart->legend()->setLabelColor(text);
    return makeChartView(chart, parent);
}

} // namespace
} // namespace tz

extern "C" Q_DECL_EXPORT QWidget *tongzhou_make_chart(const tz::ChartDrawing &drawing, QWidget *parent)
{
    return drawing.kind == QLatin1String("pie") ? tz::makePie(drawing, parent) : tz::makeAxes(drawing, parent);
}
