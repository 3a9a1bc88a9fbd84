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

/// A chart of a report's table, with the theme's colours and the figures beside it: bar, stacked, line, area, pie and
/// funnel. Clicking a bar, or Enter on a row of the table, opens the records behind it. Knows Qt Charts, so that no
/// department has to.
class TZ_WORKBENCH_EXPORT ChartView : public QWidget {
    Q_OBJECT
public:
    /// `navigator` null: no drilling down.
    explicit ChartView(Navigator *navigator, QWidget *parent = nullptr);
    ~ChartView() override;

    /// `caption` is already translated.
    void setTable(const ReportTable &table, const QString &caption);
    const ReportTable &table() const { return m_table; }
    /// Shows the figures beside the chart (default), or leaves them to screen readers and copying.
    void setTableVisible(bool visible);
    /// Opens the records behind row i.
    void drill(int row);

    /// Text of one cell of a report.
    static QString cellText(const ReportTable &table, int row, int column);
    /// Rows and columns with a header, as tab separated text.
    static QString asText(const ReportTable &table, QChar separator);

Q_SIGNALS:
    void drilled(int row);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    QWidget *makeChart() const;

    Navigator *m_navigator;
    ReportTable m_table;
    QString m_caption;
    QSplitter *m_splitter;
    QTableView *m_figures;
    QStandardItemModel *m_model;
    QWidget *m_chart = nullptr;
};

} // namespace tz
