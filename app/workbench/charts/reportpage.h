// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace tz {

class ChartView;
class FieldEditor;

/// A declared report with its parameters, its charts and its figures; runs in the background and again when data
/// change.
class TZ_WORKBENCH_EXPORT ReportPage : public QWidget {
    Q_OBJECT
public:
    ReportPage(const ViewContext &context, const ReportSpec &report, const QHash<QString, Value> &parameters = {},
               QWidget *parent = nullptr);
    ~ReportPage() override;
    const ReportResult &result() const { return m_result; }

public Q_SLOTS:
    void runNow();
    void exportCsv();
    void copy();

Q_SIGNALS:
    void finished(bool ok);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void receive(const Result<ReportResult> &result);
    QString text(QChar separator) const;

    ViewContext m_context;
    CatalogPtr m_catalog;
    ReportSpec m_report;
    std::unique_ptr<Entity> m_parameterEntity;
    QList<FieldEditor *> m_editors;
    QList<QLabel *> m_labels;
    QList<QPushButton *> m_buttons;
    QLabel *m_help = nullptr;
    ReportResult m_result;
    QList<ChartView *> m_charts;
    QWidget *m_results = nullptr;
    QVBoxLayout *m_resultLayout = nullptr;
    QLabel *m_message = nullptr;
    QTimer *m_timer = nullptr;
    QString m_slot;
};

} // namespace tz
