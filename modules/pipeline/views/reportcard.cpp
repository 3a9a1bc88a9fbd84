// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "reportcard.h"

#include "core/catalog/labels.h"
#include "core/logic/reports.h"
#include "workbench/charts/chartview.h"
#include "workbench/records/labels.h"

#include <QEvent>
#include <QLabel>
#include <QPointer>
#include <QVBoxLayout>

namespace tz::pipeline {

namespace {

/// A burst of changes (a first sync, an import) runs the report once.
constexpr int restMs = 400;
constexpr int leastHeight = 240;

} // namespace

ReportCard::ReportCard(const ViewContext &context, const QString &report,
                       std::function<QHash<QString, Value>()> parameters, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_report(report)
    , m_parameters(std::move(parameters))
    , m_chart(new ChartView(context, this))
    , m_message(new QLabel(this))
{
    setMinimumHeight(leastHeight);
    m_chart->setTableVisible(false);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_message);
    layout->addWidget(m_chart, 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(restMs);
    connect(&m_timer, &QTimer::timeout, this, &ReportCard::run);
    connect(&context.workspace, &Workspace::changed, this, [this](const QString &entity) {
        if (entity.startsWith(QLatin1String("pipeline.")))
            m_timer.start();
    });
    run();
}

void ReportCard::run()
{
    const Workspace &workspace = m_context.workspace;
    const Contributions *contributions = &workspace.contributions();
    const QPointer<ReportCard> self(this);
    m_context.workspace.inBackground(
        QStringLiteral("card.") + m_report,
        [report = m_report, contributions, actor = workspace.actor(), nowMs = workspace.clock().nowMs(),
         offset = labels::utcOffsetSeconds(), parameters = m_parameters()](RecordReader &reader) -> std::any {
            return runReport(report, *contributions, ReportContext{reader, actor, nowMs, offset, parameters});
        },
        [self](std::any answer) {
            const auto *result = std::any_cast<Result<ReportResult>>(&answer);
            if (self && result)
                self->receive(*result);
        });
}

void ReportCard::receive(const Result<ReportResult> &result)
{
    const bool shown = result && !result->tables.isEmpty();
    m_message->setVisible(!shown);
    m_chart->setVisible(shown);
    if (!result) {
        m_message->setText(labels::error(result.error()));
    } else if (shown) {
        const ReportSpec *spec = m_context.workspace.catalog()->report(m_report);
        m_chart->setTable(result->tables.front(), spec ? reportLabel(*spec) : QString(), m_report);
    }
}

void ReportCard::changeEvent(QEvent *event)
{
    // The caption and the names in the figures are made when the report runs.
    if (event->type() == QEvent::LanguageChange)
        m_timer.start();
    QWidget::changeEvent(event);
}

} // namespace tz::pipeline
