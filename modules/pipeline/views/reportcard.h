// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QTimer>

class QLabel;

namespace tz {
class ChartView;
}

namespace tz::pipeline {

/// The first table of a report as a chart of the home page; follows what changes.
class ReportCard : public QWidget {
    Q_OBJECT
public:
    /// `parameters` is asked at every run, so that "this month" stays this month over midnight.
    ReportCard(const ViewContext &context, const QString &report, std::function<QHash<QString, Value>()> parameters,
               QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void run();
    void receive(const Result<ReportResult> &result);

    ViewContext m_context;
    QString m_report;
    std::function<QHash<QString, Value>()> m_parameters;
    ChartView *m_chart;
    QLabel *m_message;
    QTimer m_timer;
};

} // namespace tz::pipeline
