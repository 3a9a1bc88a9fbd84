// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"
#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QSplitter;
class QStandardItemModel;
class QTableView;

namespace tz {

struct ChartDrawing;

/// A chart of a report's table, with the theme's colours and the figures beside it: bar, stacked, line, area, pie and
/// funnel. Clicking a bar, or Enter on a row of the table,
/// opens the records behind it.
class TZ_WORKBENCH_EXPORT ChartView : public QWidget {
    Q_OBJECT
public:
    explicit ChartView(const ViewContext &context, QWidget *parent = nullptr);
    ~ChartView() override;

    /// `caption` is already translated; `translationContext` is that of the columns' labels (the report's full name).
    void setTable(const ReportTable &table, const QString &caption, const QString &translationContext);
    const ReportTable &table() const { return m_table; }
    /// Shows the figures beside the chart (default), or leaves them to screen readers and copying.
    void setTableVisible(bool visible);
    /// Opens the records behind row i.
    void drill(int row);

    /// Text of one cell: titles of references, labels of choices, figures with their signs.
    QString cellText(int row, int column) const;
    QString headerText(int column) const;
    /// Header and rows as separated values, for the clipboard and files.
    QString asText(QChar separator) const;

Q_SIGNALS:
    void drilled(int row);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    QWidget *makeChart();
    QWidget *makeAxes(const QList<int> &series, int category);
    QWidget *makePie(int value, int category);
    QWidget *draw(ChartDrawing drawing);

    ViewContext m_context;
    ReportTable m_table;
    QString m_caption, m_translationContext;
    QSplitter *m_splitter;
    QTableView *m_figures;
    QStandardItemModel *m_model;
    QWidget *m_chart = nullptr;
};

} // namespace tz
